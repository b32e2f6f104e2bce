import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../test/database.ts';
import { placements } from '../distribution.ts';

/**
 * The schema keeps the rules under which it can be distributed by scope_id (docs/architecture.md, rules 7 and 8).
 * Exceptions are listed here with their reason; a table that is in neither list fails.
 */
const schemas = [
  'platform',
  'places',
  'identity',
  'work_orders',
  'dispatch',
  'heating',
  'hotline',
  'open311',
  'sensing',
  'prevention',
  'forms',
  'reports',
  'telephony',
  'patrol',
  'wechat',
  'access',
  'ledger',
  'billing',
  'metering',
  'payments',
];

/** Where each lies is said once, with its reason: distribution.ts. */
const listed = Object.entries(placements);
/** Keyed by the account, or by the one value that is unique in the whole city. */
const accountTables = listed.filter(([, where]) => typeof where !== 'string').map(([name]) => name);
/** The same rows on every machine. */
const referenceTables = ['work_orders.category'];
/** Those too, though each row is of a scope: docs/decisions/0009. */
const scopedReferenceTables = ['places.scope'];
/** Of a scope, and kept by the coordinator all the same: keyed like the others. */
const scopedHere = ['platform.outbox', 'platform.dead_letter'];
const unscoped = new Set(
  listed.map(([name]) => name).filter((name) => ![...scopedReferenceTables, ...scopedHere].includes(name)),
);

let database: TestDatabase;
let client: pg.Client;
const rows = async <Row>(text: string): Promise<Row[]> => (await client.query(text, [schemas])).rows as Row[];

beforeAll(async () => {
  database = await createTestDatabase();
  client = new pg.Client({ connectionString: database.adminUrl });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

const ofSchemas = `join pg_class c on c.oid = x.conrelid join pg_namespace n on n.oid = c.relnamespace where n.nspname = any ($1)`;

describe('schema for many machines', () => {
  it('has only tables that are scoped or listed', async () => {
    const tables = await rows<{ name: string; scoped: boolean }>(
      `select n.nspname || '.' || c.relname as name, exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'scope_id' and a.attnotnull) as scoped
       from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = any ($1) and c.relkind in ('r', 'p')`,
    );
    expect(tables.length).toBeGreaterThan(30);
    expect(tables.filter((t) => !t.scoped && !unscoped.has(t.name)).map((t) => t.name)).toEqual([]);
    const names = new Set(tables.map((t) => t.name));
    expect([...unscoped].filter((name) => !names.has(name))).toEqual([]);
  });

  it('begins every primary key, unique constraint and unique index of a tenant table with scope_id', async () => {
    const keys = await rows<{ table: string; index: string; first: string }>(
      `select n.nspname || '.' || c.relname as table, i.relname as index, a.attname as first
       from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class c on c.oid = x.indrelid
         join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum = x.indkey[0]
       where n.nspname = any ($1) and x.indisunique`,
    );
    expect(keys.filter((k) => !unscoped.has(k.table) && k.first !== 'scope_id')).toEqual([]);
  });

  it('begins every foreign key between tenant tables with scope_id on both sides, and sets nothing null', async () => {
    const keys = await rows<{ name: string; target: string; own: string; theirs: string; ondelete: string }>(
      `select x.conname as name, tn.nspname || '.' || t.relname as target, a.attname as own, b.attname as theirs, x.confdeltype as ondelete
       from pg_constraint x ${ofSchemas.replace(
         'where',
         `join pg_class t on t.oid = x.confrelid join pg_namespace tn on tn.oid = t.relnamespace
         join pg_attribute a on a.attrelid = x.conrelid and a.attnum = x.conkey[1]
         join pg_attribute b on b.attrelid = x.confrelid and b.attnum = x.confkey[1] where`,
       )} and x.contype = 'f'`,
    );
    expect(keys.length).toBeGreaterThan(10);
    const faults = keys.filter(
      (k) =>
        k.ondelete === 'n' ||
        k.ondelete === 'd' ||
        (!referenceTables.includes(k.target) && (k.own !== 'scope_id' || k.theirs !== 'scope_id')),
    );
    expect(faults).toEqual([]);
    expect(keys.filter((k) => accountTables.includes(k.target))).toEqual([]);
  });

  it('names its constraints, and has no triggers, identity columns or sequences', async () => {
    const generated = await rows<{ name: string }>(
      `select x.conname as name from pg_constraint x ${ofSchemas} and x.contype in ('p', 'u', 'f', 'x', 'c')
         and x.conname ~ '_(pkey|key|fkey|excl|check)[0-9]*$'`,
    );
    expect(generated).toEqual([]);
    const triggers =
      await rows(`select t.tgname from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = any ($1) and not t.tgisinternal`);
    expect(triggers).toEqual([]);
    const counted =
      await rows(`select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = any ($1) and c.relkind = 'S'
      union all select a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = any ($1) and a.attidentity <> ''`);
    expect(counted).toEqual([]);
  });
});

describe('the wall', () => {
  it('stands, forced, around every table', async () => {
    const open = await rows<{ name: string }>(
      `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = any ($1) and c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity) and c.relname <> 'migration'`,
    );
    expect(open).toEqual([]);
  });

  it('has permissive policies only, one per command and role, without sub-selects', async () => {
    const policies = await rows<{
      table: string;
      name: string;
      permissive: string;
      roles: string;
      cmd: string;
      text: string;
    }>(
      `select schemaname || '.' || tablename as table, policyname as name, permissive, roles::text, cmd, coalesce(qual, '') || ' ' || coalesce(with_check, '') as text
       from pg_policies where schemaname = any ($1)`,
    );
    expect(policies.length).toBeGreaterThan(40);
    expect(
      policies.filter((p) => p.permissive !== 'PERMISSIVE' || /\bselect\b/i.test(p.text)).map((p) => p.name),
    ).toEqual([]);
    const seen = new Map<string, string>();
    const doubled: string[] = [];
    for (const p of policies) {
      for (const cmd of p.cmd === 'ALL' ? ['SELECT', 'INSERT', 'UPDATE', 'DELETE'] : [p.cmd]) {
        const key = `${p.table} ${p.roles} ${cmd}`;
        if (seen.has(key)) doubled.push(`${key}: ${seen.get(key)}, ${p.name}`);
        seen.set(key, p.name);
      }
    }
    expect(doubled).toEqual([]);
  });

  it('is asked about what is written by functions that are called, about what is read by those that are put in place', async () => {
    const policies = await rows<{ name: string; cmd: string; rule: string }>(
      `select tablename || ' ' || policyname as name, cmd, concat(qual, ' ', with_check) as rule
       from pg_policies where schemaname = any ($1)`,
    );
    const isWrite = (cmd: string) => cmd === 'INSERT' || cmd === 'UPDATE';
    expect(
      policies.filter(({ cmd, rule }) =>
        isWrite(cmd) ? /platform\.\w+_reach\(/.test(rule) : /platform\.\w+_writes\(/.test(rule),
      ),
    ).toEqual([]);
    expect(policies.filter(({ rule }) => /platform\.\w+_writes\(/.test(rule)).length).toBeGreaterThan(200);
  });

  it('reads in the functions of its policies what every machine holds, and such tables hang on none that it does not', async () => {
    const functions = await rows<{ name: string; body: string }>(
      `select n.nspname || '.' || f.proname as name, f.prosrc as body from pg_proc f join pg_namespace n on n.oid = f.pronamespace
       where n.nspname = any ($1) and exists (select from pg_policies p
         where coalesce(p.qual, '') || ' ' || coalesce(p.with_check, '') like '%' || n.nspname || '.' || f.proname || '(%')`,
    );
    const reads = functions.flatMap(({ name, body }) =>
      [...body.matchAll(/\b(?:from|join)\s+(\w+\.\w+)/gi)].map(([, table]) => `${name} ${table}`),
    );
    // Whatever a function reads otherwise than by its qualified name would not be seen here.
    expect(functions.filter(({ body }) => /\b(?:from|join)\s+(?!\w+\.|\w+\s*\()/i.test(body))).toEqual([]);
    expect(reads).toEqual(['access.binds_reader places.scope']);
    const everywhere = [...referenceTables, ...scopedReferenceTables];
    const keys = await rows<{ name: string; own: string; target: string }>(
      `select x.conname as name, n.nspname || '.' || c.relname as own, tn.nspname || '.' || t.relname as target
       from pg_constraint x ${ofSchemas.replace(
         'where',
         `join pg_class t on t.oid = x.confrelid join pg_namespace tn on tn.oid = t.relnamespace where x.contype = 'f' and`,
       )}`,
    );
    expect(keys.filter(({ target }) => target === 'places.scope').length).toBeGreaterThan(10);
    expect(
      keys.filter(({ own, target }) => everywhere.includes(own) && !everywhere.includes(target)),
    ).toEqual([]);
  });

  it('leaves history to be added to only, and nothing to be deleted by the app', async () => {
    const grants = await rows<{ table: string; privilege: string }>(
      `select table_schema || '.' || table_name as table, privilege_type as privilege from information_schema.role_table_grants
       where table_schema = any ($1) and grantee = 'gongzhi_app'`,
    );
    const may = (table: string, privilege: string) =>
      grants.some((g) => g.table === table && g.privilege === privilege);
    for (const table of [
      'platform.outbox',
      'platform.audit',
      'platform.idempotency',
      'work_orders.event',
      'work_orders.field_change',
      'work_orders.answer_template',
      'work_orders.category_version',
      'work_orders.calendar_version',
      'work_orders.duty_version',
      'work_orders.callback_rule_version',
      'dispatch.rule_version',
      'work_orders.receiver_version',
      'work_orders.charge_entry',
      'work_orders.safety_answer',
      'work_orders.price',
      'telephony.event',
      'sensing.reading',
      'sensing.rule_version',
      'patrol.timetable',
      'patrol.frequency',
      'access.policy_version',
      'access.passage',
      'access.destruction',
      'billing.tariff',
      'billing.shared_cost',
      'billing.bill',
      'billing.settlement',
      'billing.arrears_note',
      'payments.step',
    ]) {
      expect([table, may(table, 'UPDATE'), may(table, 'DELETE')]).toEqual([table, false, false]);
    }
    const deletable = grants
      .filter((g) => g.privilege === 'DELETE')
      .map((g) => g.table)
      .sort();
    expect(deletable).toEqual([
      'identity.login_code',
      'identity.session',
      // Who no longer wants to be reached somewhere takes the address away.
      'platform.message_address',
      'platform.throttle',
    ]);
    expect(grants.some((g) => g.privilege === 'TRUNCATE')).toBe(false);
  });

  it('hides the days of passages from everybody: they are reached through their table alone', async () => {
    await client.query(`select access.open_day('2026-01-01')`);
    const { rows: days } = await client.query(
      `select c.relrowsecurity and c.relforcerowsecurity as walled, has_table_privilege('gongzhi_app', c.oid, 'select') as seen
       from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'access_days' and c.relkind = 'r'`,
    );
    expect(days).toEqual([{ walled: true, seen: false }]);
    const { rows } = await client.query(
      `select r.name, has_schema_privilege(r.name, 'access_days', 'usage') as may
       from unnest(array['gongzhi_app', 'gongzhi_worker', 'gongzhi_loader']) r (name)`,
    );
    expect(rows.filter(({ may }) => may)).toEqual([]);
  });

  it('is not owned, bypassed or inherited around by the app', async () => {
    const [app] = (
      await client.query(
        `select rolsuper, rolbypassrls, rolinherit, rolcreaterole, rolcreatedb from pg_roles where rolname = 'gongzhi_app'`,
      )
    ).rows;
    expect(app).toEqual({
      rolsuper: false,
      rolbypassrls: false,
      rolinherit: false,
      rolcreaterole: false,
      rolcreatedb: false,
    });
    const owned = (
      await client.query(
        `select c.relname from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname in ('gongzhi_app', 'gongzhi_worker')`,
      )
    ).rows;
    expect(owned).toEqual([]);
  });
});
