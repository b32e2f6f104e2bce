import { randomUUID } from 'node:crypto';
import { uuidv7 } from '@gongzhi/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { balances, post } from '../ledger/index.ts';
import { loaders as placesRows } from '../places/index.ts';
import { DAY, expectStatus, type Somebody } from '../work-orders/fixtures.ts';
import { asksRun, aTariff, bills, corrects, decides, NOVEMBER, seesRun, works } from './fixtures.ts';
import { settle, unsettle } from './index.ts';
import { claimRun } from './queries-claims.ts';
import { billedIn } from './queries-facts.ts';
import { postNext } from './service-runs.ts';

let world: World;
let scopeId: string;
beforeAll(async () => {
  world = await aWorld();
  scopeId = world.near.compound;
  const { manager } = world.people;
  expectStatus(await manager.client.post('/billing/tariffs', aTariff(scopeId)), 201);
});
afterAll(() => world.close());

const owes = async (who: Somebody, householdId = world.home): Promise<Json> => {
  const { homes } = expectStatus(
    await who.client.get(`/bills/open?scopeId=${scopeId}&householdId=${householdId}`),
    200,
  );
  return homes[0];
};
const book = () => ({ scopeId, companyId: world.near.company });
const held = async (...codes: string[]) =>
  world.worker.work(async (tx) => [...(await balances(tx, book(), codes)).values()]);
const pays = (lineId: string, amountFen: number, key = uuidv7(0), on = '2026-11-23') =>
  world.worker.work((tx) =>
    settle(tx, {
      scopeId,
      lineId,
      amountFen,
      by: { kind: 'payment', id: key },
      key,
      on,
      bookedOn: on,
      now: world.clock.now(),
    }),
  );
const homes = () => Object.keys(world.near.households).length;

describe('a month', () => {
  let run: Json;
  it('is calculated, looked at, approved by somebody else, and posted once', async () => {
    const { desk, manager, company, street } = world.people;
    run = await asksRun(world, desk);
    expect(run).toMatchObject({
      state: 'ready',
      households: homes(),
      lines: homes(),
      exceptions: 0,
      isAskedByMe: true,
    });
    expect((await owes(desk)).lines).toEqual([]);
    const path = `/billing/runs/${run.id}/households?scopeId=${scopeId}&limit=4`;
    const first = expectStatus(await desk.client.get(path), 200);
    const rest = expectStatus(await desk.client.get(`${path}&cursor=${first.nextCursor}`), 200);
    const seen = [...first.items, ...rest.items].map((row: Json) => row.householdId);
    expect(new Set(seen).size).toBe(homes());
    expect(expectStatus(await desk.client.get(path.replace('households', 'exceptions')), 200).items).toEqual(
      [],
    );
    expect((await decides(world, desk, run, 'approve')).status).toBe(403);
    expect((await decides(world, manager, { ...run, version: 1 }, 'approve')).body.code).toBe(
      'billing.stale',
    );
    // Two who approve at one moment: one does, the other is told.
    const both = await Promise.all([
      decides(world, manager, run, 'approve'),
      decides(world, company, run, 'approve'),
    ]);
    expect(both.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409]);
    await works(world);
    run = await seesRun(world, desk, run.id);
    expect(run).toMatchObject({ state: 'posted', postedLines: homes(), postedFen: run.totalFen });
    const owed = await owes(desk);
    // 89.5x m² × 2.30
    expect(owed.lines).toMatchObject([
      {
        item: 'property_fee',
        name: '物业服务费',
        tariffSource: '物业服务合同第 8 条',
        dueOn: '2026-12-08',
        limitationOn: '2029-12-08',
      },
    ]);
    expect(owed.lines[0].amountFen).toBe(Math.round((owed.lines[0].basis.areaHundredths * 23_000) / 10_000));
    expect(await held('income:property_fee', `household:${world.home}:receivable`)).toEqual([
      run.totalFen,
      owed.openFen,
    ]);
    // What the next month is set against.
    const billed = await world.worker.work((tx) => billedIn(tx, scopeId, NOVEMBER));
    expect(billed.reduce((sum, { fen }) => sum + fen, 0)).toBe(run.totalFen);
    // Nothing more to do, and nothing twice.
    await works(world);
    expect(await held('income:property_fee')).toEqual([run.totalFen]);
    expect((await street.client.get(`/billing/runs?scopeId=${scopeId}`)).status).toBe(403);
  });

  it('is asked for once, in one compound by its own, of a month that can be', async () => {
    const { desk, farDesk, manager } = world.people;
    const ask = (who: Somebody, body: object) =>
      who.client.post('/billing/runs', { scopeId, period: NOVEMBER, ...body });
    expect((await ask(desk, {})).body.code).toBe('billing.run_exists');
    expect((await ask(farDesk, {})).status).toBe(404);
    expect((await ask(desk, { period: '2026-11-02' })).body.code).toBe('billing.invalid');
    expect((await ask(desk, { period: '2027-01-01' })).body.code).toBe('billing.invalid');
    expect((await ask(desk, { scopeId: world.near.department })).status).toBe(422);
    // Two who ask for one month at one moment.
    const both = await Promise.all([
      ask(desk, { period: '2026-10-01' }),
      ask(manager, { period: '2026-10-01' }),
    ]);
    expect(both.map(({ status }) => status).sort((a, b) => a - b)).toEqual([201, 409]);
    expect((await ask(desk, { period: '2026-09-01' })).body.code).toBe('billing.run_open');
    const asked = both.find(({ status }) => status === 201)!.body;
    await works(world);
    const ready = await seesRun(world, desk, asked.id);
    expectStatus(await decides(world, manager, ready, 'cancel', { reason: '单价未定' }), 200);
    expect((await decides(world, manager, ready, 'approve')).status).toBe(409);
    // Given up, it may be asked for again.
    const again = await asksRun(world, desk, '2026-10-01');
    expectStatus(await decides(world, manager, again, 'cancel'), 200);
  });

  it('killed in the middle goes on where it was, and nothing is there twice', async () => {
    const { desk, manager } = world.people;
    const ready = await asksRun(world, desk, '2026-12-01');
    expectStatus(await decides(world, manager, ready, 'approve'), 200);
    const now = world.clock.now();
    // The process dies after everything was written and before the commit.
    await expect(
      world.worker.work(async (tx) => {
        await postNext(world.server.house, tx, (await claimRun(tx, 'approved'))!, now);
        throw new Error('killed');
      }),
    ).rejects.toThrow('killed');
    expect(
      await world.ask(`select from billing.bill where scope_id = $1 and period = '2026-12-01'`, [scopeId]),
    ).toEqual([]);
    // Two workers at once share it.
    await Promise.all([works(world), works(world)]);
    expect(await seesRun(world, desk, ready.id)).toMatchObject({ state: 'posted', postedLines: ready.lines });
    const [{ lines, fen }] = (await world.ask<{ lines: number; fen: number }>(
      `select count(*)::integer as lines, sum(amount_fen)::integer as fen from billing.bill_line where scope_id = $1 and period = '2026-12-01'`,
      [scopeId],
    )) as [{ lines: number; fen: number }];
    expect([lines, fen]).toEqual([ready.lines, ready.totalFen]);
    const [{ posted }] = (await world.ask<{ posted: number }>(
      `select sum(p.amount_fen)::integer as posted from ledger.posting p join billing.bill_line l on l.scope_id = p.scope_id and l.line_id = p.source_id
       where l.scope_id = $1 and l.period = '2026-12-01'`,
      [scopeId],
    )) as [{ posted: number }];
    expect(posted).toBe(ready.totalFen);
  });
});

describe('a household', () => {
  it('sees what it owes and why, and nobody else’s', async () => {
    const { wang, chen, farResident, li, committee, street, steward } = world.people;
    const owed = await owes(wang);
    expect(owed.lines.length).toBe(2);
    expect((await chen.client.get(`/bills/open?scopeId=${scopeId}&householdId=${world.home}`)).status).toBe(
      404,
    );
    expect(
      (await farResident.client.get(`/bills/open?scopeId=${scopeId}&householdId=${world.home}`)).status,
    ).toBe(404);
    const [line] = owed.lines;
    expect((await chen.client.get(`/bills/lines/${line.lineId}?scopeId=${scopeId}`)).status).toBe(404);
    expect((await wang.client.get(`/bills/lines/${line.lineId}?scopeId=${scopeId}`)).body.line).toMatchObject(
      { lineId: line.lineId },
    );
    for (const who of [li, committee, street, steward])
      expect([
        who.name,
        (await who.client.get(`/bills/open?scopeId=${scopeId}&householdId=${world.home}`)).status,
      ]).toEqual([who.name, 403]);
    const history = await wang.client.get(
      `/bills/lines?scopeId=${scopeId}&householdId=${world.home}&limit=1`,
    );
    expect(history.body.items).toHaveLength(1);
    const rest = await wang.client.get(
      `/bills/lines?scopeId=${scopeId}&householdId=${world.home}&limit=1&cursor=${history.body.nextCursor}`,
    );
    expect(rest.body.items).toHaveLength(1);
  });

  it('pays: at most what is open, once by its key, two at one moment', async () => {
    const { wang } = world.people;
    const [line] = (await owes(wang)).lines;
    const key = uuidv7(1);
    expect(await pays(line.lineId, 1_000, key)).toMatchObject({
      takenFen: 1_000,
      leftFen: 0,
      isReplay: false,
    });
    expect(await pays(line.lineId, 1_000, key)).toMatchObject({ takenFen: 1_000, isReplay: true });
    await expect(pays((await owes(wang)).lines[1].lineId, 1_000, key)).rejects.toMatchObject({
      code: 'billing.key_reused',
    });
    const open = line.amountFen - 1_000;
    const both = await Promise.all([pays(line.lineId, open), pays(line.lineId, open)]);
    expect(both.map(({ takenFen, leftFen }) => [takenFen, leftFen]).sort((a, b) => a[0]! - b[0]!)).toEqual([
      [0, open],
      [open, 0],
    ]);
    expect((await owes(wang)).lines.map((one: Json) => one.lineId)).not.toContain(line.lineId);
    const back = (amountFen: number, refund: string) =>
      world.worker.work((tx) =>
        unsettle(tx, {
          scopeId,
          lineId: line.lineId,
          amountFen,
          id: refund,
          key: refund,
          on: '2026-11-23',
          now: world.clock.now(),
        }),
      );
    await expect(back(line.amountFen + 1, uuidv7(2))).rejects.toMatchObject({ code: 'billing.not_settled' });
    const refund = uuidv7(3);
    expect((await back(500, refund)).openFen).toBe(500);
    expect((await back(500, refund)).openFen).toBe(500);
    await pays(line.lineId, 500);
  });
});

describe('a correction', () => {
  it('takes the line back in the ledger, makes a balance of what was paid, and puts another in its place', async () => {
    const { desk, manager, chen, wang } = world.people;
    const home = world.near.households['3-2-102']!;
    const [line] = (await owes(desk, home)).lines;
    const settling = await pays(line.lineId, 5_000);
    // As payments does it.
    await world.worker.work((tx) =>
      post(tx, {
        wall: { ...book(), cityId: world.city, streetId: world.near.street },
        postings: [
          {
            key: 'pay:test',
            debit: 'bank:main',
            credit: settling.line.receivable,
            amountFen: 5_000,
            bookedOn: '2026-11-23',
            source: { kind: 'payments.payment', id: uuidv7(4) },
          },
        ],
        by: null,
        now: world.clock.now(),
      }),
    );
    const before = await held(`household:${home}:receivable`, 'income:property_fee');
    const body = { reason: '面积登记错了', expectedSettledFen: 5_000, amountFen: 12_345 };
    const done = await corrects(world, line.lineId, body);
    const path = `/bills/lines/${line.lineId}`;
    expect(expectStatus(await desk.client.get(`${path}?scopeId=${scopeId}`), 200).line).toMatchObject({
      isVoided: true,
      voidReason: '面积登记错了',
      openFen: 0,
      settledFen: 0,
    });
    const again = await manager.client.post(`${path}/corrections?scopeId=${scopeId}`, body);
    expect(again.body.code).toBe('billing.line_voided');
    const after = await held(`household:${home}:receivable`, 'income:property_fee');
    expect(after).toEqual([
      before[0]! - line.amountFen + 5_000 + 12_345,
      before[1]! - line.amountFen + 12_345,
    ]);
    const owed = await owes(chen, home);
    expect(owed.prepaidFen).toBe(5_000);
    expect(owed.lines.find((one: Json) => one.lineId === done.replacementId)).toMatchObject({
      amountFen: 12_345,
      corrects: line.lineId,
    });
    const statement = expectStatus(
      await chen.client.get(
        `/bills/statement?scopeId=${scopeId}&householdId=${home}&from=2026-11-01&to=2026-11-30`,
      ),
      200,
    );
    expect(statement.entries.map(({ kind }: Json) => kind).sort()).toEqual(
      ['billed', 'billed', 'billed', 'credit', 'paid', 'voided'].sort(),
    );
    expect(statement.closingOwedFen).toBe(owed.openFen);
    expect(statement.closingPrepaidFen).toBe(5_000);
    expect(statement.openingOwedFen).toBe(0);
    expect((await wang.client.get(`/bills/statement?scopeId=${scopeId}&householdId=${home}`)).status).toBe(
      404,
    );
    expect(
      (
        await chen.client.get(
          `/bills/statement?scopeId=${scopeId}&householdId=${home}&from=2026-12-02&to=2026-12-01`,
        )
      ).status,
    ).toBe(422);
  });
});

describe('tariffs', () => {
  it('are data with a source; a change touches nothing that was billed, and the first of a month begins it', async () => {
    const { manager, desk, wang } = world.people;
    const { items } = expectStatus(await wang.client.get(`/billing/tariffs?scopeId=${scopeId}`), 200);
    expect(items).toMatchObject([{ item: 'property_fee', isCurrent: true }]);
    const change = (more: object, who = manager) =>
      who.client.post('/billing/tariffs', aTariff(scopeId, { replaces: items[0].id, ...more }));
    expect((await change({}, desk)).status).toBe(403);
    expect((await change({ replaces: null })).body.code).toBe('billing.stale');
    expect((await change({ validFrom: '2027-01-02' })).body.fields).toMatchObject([{ path: '/validFrom' }]);
    expect((await change({ source: ' ' })).status).toBe(422);
    expect((await change({ rule: { kind: 'area', rateE4: 2.5 } })).status).toBe(422);
    expect((await change({ rule: { kind: 'area', rateE4: -1 } })).status).toBe(422);
    expect((await change({ rule: { kind: 'formula', expression: 'area.constructor' } })).body).toMatchObject({
      code: 'billing.formula',
      params: { fault: 'not_allowed' },
    });
    expect((await change({ currency: 'USD' })).status).toBe(422);
    const billed = (await owes(wang)).lines;
    world.clock.advance(1_000);
    expectStatus(await change({ rule: { kind: 'area', rateE4: 40_000 }, validFrom: '2026-11-01' }), 201);
    expect((await owes(wang)).lines).toEqual(billed);
    // Another who had the page open meanwhile is told.
    expect((await change({})).body.code).toBe('billing.stale');
    const example = expectStatus(
      await desk.client.post('/billing/tariffs/preview', {
        scopeId,
        item: 'power',
        name: '电费',
        rule: {
          kind: 'tiered',
          meter: 'power',
          steps: [
            { upToMilli: 2_880_000, rateE4: 4_883 },
            { upToMilli: 4_800_000, rateE4: 5_383 },
            { upToMilli: null, rateE4: 7_883 },
          ],
        },
        terms: { dueDays: 15 },
        householdId: world.home,
        usedMilli: 5_000_000,
        period: NOVEMBER,
      }),
      200,
    );
    expect(example.lines).toMatchObject([{ amountFen: 259_750, payer: 'owner' }]);
  });

  it('of every kind make one month: shared to the fen, split between payers, less for the empty home', async () => {
    const { manager, desk, street } = world.people;
    world.clock.advance(20 * DAY); // 13 December
    const add = async (item: string, name: string, rule: object, terms: object = { dueDays: 15 }) =>
      expectStatus(
        await manager.client.post('/billing/tariffs', aTariff(scopeId, { item, name, rule, terms })),
        201,
      );
    await add('lift_power', '电梯公摊', { kind: 'shared', by: 'household' });
    await add('parking', '车位费', { kind: 'parking', amountFen: 15_000 });
    await add('garbage', '垃圾清运', { kind: 'formula', expression: 'isVacant ? 0 : max(2.5, area * 0.03)' });
    const cost = {
      scopeId,
      item: 'lift_power',
      period: '2027-01-01',
      totalFen: 10_000,
      source: '供电局 12 月账单',
    };
    expect((await street.client.post('/billing/costs', cost)).status).toBe(403);
    expectStatus(await desk.client.post('/billing/costs', cost), 201);
    const home = world.home;
    const agree = (body: object) =>
      manager.client.post('/billing/agreements', {
        scopeId,
        householdId: home,
        startsOn: '2026-12-01',
        source: '车位租赁合同',
        ...body,
      });
    expect((await agree({ kind: 'parking' })).status).toBe(422);
    expectStatus(await agree({ kind: 'parking', item: 'parking', spaces: 2, label: 'B1-023' }), 201);
    const unit = { id: randomUUID() };
    await world.insert(placesRows.organisation, {
      scopeId: world.near.street,
      organisationId: unit.id,
      kind: 'property_right_unit',
      name: '第三机床厂',
    });
    const payer = {
      scopeId,
      householdId: home,
      item: 'property_fee',
      payer: 'property_unit',
      partyId: unit.id,
      shareBp: 3_333,
      startsOn: '2026-12-01',
      source: '补贴协议',
    };
    expectStatus(await manager.client.post('/billing/payers', payer), 201);
    expect(
      (await manager.client.post('/billing/payers', { ...payer, shareBp: 6_668 })).body.fields,
    ).toMatchObject([{ path: '/shareBp' }]);
    expect((await manager.client.post('/billing/payers', { ...payer, partyId: undefined })).status).toBe(422);
    const run = await bills(world, '2027-01-01');
    expect(run.state).toBe('posted');
    const [shared] = (await world.ask<{ fen: number; homes: number }>(
      `select sum(amount_fen)::integer as fen, count(*)::integer as homes from billing.bill_line where scope_id = $1 and period = '2027-01-01' and item = 'lift_power'`,
      [scopeId],
    )) as [{ fen: number; homes: number }];
    expect(shared).toEqual({ fen: 10_000, homes: homes() });
    const lines = await world.ask<{ item: string; payer: string; fen: number }>(
      `select item, payer, amount_fen::integer as fen from billing.bill_line where scope_id = $1 and period = '2027-01-01' and household_id = $2 order by item, payer`,
      [scopeId, home],
    );
    const fee = lines.filter(({ item }) => item === 'property_fee').reduce((sum, { fen }) => sum + fen, 0);
    expect(lines.map(({ item, payer: who }) => `${item} ${who}`)).toEqual([
      'garbage owner',
      'lift_power owner',
      'parking owner',
      'property_fee owner',
      'property_fee property_unit',
    ]);
    expect(lines.find(({ item }) => item === 'parking')?.fen).toBe(30_000);
    expect(lines.at(-1)!.fen).toBe(Math.round((fee * 3_333) / 10_000));
    // What the unit pays is not the household's to see, nor in what it owes.
    const owed = await owes(world.people.wang);
    const january = owed.lines.filter((line: Json) => line.period === '2027-01-01');
    expect(january.map((line: Json) => line.item).sort()).toEqual([
      'garbage',
      'lift_power',
      'parking',
      'property_fee',
    ]);
    expect(await held(`party:${unit.id}:receivable`)).toEqual([lines.at(-1)!.fen]);
  });
});
