import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Cluster, copyOn, restore, startPostgres, takeBase } from '../../../../scripts/postgres.ts';
import { testAdminUrl } from '../../../../test/postgres.ts';
import { Client } from '../../../../test/server.ts';
import { aWorld, type World } from '../../../../test/world.ts';
import { aGate, aPass, type TestGate, type TestPass } from '../modules/access/fixtures.ts';
import { aWorkOrder } from '../modules/work-orders/fixtures.ts';
import { aChildServer, aDurablePostgres, type ChildServer, type DurablePostgres, Load } from './fixtures.ts';

/** Copied under load, brought back elsewhere: all of it, or as of a moment in between, and a server starts on it. */
let postgres: DurablePostgres;
let world: World;
let around: string;
let gate: TestGate;
let passes: TestPass[];
const clusters: Cluster[] = [];
const children: ChildServer[] = [];
beforeAll(async () => {
  around = mkdtempSync(join(tmpdir(), 'gongzhi-backup-'));
  postgres = await aDurablePostgres();
  world = await aWorld({
    database: postgres,
    dataDir: postgres.dataDir,
    isDemonstration: false,
    startsAt: new Date(),
  });
  gate = await aGate(world);
  passes = await Promise.all([1, 2, 3].map(() => aPass(world)));
});
afterAll(async () => {
  for (const child of children) await child.kill();
  for (const cluster of clusters) await cluster.stop();
  await world?.close();
  await postgres?.remove();
  rmSync(around, { recursive: true, force: true });
});

const at = (name: string) => join(around, name);
const options = () => ({
  adminUrl: postgres.adminUrl,
  dataDir: postgres.dataDir,
  folder: at('backup'),
  keyFile: join(postgres.dataDir, 'keys.json'),
});

async function passed(): Promise<string[]> {
  const checks = passes.map(() => ({ id: randomUUID(), direction: 'out' }));
  expect((await gate.sends(checks)).status).toBe(200);
  return checks.map(({ id }) => id);
}

async function reported(atLeast: number, meanwhile: () => Promise<unknown>): Promise<string[]> {
  const load = new Load(world, 3);
  await expect.poll(() => load.acknowledged.size).toBeGreaterThan(atLeast);
  await meanwhile();
  const before = load.acknowledged.size;
  await expect.poll(() => load.acknowledged.size).toBeGreaterThan(before + 5);
  await load.stop();
  return [...load.acknowledged.values()].map(({ id }) => id as string);
}

async function broughtBack(
  name: string,
  to?: Date,
): Promise<{ orders: string[]; passages: string[]; cluster: Cluster }> {
  await restore({ folder: at('backup'), dataDir: at(name), to, keyFile: at('keys-apart.json') });
  const cluster = await startPostgres({ dataDir: at(name), durable: false });
  clusters.push(cluster);
  const client = new pg.Client({ connectionString: cluster.url('admin') });
  await client.connect();
  const idsOf = async (text: string) =>
    (await client.query<{ id: string }>(text)).rows.map(({ id }) => id).sort();
  try {
    return {
      orders: await idsOf('select work_order_id as id from work_orders.work_order'),
      passages: await idsOf('select passage_id as id from access.passage'),
      cluster,
    };
  } finally {
    await client.end();
  }
}

test('what was acknowledged comes back, whole or as of a moment', async () => {
  const { wang, manager } = world.people;
  const first = await reported(8, () => takeBase(options()));
  const firstPassed = await passed();
  const picture = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  const file = await wang.client.post(`/files?scopeId=${world.near.compound}`, picture, {
    'content-type': 'image/png',
  });
  expect(file.status).toBe(201);
  const [moment] = await world.ask<{ now: Date }>('select clock_timestamp() as now');
  const second = await reported(8, () => copyOn(options()));
  const secondPassed = await passed();
  await copyOn(options());
  // Never copied: nobody can bring it back.
  await passed();
  copyFileSync(join(postgres.dataDir, 'keys.json'), at('keys-apart.json'));

  const then = await broughtBack('then', moment!.now);
  expect(then.orders).toEqual([...first].sort());
  expect(then.passages).toEqual([...firstPassed].sort());

  const all = await broughtBack('all');
  expect(all.orders).toEqual([...first, ...second].sort());
  expect(all.passages).toEqual([...firstPassed, ...secondPassed].sort());
  const child = await aChildServer({ databaseUrl: all.cluster.url('app'), dataDir: at('all') });
  children.push(child);
  const asked = ({ client }: { client: Client }) => new Client(child.url, client.cookie, client.csrf);
  const chain = await asked(manager).get(`/access/gates/${gate.gate.id}/chain?scopeId=${gate.scopeId}`);
  expect([chain.body.checked, chain.body.faults]).toEqual([6, []]);
  const [id] = second;
  const order = await asked(wang).get(`/work-orders/${id}?scopeId=${world.near.compound}`);
  expect([order.status, order.body.id]).toEqual([200, id]);
  expect((await asked(wang).get(`/files/${file.body.id}?scopeId=${world.near.compound}`)).status).toBe(200);
  // It goes on: what is written there is written once.
  const more = await asked(wang).post(
    '/work-orders',
    aWorkOrder().atHome(world.home).body(world.near.compound),
  );
  expect(more.status).toBe(201);
});

test('what cannot be brought back is said before anything is written', async () => {
  const refusal = (more: object) =>
    restore({ folder: at('backup'), dataDir: at('none'), keyFile: at('keys-apart.json'), ...more }).then(
      () => 'brought back',
      (error: { code: string }) => error.code,
    );
  expect(await refusal({ folder: at('nowhere') })).toBe('no-backup');
  expect(await refusal({ to: new Date('2026-01-01T00:00:00Z') })).toBe('before-backup');
  expect(await refusal({ to: new Date(Date.now() + 3_600_000) })).toBe('after-backup');
  expect(await refusal({ keyFile: at('none.json') })).toBe('keys-missing');
  expect(await refusal({ dataDir: at('all') })).toBe('not-empty');
});

test('a folder whose log has a gap asks for a new base, and another database for another folder', async () => {
  const [slot] = await world.ask<{ name: string }>(
    `select slot_name as name from pg_replication_slots where slot_name like 'gongzhi_backup_%'`,
  );
  await world.ask('select pg_drop_replication_slot($1)', [slot!.name]);
  await expect(copyOn(options())).rejects.toMatchObject({ code: 'log-gap' });
  await expect(copyOn({ ...options(), folder: at('nothing') })).rejects.toMatchObject({ code: 'no-base' });
  // A database of the run's own is another one.
  await expect(takeBase({ ...options(), adminUrl: testAdminUrl() })).rejects.toMatchObject({
    code: 'another-database',
  });
  const again = await takeBase(options());
  expect(again.bases).toHaveLength(2);
  const latest = await broughtBack('latest');
  const [{ count }] = (await world.ask('select count(*)::int from access.passage')) as [{ count: number }];
  expect(latest.passages).toHaveLength(count);
});
