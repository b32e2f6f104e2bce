import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DAY } from '@gongzhi/kernel';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadConfig } from '../../../apps/server/src/config.ts';
import { createTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { loadDemonstration } from '../load.ts';
import { playMorningApart } from './apart.ts';
import { playMorning } from './morning.ts';

let database: TestDatabase;
let dataDir: string;
let client: pg.Client;
const end = new Date('2026-11-17T10:24:00+08:00');

beforeAll(async () => {
  database = await createTestDatabase();
  dataDir = mkdtempSync(join(tmpdir(), 'gongzhi-morning-'));
  await loadDemonstration({
    adminUrl: database.adminUrl,
    dataDir,
    onProgress: () => {},
    scale: 0.02,
    now: end,
  });
  client = new pg.Client({ connectionString: database.adminUrl });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

const configOf = (adminUrl: string | undefined) =>
  loadConfig(
    {
      GONGZHI_EMBEDDED: '1',
      GONGZHI_DATA: dataDir,
      PORT: '0',
      DATABASE_URL: database.appUrl,
      ...(adminUrl === undefined ? {} : { DATABASE_ADMIN_URL: adminUrl }),
    },
    dataDir,
  );
const column = async (sql: string): Promise<unknown[]> =>
  (await client.query<[unknown]>({ text: sql, rowMode: 'array' })).rows.map(([value]) => value);

test('is played once, through the product’s own doors, and ends before the curtain falls', async () => {
  expect(await playMorningApart(configOf(undefined), end)).toBe(false);
  // As npm start does it: in a process of its own.
  expect(await playMorningApart(configOf(database.adminUrl), end)).toBe(true);
  expect(await playMorningApart(configOf(database.adminUrl), end)).toBe(false);
  expect(await playMorning(configOf(database.adminUrl), new Date(end.getTime() + DAY))).toBe(false);

  expect(await column('select distinct charge_state from work_orders.work_order order by 1')).toEqual([
    'agreed',
    'none',
    'quoted',
  ]);
  expect(
    await column(
      "select count(*)::int from work_orders.work_order where status = 'paused' and paused_reason = 'waiting_parts'",
    ),
  ).not.toEqual([0]);
  expect(await column('select state from work_orders.contractor_link')).toEqual(['accepted']);
  expect(await column("select safety from work_orders.work_order where safety = 'stopped'")).toEqual([
    'stopped',
  ]);
  expect(await column('select count(*)::int from work_orders.crew')).toEqual([1]);
  expect(
    await column("select count(*)::int from work_orders.work_order where outcome = 'duplicate'"),
  ).toEqual([1]);
  expect(await column("select part_count::int from work_orders.work_order where status = 'split'")).toEqual([
    2,
  ]);
  expect(
    await column('select count(*)::int from work_orders.price group by valid_from order by valid_from'),
  ).toEqual([13, 1, 1, 1]);
  expect(
    await column(
      "select kind || count(*)::text from access.pass where kind not in ('resident', 'tenant', 'family') group by kind order by kind",
    ),
  ).toEqual(['contractor1', 'delivery1', 'helper1', 'minor1', 'staff1', 'vehicle2', 'visitor2']);
  // Of whoever went through the gates in the last hour: most pass, one is kept out, what nobody took up is told.
  expect(
    await column('select outcome || count(*)::text from access.passage group by outcome order by outcome'),
  ).toEqual(['pass23', 'pass_report1', 'refer1', 'refuse1']);
  expect(
    await column(
      "select cause || ' ' || coalesce(outcome, 'none') from access.barrier_command order by command_id",
    ),
  ).toEqual(['verdict opened', 'verdict opened', 'verdict opened', 'person none', 'verdict opened']);
  expect(await column("select what || ' ' || found::text from access.place_count order by what")).toEqual([
    'people 1846',
    'vehicles 268',
  ]);
  expect(await column('select tracing_id is not null from access.tracing')).toEqual([true]);
  // One form was handed over whole; the next is half filled, with what the first was answered lent to it.
  expect(
    await column(
      `select r.state || ' ' || case when count(distinct a.subject_id) = (select count(*) from places.household h where h.scope_id = r.scope_id)
         then 'whole' else 'part' end
       from forms.sheet r join forms.answer a on a.scope_id = r.scope_id and a.form_id = r.form_id and a.value_cipher is not null
       group by r.scope_id, r.form_id, r.state order by r.form_id`,
    ),
  ).toEqual(['submitted whole', 'open part']);
  expect(await column('select done_at is not null from access.follow_up order by since_at')).toEqual([
    true,
    false,
  ]);
  expect(await column('select state from access.parcel order by parcel_id')).toEqual([
    'waiting',
    'waiting',
    'collected',
    'waiting',
  ]);
  expect(
    await column('select state || count(*)::text from sensing.device group by state order by state'),
  ).toEqual(['alarm2', 'ok27', 'silent1']);
  // What is over is withdrawn; what goes on has an order, and so has the silence.
  expect(
    await column(
      "select a.rule_code || ' ' || o.status from sensing.alarm a join work_orders.work_order o using (scope_id, work_order_id) order by a.rule_code, a.since",
    ),
  ).toEqual(['gate.silent submitted', 'lift.stopped submitted', 'pump.low submitted', 'water.wet cancelled']);
  // The resident who was missed had been spoken to before: that was another matter. Who was called back waits no more.
  expect(await column("select state || ' ' || direction from telephony.call order by began_at")).toEqual([
    'ended in',
    'missed in',
    'ended out',
    'missed in',
    'ended in',
    'missed in',
    'missed in',
    'missed in',
  ]);
  expect(
    await column(
      "select coalesce(outcome, 'open') || missed_count::text from telephony.task order by first_missed_at",
    ),
  ).toEqual(['reached1', 'open2', 'open1']);
  // Two months: the older one of those who have a space or a room, mostly paid; the one that runs is everybody's.
  expect(
    await column("select state || ' ' || (households > 10)::text from billing.run order by period"),
  ).toEqual(['posted false', 'posted true']);
  // Five homes have a water meter; what it counted this month is on their bill, between two readings one can open.
  expect(
    await column(
      `select (basis -> 'readings' -> 0 ? 'toId')::text || ' ' || (amount_fen > 0)::text from billing.bill_line where item = 'water'`,
    ),
  ).toEqual(Array(5).fill('true true'));
  expect(await column('select state from billing.arrears where promised_until is not null')).toEqual([
    'promised',
  ]);
  expect(await column("select state from billing.arrears where state = 'disputed'")).toEqual(['disputed']);
  expect(await column("select state || ' ' || way from payments.payment group by state, way")).toEqual([
    'paid cash',
  ]);
  expect(await column('select state from payments.till_session')).toEqual(['signed']);
  expect(
    await column('select extension from telephony.seat where account_id is not null order by extension'),
  ).toEqual(['801', '802']);
  expect(await column('select state from patrol.lowering order by state')).toEqual(['approved', 'proposed']);
  expect(
    await column(
      "select to_char(from_month, 'MM') || version::text from ledger.publication order by from_month, version",
    ),
  ).toHaveLength(3);
  expect(await column('select sum(debit_fen - credit_fen)::int from ledger.account_day')).toEqual([0]);
  expect(await column('select seen_count from patrol.finding')).toEqual([1]);
  expect(
    await column("select count(*)::int from patrol.round_check where state = 'spared'"),
    'the second round is spared what the sensor watches',
  ).toEqual([1]);
  const late = await column(`select count(*)::int from work_orders.event where at > '${end.toISOString()}'`);
  expect(late).toEqual([0]);
}, 600_000);
