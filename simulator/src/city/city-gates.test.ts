import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HOUR, localDate, MINUTE } from '@gongzhi/kernel';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadConfig } from '../../../apps/server/src/config.ts';
import { type RunningServer, startServer } from '../../../apps/server/src/main.ts';
import { createTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { Client, type Json } from '../../../test/server.ts';
import { type CityResult, fillCity } from './fill.ts';
import { cityLogins } from './logins.ts';
import { tableOf } from './report.ts';
import { type CitySettings, sizeOf } from './settings.ts';
import { tableSizes } from './sizes.ts';

/** Gates of a city of one department, at which readers hang. */
const settings: CitySettings = {
  seed: 'gates',
  compounds: 7,
  months: 1,
  orders: 40,
  until: Date.parse('2026-11-23T18:20:00+08:00'),
  without: ['bills'],
};
let dataDir = '';
let database: TestDatabase;
let admin: pg.Client;
let result: CityResult;

const rows = async <T = Json>(text: string, values: unknown[] = []): Promise<T[]> =>
  (await admin.query(text, values)).rows as T[];
const value = async <T>(text: string, values: unknown[] = []): Promise<T> =>
  (await admin.query({ text, values, rowMode: 'array' })).rows[0]![0] as T;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'gongzhi-city-gates-'));
  database = await createTestDatabase();
  result = await fillCity({ adminUrl: database.adminUrl, dataDir, settings, workers: 1 });
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
}, 600_000);
afterAll(async () => {
  await admin?.end();
  await database.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('passages', () => {
  test('counts of gates and of hours are those of the passages, for every whole hour', async () => {
    const before = new Date(Math.floor((settings.until - 2 * MINUTE) / HOUR) * HOUR);
    const through = `count(*) filter (where outcome in ('pass', 'pass_report') and direction =`;
    const counted = `select scope_id, gate_id, date_trunc('hour', recorded_at) as hour_at, (${through} 'in'))::int as entries,
        (${through} 'out'))::int as exits, (count(*) filter (where outcome in ('refer', 'refuse')))::int as stopped
      from access.passage where recorded_at < '${before.toISOString()}' group by 1, 2, 3`;
    const told = 'select scope_id, gate_id, hour_at, entries, exits, stopped from access.gate_hour';
    expect(await rows(`(${counted}) except (${told})`)).toEqual([]);
    expect(await rows(`(${told}) except (${counted})`)).toEqual([]);
    expect(await value('select count(*)::int from access.gate_hour')).toBeGreaterThan(200);
    const wrong = await rows(
      `select c.gate_id from access.gate_chain c join lateral (
         select max(seq) as seq, max(recorded_at) as last_at, ${through} 'in') as ins, ${through} 'out') as outs,
           ${through} 'in' and way = 'plate') as vehicle_ins
         from access.passage p where p.scope_id = c.scope_id and p.gate_id = c.gate_id) p on true
       where (c.seq, c.last_at, c.ins, c.outs, c.vehicle_ins) is distinct from (p.seq, p.last_at, p.ins, p.outs, p.vehicle_ins)`,
    );
    expect(wrong).toEqual([]);
    expect(result.counts.passages).toBe(await value('select count(*)::int from access.passage'));
    expect(result.counts.passes).toBe(await value('select count(*)::int from access.pass'));
  });

  test('a code lets through once, a guest comes in as often as invited, and whoever shows nothing is sent to a person', async () => {
    const codes = await value<number>(`select count(*)::int from access.passage where way = 'code'`);
    expect(codes).toBeGreaterThan(500);
    expect(await value('select count(*)::int from access.code_use')).toBe(codes);
    const guests = await rows(
      `select p.entries_used as used, (select count(*)::int from access.passage g
           where g.scope_id = p.scope_id and g.pass_id = p.pass_id and g.direction = 'in') as came
       from access.pass p where p.kind = 'visitor'`,
    );
    expect(guests.length).toBeGreaterThan(20);
    for (const { used, came } of guests) expect([used, came]).toEqual([1, 1]);
    const strangers = await rows(
      `select outcome, count(*)::int as count, count(why_cipher)::int as reasons from access.passage where way = 'none' group by 1`,
    );
    expect(strangers).toEqual([
      { outcome: 'refer', count: strangers[0]!.count, reasons: strangers[0]!.count },
    ]);
    expect(
      await value(`select count(*)::int from access.passage where way <> 'none' and outcome <> 'pass'`),
    ).toBe(0);
  });

  test('cars bear plates that are nobody else’s, and nothing of it lies open', async () => {
    const plates = `from access.pass where kind = 'vehicle'`;
    expect(await value(`select count(*)::int ${plates}`)).toBeGreaterThan(100);
    expect(await rows(`select scope_id, plate_index ${plates} group by 1, 2 having count(*) > 1`)).toEqual(
      [],
    );
    expect(await value(`select count(*)::int ${plates} and plate_masked not like '%***%'`)).toBe(0);
  });

  test('the report tells the gates with their rows', async () => {
    const table = tableOf(settings, sizeOf(settings.compounds), result, await tableSizes(admin));
    expect(table).toContain(`${result.counts.passages.toLocaleString('en-US')} passages at gates`);
    expect(table).toContain('| of these gates |');
    expect(table).not.toContain('months of homes');
    expect(await value('select count(*)::int from billing.bill')).toBe(0);
  });
});

describe('through the product', () => {
  let server: RunningServer;
  const clients = new Map<string, Client>();

  beforeAll(async () => {
    const config = loadConfig(
      {
        GONGZHI_EMBEDDED: '1',
        GONGZHI_DATA: dataDir,
        PORT: '0',
        GONGZHI_LOG: 'error',
        DATABASE_URL: database.appUrl,
        GONGZHI_ROLES: 'api',
      },
      dataDir,
    );
    server = await startServer(config, { clock: { now: () => new Date(settings.until) } as never });
    for (const { role, phone } of cityLogins(settings)) {
      const client = new Client(server.url);
      const sent = await client.post('/auth/codes', { phone });
      const answer = await client.post('/auth/sessions', { phone, code: sent.body.demoCode });
      expect(answer.status, role).toBe(201);
      client.keep(answer);
      clients.set(role, client);
    }
  });
  afterAll(() => server.close());

  async function get(role: string, path: string): Promise<Json> {
    const { status, body } = await clients.get(role)!.get(path);
    expect(status, `${role} ${path}`).toBe(200);
    return body;
  }

  test('every gate’s chain is whole, from its first passage to its last', async () => {
    const gates = await rows('select scope_id, gate_id, seq::int from access.gate_chain order by gate_id');
    expect(gates.length).toBeGreaterThan(settings.compounds);
    for (const { scope_id, gate_id, seq } of gates) {
      const report = await get('manager', `/access/gates/${gate_id}/chain?scopeId=${scope_id}`);
      expect([report.faults, report.checked, report.end]).toEqual([[], seq, seq]);
    }
  });

  test('the desk reads who went through today, names masked', async () => {
    const [busy] = await rows<{ scope_id: string }>(
      'select scope_id from access.passage group by 1 order by count(*) desc limit 1',
    );
    const { scope_id } = busy!;
    const day = localDate(settings.until);
    const page = await get('desk', `/access/passages?scopeId=${scope_id}&day=${day}&limit=100`);
    const today = await value<number>(
      `select count(*)::int from access.passage where scope_id = $1 and recorded_at >= $2::date::timestamp at time zone 'Asia/Shanghai'`,
      [scope_id, day],
    );
    expect(page.items.length).toBe(Math.min(today, 100));
    expect(page.items.some(({ way }: Json) => way === 'code' || way === 'plate')).toBe(true);
    for (const { name } of page.items) expect(name ?? '*').toContain('*');
  });

  test('a resident reads the own passes and whom the home invited, no neighbour’s', async () => {
    const accountId = (await get('resident', '/me')).account.id;
    const [home] = await rows(
      `select p.scope_id, o.household_id, (select count(*)::int from access.pass a where a.scope_id = o.scope_id
           and a.household_id = o.household_id and a.kind = 'visitor') as guests
       from places.person p join places.occupancy o on o.scope_id = p.scope_id and o.person_id = p.person_id where p.account_id = $1`,
      [accountId],
    );
    const { items } = await get('resident', `/access/invitations?scopeId=${home.scope_id}`);
    expect(items).toHaveLength(home.guests);
    const { status } = await clients.get('resident')!.get(`/access/passages?scopeId=${home.scope_id}`);
    expect(status).toBe(403);
  });
});
