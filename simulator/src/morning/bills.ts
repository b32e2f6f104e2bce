import { addDays, DAY, localDate } from '@gongzhi/kernel';
import type { Actor } from './actor.ts';
import { hangWaterMeters } from './meters.ts';

/**
 * Two months of bills in the compound of scenario 8. The older one is of those who hold a space or rent a room only: some
 * of it was paid at the desk, somebody has promised, somebody disputes, two are late. The month that runs is everybody's.
 */

export interface BillsStage {
  /** Sign-ins do not last from one month into another. */
  readonly enter: (persona: string) => Promise<Actor>;
  readonly now: () => number;
  readonly pass: (minutes: number) => void;
  readonly until: (beforeEnd: number) => void;
  readonly end: number;
}

/** How long before the curtain falls the first month is billed, and the one that runs. */
export const billsBegin = 76 * DAY;
const billedLast = 6.2 * DAY;

interface Home {
  readonly id: string;
  readonly label: string;
}
interface Run {
  readonly id: string;
  readonly state: string;
  readonly version: number;
}
interface Line {
  readonly lineId: string;
  readonly dueFen: number;
}

export async function playBills(stage: BillsStage): Promise<void> {
  const resident = await stage.enter('resident');
  const me = await resident.get<{ acting: { households: readonly { id: string; scopeId: string }[] } }>(
    '/me',
  );
  const [own] = me.acting.households;
  if (own === undefined) throw new Error('the resident has no home');
  const { scopeId } = own;
  const [desk, manager] = [await stage.enter('desk'), await stage.enter('manager')];
  const found = await desk.get<{ items: readonly Home[] }>(`/places/scopes/${scopeId}/households?limit=30`);
  const others = found.items.filter(({ id }) => id !== own.id).slice(4, 13);

  await sets(manager, scopeId, ofSome, stage.now() - 200 * DAY);
  const holders = [own, ...others];
  const from = localDate(stage.now() - 40 * DAY);
  for (const [at, { id }] of holders.entries()) {
    stage.pass(2);
    await manager.post('/billing/agreements', {
      scopeId,
      householdId: id,
      startsOn: from,
      ...(at === 3 || at === 6
        ? {
            kind: 'rent',
            item: 'storage_rent',
            rent: {
              monthlyFen: 24_000,
              rises: [{ from: `${Number(from.slice(0, 4)) + 1}-01-01`, addBp: 300 }],
            },
            source: '储藏间租赁合同',
          }
        : {
            kind: 'parking',
            item: 'parking',
            spaces: 1,
            label: `B1-${20 + at * 7}`,
            source: '车位租赁合同',
          }),
    });
  }
  await bills(stage, desk, manager, scopeId);

  // The next days: some pay at the desk, in cash.
  stage.pass(2 * 24 * 60);
  const till = await desk.post<{ id: string }>('/payments/tills', {
    scopeId,
    till: 'desk-1',
    openingFen: 50_000,
  });
  let takenFen = 0;
  let first = '';
  for (const { id } of [own, ...others.slice(3)]) {
    stage.pass(11);
    const lines = await owed(desk, scopeId, id);
    const payment = await desk.post<{ id: string; amountFen: number }>('/payments/desk', {
      scopeId,
      householdId: id,
      way: 'cash',
      sessionId: till.id,
      targets: lines.map(({ lineId, dueFen }) => ({ kind: 'bill_line', id: lineId, amountFen: dueFen })),
    });
    takenFen += payment.amountFen;
    first ||= payment.id;
  }
  stage.pass(180);
  await counts(desk, manager, scopeId, till.id, 50_000 + takenFen);

  // Ten weeks later: what is not paid is spoken about, and the month that runs is billed to everybody.
  stage.until(billedLast);
  const [again, chief, home] = [
    await stage.enter('desk'),
    await stage.enter('manager'),
    await stage.enter('resident'),
  ];
  const later = addDays(localDate(stage.end), 12);
  await notes(again, scopeId, others[0]!.id, {
    kind: 'promise',
    words: '电话里说下个月初发工资就来付，已约好日子',
    promisedUntil: later,
  });
  await notes(again, scopeId, others[1]!.id, {
    kind: 'dispute',
    words: '说车位九月就退了，在找退车位的单子核对',
  });
  await notes(again, scopeId, others[2]!.id, { kind: 'note', words: '上门没有人，留了话' });
  await sets(chief, scopeId, ofAll, stage.now());
  await hangWaterMeters(
    chief,
    scopeId,
    [
      own.id,
      ...found.items
        .slice(0, 8)
        .map(({ id }) => id)
        .filter((id) => id !== own.id),
    ],
    stage.end,
  );
  await again.post('/billing/costs', {
    scopeId,
    item: 'lift_power',
    period: monthOf(stage.now()),
    totalFen: 486_230,
    source: '供电公司上月电费单，电梯与水泵表',
  });
  await chief.post('/billing/payers', {
    scopeId,
    householdId: others[8]!.id,
    payer: 'tenant',
    shareBp: 10_000,
    startsOn: monthOf(stage.now()),
    source: '房屋租赁合同第六条，物业费由承租人交',
  });
  stage.pass(20);
  await bills(stage, again, chief, scopeId);
  await home.post(`/payments/invoices?scopeId=${scopeId}`, { paymentId: first, title: '个人' });
  for (const actor of [again, chief, home]) await actor.leave();
}

const monthOf = (at: number): string => `${localDate(at).slice(0, 7)}-01`;

type Tariff = readonly [item: string, name: string, rule: object, source: string, terms?: object];

/** What only those pay who have it. */
const ofSome: readonly Tariff[] = [
  ['parking', '地下车位费', { kind: 'parking', amountFen: 15_000 }, '车位租赁合同第三条'],
  ['storage_rent', '储藏间租金', { kind: 'rent' }, '储藏间租赁合同第二条'],
];
/** What everybody pays, from the month that runs on. */
const ofAll: readonly Tariff[] = [
  [
    'property_fee',
    '物业服务费',
    { kind: 'area', rateE4: 18_500 },
    '物业服务合同第八条，业主大会决定',
    { vacantBp: 7_000, early: { withinDays: 5, shareBp: 200 } },
  ],
  [
    'water',
    '生活用水（代收）',
    { kind: 'metered', meter: 'water', rateE4: 38_000 },
    '供水公司水价公告，按表代收',
  ],
  ['lift_power', '电梯与水泵用电公摊', { kind: 'shared', by: 'household' }, '物业服务合同第十一条'],
];

async function sets(manager: Actor, scopeId: string, tariffs: readonly Tariff[], on: number): Promise<void> {
  for (const [item, name, rule, source, terms = {}] of tariffs)
    await manager.post('/billing/tariffs', {
      scopeId,
      item,
      name,
      rule,
      terms: { dueDays: 15, ...terms },
      validFrom: monthOf(on),
      source,
      replaces: null,
    });
}

/** Asked for by the desk, looked at and approved by the manager, posted by the worker. */
async function bills(stage: BillsStage, desk: Actor, manager: Actor, scopeId: string): Promise<void> {
  const period = monthOf(stage.now());
  const { id } = await desk.post<Run>('/billing/runs', { scopeId, period });
  const run = async (state: string): Promise<Run> => {
    for (let tries = 0; tries < 1_500; tries++) {
      const { run: now } = await desk.get<{ run: Run }>(`/billing/runs/${id}?scopeId=${scopeId}`);
      if (now.state === state) return now;
      await new Promise((done) => setTimeout(done, 40));
    }
    throw new Error(`the month is not ${state}`);
  };
  const { version } = await run('ready');
  stage.pass(45);
  await manager.post(`/billing/runs/${id}/commands?scopeId=${scopeId}`, {
    action: 'approve',
    expectedVersion: version,
  });
  await run('posted');
}

async function owed(desk: Actor, scopeId: string, householdId: string): Promise<readonly Line[]> {
  const { homes } = await desk.get<{ homes: readonly { lines: readonly Line[] }[] }>(
    `/bills/open?scopeId=${scopeId}&householdId=${householdId}`,
  );
  return homes[0]?.lines ?? [];
}

/** Counted by who held it, signed by another: notes of a hundred, and what is left in smaller ones. */
async function counts(
  desk: Actor,
  manager: Actor,
  scopeId: string,
  tillId: string,
  fen: number,
): Promise<void> {
  const pieces: number[] = [];
  let left = fen;
  for (const worth of [10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10]) {
    pieces.push(Math.floor(left / worth));
    left %= worth;
  }
  const path = `/payments/tills/${tillId}`;
  const seen = async () => {
    const { items } = await manager.get<{ items: readonly { id: string; version: number }[] }>(
      `/payments/tills?scopeId=${scopeId}`,
    );
    return { expectedVersion: items.find(({ id }) => id === tillId)?.version };
  };
  await desk.post(`${path}/count?scopeId=${scopeId}`, { pieces, ...(await seen()) });
  await manager.post(`${path}/sign?scopeId=${scopeId}`, await seen());
}

/** Who is reminded at the same moment is another version: whoever writes looks again, as a person would. */
async function notes(desk: Actor, scopeId: string, householdId: string, note: object): Promise<void> {
  const path = `/billing/arrears/${householdId}`;
  for (let look = 1; ; look += 1) {
    const { version } = await desk.get<{ version: number }>(`${path}?scopeId=${scopeId}`);
    try {
      await desk.post(`${path}/notes?scopeId=${scopeId}`, { ...note, expectedVersion: version });
      return;
    } catch (error) {
      if (look >= 5 || !(error as Error).message.includes('billing.stale')) throw error;
    }
  }
}
