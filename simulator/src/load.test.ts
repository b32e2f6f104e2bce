import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCrypto } from '../../apps/server/src/platform/crypto/crypto.ts';
import { openFolderStore } from '../../apps/server/src/platform/files/store.ts';
import { createTestDatabase, type TestDatabase } from '../../test/database.ts';
import { demonstrationLogins, loadDemonstration } from './load.ts';
import { buildStreet } from './street.ts';

const now = new Date('2026-11-23T10:20:00+08:00');
const scale = 0.02;
let dataDir = '';
let database: TestDatabase;
let admin: pg.Client;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'gongzhi-street-'));
  database = await createTestDatabase();
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await database.drop();
  await rm(dataDir, { recursive: true, force: true });
});

const load = (onProgress: (done: number, total: number) => void = () => {}) =>
  loadDemonstration({ adminUrl: database.adminUrl, dataDir, scale, now, onProgress });

async function value<T>(text: string, values: unknown[] = []): Promise<T> {
  return (await admin.query({ text, values, rowMode: 'array' })).rows[0]![0] as T;
}

async function counts(): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const table of [
    'places.scope',
    'places.household',
    'places.person',
    'identity.account',
    'identity.persona',
    'work_orders.work_order',
    'work_orders.step',
    'work_orders.event',
    'platform.file',
    'platform.outbox',
  ]) {
    found[table] = Number(await value(`select count(*) from ${table}`));
  }
  return found;
}

test('a load that breaks off leaves nothing behind', async () => {
  const stop = new Error('no more');
  await expect(
    load((done, total) => {
      if (done > total / 3) throw stop;
    }),
  ).rejects.toThrow('no more');
  expect(await value('select count(*)::int from places.scope')).toBe(0);
});

test('the street is loaded once, whole, and with progress', async () => {
  const progress: [number, number][] = [];
  await load((done, total) => progress.push([done, total]));
  expect(progress.length).toBeGreaterThan(1);
  expect(
    progress.every(
      ([done, total], i) =>
        done <= total && (i === 0 || i === progress.length - 1 || done >= progress[i - 1]![0]),
    ),
  ).toBe(true);
  const once = await counts();

  const street = buildStreet({ scale, now: now.getTime() });
  const lives = [...street.orders()];
  const households = street.places.compounds.flatMap((c) => c.households);
  expect(once['work_orders.work_order']).toBe(lives.length);
  expect(once['work_orders.event']).toBe(lives.reduce((sum, l) => sum + l.events.length, 0));
  expect(once['places.household']).toBe(households.length);
  // History tells nobody anything: no message goes out for what happened weeks ago.
  expect(
    await value(`select count(*)::int from platform.outbox where kind <> 'open311.service_published'`),
  ).toBe(0);
  const hundredths = households.reduce((sum, h) => sum + h.areaHundredths, 0);
  expect(await value('select (sum(area_m2) * 100)::bigint::text from places.household')).toBe(
    String(hundredths),
  );

  const called: number[] = [];
  await load((done) => called.push(done));
  expect(called).toEqual([]);
  expect(await counts()).toEqual(once);
});

test('some buildings are a unit’s, and one compound changes its company soon', async () => {
  expect(
    await value(`select count(*)::int from places.building_owner o join places.organisation u
      on u.scope_id = o.owner_scope_id and u.organisation_id = o.organisation_id and u.kind = 'property_right_unit'`),
  ).toBeGreaterThan(0);
  const planned = await admin.query(
    `select t.company_id <> t.to_company_id as changes, t.effective_on::text as day, t.state,
       (t.next_due_at at time zone 'Asia/Shanghai')::text as due from places.takeover t`,
  );
  expect(planned.rows).toEqual([
    { changes: true, day: '2026-12-11', state: 'planned', due: '2026-12-10 00:00:00' },
  ]);
});

test('what is personal is sealed, and opens with the server’s keys', async () => {
  const crypto = await openCrypto(dataDir, { mode: 'demo' });
  const { work_order_id: id, contact_cipher: cipher } = (
    await admin.query(
      'select work_order_id, contact_cipher from work_orders.work_order where contact_cipher is not null limit 1',
    )
  ).rows[0];
  const contact = JSON.parse(crypto.open(cipher, 'work_orders.work_order', id)) as {
    name: string;
    phone: string;
  };
  expect(contact.phone).toMatch(/^169\d{8}$/);
  const [first] = demonstrationLogins();
  const account = await value<string>(
    'select account_id from identity.phone_registry where phone_index = $1',
    [crypto.cityIndex(first!.phone)],
  );
  expect(await value('select display_name from identity.account where account_id = $1', [account])).toBe(
    first!.name,
  );
});

test('every photo has its bytes and belongs to an order of its scope', async () => {
  const store = await openFolderStore(dataDir);
  const { rows } = await admin.query('select file_id, bytes from platform.file');
  expect(rows.length).toBeGreaterThan(10);
  for (const { file_id: id, bytes } of rows) {
    expect((await store.read(id, 'full'))?.length).toBe(bytes);
    expect(await store.read(id, 'thumb')).not.toBeNull();
  }
  const stray = `select count(*)::int from platform.file f left join work_orders.work_order o on o.scope_id = f.scope_id and o.work_order_id = f.attached_id where o.work_order_id is null`;
  expect(await value(stray)).toBe(0);
});

test('a street without its marker is wiped and loaded again; what is not of the demonstration stays', async () => {
  const whole = await counts();
  await admin.query(
    `insert into places.scope (scope_id, kind, name, created_at) values ('01900000-0000-7000-8000-000000000001', 'city', 'kept', now())`,
  );
  await admin.query(`delete from platform.setting where key = 'demonstration.loaded'`);
  await admin.query('delete from work_orders.event where kind = $1', ['work_order.commented']);
  await admin.query(`delete from work_orders.step where position > 1`);
  await load();
  expect(await counts()).toEqual({ ...whole, 'places.scope': whole['places.scope']! + 1 });
});

test('two loads at the same time make one street', async () => {
  const other = await createTestDatabase();
  try {
    const both = { adminUrl: other.adminUrl, dataDir, scale, now, onProgress: () => {} };
    await Promise.all([loadDemonstration(both), loadDemonstration(both)]);
    const client = new pg.Client({ connectionString: other.adminUrl });
    await client.connect();
    expect((await client.query('select 1 from identity.persona')).rowCount).toBe(
      demonstrationLogins().length,
    );
    await client.end();
  } finally {
    await other.drop();
  }
});
