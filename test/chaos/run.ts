import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { faultsFound } from './checks.ts';
import { type Fault, faults } from './faults.ts';
import { type Finding, found } from './findings.ts';
import { type Held, heapKept, held } from './held.ts';
import { type Acknowledged, acknowledgedBy, MixedLoad, type Siege } from './siege.ts';

export interface Round {
  readonly number: number;
  readonly fault: Fault;
  /** How long it lasts where it lasts. */
  readonly milliseconds: number;
  readonly tries: number;
  /** In this round. */
  readonly acknowledged: Acknowledged;
  readonly found: readonly Finding[];
  /** The server that may be killed, at rest: which process it is, and what it holds. */
  readonly server: (Held & { readonly pid: number }) | null;
  /** The process that holds the other server and all that was acknowledged: its heap and its files. */
  readonly heapMegabytes: number;
  readonly open: number | null;
  readonly connections: number;
  /** From the moment when what broke was back until every kind of write was acknowledged by every server again. */
  readonly recovered: number;
  readonly seconds: number;
}

/** Which faults, drawn from the seed: each once before any comes again. */
export function drawnRounds(siege: Pick<Siege, 'disk'>, rounds: number, seed: number): [Fault, number][] {
  const possible = (Object.keys(faults) as Fault[]).filter(
    (name) => name !== 'disk full' || siege.disk !== null,
  );
  const drawn: [Fault, number][] = [];
  for (let turn = 0; drawn.length < rounds; turn++) {
    const order = fc.shuffledSubarray(possible, { minLength: possible.length });
    const lengths = fc.array(fc.integer({ min: 200, max: 1_800 }), {
      minLength: possible.length,
      maxLength: possible.length,
    });
    const [names, times] = fc.sample(fc.tuple(order, lengths), { seed: seed + turn, numRuns: 1 })[0]!;
    drawn.push(...names.map((name, i): [Fault, number] => [name, times[i]!]));
  }
  return drawn.slice(0, rounds);
}

const patience = 300_000;

/** Under load something breaks, all comes back, and what was acknowledged is looked for. */
export async function playRound(
  siege: Siege,
  number: number,
  [fault, milliseconds]: readonly [Fault, number],
): Promise<Round> {
  const started = performance.now();
  const before = acknowledgedBy(siege);
  const load = new MixedLoad(siege);
  // In the middle of it.
  while (!load.goesOn()) await sleep(20);
  await sleep(milliseconds / 4);
  await faults[fault](siege, milliseconds);
  load.follow();
  const back = performance.now();
  load.mark();
  while (!load.goesOn()) {
    if (performance.now() - back > patience) throw new Error(`nobody answers any more after: ${fault}`);
    await sleep(10);
  }
  const recovered = (performance.now() - back) / 1000;
  await load.stop();
  const odd = [...Map.groupBy(load.odd, (answer) => answer)];
  const findings = [
    ...odd.flatMap(([answer, all]) => found('odd answers', all.length, answer)),
    ...(await faultsFound(siege)),
  ];
  const { pid } = siege.child().process;
  const server = held(pid);
  const [row] = await siege.world.ask<{ open: number }>(
    `select count(*)::int as open from pg_stat_activity where usename = 'gongzhi_app'`,
  );
  const after = acknowledgedBy(siege);
  return {
    number,
    fault,
    milliseconds,
    tries: load.tries,
    acknowledged: {
      orders: after.orders - before.orders,
      passages: after.passages - before.passages,
      postings: after.postings - before.postings,
      payments: after.payments - before.payments,
      readings: after.readings - before.readings,
    },
    found: findings,
    server: server === null ? null : { pid: pid!, ...server },
    heapMegabytes: heapKept(),
    open: held(process.pid)?.open ?? null,
    connections: row!.open,
    recovered,
    seconds: (performance.now() - started) / 1000,
  };
}
