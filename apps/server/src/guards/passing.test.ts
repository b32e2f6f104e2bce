import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../test/database.ts';
import { walledTables } from '../modules/hotline/consumers-takeovers.ts';
import { passingTables } from '../modules/places/index.ts';
import { passingRows, stayingRows } from '../modules/work-orders/queries-passing.ts';

let database: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  database = await createTestDatabase();
  client = new pg.Client({ connectionString: database.adminUrl });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

/** Written once and staying with whoever wrote it, or not of a compound at all. Why it stays stands beside it. */
const staying: Readonly<Record<string, string>> = {
  disclosure: 'who looked stays who looked; the subject reads it whoever serves the place',
  import_job: 'who brought a workbook in keeps its record',
  import_part: 'who brought a workbook in keeps its record',
  import_mapping: 'of an employer, not of a compound',
  import_fault: 'who brought a workbook in keeps its record',
  staff: 'of an employer, not of a compound',
  staff_skill: 'of an employer, not of a compound',
  takeover: 'its wall is the predecessor’s, the successor sees it by its own columns',
};

const bearing = async (schemas: readonly string[]) =>
  (
    await client.query<{ name: string }>(
      `select distinct c.table_schema || '.' || c.table_name as name from information_schema.columns c
       join information_schema.columns s on s.table_schema = c.table_schema and s.table_name = c.table_name and s.column_name = 'city_id'
       where c.table_schema = any ($1) and c.column_name = 'company_id'
         and c.table_schema || '.' || c.table_name not in ('places.scope', 'places.service_period') order by 1`,
      [schemas],
    )
  ).rows.map((row) => row.name);

test('whatever a compound consists of is seen by who serves it now: every table of places is thought about', async () => {
  const known = [...passingTables, ...Object.keys(staying)].map((name) => `places.${name}`).sort();
  expect(await bearing(['places'])).toEqual(known);
});

test('an open order passes whole: every other table that bears a company goes with it or says why it stays', async () => {
  const { rows } = await client.query<{ name: string }>(
    `select n.nspname as name from pg_catalog.pg_namespace n where n.nspname !~ '^(pg_|information_schema$|public$|access_days$)' and n.nspname <> 'places'`,
  );
  const [going, stays] = [Object.keys(passingRows), Object.keys(stayingRows)];
  expect(going.filter((name) => stays.includes(name))).toEqual([]);
  // The household's own, passed on by identity when the takeover is applied.
  const ofHouseholds = ['identity.consent'];
  // A department's own people and their hours are no part of a compound.
  const ofDepartments = [
    // What is asked about an order begins anew with the successor; who was alerted stays whose it was.
    'dispatch.alert',
    // Learned anew four times a day, by whoever serves the place then.
    'dispatch.learnt',
    'dispatch.offer',
    'dispatch.position',
    'dispatch.roster',
    // A company's manner of dispatching; the successor says its own.
    'dispatch.rule_start',
    'dispatch.rule_version',
    'dispatch.shift_change',
    'dispatch.shift_day',
    'dispatch.shift_file',
    'dispatch.shift_pattern',
    // Follows its order's wall (dispatch.follow).
    'dispatch.task',
    // The telephone is the department's, whichever compounds it serves.
    ...['call', 'event', 'line', 'seat', 'task'].map((name) => `telephony.${name}`),
  ];
  // Devices hang in the compound: sensing passes them on when the takeover is applied, with their open alarms; what
  // they said and what was deleted stays with whoever was responsible then.
  const ofPlaces = ['alarm', 'device', 'purge', 'reading', 'rule_version', 'watch'].map(
    (name) => `sensing.${name}`,
  );
  // Open projects pass when the takeover is applied, with their steps and orders; what was said of them stays.
  const ofCauses = ['entry', 'project', 'project_order', 'step'].map((name) => `prevention.${name}`);
  // Routes go on and what was walked stays (patrol.pass_routes).
  const ofPatrols = [
    'checkpoint',
    'finding',
    'frequency',
    'lowering',
    'round',
    'round_check',
    'route',
    'timetable',
  ].map((name) => `patrol.${name}`);
  // Gates, who may pass them and the measures in force pass when the takeover is applied; who went through, and what was
  // destroyed, stays with whoever was responsible then.
  const ofGates = [
    // Ordered for ten seconds, asked for ninety: of whoever had the gate then.
    'barrier_command',
    'car_park',
    'code_use',
    'destruction',
    'follow_up',
    'gate',
    'gate_chain',
    'gate_device',
    'gate_hour',
    // What was left for the next shift, and who searched, stays with who had the gate then.
    'gate_note',
    'gate_opening',
    'gate_search',
    'goods_slip',
    // Holds for a quarter of an hour.
    'guard_pairing',
    'health_fact',
    'list_entry',
    'parcel',
    'pass',
    'passage',
    'passage_flag',
    'place_count',
    'policy',
    'policy_version',
    // Never a company's: the column is null.
    'tracing',
    'tracing_list',
    'work_shift',
  ].map((name) => `access.${name}`);
  // Meters, what is prepaid on them and what stands out pass when the takeover is applied; what was read, told and refused
  // stays with whoever was responsible then.
  const ofMeters = [
    'care',
    'command',
    'finding',
    'gateway',
    'meter',
    'prepaid',
    'reading',
    'refusal',
    'top_up',
    'warning',
  ].map((name) => `metering.${name}`);
  // What strangers read of an order is written anew from it, in the room that tells them.
  const ofPublications = ['open311.request', 'open311.request_update', 'open311.submission'];
  // A successor keeps a book of its own; what was owed and paid stays with whoever served then.
  const ofBooks = [
    'account_day',
    'balance',
    'block',
    'book',
    'entry',
    'period',
    'posting',
    'publication',
    'verification',
  ].map((name) => `ledger.${name}`);
  // What was billed, what it was billed by, and how it was asked for is the claim of who served then.
  const ofBills = [
    'agreement',
    'arrears',
    'arrears_note',
    'bill',
    'bill_line',
    'correction',
    'month_total',
    'payer',
    'reminder',
    'run',
    'run_exception',
    'run_line',
    'settlement',
    'shared_cost',
    'tariff',
  ].map((name) => `billing.${name}`);
  // What somebody paid, and to whom, is theirs to prove: it stays with who took it.
  const ofPayments = [
    'bank_line',
    'cash_deposit',
    'deduction',
    'invoice_request',
    'payment',
    'reconciliation',
    'reconciliation_item',
    'reconciliation_share',
    'refund',
    'step',
    'target',
    'till_session',
  ].map((name) => `payments.${name}`);
  // Of an office, not of a compound.
  const ofOffices = ['reports.report', 'reports.edition'];
  // What a place has answered is never a company's: the column is null.
  const ofForms = ['form', 'sheet', 'answer', 'effort'].map((name) => `forms.${name}`);
  // How warm it was stays with who had to heat then; the scope shows it to whoever serves the place.
  const ofSeasons = ['heating.visit'];
  // Cases of the hotline, passed on by it: only open ones.
  const ofCases = walledTables.map((name) => `hotline.${name}`);
  expect(await bearing(rows.map((row) => row.name))).toEqual(
    [
      ...ofPlaces,
      ...ofBills,
      ...ofPayments,
      ...ofBooks,
      ...ofPatrols,
      ...ofDepartments,
      ...ofPublications,
      ...going,
      ...stays,
      ...ofHouseholds,
      ...ofCases,
      ...ofSeasons,
      ...ofCauses,
      ...ofGates,
      ...ofOffices,
      ...ofForms,
      ...ofMeters,
    ].sort(),
  );
});

test('whoever lets them follow may write the company of what goes', async () => {
  for (const table of [
    ...Object.keys(passingRows),
    'identity.consent',
    ...walledTables.map((name) => `hotline.${name}`),
  ]) {
    const { rows } = await client.query<{ may: boolean }>(
      `select has_column_privilege('gongzhi_worker', $1, 'company_id', 'update') as may`,
      [table],
    );
    expect([table, rows[0]?.may]).toEqual([table, true]);
  }
});
