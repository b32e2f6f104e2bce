import { addDays, CHINA, type LocalDate, localDate, startOfDay } from '@gongzhi/kernel';
import type { Random } from '../random.ts';
import { MoneyHouse } from './house.ts';
import { count, emptyNotebook } from './notebook.ts';
import {
  acceptDisputed,
  bankPays,
  billMonth,
  closeMonth,
  closeTill,
  correctLine,
  dayBefore,
  openTill,
  reconcile,
  setTariffs,
} from './office.ts';
import { type Acting, draw, order, payAtDesk, payAtProvider, payTwice, refund } from './paying.ts';
import { type Proof, prove } from './proof.ts';

/**
 * So many days of payments, refunds, callbacks and crashes, seeded. The clock is simulated and people are; the server (a process
 * of its own), its database and the wire between them are real, and the providers answer over HTTP with real signatures. A
 * crash is the server losing every connection to its database at a packet that was drawn, before or after that packet
 * arrived: in the middle of a transaction, or between its end and the answer to it. In one of seven its process is killed
 * at that packet, with whatever it had in its memory, and another is begun.
 */
export interface DaysOptions {
  readonly seed: number;
  readonly days: number;
  readonly homes: number;
  readonly random: Random;
  /** The first day. */
  readonly from?: LocalDate;
  /** A migrated one, of its own. */
  readonly database: { readonly adminUrl: string; readonly appUrl: string };
  readonly onProgress?: (done: number, of: number, label: string) => void;
}

export interface Days {
  readonly seed: number;
  readonly days: number;
  readonly homes: number;
  readonly counts: ReadonlyMap<string, number>;
  /** The most the server was seen to hold, in MB; 0 where that cannot be asked. */
  readonly memory: number;
  readonly proof: Proof;
}

const HOUR = 3_600_000;
const MINUTE = 60_000;
/** Of the crashes: the server's process is killed, not only its connections. */
const KILLED = 0.15;
/** Soon a month begins, and soon after it the one before is closed. */
const FIRST_DAY = '2026-11-20';

export async function simulateDays(options: DaysOptions): Promise<Days> {
  const { random, days, from = FIRST_DAY, onProgress } = options;
  const house = await MoneyHouse.open({
    ...options.database,
    random,
    homes: options.homes,
    from: new Date(startOfDay(from, CHINA) + HOUR),
  });
  try {
    const notebook = emptyNotebook();
    const acting: Acting = { house, random: random.fork('acts'), notebook };
    await setTariffs(acting);
    // Every other home has what is due taken off its balance.
    for (const [i, { id, people }] of house.place.homes.entries())
      if (i % 2 === 0)
        await house.does(people[0], 'PUT', '/payments/deduction', {
          scopeId: house.place.compound,
          householdId: id,
          isOn: true,
        });
    for (let i = 0; i < days; i++) {
      if (i === 0 && !from.endsWith('-01')) await billMonth(acting, from.slice(0, 7));
      await playDay({ ...acting, random: random.fork(`day ${i}`) }, addDays(from, i), house);
      house.look();
      const open = [...notebook.openDays.values()].flat().length;
      onProgress?.(i + 1, days, `${i + 1} of ${days} days, ${open} of them not yet agreed on`);
    }
    await calm(acting, addDays(from, days), house);
    count(notebook, 'everything told');
    const proof = await prove(house, notebook);
    notebook.counts.set('crashes', house.cuts);
    notebook.counts.set('crashes that killed the server', house.kills);
    house.look();
    const { memory } = house;
    return { seed: options.seed, days, homes: options.homes, counts: notebook.counts, memory, proof };
  } finally {
    await house.close();
  }
}

async function playDay(acting: Acting, day: string, house: MoneyHouse): Promise<void> {
  const { random } = acting;
  const at = (milliseconds: number): void => {
    const to = startOfDay(day, CHINA) + milliseconds;
    if (to > house.clock.now().getTime()) house.clock.set(new Date(to));
  };
  /** Perhaps the server dies meanwhile. */
  const act = async (run: () => Promise<unknown>): Promise<void> => {
    if (!random.chance(0.12)) return void (await run());
    const packets = Math.ceil((random.int(1, 12) * random.int(1, 12)) / 2);
    const side = random.chance(0.5) ? 'before' : 'after';
    await house.dying(packets, side, { isKilled: random.chance(KILLED) }, run);
  };
  at(7 * HOUR);
  house.providers.behave({});
  await act(() => house.worksOff());
  if (day.endsWith('-01')) await act(() => billMonth(acting, day.slice(0, 7)));
  if (day.endsWith('-05')) await closeMonth(acting, addDays(day, -10).slice(0, 7));
  const sessionId = random.chance(0.7) ? await openTill(acting) : null;
  const moments = Array.from({ length: random.int(1, 5) }, () => random.int(8 * HOUR, 20 * HOUR)).toSorted(
    (a, b) => a - b,
  );
  let isReconciled = false;
  const files = async (): Promise<void> => {
    if (isReconciled) return;
    isReconciled = true;
    at(10.5 * HOUR);
    house.providers.behave({});
    await act(() => reconcile(acting, dayBefore(day)));
    await bankPays(acting, day);
    await acceptDisputed(acting);
  };
  for (const moment of moments) {
    if (moment > 10.5 * HOUR) await files();
    at(moment);
    await act(() => happen(acting, sessionId));
    house.providers.behave({});
    if (random.chance(0.3)) await act(() => tellLate(acting));
    if (random.chance(0.5)) await act(() => house.due());
  }
  await files();
  at(20.5 * HOUR);
  house.providers.behave({});
  await house.providers.finishRefunds();
  if (sessionId !== null) await act(() => closeTill(acting, sessionId));
  for (const minutes of [0, 1, 40]) {
    house.clock.advance(minutes * MINUTE);
    await act(() => house.due());
  }
}

async function happen(acting: Acting, sessionId: string | null): Promise<void> {
  const { house, random } = acting;
  const home = random.pick(house.place.homes);
  const who = random.pick(home.people);
  const what = random.weighted<() => Promise<unknown>>([
    [
      async () => {
        const targets = await draw(acting, home, who);
        const ordered = await order(acting, home, who, targets, random.chance(0.6) ? 'wechat' : 'alipay');
        if (ordered !== null) await payAtProvider(acting, who, ordered);
      },
      60,
    ],
    [async () => payAtDesk(acting, sessionId, home, await draw(acting, home, who)), 12],
    [() => payTwice(acting, home, sessionId), 10],
    [() => refund(acting, sessionId), 16],
    [() => correctLine(acting), 2],
  ]);
  await what();
}

/** Some of what waits is told, in any order; the rest waits on. */
async function tellLate({ house, random, notebook }: Acting): Promise<void> {
  const kept = house.providers.book.letters.filter(() => random.chance(0.4));
  const told = await house.providers.deliver((letters) => {
    const now = letters.filter((letter) => !kept.includes(letter));
    return random.shuffled(now);
  });
  house.providers.book.letters.push(...kept);
  if (told > 0) notebook.counts.set('told late', (notebook.counts.get('told late') ?? 0) + told);
}

/** Everybody answers, whatever was due is done, and every day is paid out. */
async function calm(acting: Acting, from: string, house: MoneyHouse): Promise<void> {
  const { notebook } = acting;
  const till = await openTill(acting);
  for (let i = 0; ; i++) {
    const day = addDays(from, i);
    const to = startOfDay(day, CHINA) + 10.5 * HOUR;
    if (to > house.clock.now().getTime()) house.clock.set(new Date(to));
    house.providers.behave({});
    await house.providers.finishRefunds();
    await house.providers.deliver();
    for (let turn = 0; turn < 4; turn++) {
      house.clock.advance(20 * MINUTE);
      await house.due();
    }
    await acceptDisputed(acting);
    await reconcile(acting, dayBefore(day));
    // More went back at last than came: somebody pays ahead, so that the bank has something to keep it from.
    for (const [way, runs] of notebook.unpaid)
      if (runs.length > 0 && runs.reduce((sum, { netFen }) => sum + netFen, 0) <= 0) {
        const [home] = house.place.homes;
        const ordered = await order(
          acting,
          home!,
          home!.people[0],
          [{ kind: 'prepay', amountFen: 500_000 }],
          way,
        );
        if (ordered !== null) {
          house.providers.behave({});
          await house.providers.pay(ordered.id.replaceAll('-', ''));
        }
      }
    await bankPays(acting, day);
    const isQuiet = [...notebook.unpaid.values(), ...notebook.openDays.values()].every(
      (list) => list.length === 0,
    );
    const today = localDate(house.clock.now().getTime(), CHINA);
    const waits = await waiting(house, today);
    if (isQuiet && waits.length === 0) break;
    if (i > 20)
      throw new Error(
        `it does not become quiet: ${JSON.stringify({ waits, openDays: [...notebook.openDays], unpaid: [...notebook.unpaid] })}`,
      );
  }
  await closeTill(acting, till);
}

/** What is not told to the end, and what was told today, whose file comes tomorrow. */
async function waiting(house: MoneyHouse, today: string): Promise<readonly object[]> {
  const { rows } = await house.admin.query<object>(
    `select 'payment' as what, way, state, amount_fen::float8 as fen, created_at from payments.payment
     where state in ('created', 'pending', 'disputed')
       or (state = 'paid' and way in ('wechat', 'alipay') and (paid_at at time zone 'Asia/Shanghai')::date >= $1::date)
     union all
     select 'refund', way, state, amount_fen::float8, asked_at from payments.refund
     where state in ('asked', 'sending', 'processing')
       or (state = 'done' and way in ('wechat', 'alipay') and (done_at at time zone 'Asia/Shanghai')::date >= $1::date)`,
    [today],
  );
  return rows;
}
