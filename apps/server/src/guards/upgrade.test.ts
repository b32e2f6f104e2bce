import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Frozen, thaw } from '../../../../scripts/lib/frozen.ts';
import { releasedFile } from '../../../../scripts/lib/released.ts';
import { type Ask, bookFaults } from '../../../../test/books.ts';
import { onDatabase, testAdminUrl, testAppPassword, withAdmin } from '../../../../test/postgres.ts';
import { lostOf, opened, releases, restore } from '../../../../test/released.ts';
import { Client } from '../../../../test/server.ts';
import { loadConfig } from '../config.ts';
import { modules, type RunningServer, startServer } from '../main.ts';
import { seals } from '../modules/ledger/fixtures.ts';
import { openWorkerDatabase, type WorkerDatabase } from '../platform/db/database.ts';
import { differences } from '../modules/work-orders/index.ts';
import { migrate, readMigrations } from '../platform/db/migrate.ts';
import { runDueOnce } from '../platform/due/due.ts';

/**
 * Every release kept a tiny street as it lay in its schema. Each is brought to the present one here, with what it holds,
 * and then used: a migration that only fits an empty database is found out before somebody's full one.
 */
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

describe('a database of an earlier release', () => {
  it('is kept for every one', () => {
    expect(releases.size).toBeGreaterThan(0);
  });
});

describe.each([...releases.keys()])('%s', (release) => {
  const name = `gongzhi_upgrade_${process.pid}_${release.slice(0, 13).toLowerCase()}`;
  let frozen: Frozen;
  let adminUrl: string;
  let dataDir: string;
  let server: RunningServer;

  beforeAll(async () => {
    frozen = thaw(releases.get(release)!);
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
        expect([table.name, await lostOf(client, table)]).toEqual([table.name, []]);
      }
    } finally {
      await client.end();
    }
  });

  it('has sums that say what its orders say', async () => {
    const client = await opened(adminUrl);
    try {
      const query = async ({ text, values }: { text: string; values: readonly unknown[] }) =>
        (await client.query(text, [...values])).rows as never;
      expect(await differences({ query })).toEqual([]);
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
    // What the deadlines themselves reported is found after them.
    const finding = sweeps.filter(({ name: sweep }) => sweep === 'work_orders.search_index');
    await runDueOnce({ worker, sweeps: finding, house, clock: house.clock, log: house.log });
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
