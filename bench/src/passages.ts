import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '../../apps/server/src/platform/db/migrate.ts';
import { startPostgres } from '../../scripts/postgres.ts';
import { benchConfig } from './config.ts';
import { build } from './gate.ts';
import { type Measured, summary } from './measured.ts';
import { serve } from './processes.ts';

/**
 * Thirty days of five hundred gates: somebody's ways and a gate's day, asked for over HTTP, and the oldest day dropped. The
 * rows are laid in by one statement a day, as the loader; their digests are random bytes and no chain, which neither a
 * search nor a drop reads.
 */
export interface PassageFigures {
  readonly passages: number;
  readonly days: number;
  readonly gates: number;
  readonly person: Measured;
  readonly gate: Measured;
  readonly stopped: Measured;
  /** Certificates of five hundred gates and the table, in one transaction. */
  readonly dropMs: number;
  readonly dropped: number;
  readonly sizeMb: number;
}

const DAYS = 30;

export async function benchPassages(options: {
  readonly passages: number;
  readonly searches: number;
  readonly poolSize: number;
  readonly log: (line: string) => void;
}): Promise<PassageFigures> {
  const { log } = options;
  const dataDir = mkdtempSync(join(tmpdir(), 'gongzhi-bench-'));
  const cluster = await startPostgres({ dataDir, durable: true });
  try {
    const adminUrl = cluster.url('admin');
    await migrate(adminUrl, { appPassword: cluster.secrets.app });
    await build(adminUrl, dataDir);
    const client = new pg.Client({ connectionString: adminUrl });
    await client.connect();
    // Its end is the cluster's; what went wrong is said by whoever asked.
    client.on('error', () => {});
    await client.query('set role gongzhi_loader');
    const perDay = Math.ceil(options.passages / DAYS);
    const gates = await load(client, perDay, log);
    const cookie = await officer(client);
    await client.query('reset role');
    log('analyze');
    await client.query('analyze');
    const [size] = (
      await client.query<{ mb: number }>(
        `select round(sum(pg_total_relation_size(c.oid)) / 1048576)::integer as mb from pg_class c
         where c.relnamespace = 'access_days'::regnamespace and c.relkind = 'r'`,
      )
    ).rows;
    const wanted = (
      await client.query<{ scope_id: string; gate_id: string; pass_id: string; day: string }>(
        `select g.scope_id, g.gate_id, p.pass_id, to_char(now() - (1 + g.n % ${DAYS - 2}) * interval '1 day', 'YYYY-MM-DD') as day
         from bench_gate g join lateral (select b.pass_id from bench_pass b where b.scope_id = g.scope_id order by random() limit 1) p on true
         order by random() limit $1`,
        [options.searches],
      )
    ).rows;
    const server = await serve('server.ts', benchConfig(dataDir, cluster.url('app'), options.poolSize));
    try {
      const ask = async (path: string, body?: object): Promise<number> => {
        const begun = performance.now();
        const answer = await fetch(`${server.url}/api/v1${path}`, {
          method: body === undefined ? 'GET' : 'POST',
          headers: {
            cookie: cookie.cookie,
            'x-csrf-token': cookie.csrf,
            origin: server.url,
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        const text = await answer.text();
        if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${text}`);
        return performance.now() - begun;
      };
      const from = new Date(Date.now() - DAYS * 86_400_000).toISOString().slice(0, 10);
      const to = new Date().toISOString().slice(0, 10);
      const run = async (name: string, one: (of: (typeof wanted)[number]) => Promise<number>) => {
        log(name);
        for (const of of wanted.slice(0, 20)) await one(of);
        const begun = performance.now();
        const times: number[] = [];
        for (const of of wanted) times.push(await one(of));
        return summary(times, (performance.now() - begun) / 1_000, 0);
      };
      const person = await run('the ways of one person in thirty days', (of) =>
        ask('/access/passages/search', {
          scopeId: of.scope_id,
          passId: of.pass_id,
          purpose: 'bench',
          from,
          to,
        }),
      );
      const gate = await run('a day of one gate', (of) =>
        ask(`/access/passages?scopeId=${of.scope_id}&gateId=${of.gate_id}&day=${of.day}&limit=50`),
      );
      const stopped = await run('who was stopped in a compound on a day', (of) =>
        ask(`/access/passages?scopeId=${of.scope_id}&stopped=true&day=${of.day}&limit=50`),
      );
      log('the oldest day is dropped');
      const { dropMs, dropped } = await dropOldest(client);
      return {
        passages: perDay * DAYS,
        days: DAYS,
        gates,
        person,
        gate,
        stopped,
        dropMs,
        dropped,
        sizeMb: size?.mb ?? 0,
      };
    } finally {
      await server.stop();
      await client.end();
    }
  } finally {
    await cluster.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function load(client: pg.Client, perDay: number, log: (line: string) => void): Promise<number> {
  await client.query(`create temporary table bench_gate as
    select (row_number() over (order by g.scope_id, g.gate_id))::integer as n, g.scope_id, g.gate_id, g.city_id, g.street_id, g.company_id from access.gate g`);
  await client.query(`create temporary table bench_pass as
    select (row_number() over (partition by p.scope_id order by p.pass_id))::integer as n, p.scope_id, p.pass_id, p.kind from access.pass p`);
  await client.query('create index on bench_gate (n)');
  await client.query('create index on bench_pass (scope_id, n)');
  await client.query('analyze bench_gate');
  await client.query('analyze bench_pass');
  const [count] = (
    await client.query<{ gates: number; each: number }>(
      `select (select count(*)::integer from bench_gate) as gates, (select max(n) from bench_pass) as each`,
    )
  ).rows;
  const { gates, each } = count!;
  for (let day = DAYS; day >= 1; day--) {
    log(`day ${DAYS - day + 1} of ${DAYS}`);
    await client.query(`select access.open_day(((now() - $1 * interval '1 day') at time zone 'UTC')::date)`, [
      day,
    ]);
    // Each gate's number goes on from day to day, as its chain's does.
    await client.query(
      `insert into access.passage (scope_id, gate_id, seq, recorded_at, passage_id, city_id, street_id, company_id, happened_at, direction, outcome,
         decided_by, latency_us, policy_ids, policy_versions, way, pass_kind, pass_id, who_digest, why_digest, digest)
       select g.scope_id, g.gate_id, ($2::bigint * $4 + i) / $3 + 1, t.at, gen_random_uuid(), g.city_id, g.street_id, g.company_id, t.at,
         case i % 2 when 0 then 'in' else 'out' end, case when i % 50 = 7 then 'refer' when i % 211 = 3 then 'refuse' else 'pass' end,
         'server', 900, '{}', '{}', 'code', p.kind, p.pass_id, d.bytes, d.bytes, d.bytes
       from generate_series(0, $4::integer - 1) i
         join bench_gate g on g.n = i % $3 + 1
         join bench_pass p on p.scope_id = g.scope_id and p.n = 1 + (i::bigint * 7919 / $3) % $5
         cross join lateral (select date_trunc('day', now() at time zone 'UTC') at time zone 'UTC' - $1 * interval '1 day'
           + (i::float8 / $4) * interval '24 hours' as at) t
         cross join lateral (select decode(md5(i::text) || md5($1::text), 'hex') as bytes) d`,
      [day, DAYS - day, gates, perDay, each],
    );
  }
  return gates;
}

/** A street's officer: who may look up somebody's ways, with a purpose. */
async function officer(client: pg.Client): Promise<{ cookie: string; csrf: string }> {
  const [account, membership, secret, csrf] = [
    randomUUID(),
    randomUUID(),
    randomUUID() + randomUUID(),
    randomUUID(),
  ];
  const [street] = (
    await client.query<{ id: string }>(
      `select scope_id as id from places.scope where kind = 'street' limit 1`,
    )
  ).rows;
  await client.query(
    `insert into identity.account (account_id, display_name, phone_cipher, phone_masked, locale, created_at) values ($1, 'officer', '', '', 'zh-CN', now())`,
    [account],
  );
  await client.query(
    `insert into identity.membership (scope_id, membership_id, account_id, role, starts_on) values ($1, $2, $3, 'street', '2020-01-01')`,
    [street!.id, membership, account],
  );
  await client.query(
    `insert into identity.session (session_hash, account_id, scope_id, membership_id, csrf_token, created_at, last_seen_at, expires_at)
     values ($1, $2, $3, $4, $5, now(), now(), now() + interval '1 day')`,
    [createHash('sha256').update(secret).digest(), account, street!.id, membership, csrf],
  );
  return { cookie: `gz_session=${secret}`, csrf };
}

/** As the worker does it: what each gate's chain goes on from, then the table. */
async function dropOldest(client: pg.Client): Promise<{ dropMs: number; dropped: number }> {
  const [day] = (await client.query<{ day: string }>(`select min(d)::text as day from access.kept_days() d`))
    .rows;
  const begun = performance.now();
  await client.query('begin');
  await client.query('set local role gongzhi_worker');
  const ends = await client.query<{ count: string }>(
    `select distinct on (p.scope_id, p.gate_id) p.scope_id, p.gate_id, count(*) over (partition by p.scope_id, p.gate_id) as count, p.seq, p.digest
     from access.passage p where p.recorded_at >= $1::date::timestamp at time zone 'UTC' and p.recorded_at < ($1::date + 1)::timestamp at time zone 'UTC'
     order by p.scope_id, p.gate_id, p.seq desc`,
    [day!.day],
  );
  await client.query('select access.drop_day($1::date)', [day!.day]);
  await client.query('commit');
  return {
    dropMs: Math.round(performance.now() - begun),
    dropped: ends.rows.reduce((sum, { count }) => sum + Number(count), 0),
  };
}

export const passagesJson = (figures: PassageFigures) => ({ bench: 'passages', ...figures });

export function passagesTable(figures: PassageFigures): string {
  const { passages, days, gates, person, gate, stopped, dropMs, dropped, sizeMb } = figures;
  const line = (name: string, m: Measured) =>
    `${name.padEnd(44)} p50 ${m.p50_ms} ms  p95 ${m.p95_ms} ms  p99 ${m.p99_ms} ms`;
  return [
    `${passages} passages of ${days} days and ${gates} gates, ${sizeMb} MB with their indexes`,
    line('one person in thirty days', person),
    line('a day of one gate', gate),
    line('who was stopped in a compound on a day', stopped),
    `the oldest day (${dropped} passages) sealed and dropped in ${dropMs} ms`,
  ].join('\n');
}
