import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { readBacklog } from '../../apps/server/src/platform/events/backlog.ts';
import type { World } from '../world.ts';
import { type Crew, Line, Reports } from './crew.ts';
import { type Finding, found } from './findings.ts';
import { held, type Held } from './held.ts';

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
  readonly found: readonly Finding[];
  readonly acknowledged: number;
  readonly runOut: number;
  /** What each process holds at rest, in the order of the crew, and how many connections all have open. */
  readonly held: readonly (Held | null)[];
  readonly open: number;
  /** From the moment when all are back until more was acknowledged. */
  readonly recovered: number;
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
  const odd: Finding[] = [];
  const load = new Reports(crew, 3);
  const acknowledged = (more: number) => waitUntil(() => load.acknowledged.size >= more);
  if (!(await acknowledged(6))) odd.push(...found('odd answers', 1, 'crew that answers nobody'));
  const runOut = [...load.acknowledged.keys()];
  await letRunOut(world, runOut);
  for (const id of runOut) overdue.add(id);
  await Promise.all(
    round.goes.map(async ({ at, how }) => {
      const post = everybody[at]!;
      if (how === 'killed') await post.kill();
      else {
        const code = await post.leave();
        if (code !== 0)
          odd.push(...found('odd answers', 1, `${post.role} that was asked to leave left with ${code}`));
      }
      await sleep(round.milliseconds);
      await post.start();
    }),
  );
  const back = performance.now();
  if (!(await acknowledged(load.acknowledged.size + 6)))
    odd.push(...found('odd answers', 1, 'crew that answers nobody any more'));
  const recovered = (performance.now() - back) / 1000;
  await load.stop();
  for (const [id, number] of load.acknowledged) said.set(id, number);
  for (const [answer, all] of Map.groupBy(load.odd, (answer) => answer))
    odd.push(...found('odd answers', all.length, answer));
  const findings = [...odd, ...(await crewFaults(siege))];
  const [row] = await world.ask<{ open: number }>(
    `select count(*)::int as open from pg_stat_activity where datname = current_database() and usename = 'gongzhi_app'`,
  );
  return {
    found: findings,
    acknowledged: load.acknowledged.size,
    runOut: runOut.length,
    held: everybody.map((post) => held(post.pid)),
    open: row!.open,
    recovered,
    seconds: (performance.now() - started) / 1000,
  };
}

/** What is not as it was acknowledged, promised or told; nothing, if all is well. */
export async function crewFaults(siege: CrewSiege): Promise<Finding[]> {
  return [
    ...(await orders(siege)),
    ...(await told(siege)),
    ...(await deadlines(siege)),
    ...(await heard(siege)),
    ...(await transactions(siege)),
  ];
}

async function orders({ crew: { world }, said }: CrewSiege): Promise<Finding[]> {
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
    ...found('lost', lost.length, 'acknowledged orders are gone'),
    ...found('twice', more.length, 'orders are there twice'),
    ...found('half', half.length, 'orders are not in the outbox once'),
  ];
}

/** The desk hears of each order once, whichever worker dispatched it. */
async function told({ crew: { world }, said }: CrewSiege): Promise<Finding[]> {
  const isThrough = await waitUntil(async () => {
    const lines = await readBacklog(world.worker);
    return lines.length > 0 && lines.every(({ behind }) => behind === 0);
  });
  if (!isThrough) return found('outbox', 1, 'event or more waits and waits');
  if ((await readBacklog(world.worker)).some(({ deadLetters }) => deadLetters > 0))
    return found('outbox', 1, 'event or more was laid aside');
  const rows = await world.ask<{ number: string; count: number }>(
    `select params ->> 'number' as number, count(*)::int as count from platform.notification
     where template = 'work_order.submitted' and account_id = $1 group by 1`,
    [world.people.desk.accountId],
  );
  const counts = new Map(rows.map(({ number, count }) => [number, count]));
  const wrong = [...said.values()].filter((number) => counts.get(number) !== 1);
  return found('outbox', wrong.length, 'orders of which the desk was not told once');
}

/** What time brings is the same for orders of the same age, and once each, whichever worker marked it. */
async function deadlines({ crew: { world }, overdue }: CrewSiege): Promise<Finding[]> {
  const ids = [...overdue];
  const isDone = await waitUntil(async () => {
    const [row] = await world.ask<{ due: number }>(
      `select count(*)::int as due from work_orders.work_order where work_order_id = any ($1) and next_due_at < clock_timestamp()`,
      [ids],
    );
    return row?.due === 0;
  });
  if (!isDone) return found('due', 1, 'order or more that is due stays due');
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
    ...(first.kinds.length === 0 ? found('due', rows.length, 'limits that ran out are not marked') : []),
    ...found(
      'due',
      stories.size - 1,
      `stories that orders of one age should not have: ${[...stories].join(' | ')}`,
    ),
    ...found(
      'due',
      first.kinds.length - new Set(first.kinds).size,
      `limits are marked twice: ${first.kinds.join()}`,
    ),
  ];
}

/** Each page knows each order, heard of at most once, wherever it was written, and also when its own server was away. */
async function heard({ lines, said }: CrewSiege): Promise<Finding[]> {
  await waitUntil(() => lines.every((line) => [...said.keys()].every((id) => line.knows(id))));
  return lines.flatMap((line, at) => {
    const missing = [...said.keys()].filter((id) => !line.knows(id)).length;
    const twice = [...line.submitted.values()].filter((times) => times > 1).length;
    return [
      ...found('pages', missing, `orders of which the page at process ${at + 1} never heard`),
      ...found('pages', twice, `orders of which the page at process ${at + 1} heard twice`),
      ...found(
        'pages',
        line.resets - line.losses,
        `times the page at process ${at + 1} was told to begin afresh for nothing`,
      ),
    ];
  });
}

/** Whoever was killed left no transaction and no lock. */
async function transactions({ crew: { world } }: CrewSiege): Promise<Finding[]> {
  const left = await waitUntil(async () => {
    const [row] = await world.ask<{ stuck: number }>(
      `select count(*)::int as stuck from pg_stat_activity where datname = current_database() and usename = 'gongzhi_app'
         and state like 'idle in transaction%' and state_change < clock_timestamp() - interval '5 seconds'`,
    );
    return row?.stuck === 0;
  });
  return left ? [] : found('connections', 1, 'transaction or more stays open');
}
