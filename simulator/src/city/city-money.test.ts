import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localDate } from '@gongzhi/kernel';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadConfig } from '../../../apps/server/src/config.ts';
import { type RunningServer, startServer } from '../../../apps/server/src/main.ts';
import { closeMonths } from '../../../apps/server/src/modules/ledger/service-periods.ts';
import { createTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { Client, type Json } from '../../../test/server.ts';
import { inTransaction, sealLedger } from './bills-ending.ts';
import { ladder, nextStep } from './bills-rules.ts';
import { type CityResult, fillCity } from './fill.ts';
import { cityLogins } from './logins.ts';
import { tableOf } from './report.ts';
import { type CitySettings, sizeOf } from './settings.ts';
import { tableSizes } from './sizes.ts';

/** Bills and payments of a city of one department, which bills through the product. */
const settings: CitySettings = {
  seed: 'money',
  compounds: 7,
  months: 5,
  orders: 40,
  until: Date.parse('2026-11-23T18:00:00+08:00'),
  without: ['gates'],
};
const today = localDate(settings.until);
let dataDir = '';
let database: TestDatabase;
let admin: pg.Client;
let result: CityResult;

async function rows<T = Json>(text: string, values: unknown[] = []): Promise<T[]> {
  return (await admin.query(text, values)).rows as T[];
}
async function value<T>(text: string, values: unknown[] = []): Promise<T> {
  return (await admin.query({ text, values, rowMode: 'array' })).rows[0]![0] as T;
}

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'gongzhi-city-money-'));
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

describe('bills', () => {
  test('every home of the department has a line each month, of its own area at the tariff, half a fen up', async () => {
    const homes = await value<number>('select count(*)::int from places.household');
    const issued = await rows(
      `select l.amount_fen::int as fen, (h.area_m2 * 100)::int as area, (t.rule ->> 'rateE4')::int as rate, b.total_fen::int as total,
         l.due_on - l.issued_on as days, l.settled_fen::int as settled
       from billing.bill_line l join places.household h using (scope_id, household_id)
         join billing.tariff t using (scope_id, tariff_id) join billing.bill b using (scope_id, bill_id)`,
    );
    expect(issued).toHaveLength(homes * 5);
    for (const { fen, area, rate, total, days, settled } of issued) {
      expect(fen).toBe(Math.floor((area * rate + 5_000) / 10_000));
      expect([total, days]).toEqual([fen, 30]);
      expect(settled).toBeLessThanOrEqual(fen);
    }
    expect(result.counts.bills).toBe(issued.length);
    expect(result.counts.payments).toBeGreaterThan(homes);
  });

  test('runs, bills and sums say what the lines come to, and two people stand behind each', async () => {
    const wrong = await rows(
      `select r.run_id from billing.run r join lateral (
         select count(*) as lines, sum(l.amount_fen) as fen, sum(l.settled_fen) as settled, count(distinct l.household_id) as homes
         from billing.bill_line l where l.scope_id = r.scope_id and l.period = r.period) s on true
       left join billing.month_total m on m.scope_id = r.scope_id and m.period = r.period
       where (r.lines, r.posted_lines, r.total_fen, r.posted_fen, r.households) is distinct from (s.lines, s.lines, s.fen, s.fen, s.homes)
         or (m.households, m.billed_fen, m.settled_fen, m.open_fen) is distinct from (s.homes, s.fen, s.settled, s.fen - s.settled)
         or r.asked_by = r.decided_by or r.state <> 'posted'`,
    );
    expect(wrong).toEqual([]);
    expect(await value('select count(*)::int from billing.run')).toBe(settings.compounds * 5);
    const looked = `select line_id, amount_fen, basis, due_on from billing`;
    expect(await rows(`(${looked}.run_line except ${looked}.bill_line)`)).toEqual([]);
  });

  test('a home that owes was reminded by the ladder, and what comes next is still to come', async () => {
    const standing = await rows(
      `select a.state, a.steps_taken, a.oldest_line_id, a.next_at, o.line_id, o.due_on::text as due_on,
         (select count(*)::int from billing.reminder r where r.scope_id = a.scope_id and r.household_id = a.household_id) as reminders
       from billing.arrears a left join lateral (
         select l.line_id, l.due_on from billing.bill_line l
         where l.scope_id = a.scope_id and l.household_id = a.household_id and l.settled_fen < l.amount_fen
         order by l.due_on, l.line_id limit 1) o on true`,
    );
    let reminded = 0;
    for (const row of standing) {
      const oldest = row.line_id === null ? null : { lineId: row.line_id, dueOn: row.due_on };
      const known = { state: row.state, stepsTaken: row.steps_taken, oldestLineId: row.oldest_line_id };
      const next = nextStep({ ...known, promisedUntil: null }, oldest, ladder.steps, today);
      if (row.state === 'settled') expect(row.next_at).toBeNull();
      // Nothing was missed of the line that was last looked at; another that is the oldest since is looked at then.
      if (oldest !== null && oldest.lineId === row.oldest_line_id)
        expect(next.is, row.due_on).not.toBe('remind');
      if (row.next_at !== null) expect(row.next_at.getTime()).toBeGreaterThan(settings.until);
      if (row.steps_taken > 0) expect(row.reminders).toBeGreaterThan(0);
      reminded += row.reminders;
    }
    expect(reminded).toBeGreaterThan(10);
    expect(await value(`select count(*)::int from platform.outbox where kind like 'bill%'`)).toBe(0);
  });
});

describe('money', () => {
  test('what the ledger says each home owes is what is open of its lines', async () => {
    const wrong = await rows(
      `select b.owner_id from ledger.balance b full join (
         select household_id, sum(amount_fen - settled_fen) as fen from billing.bill_line group by household_id) l on l.household_id = b.owner_id
       where b.balance_fen is distinct from l.fen or b.account <> 'household:receivable'`,
    );
    expect(wrong).toEqual([]);
  });

  test('what closed a line is a payment of the same amount on the same account, booked once', async () => {
    const wrong = await rows(
      `select p.payment_id from payments.payment p left join lateral (
         select sum(t.settled_fen) as fen from payments.target t where t.scope_id = p.scope_id and t.payment_id = p.payment_id) t on true
       left join lateral (select sum(s.amount_fen) as fen from billing.settlement s where s.scope_id = p.scope_id and s.source_id = p.payment_id::text) s on true
       left join lateral (select sum(g.amount_fen) as fen, count(distinct g.debit) as accounts from ledger.posting g
         where g.scope_id = p.scope_id and g.source_id = p.payment_id) g on true
       where (t.fen, s.fen, g.fen, g.accounts) is distinct from (p.amount_fen::numeric, p.amount_fen::numeric, p.amount_fen::numeric, 1::bigint)`,
    );
    expect(wrong).toEqual([]);
    const ways = await rows<{ way: string }>('select distinct way from payments.payment order by way');
    expect(ways.map(({ way }) => way)).toEqual(['alipay', 'card', 'cash', 'wechat']);
  });

  test('tills were counted by one and signed for by another; what is in them is what the ledger says', async () => {
    const wrong = await rows(
      `select t.session_id from payments.till_session t
       where t.state <> 'open' and t.expected_fen <> t.opening_fen + coalesce((select sum(p.amount_fen) from payments.payment p
           where p.scope_id = t.scope_id and p.till_session_id = t.session_id and p.way = 'cash'), 0)
         or t.closed_by = t.signed_by`,
    );
    expect(wrong).toEqual([]);
    const cash = await rows(
      `select t.scope_id, (select sum(case when g.debit = 'cash:desk' then g.amount_fen else -g.amount_fen end)
           from ledger.posting g where g.scope_id = t.scope_id and g.booked_on < $1 and 'cash:desk' in (g.debit, g.credit))::int as book,
         (array_agg(t.counted_fen order by t.session_id desc))[1]::int as till
       from payments.till_session t where t.signed_at < $1::timestamp at time zone 'Asia/Shanghai' group by t.scope_id`,
      [today],
    );
    expect(cash.length).toBeGreaterThan(0);
    for (const { book, till } of cash) expect(book).toBe(till);
  });

  test('the report tells the bills with their rows and seconds', async () => {
    const table = tableOf(settings, sizeOf(settings.compounds), result, await tableSizes(admin));
    expect(table).toContain(`${result.counts.bills.toLocaleString('en-US')} months of homes billed`);
    expect(table).toContain(
      `| of these bills | | ${result.counts.moneyRows.toLocaleString('en-US')} rows in`,
    );
    expect(table).not.toContain('passages');
    expect(result.counts.moneyRows).toBeLessThan(result.counts.rows);
  });
});

describe('through the product', () => {
  let server: RunningServer;
  const clients = new Map<string, Client>();
  let scopeId = '';

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
    scopeId = await value('select scope_id from ledger.book order by scope_id limit 1');
  });
  afterAll(() => server.close());

  async function get(role: string, path: string): Promise<Json> {
    const { status, body } = await clients.get(role)!.get(path);
    expect(status, `${role} ${path}`).toBe(200);
    return body;
  }

  test('the desk reads who owes what since when; a street reads sums by compound and no household', async () => {
    const { items, totals } = await get('desk', `/billing/arrears?scopeId=${scopeId}&limit=5`);
    const [open] = await rows(
      `select sum(amount_fen - settled_fen)::int as fen, count(distinct household_id)::int as homes from billing.bill_line
       where scope_id = $1 and settled_fen < amount_fen and due_on < $2`,
      [scopeId, today],
    );
    expect(open.homes).toBeGreaterThan(0);
    expect(items[0].openFen).toBeGreaterThan(0);
    expect(totals.households).toBeGreaterThanOrEqual(open.homes);
    expect(totals.openFen).toBeGreaterThanOrEqual(open.fen);
    const sums = (await get('street', '/billing/totals')).items;
    expect(sums).toHaveLength(settings.compounds * 5);
    const [of] = await rows(
      'select sum(amount_fen)::int as billed, sum(settled_fen)::int as settled from billing.bill_line',
    );
    const all = (name: string): number => sums.reduce((sum: number, one: Json) => sum + one[name], 0);
    expect([all('billedFen'), all('settledFen')]).toEqual([of.billed, of.settled]);
    expect((await clients.get('street')!.get(`/billing/arrears?scopeId=${scopeId}`)).status).toBe(403);
  });

  test('a resident reads the own home’s months and payments, and pays what is open', async () => {
    const [home] = await rows(
      `select o.scope_id, o.household_id from identity.account a join places.person p on p.account_id = a.account_id
         join places.occupancy o on o.scope_id = p.scope_id and o.person_id = p.person_id
       where a.account_id = $1`,
      [(await get('resident', '/me')).account.id],
    );
    const of = `scopeId=${home.scope_id}&householdId=${home.household_id}`;
    const [account] = (await get('resident', `/bills/open?${of}`)).homes;
    const openFen = await value<number>(
      'select coalesce(sum(amount_fen - settled_fen), 0)::int from billing.bill_line where scope_id = $1 and household_id = $2',
      [home.scope_id, home.household_id],
    );
    expect(account.openFen).toBe(openFen);
    const lines = (await get('resident', `/bills/lines?${of}&limit=50`)).items;
    expect(lines).toHaveLength(5);
    const statement = await get('resident', `/bills/statement?${of}&from=2026-06-01&to=${today}`);
    expect(JSON.stringify(statement)).toContain(String(lines[0].amountFen));
  });

  test('books balance, the chain holds, and a month closes', async () => {
    const trial = await get('manager', `/ledger/trial-balance?scopeId=${scopeId}`);
    expect(trial.differenceFen).toBe(0);
    const owed = trial.items.find(({ account }: Json) => account === 'household:receivable');
    expect(owed.balanceFen).toBe(
      await value('select sum(amount_fen - settled_fen)::int from billing.bill_line where scope_id = $1', [
        scopeId,
      ]),
    );
    // Beside other databases a seal waits for their transactions: then it comes a moment later.
    await expect
      .poll(
        async () => {
          await sealLedger(admin, new Date(settings.until));
          return value('select count(*)::int from ledger.book where blocks = 0');
        },
        { timeout: 120_000 },
      )
      .toBe(0);
    const verified = await clients.get('manager')!.post('/ledger/verifications', { scopeId });
    expect([verified.status, verified.body.isRight, verified.body.blocks]).toEqual([201, true, 1]);
    const { month } = (await get('manager', `/ledger/periods?scopeId=${scopeId}`)).items.at(-1);
    const asked = await clients.get('manager')!.post('/ledger/periods', { scopeId, month });
    expect(asked.status, JSON.stringify(asked.body)).toBe(202);
    const now = new Date(settings.until);
    const log = { info: () => {}, warn: () => {}, error: () => {} };
    await expect
      .poll(
        async () => {
          await inTransaction(admin, (tx) => closeMonths(tx, now, 10, log as never));
          return value('select state from ledger.period where scope_id = $1', [scopeId]);
        },
        { timeout: 60_000 },
      )
      .toBe('closed');
  }, 600_000);
});
