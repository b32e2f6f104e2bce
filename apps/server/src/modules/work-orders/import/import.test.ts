import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../../../test/database.ts';
import { ask, countOf, mappingFile, runImport, sampleFile, sampleRows } from './fixtures.ts';

const rows = sampleRows();
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  const ran = await runImport(database, sampleFile, '--mapping', 'boston-311');
  expect(ran.text).toContain('3,000 new, 0 there before, 0 refused');
  expect(ran.code).toBe(0);
});
afterAll(() => database?.drop());

interface OrderRow {
  external_id: string;
  created: string;
  due: string | null;
  closed: string | null;
  status: string;
  outcome: string | null;
  is_open: boolean;
  is_late: boolean;
  late_at_is_due: boolean | null;
  place: string;
  kind: string;
  category: string;
  number: string;
  source_on_time: boolean | null;
}

const local = (column: string) =>
  `to_char(o.${column} at time zone 'America/New_York', 'YYYY-MM-DD HH24:MI:SS')`;

function allOrders(): Promise<OrderRow[]> {
  return ask<OrderRow>(
    database,
    `select i.external_id, ${local('created_at')} as created, ${local('resolve_due_at')} as due, ${local('closed_at')} as closed,
       o.status, o.outcome, o.is_open, o.is_late, o.resolve_late_at = o.resolve_due_at as late_at_is_due, s.name as place, s.kind,
       c.name_en as category, o.number, i.source_on_time
     from work_orders.imported i join work_orders.work_order o using (scope_id, work_order_id)
     join places.scope s using (scope_id) join work_orders.category c on c.code = o.category_code order by 1`,
  );
}

test('every row is there with its own dates, category and place', async () => {
  const orders = new Map((await allOrders()).map((order) => [order.external_id, order]));
  expect(orders.size).toBe(rows.length);
  for (const row of rows) {
    const order = orders.get(row.case_enquiry_id);
    const neighbourhood = row.neighborhood.trim();
    expect(order).toMatchObject({
      created: row.open_dt,
      due: row.target_dt || null,
      closed: row.closed_dt || null,
      category: row.type.replace(/\s+/g, ' ').trim(),
      number: row.case_enquiry_id,
      place: neighbourhood === '' ? 'Boston' : neighbourhood,
      kind: neighbourhood === '' || neighbourhood === 'Boston' ? 'city' : 'street',
    });
  }
});

test('on every row with both dates, on time here is ONTIME there', async () => {
  const orders = new Map((await allOrders()).map((order) => [order.external_id, order]));
  let compared = 0;
  for (const row of rows) {
    if (row.target_dt === '' || row.closed_dt === '') continue;
    const order = orders.get(row.case_enquiry_id)!;
    expect(!order.is_late, row.case_enquiry_id).toBe(row.ontime === 'ONTIME');
    expect(order.source_on_time, row.case_enquiry_id).toBe(row.ontime === 'ONTIME');
    if (order.is_late) expect(order.late_at_is_due).toBe(true);
    compared++;
  }
  expect(compared).toBeGreaterThan(2_000);
  const again = await runImport(database, sampleFile, '--mapping', 'boston-311');
  expect(again.text).toContain(
    `compared with the source on ${compared.toLocaleString('en-US')} requests with both dates, 0 differ`,
  );
});

test('open requests are open, closed ones closed as imported', async () => {
  const orders = new Map((await allOrders()).map((order) => [order.external_id, order]));
  for (const row of rows) {
    const isOpen = row.case_status === 'Open';
    expect(orders.get(row.case_enquiry_id)).toMatchObject(
      isOpen
        ? { status: 'submitted', is_open: true, outcome: null, closed: null }
        : { status: 'closed', is_open: false, outcome: 'imported' },
    );
  }
});

test('each order has one step and a timeline of its opening and closing', async () => {
  expect(await countOf(database, 'work_orders.step')).toBe(rows.length);
  const closed = rows.filter((row) => row.closed_dt !== '').length;
  expect(await countOf(database, 'work_orders.event', `kind = 'work_order.submitted'`)).toBe(rows.length);
  expect(await countOf(database, 'work_orders.event', `kind = 'work_order.closed'`)).toBe(closed);
  const [event] = await ask<{ note: string }>(
    database,
    `select e.params ->> 'note' as note from work_orders.event e join work_orders.imported i using (scope_id, work_order_id)
     where e.kind = 'work_order.closed' and i.external_id = $1`,
    [rows.find((row) => row.closure_reason.includes('CRM'))!.case_enquiry_id],
  );
  expect(event!.note).toContain('CRM');
});

/** The pairs that the words of the file name, found without the mapping's pattern. */
function pairsOfTheFile(): Set<string> {
  const ids = new Set(rows.map((row) => row.case_enquiry_id));
  const pairs = new Set<string>();
  for (const row of rows) {
    if (!row.closure_reason.toLowerCase().includes('dup')) continue;
    for (const digits of row.closure_reason.split(/\D+/)) {
      const id = digits.length === 6 ? `101000${digits}` : digits;
      if (id.length === 12 && id !== row.case_enquiry_id && ids.has(id))
        pairs.add(`${row.case_enquiry_id} ${id}`);
    }
  }
  return pairs;
}

test('duplicates named in the closing words are linked both ways, also across neighbourhoods', async () => {
  const linked = (kind: string) =>
    ask<{ pair: string; is_across: boolean }>(
      database,
      `select a.external_id || ' ' || b.external_id as pair, a.scope_id <> b.scope_id as is_across
     from work_orders.link l
     join work_orders.imported a on a.scope_id = l.scope_id and a.work_order_id = l.work_order_id
     join work_orders.imported b on b.scope_id = l.other_scope_id and b.work_order_id = l.other_work_order_id where l.kind = $1`,
      [kind],
    );
  const expected = pairsOfTheFile();
  expect(expected.size).toBeGreaterThan(300);
  const there = await linked('duplicate_of');
  expect(new Set(there.map(({ pair }) => pair))).toEqual(expected);
  expect(there.filter(({ is_across }) => is_across).length).toBeGreaterThan(20);
  const back = await linked('duplicated_by');
  expect(new Set(back.map(({ pair }) => pair.split(' ').toReversed().join(' ')))).toEqual(expected);
});

test('a second time gives nothing new, and so does the same history under another file name or mapping', async () => {
  const counts = () =>
    Promise.all(
      ['work_order', 'step', 'event', 'link', 'imported', 'import_key'].map((t) =>
        countOf(database, `work_orders.${t}`),
      ),
    );
  const before = await counts();
  const again = await runImport(database, sampleFile, '--mapping', mappingFile);
  expect(again.code).toBe(0);
  expect(again.text).toContain('0 new, 3,000 there before');
  const limited = await runImport(database, sampleFile, '--mapping', 'boston-311', '--limit', '700');
  expect(limited.text).toContain('700 rows');
  expect(limited.text).toContain('0 new, 700 there before, 0 refused');
  expect(await counts()).toEqual(before);
});

test('ids follow time, so that lists and timelines read in order', async () => {
  const [order] = await ask<{ wrong: number }>(
    database,
    `select count(*)::integer as wrong from (
       select created_at < lag(created_at) over (order by work_order_id) as is_wrong from work_orders.work_order) t where is_wrong`,
  );
  expect(order!.wrong).toBe(0);
  const [timeline] = await ask<{ wrong: number }>(
    database,
    `select count(*)::integer as wrong from work_orders.event a join work_orders.event b using (scope_id, work_order_id)
     where a.kind = 'work_order.submitted' and b.kind = 'work_order.closed' and a.event_id > b.event_id`,
  );
  expect(timeline!.wrong).toBe(0);
});

test("categories carry the source's names, a group of ours and the median of their limits", async () => {
  const [bulk] = await ask<Record<string, unknown>>(
    database,
    `select * from work_orders.category where name_en = 'Schedule a Bulk Item Pickup'`,
  );
  const minutes = rows
    .filter((row) => row.type === 'Schedule a Bulk Item Pickup' && row.target_dt > row.open_dt)
    .map((row) => Math.round((Date.parse(`${row.target_dt}Z`) - Date.parse(`${row.open_dt}Z`)) / 60_000))
    .toSorted((a, b) => a - b);
  expect(bulk).toMatchObject({
    code: 'import:boston:schedule-a-bulk-item-pickup',
    kind: 'complaint',
    category_group: 'cleaning',
    name_zh: 'Schedule a Bulk Item Pickup',
    resolve_minutes: minutes[Math.floor((minutes.length - 1) / 2)],
  });
});
