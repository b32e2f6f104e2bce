import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { readBacklog } from '../../apps/server/src/platform/events/backlog.ts';
import type { World } from '../world.ts';
import { type Crew, Line, Reports } from './crew.ts';

/** Who goes and how, several in one round. */
export interface CrewRound {
  readonly goes: readonly { readonly at: number; readonly how: 'killed' | 'leaves' }[];
  /** How long it is away. */
  readonly milliseconds: number;
}

/** Drawn from the seed: one to all but one of the processes, and never the last of its kind by name only. */
export function drawnCrewRounds(size: number, rounds: number, seed: number): CrewRound[] {
  const one = fc.record({
    goes: fc
      .shuffledSubarray(
        Array.from({ length: size }, (_, at) => at),
        { minLength: 1, maxLength: size - 1 },
      )
      .chain((places) =>
        fc
          .array(fc.constantFrom('killed' as const, 'killed' as const, 'leaves' as const), {
            minLength: places.length,
            maxLength: places.length,
          })
          .map((hows) => places.map((at, i) => ({ at, how: hows[i]! }))),
      ),
    milliseconds: fc.integer({ min: 0, max: 800 }),
  });
  return fc.sample(one, { seed, numRuns: rounds });
}

/** What a whole siege of one crew has seen. */
export interface CrewSiege {
  readonly crew: Crew;
  readonly lines: readonly Line[];
  /** Order → its number, of all rounds. */
  readonly said: Map<string, string>;
  /** Orders whose limits were made to run out. */
  readonly overdue: Set<string>;
  close(): Promise<void>;
}

export async function layCrewSiege(crew: Crew): Promise<CrewSiege> {
  const { cookie } = crew.world.people.desk.client;
  // One page of the desk at every process that answers browsers.
  const lines = await Promise.all(crew.apis.map((post) => Line.open(post, cookie)));
  return {
    crew,
    lines,
    said: new Map(),
    overdue: new Set(),
    close: async () => {
      await Promise.all(lines.map((line) => line.close()));
    },
  };
}

/** All their hours three days back: every limit of theirs has run out, and the next look is due within the round. */
async function letRunOut(world: World, ids: readonly string[]): Promise<void> {
  const columns = await world.ask<{ name: string }>(
    `select column_name as name from information_schema.columns where table_schema = 'work_orders' and table_name = 'work_order'
       and data_type = 'timestamp with time zone' and column_name <> 'next_due_at'`,
  );
  const back = columns.map(({ name }) => `"${name}" = "${name}" - interval '3 days'`).join(', ');
  await world.ask(
    `update work_orders.work_order set ${back}, next_due_at = clock_timestamp() + random() * interval '1 second'
     where work_order_id = any ($1)`,
    [ids],
  );
}

export interface PlayedCrewRound {
  readonly found: readonly string[];
  readonly acknowledged: number;
  readonly seconds: number;
}

const patience = 120_000;

async function waitUntil(isSo: () => Promise<boolean> | boolean): Promise<boolean> {
  for (const until = Date.now() + patience; Date.now() < until; await sleep(100))
    if (await isSo()) return true;
  return false;
}

/** Under load some go, others take over, all come back; then what was acknowledged, due and told is looked for. */
export async function playCrewRound(siege: CrewSiege, round: CrewRound): Promise<PlayedCrewRound> {
  const started = performance.now();
  const { crew, said, overdue } = siege;
  const { world, everybody } = crew;
  const found: string[] = [];
  const load = new Reports(crew, 3);
  const acknowledged = (more: number) => waitUntil(() => load.acknowledged.size >= more);
  if (!(await acknowledged(6))) found.push('nobody answers');
  const runOut = [...load.acknowledged.keys()];
  await letRunOut(world, runOut);
  for (const id of runOut) overdue.add(id);
  await Promise.all(
    round.goes.map(async ({ at, how }) => {
      const post = everybody[at]!;
      if (how === 'killed') await post.kill();
      else {
        const code = await post.leave();
        if (code !== 0) found.push(`a ${post.role} that was asked to leave left with ${code}`);
      }
      await sleep(round.milliseconds);
      await post.start();
    }),
  );
  if (!(await acknowledged(load.acknowledged.size + 6))) found.push('nobody answers any more');
  await load.stop();
  for (const [id, number] of load.acknowledged) said.set(id, number);
  found.push(...new Set(load.odd), ...(await crewFaults(siege)));
  return { found, acknowledged: load.acknowledged.size, seconds: (performance.now() - started) / 1000 };
}

/** What is not as it was acknowledged, promised or told; nothing, if all is well. */
export async function crewFaults(siege: CrewSiege): Promise<string[]> {
  return [
    ...(await orders(siege)),
    ...(await told(siege)),
    ...(await deadlines(siege)),
    ...(await heard(siege)),
    ...(await transactions(siege)),
  ];
}

async function orders({ crew: { world }, said }: CrewSiege): Promise<string[]> {
  const rows = await world.ask<{ id: string; told: number }>(
    `select o.work_order_id as id,
       (select count(*)::int from platform.outbox x where x.object_id = o.work_order_id and x.kind = 'work_order.submitted') as told
     from work_orders.work_order o where o.reporter_account_id = $1`,
    [world.people.wang.accountId],
  );
  const there = new Set(rows.map(({ id }) => id));
  const lost = [...said.keys()].filter((id) => !there.has(id));
  const more = rows.filter(({ id }) => !said.has(id));
  const half = rows.filter((row) => row.told !== 1);
  return [
    ...(lost.length > 0 ? [`${lost.length} acknowledged orders are gone`] : []),
    ...(more.length > 0 ? [`${more.length} orders are there twice`] : []),
    ...(half.length > 0 ? [`${half.length} orders are not in the outbox once`] : []),
  ];
}

/** The desk hears of each order once, whichever worker dispatched it. */
async function told({ crew: { world }, said }: CrewSiege): Promise<string[]> {
  const isThrough = await waitUntil(async () => {
    const lines = await readBacklog(world.worker);
    return lines.length > 0 && lines.every(({ behind }) => behind === 0);
  });
  if (!isThrough) return ['events wait and wait'];
  if ((await readBacklog(world.worker)).some(({ deadLetters }) => deadLetters > 0))
    return ['an event was laid aside'];
  const rows = await world.ask<{ number: string; count: number }>(
    `select params ->> 'number' as number, count(*)::int as count from platform.notification
     where template = 'work_order.submitted' and account_id = $1 group by 1`,
    [world.people.desk.accountId],
  );
  const counts = new Map(rows.map(({ number, count }) => [number, count]));
  const wrong = [...said.values()].filter((number) => counts.get(number) !== 1);
  return wrong.length === 0 ? [] : [`the desk was not told once of ${wrong.length} orders`];
}

/** What time brings is the same for orders of the same age, and once each, whichever worker marked it. */
async function deadlines({ crew: { world }, overdue }: CrewSiege): Promise<string[]> {
  const ids = [...overdue];
  const isDone = await waitUntil(async () => {
    const [row] = await world.ask<{ due: number }>(
      `select count(*)::int as due from work_orders.work_order where work_order_id = any ($1) and next_due_at < clock_timestamp()`,
      [ids],
    );
    return row?.due === 0;
  });
  if (!isDone) return ['what is due stays due'];
  const rows = await world.ask<{ id: string; kinds: string[] }>(
    `select o.work_order_id as id,
       array(select e.kind from work_orders.event e where e.work_order_id = o.work_order_id and e.actor_role = 'system' order by e.kind) as kinds
     from work_orders.work_order o where o.work_order_id = any ($1)`,
    [ids],
  );
  const [first] = rows;
  if (first === undefined) return [];
  const stories = new Set(rows.map(({ kinds }) => kinds.join()));
  return [
    ...(first.kinds.length === 0 ? ['no limit that ran out was marked'] : []),
    ...(stories.size > 1 ? [`orders of one age have different stories: ${[...stories].join(' | ')}`] : []),
    ...(new Set(first.kinds).size < first.kinds.length ? [`marked twice: ${first.kinds.join()}`] : []),
  ];
}

/** Each page knows each order, heard of at most once, wherever it was written, and also when its own server was away. */
async function heard({ lines, said }: CrewSiege): Promise<string[]> {
  await waitUntil(() => lines.every((line) => [...said.keys()].every((id) => line.knows(id))));
  return lines.flatMap((line, at) => {
    const missing = [...said.keys()].filter((id) => !line.knows(id)).length;
    const twice = [...line.submitted.values()].filter((times) => times > 1).length;
    return [
      ...(missing > 0 ? [`the page at process ${at + 1} never heard of ${missing} orders`] : []),
      ...(twice > 0 ? [`the page at process ${at + 1} heard of ${twice} orders twice`] : []),
      ...(line.resets > line.losses
        ? [`the page at process ${at + 1} was told to begin afresh for nothing`]
        : []),
    ];
  });
}

/** Whoever was killed left no transaction and no lock. */
async function transactions({ crew: { world } }: CrewSiege): Promise<string[]> {
  const left = await waitUntil(async () => {
    const [row] = await world.ask<{ stuck: number }>(
      `select count(*)::int as stuck from pg_stat_activity where datname = current_database() and usename = 'gongzhi_app'
         and state like 'idle in transaction%' and state_change < clock_timestamp() - interval '5 seconds'`,
    );
    return row?.stuck === 0;
  });
  return left ? [] : ['a transaction stays open'];
}
