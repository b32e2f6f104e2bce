import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addWorking, calendarOf } from '@gongzhi/kernel';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { loadConfig } from '../../../apps/server/src/config.ts';
import { type RunningServer, startServer } from '../../../apps/server/src/main.ts';
import { differences } from '../../../apps/server/src/modules/work-orders/index.ts';
import type { Statement } from '../../../apps/server/src/platform/db/sql.ts';
import { createTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { Client, type Json } from '../../../test/server.ts';
import { replay } from '../orders/replay.ts';
import { catalogue } from '../rules.ts';
import { checkReferences } from './integrity.ts';
import { type CityResult, fillCity, OtherCity } from './fill.ts';
import { cityLogins } from './logins.ts';
import { planCity } from './plan.ts';
import { csvOf, plotOf, tableOf } from './report.ts';
import { type CitySettings, sizeOf } from './settings.ts';
import { ordersByDay, tableSizes } from './sizes.ts';
import { readState } from './state.ts';

const settings: CitySettings = {
  seed: 'test',
  compounds: 21,
  months: 3,
  orders: 1_200,
  until: Date.parse('2026-11-23T18:00:00+08:00'),
};
let dataDir = '';
let killed: TestDatabase;
let straight: TestDatabase;
let admin: pg.Client;
let resumed: CityResult;
let thereAfterKill = 0;

/** A run of its own, killed as soon as it tells that some departments are there. */
async function runAndKill(adminUrl: string): Promise<void> {
  const fill = join(import.meta.dirname, 'fill.ts');
  const options = JSON.stringify({ adminUrl, dataDir, settings, workers: 2 });
  const text = `import { fillCity } from ${JSON.stringify(fill)};
    await fillCity({ ...${options}, onProgress: ({ done }) => { if (done > 500) process.stdout.write('some\\n'); } });`;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', text], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(child, 'exit');
  child.stdout.once('data', () => child.kill('SIGKILL'));
  const [, signal] = (await gone) as [number | null, string | null];
  expect(signal).toBe('SIGKILL');
}

/** Everything of the orders but what is sealed, which is another ciphertext each time. */
async function digest(client: pg.Client): Promise<unknown> {
  const { rows } = await client.query(
    `select (select md5(string_agg(md5((to_jsonb(o) - 'contact_cipher')::text), '' order by work_order_id)) from work_orders.work_order o) as orders,
       (select md5(string_agg(md5(s::text), '' order by step_id)) from work_orders.step s) as steps,
       (select md5(string_agg(md5(e::text), '' order by event_id)) from work_orders.event e) as events,
       (select md5(string_agg(md5(h::text), '' order by household_id)) from places.household h) as homes,
       (select md5(string_agg(md5(s::text), '' order by scope_id)) from places.scope s) as scopes,
       (select md5(string_agg(md5(m::text), '' order by membership_id)) from identity.membership m) as memberships,
       (select md5(string_agg(md5(c::text), '' order by case_id)) from hotline.hotline_case c) as cases,
       (select md5(string_agg(md5(e::text), '' order by event_id)) from hotline.event e) as case_events,
       (select md5(string_agg(md5(h::text), '' order by case_id, hand_no)) from hotline.hand h) as hands,
       (select md5(string_agg(md5(c::text), '' order by case_id)) from hotline.callback c) as callbacks,
       (select md5(string_agg(md5(l::text), '' order by line_id)) from billing.bill_line l) as bill_lines,
       (select md5(string_agg(md5(r::text), '' order by run_id)) from billing.run r) as runs,
       (select md5(string_agg(md5(a::text), '' order by household_id)) from billing.arrears a) as arrears,
       (select md5(string_agg(md5(p::text), '' order by payment_id)) from payments.payment p) as payments,
       (select md5(string_agg(md5((to_jsonb(t) - 'note_cipher')::text), '' order by session_id)) from payments.till_session t) as tills,
       (select md5(string_agg(md5((to_jsonb(p) - 'xid')::text), '' order by posting_id)) from ledger.posting p) as postings,
       (select md5(string_agg(md5(b::text), '' order by owner_id)) from ledger.balance b) as balances,
       (select md5(string_agg(md5((to_jsonb(p) - '{name_cipher,plate_cipher,secret_cipher}'::text[])::text), '' order by pass_id)) from access.pass p) as passes,
       (select md5(string_agg(md5((to_jsonb(p) - 'why_cipher')::text), '' order by gate_id, seq)) from access.passage p) as passages,
       (select md5(string_agg(md5(c::text), '' order by gate_id)) from access.gate_chain c) as chains,
       (select count(*) from identity.phone_registry) as phones, (select count(*) from places.person_gram) as grams`,
  );
  return rows[0];
}

const clientOf = async (url: string): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
};
async function value<T>(text: string, values: unknown[] = []): Promise<T> {
  return (await admin.query({ text, values, rowMode: 'array' })).rows[0]![0] as T;
}

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'gongzhi-city-'));
  [killed, straight] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  await runAndKill(killed.adminUrl);
  admin = await clientOf(killed.adminUrl);
  // The processes of the killed run notice that their parent is gone; their sessions end with them.
  const sessions = `select count(*)::int from pg_stat_activity where application_name = 'gongzhi simulated city' and datname = current_database()`;
  await vi.waitFor(async () => expect(await value(sessions)).toBe(0), { timeout: 60_000 });
  thereAfterKill = await value('select count(*)::int from work_orders.work_order');
  resumed = await fillCity({ adminUrl: killed.adminUrl, dataDir, settings, workers: 2 });
  await fillCity({ adminUrl: straight.adminUrl, dataDir, settings, workers: 1 });
}, 600_000);
afterAll(async () => {
  await admin?.end();
  await Promise.all([killed.drop(), straight.drop()]);
  rmSync(dataDir, { recursive: true, force: true });
});

describe('resumed', () => {
  test('after a kill nothing is there twice and nothing is missing: the same rows as of a run that nobody killed', async () => {
    expect(thereAfterKill).toBeLessThan(settings.orders);
    expect(resumed.brought.orders).toBe(settings.orders - thereAfterKill);
    expect(resumed.counts.orders).toBe(settings.orders);
    const other = await clientOf(straight.adminUrl);
    try {
      expect(await digest(admin)).toEqual(await digest(other));
    } finally {
      await other.end();
    }
  });

  test('a whole city takes nothing more, and another one is not mixed into it', async () => {
    const again = await fillCity({ adminUrl: killed.adminUrl, dataDir, settings });
    expect(again.brought.rows).toBe(0);
    expect(again.counts).toEqual(resumed.counts);
    await expect(
      fillCity({ adminUrl: killed.adminUrl, dataDir, settings: { ...settings, orders: 2_000 } }),
    ).rejects.toThrow(OtherCity);
    expect(await value('select count(*)::int from work_orders.work_order')).toBe(settings.orders);
    expect((await readState(admin))!.parts.size).toBe(sizeOf(settings.compounds).departments);
  });
});

describe('sums', () => {
  test('companies, departments, compounds, homes and square metres', async () => {
    const size = sizeOf(settings.compounds);
    const { rows } = await admin.query('select kind, count(*)::int as count from places.scope group by kind');
    expect(Object.fromEntries(rows.map(({ kind, count }) => [kind, count]))).toMatchObject({
      city: 1,
      company: size.companies,
      department: size.departments,
      compound: settings.compounds,
      street: size.streets,
    });
    expect(await value('select (sum(area_m2) * 100)::bigint::text from places.household')).toBe(
      String(size.areaHundredths),
    );
    const planned = planCity(settings).departments.flatMap(({ compounds }) => compounds);
    expect(await value('select count(*)::int from places.household')).toBe(
      planned.reduce((sum, { homes }) => sum + homes, 0),
    );
    // History tells nobody anything: no message goes out for what happened months ago.
    expect(await value(`select count(*)::int from platform.outbox where kind like 'work_order.%'`)).toBe(0);
    expect(
      await value('select count(*)::int from places.scope where is_demonstration'),
      'an interrupted demonstration would wipe it',
    ).toBe(0);
  });

  test('counts are those of the tables', async () => {
    const { orders, steps, events, cases, bills, payments, passages } = resumed.counts;
    expect(cases).toBeGreaterThan(5);
    expect([
      await value('select count(*)::int from billing.bill'),
      await value('select count(*)::int from payments.payment'),
      await value('select count(*)::int from access.passage'),
    ]).toEqual([bills, payments, passages]);
    expect(Math.min(bills, payments, passages)).toBeGreaterThan(100);
    expect([
      await value('select count(*)::int from hotline.hotline_case'),
      await value('select count(*)::int from work_orders.work_order'),
      await value('select count(*)::int from work_orders.step'),
      await value('select count(*)::int from work_orders.event'),
    ]).toEqual([cases, orders, steps, events]);
  });

  test('the sums of days, months and regions are those of the orders', async () => {
    const tx = {
      query: async <Row>({ text, values }: Statement) => (await admin.query(text, [...values])).rows as Row[],
    };
    expect(await differences(tx)).toEqual([]);
    expect(await value('select sum(total)::int from work_orders.figure_day')).toBeGreaterThan(1_000);
    expect(await value('select count(*)::int from work_orders.figure_change')).toBe(0);
  });

  test('the report says what is there', async () => {
    const disk = await tableSizes(admin);
    const table = tableOf(settings, sizeOf(settings.compounds), resumed, disk);
    expect(table).toContain('1,200 orders');
    expect(table).toContain(`${resumed.ending.foreignKeys} foreign keys hold`);
    expect(table).toContain('| work_orders.event |');
    expect(disk.tables.find(({ name }) => name === 'work_orders.work_order')!.rows).toBe(settings.orders);
    const { cityId } = (await readState(admin))!;
    const days = await ordersByDay(admin, cityId);
    expect(days.reduce((sum, { orders }) => sum + orders, 0)).toBe(settings.orders);
    expect(csvOf(days).split('\n').length).toBe(days.length + 2);
    expect(plotOf(days)).toContain('<polyline');
  });
});

test('a row that refers to nothing is found', async () => {
  const other = await clientOf(straight.adminUrl);
  try {
    const tables = new Set(['work_orders.event', 'work_orders.step']);
    expect(await checkReferences(other, tables)).toBe(2);
    await other.query(`set session_replication_role = 'replica'`);
    await other.query(
      'delete from work_orders.work_order where work_order_id = (select work_order_id from work_orders.event limit 1)',
    );
    await expect(checkReferences(other, tables)).rejects.toThrow('event_order_fk does not hold');
  } finally {
    await other.end();
  }
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
        DATABASE_URL: killed.appUrl,
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

  /** Every page of the list, as ids. */
  async function all(role: string): Promise<Json[]> {
    const found: Json[] = [];
    let cursor: string | null = null;
    do {
      const more: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const { status, body } = await clients.get(role)!.get(`/work-orders?limit=100${more}`);
      expect(status).toBe(200);
      found.push(...body.items);
      cursor = body.nextCursor ?? null;
    } while (cursor !== null);
    return found;
  }

  test('whoever signs in reads their part and no other: company, street, department', async () => {
    const size = async (where: string, values: unknown[] = []): Promise<number> =>
      await value(`select count(*)::int from work_orders.work_order where ${where}`, values);
    const places = new Map(cityLogins(settings).map(({ role, place }) => [role, place]));
    const scopeOf = (role: string): Promise<string> =>
      value('select scope_id from places.scope where name = $1', [places.get(role)]);
    const company = await scopeOf('company');
    const street = await scopeOf('street');
    const department = await scopeOf('manager');
    const served = 'scope_id in (select scope_id from places.scope where department_id = $1)';
    for (const [role, where, values] of [
      ['city', 'true', []],
      ['company', 'company_id = $1', [company]],
      ['street', 'street_id = $1', [street]],
      ['manager', served, [department]],
      ['desk', served, [department]],
    ] as const) {
      const seen = await all(role);
      expect([role, new Set(seen.map(({ id }) => id)).size], role).toEqual([
        role,
        await size(where, [...values]),
      ]);
    }
  });

  test('orders read over HTTP are the rows that the rules made, with their steps and their timeline', async () => {
    const city = clients.get('city')!;
    const { rows } = await admin.query(
      `select o.scope_id, o.work_order_id, o.number, o.status, o.reporter_account_id,
         (select count(*)::int from work_orders.step s where s.scope_id = o.scope_id and s.work_order_id = o.work_order_id) as steps
       from work_orders.work_order o order by md5(o.work_order_id::text) limit 25`,
    );
    for (const row of rows) {
      const at = `/work-orders/${row.work_order_id}`;
      const { status, body } = await city.get(`${at}?scopeId=${row.scope_id}`);
      expect([status, body.number, body.status, body.steps.length]).toEqual([
        200,
        row.number,
        row.status,
        row.steps,
      ]);
      const { items } = (await city.get(`${at}/timeline?scopeId=${row.scope_id}`)).body;
      expect(items[0].kind).toBe('work_order.submitted');
    }
  });

  test('cases of the hotline are read by the city and by the street they came to, down to the company and back', async () => {
    const numbers = async (role: string): Promise<string[]> => {
      const { status, body } = await clients.get(role)!.get('/hotline/cases?limit=100');
      expect(status, role).toBe(200);
      return body.items.map(({ number }: Json) => number).toSorted();
    };
    const { rows } = await admin.query('select number, street_id from hotline.hotline_case order by number');
    expect(await numbers('city')).toEqual(rows.map(({ number }) => number));
    expect(await numbers('street')).toEqual(rows.map(({ number }) => number));
    const hands = await admin.query(
      `select c.number, h.unit_name from hotline.hotline_case c join hotline.hand h using (scope_id, case_id)
       where c.status = 'closed' and h.level = 'company' and h.end_reason = 'answered'`,
    );
    expect(hands.rows.length).toBeGreaterThan(0);
    expect(await value('select count(*)::int from hotline.callback where is_valid')).toBeGreaterThan(0);
  });

  test('the desk goes on where history ends: what is open takes the next command', async () => {
    const desk = clients.get('desk')!;
    const open = (await all('desk')).filter(({ status }) => status !== 'closed' && status !== 'cancelled');
    expect(open.length).toBeGreaterThan(0);
    const [{ id, scopeId }] = open;
    const { version } = (await desk.get(`/work-orders/${id}?scopeId=${scopeId}`)).body;
    const answer = await desk.post(`/work-orders/${id}/commands?scopeId=${scopeId}`, {
      action: 'comment',
      text: '已联系住户',
      expectedVersion: version,
    });
    expect(answer.status).toBe(200);
  });
});

test('what was read back is what the rules say: every history ends where its order stands, every clock where it must', async () => {
  const orders = (await admin.query('select * from work_orders.work_order order by work_order_id')).rows;
  const events = Map.groupBy(
    (
      await admin.query(
        `select work_order_id, kind, actor_account_id as "actorAccountId", actor_role as "actorRole", params, at
         from work_orders.event where at <= $1 order by event_id`,
        [new Date(settings.until)],
      )
    ).rows,
    (event) => event.work_order_id as string,
  );
  const byCode = new Map(catalogue.map((category) => [category.code, category]));
  let checked = 0;
  for (const order of orders) {
    const category = byCode.get(order.category_code)!;
    expect([...replay(events.get(order.work_order_id)!, order.reporter_account_id)]).toContain(order.status);
    if (category.kind === 'special_need') continue;
    const start = order.clock_start_at.getTime();
    const calendar = calendarOf(category.calendar);
    const dueIn = (minutes: number): number => addWorking(start, minutes, calendar);
    expect(order.respond_due_at.getTime(), order.number).toBe(dueIn(category.respondMinutes));
    expect(order.arrive_due_at?.getTime() ?? null, order.number).toBe(
      category.arriveMinutes === null ? null : dueIn(category.arriveMinutes),
    );
    // A pause or a dispute moves the third clock; laws of the domain hold it there.
    if (order.pauses.length > 0) continue;
    expect(order.resolve_due_at.getTime(), order.number).toBe(dueIn(category.resolveMinutes));
    if (order.finished_at !== null)
      expect(order.resolve_late_at !== null, order.number).toBe(order.finished_at > order.resolve_due_at);
    checked++;
  }
  expect(checked / orders.length).toBeGreaterThan(0.6);
});
