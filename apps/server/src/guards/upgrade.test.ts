import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Frozen, type FrozenTable, frozenFile, rowsIn, thaw } from '../../../../scripts/lib/frozen.ts';
import { releasedFile } from '../../../../scripts/lib/released.ts';
import { type Ask, bookFaults } from '../../../../test/books.ts';
import { onDatabase, testAdminUrl, testAppPassword, withAdmin } from '../../../../test/postgres.ts';
import { Client } from '../../../../test/server.ts';
import { loadConfig } from '../config.ts';
import { modules, type RunningServer, startServer } from '../main.ts';
import { seals } from '../modules/ledger/fixtures.ts';
import { openWorkerDatabase, type WorkerDatabase } from '../platform/db/database.ts';
import { migrate, readMigrations } from '../platform/db/migrate.ts';
import { runDueOnce } from '../platform/due/due.ts';

/**
 * Every release kept a tiny street as it lay in its schema. Each is brought to the present one here, with what it holds,
 * and then used: a migration that only fits an empty database is found out before somebody's full one.
 */
const folder = dirname(releasedFile);
const releases = readdirSync(folder).filter((name) => frozenFile.test(name));
/** What every migration may write anew: the list of them, and the catalogue that they bring. */
const broughtByMigrations = ['platform.migration', 'work_orders.category'];
/** What a migration counted or named anew: of these every row is there by its key. */
const rewritten: readonly string[] = [];

/** The database as that release left it: its migrations, its rows. */
async function restore(adminUrl: string, frozen: Frozen): Promise<void> {
  const known = new Map((await readMigrations()).map((migration) => [migration.name, migration]));
  const client = await opened(adminUrl);
  try {
    await client.query(
      `do $$ begin execute format('grant create on database %I to gongzhi_owner', current_database()); end $$`,
    );
    await client.query('set role gongzhi_owner');
    await client.query('create schema platform');
    await client.query(
      'create table platform.migration (name text constraint migration_pk primary key, checksum text not null, applied_at timestamptz not null)',
    );
    for (const name of frozen.migrations) {
      await client.query('begin');
      await client.query(`set local search_path = ''`);
      await client.query(known.get(name)!.body);
      await client.query('commit');
    }
    await client.query('reset role');
    // As a restored backup: rows in any order, checked when they were written.
    await client.query('set session_replication_role = replica');
    for (const day of frozen.days ?? []) await client.query('select access.open_day($1)', [day]);
    for (const { name, columns, data } of frozen.tables) {
      const list = columns.map((column) => `"${column}"`).join(', ');
      // What a migration itself brings is in the release's rows as well.
      await client.query(`delete from ${name}`);
      await pipeline(Readable.from([data]), client.query(copyFrom(`copy ${name} (${list}) from stdin`)));
    }
    await reachIds(client);
  } finally {
    await client.end();
  }
}

async function opened(adminUrl: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: adminUrl, options: '-c timezone=UTC' });
  await client.connect();
  return client;
}

function appUrlOf(adminUrl: string): string {
  const app = new URL(adminUrl);
  app.username = 'gongzhi_app';
  app.password = testAppPassword(testAdminUrl());
  return app.href;
}

const openWorker = (adminUrl: string): WorkerDatabase =>
  openWorkerDatabase({
    url: appUrlOf(adminUrl),
    poolSize: 2,
    applicationName: 'upgrade',
    onIdleError: () => {},
  });

const rowsOf = ({ tables }: Frozen, table: string): number =>
  (tables.find(({ name }) => name === table)?.data.split('\n').length ?? 1) - 1;

/** A copy of a cluster goes on with its transactions' numbers; this one is lifted to where the release's stood. */
async function reachIds(client: pg.Client): Promise<void> {
  const columns = await client.query<{ table: string; column: string }>(
    `select format('%I.%I', n.nspname, c.relname) as table, format('%I', a.attname) as column
     from pg_attribute a join pg_class c on c.oid = a.attrelid and c.relkind = 'r' join pg_namespace n on n.oid = c.relnamespace
     where a.atttypid = 'xid8'::regtype and a.attnum > 0 and n.nspname <> 'pg_catalog'`,
  );
  const highest = columns.rows.map(({ table, column }) => `select max(${column}) as id from ${table}`);
  await client.query(
    `do $$ declare highest xid8 := (select max(x.id) from (${highest.join(' union all ')}) x);
     begin while pg_current_xact_id() <= highest loop commit; end loop; end $$`,
  );
}

/** Lines of COPY's text form, of some columns only. */
function linesOf(
  { columns, data }: Pick<FrozenTable, 'columns' | 'data'>,
  wanted: readonly string[],
): string[] {
  const at = wanted.map((column) => columns.indexOf(column));
  const lines = data.split('\n').slice(0, -1);
  return lines.map((line) => {
    const values = line.split('\t');
    return at.map((index) => values[index]).join('\t');
  });
}

/** The rows a release had that are not there any more, as they were: by their key, where what they say was written anew. */
async function lostOf(client: pg.Client, table: FrozenTable, isRewritten: boolean): Promise<string[]> {
  const { rows } = await client.query<{ name: string; isKey: boolean }>(
    `select a.attname as name, coalesce(a.attnum = any (i.indkey), false) as "isKey" from pg_attribute a
       left join pg_index i on i.indrelid = a.attrelid and i.indisprimary
     where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped`,
    [table.name],
  );
  const still = rows.filter(({ name, isKey }) => table.columns.includes(name) && (isKey || !isRewritten));
  const wanted = still.map(({ name }) => name);
  const data = await text(client.query(copyTo(`copy ${rowsIn(table.name, wanted)} to stdout`)));
  const there = new Set(linesOf({ columns: wanted, data }, wanted));
  return linesOf(table, wanted).filter((line) => !there.has(line));
}

describe('a database of an earlier release', () => {
  it('is kept for every one', () => {
    expect(releases.length).toBeGreaterThan(0);
  });
});

describe.each(releases)('%s', (release) => {
  const name = `gongzhi_upgrade_${process.pid}_${release.slice(0, 13).toLowerCase()}`;
  let frozen: Frozen;
  let adminUrl: string;
  let dataDir: string;
  let server: RunningServer;

  beforeAll(async () => {
    frozen = thaw(join(folder, release));
    await withAdmin(testAdminUrl(), (client) => client.query(`create database ${name}`));
    adminUrl = onDatabase(testAdminUrl(), name);
    dataDir = mkdtempSync(join(tmpdir(), 'gongzhi-upgrade-'));
    writeFileSync(join(dataDir, 'keys.json'), frozen.keys, { mode: 0o600 });
    await restore(adminUrl, frozen);
  });
  afterAll(async () => {
    await server?.close();
    await withAdmin(testAdminUrl(), (client) => client.query(`drop database if exists ${name} with (force)`));
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('takes what came after it, once', async () => {
    const later = (await readMigrations())
      .map((one) => one.name)
      .filter((one) => !frozen.migrations.includes(one));
    const options = { appPassword: testAppPassword(testAdminUrl()) };
    expect((await migrate(adminUrl, options)).applied).toEqual(later);
    expect((await migrate(adminUrl, options)).applied).toEqual([]);
  });

  it('has every row it had, with what it said', async () => {
    const client = await opened(adminUrl);
    try {
      for (const table of frozen.tables) {
        if (broughtByMigrations.includes(table.name)) continue;
        expect([table.name, await lostOf(client, table, rewritten.includes(table.name))]).toEqual([
          table.name,
          [],
        ]);
      }
    } finally {
      await client.end();
    }
  });

  const as = async (personaId: string): Promise<Client> => {
    const client = new Client(server.url);
    const answer = await client.post('/auth/sessions', { personaId });
    expect(answer.status).toBe(201);
    client.keep(answer);
    return client;
  };

  it('is served: people sign in, see what was theirs, and go on with it', async () => {
    const env = {
      GONGZHI_EMBEDDED: '1',
      GONGZHI_DATA: dataDir,
      PORT: '0',
      GONGZHI_LOG: 'error',
      DATABASE_URL: appUrlOf(adminUrl),
      GONGZHI_ROLES: 'api',
    };
    server = await startServer(loadConfig(env, dataDir));
    const [desk, resident, worker] = [await as('desk'), await as('resident'), await as('worker')];
    for (const [who, query] of [
      [desk, 'queue=open'],
      [resident, 'reporter=me'],
      [worker, 'assignee=me'],
    ] as const) {
      const list = await who.get(`/work-orders?limit=5&${query}`);
      expect(list.status).toBe(200);
      const items = list.body.items as { id: string; scopeId: string }[];
      expect(items.length).toBeGreaterThan(0);
      for (const { id, scopeId } of items) {
        expect((await who.get(`/work-orders/${id}?scopeId=${scopeId}`)).status).toBe(200);
        expect((await who.get(`/work-orders/${id}/timeline?scopeId=${scopeId}`)).status).toBe(200);
      }
    }
    const [row] = (await desk.get('/work-orders?limit=1&queue=open')).body.items as [
      { id: string; scopeId: string; version: number },
    ];
    const word = await desk.post(`/work-orders/${row.id}/commands?scopeId=${row.scopeId}`, {
      action: 'comment',
      text: '升级以后接着办',
      isInternal: true,
      photoIds: [],
      expectedVersion: row.version,
    });
    expect([word.status, word.body.code]).toEqual([200, undefined]);
  });

  it('has deadlines that run on', async () => {
    const worker = openWorker(adminUrl);
    const { house } = server;
    const sweeps = modules.flatMap((module) => module.due ?? []);
    await runDueOnce({ worker, sweeps, house, clock: house.clock, log: house.log });
    await worker.close();
    // Whatever had no words written yet is found by them now; nothing goes on waiting.
    const client = await opened(adminUrl);
    const { rows } = await client.query(
      `select (select count(*)::int from work_orders.unindexed) as waiting,
         (select count(*)::int from work_orders.work_order o where not exists (select from work_orders.gram g
            where g.scope_id = o.scope_id and g.work_order_id = o.work_order_id)) as unfound`,
    );
    await client.end();
    expect(rows).toEqual([{ waiting: 0, unfound: 0 }]);
  });

  it('adds up: every book, bill and meter, every sum of orders, every gate’s chain', async () => {
    const worker = openWorker(adminUrl);
    const client = await opened(adminUrl);
    try {
      const ask: Ask = async (query, values = []) => (await client.query(query, [...values])).rows as never;
      const { house } = server;
      await seals({ worker, admin: client, server, clock: house.clock });
      expect(await bookFaults(ask, worker, house.clock.now())).toEqual([]);
      const manager = await as('manager');
      const gates = await ask('select scope_id as scope, gate_id as id from access.gate');
      expect(gates.length).toBe(rowsOf(frozen, 'access.gate'));
      for (const { id, scope } of gates) {
        const chain = await manager.get(`/access/gates/${id}/chain?scopeId=${scope}`);
        expect([chain.status, chain.body.faults]).toEqual([200, []]);
      }
    } finally {
      await client.end();
      await worker.close();
    }
  });

  it('knows the migrations it says', () => {
    const released = JSON.parse(readFileSync(releasedFile, 'utf8')) as Record<string, string>;
    expect(frozen.migrations.filter((one) => !(one in released))).toEqual([]);
  });
});
