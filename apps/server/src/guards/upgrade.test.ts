import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Frozen, thaw } from '../../../../scripts/lib/frozen.ts';
import { releasedFile } from '../../../../scripts/lib/released.ts';
import { onDatabase, testAdminUrl, testAppPassword, withAdmin } from '../../../../test/postgres.ts';
import { Client } from '../../../../test/server.ts';
import { loadConfig } from '../config.ts';
import { modules, type RunningServer, startServer } from '../main.ts';
import { openWorkerDatabase } from '../platform/db/database.ts';
import { migrate, readMigrations } from '../platform/db/migrate.ts';
import { runDueOnce } from '../platform/due/due.ts';

/**
 * Every release kept a tiny street as it lay in its schema. Each is brought to the present one here, with what it holds,
 * and then used: a migration that only fits an empty database is found out before somebody's full one.
 */
const folder = dirname(releasedFile);
const releases = readdirSync(folder).filter((name) => name.endsWith('.json.gz'));

/** The database as that release left it: its migrations, its rows. */
async function restore(adminUrl: string, frozen: Frozen): Promise<void> {
  const known = new Map((await readMigrations()).map((migration) => [migration.name, migration]));
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
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
    for (const { name, columns, data } of frozen.tables) {
      const list = columns.map((column) => `"${column}"`).join(', ');
      // What a migration itself brings is in the release's rows as well.
      await client.query(`delete from ${name}`);
      await pipeline(Readable.from([data]), client.query(copyFrom(`copy ${name} (${list}) from stdin`)));
    }
  } finally {
    await client.end();
  }
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

  it('has lost no row', async () => {
    const client = new pg.Client({ connectionString: adminUrl });
    await client.connect();
    for (const { name: table, data } of frozen.tables) {
      if (table === 'platform.migration' || table === 'work_orders.category') continue;
      const { rows } = await client.query<{ count: number }>(`select count(*)::int as count from ${table}`);
      expect([table, rows[0]?.count]).toEqual([table, data.split('\n').length - 1]);
    }
    await client.end();
  });

  it('is served: people sign in, see what was theirs, and go on with it', async () => {
    const app = new URL(adminUrl);
    app.username = 'gongzhi_app';
    app.password = testAppPassword(testAdminUrl());
    const env = {
      GONGZHI_EMBEDDED: '1',
      GONGZHI_DATA: dataDir,
      PORT: '0',
      GONGZHI_LOG: 'error',
      DATABASE_URL: app.href,
      GONGZHI_ROLES: 'api',
    };
    server = await startServer(loadConfig(env, dataDir));
    const as = async (personaId: string): Promise<Client> => {
      const client = new Client(server.url);
      const answer = await client.post('/auth/sessions', { personaId });
      expect(answer.status).toBe(201);
      client.keep(answer);
      return client;
    };
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
    const app = new URL(adminUrl);
    app.username = 'gongzhi_app';
    app.password = testAppPassword(testAdminUrl());
    const worker = openWorkerDatabase({
      url: app.href,
      poolSize: 2,
      applicationName: 'upgrade',
      onIdleError: () => {},
    });
    const { house } = server;
    const sweeps = modules.flatMap((module) => module.due ?? []);
    await runDueOnce({ worker, sweeps, house, clock: house.clock, log: house.log });
    await worker.close();
  });

  it('knows the migrations it says', () => {
    const released = JSON.parse(readFileSync(releasedFile, 'utf8')) as Record<string, string>;
    expect(frozen.migrations.filter((one) => !(one in released))).toEqual([]);
  });
});
