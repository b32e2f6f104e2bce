import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../test/database.ts';
import { placements } from '../distribution.ts';
import {
  clusterFaults,
  distribute,
  distributionFaults,
  distributionStatements,
  placedTables,
  placementOf,
  readSchema,
  type Schema,
  type Table,
} from '../platform/db/distribute.ts';
import { readMigrations } from '../platform/db/migrate.ts';

/**
 * The schema can be spread over many machines. There is no Citus here: what is tried is our SQL, against functions that
 * are called as Citus calls its own and refuse what its documentation says they refuse. That a cluster takes it is not
 * shown by this.
 */
let database: TestDatabase;
let client: pg.Client;
let schema: Schema;
beforeAll(async () => {
  database = await createTestDatabase();
  client = new pg.Client({ connectionString: database.adminUrl });
  await client.connect();
  schema = await readSchema(client);
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

const standIns = `
  set allow_system_table_mods = on;
  create table pg_catalog.pg_dist_partition (logicalrelid regclass primary key, partmethod text, partkey text, colocated text);
  create function pg_catalog.stand_in_check(moved regclass) returns void language plpgsql as $$
  declare fault text;
  begin
    if current_setting('stand_in.fails_at', true) = moved::text then raise exception 'no machine for %', moved; end if;
    if current_setting('citus.multi_shard_modify_mode', true) is distinct from 'sequential' then raise exception 'not sequential'; end if;
    -- Whoever it points at has been placed, and whoever points at it has not.
    select x.conname into fault from pg_constraint x where x.contype = 'f' and x.conrelid = moved and x.confrelid <> moved
      and not exists (select from pg_dist_partition p where p.logicalrelid = x.confrelid);
    if fault is not null then raise exception '% points at what is not distributed: %', moved, fault; end if;
  end $$;
  create function pg_catalog.create_reference_table(moved regclass) returns void language plpgsql as $$
  begin
    perform pg_catalog.stand_in_check(moved);
    insert into pg_dist_partition values (moved, 'n', null, null);
  end $$;
  create function pg_catalog.citus_add_local_table_to_metadata(moved regclass) returns void language plpgsql as $$
  begin
    insert into pg_dist_partition values (moved, 'local', null, null);
  end $$;
  create function pg_catalog.create_distributed_table(moved regclass, key text, colocate_with text default 'default') returns void language plpgsql as $$
  declare fault text; anchor text := colocate_with;
  begin
    perform pg_catalog.stand_in_check(moved);
    if colocate_with = 'default' then raise exception 'with whom is % to lie?', moved; end if;
    if colocate_with = 'none' then anchor := moved::text;
    elsif not exists (select from pg_dist_partition where logicalrelid = colocate_with::regclass and partmethod = 'h') then
      raise exception '% is not distributed', colocate_with;
    else
      select colocated into anchor from pg_dist_partition where logicalrelid = colocate_with::regclass;
    end if;
    select i.relname into fault from pg_index x join pg_class i on i.oid = x.indexrelid where x.indrelid = moved and x.indisunique
      and not exists (select from pg_attribute a where a.attrelid = moved and a.attname = key and a.attnum = any (x.indkey::int2[]));
    if fault is not null then raise exception '% is unique without %', fault, key; end if;
    select x.conname into fault from pg_constraint x join pg_dist_partition p on p.logicalrelid = x.confrelid
      where x.contype = 'f' and x.conrelid = moved and x.confrelid <> moved and p.partmethod = 'h' and p.colocated is distinct from anchor;
    if fault is not null then raise exception '% leads to another machine', fault; end if;
    insert into pg_dist_partition values (moved, 'h', key, anchor);
  end $$;
  create table pg_catalog.stand_in_function (signature regprocedure primary key);
  create function pg_catalog.create_distributed_function(f regprocedure) returns void language sql as
    'insert into pg_catalog.stand_in_function values (f) on conflict do nothing';
  reset allow_system_table_mods`;

describe('the schema, spread over machines', () => {
  it('has a place for every table, and no fault', () => {
    expect(schema.tables.length).toBeGreaterThan(150);
    expect(schema.tables.filter((table) => placementOf(table, placements) === null)).toEqual([]);
    expect(distributionFaults(schema, placements)).toEqual([]);
  });

  it.each<[string, Table, string]>([
    [
      'a table nobody thought of',
      { name: 'places.new', isScoped: false, keys: [{ name: 'new_pk', columns: ['id'] }], foreignKeys: [] },
      'places.new: nobody said where it belongs',
    ],
    [
      'a key without the scope',
      {
        name: 'places.new',
        isScoped: true,
        keys: [{ name: 'new_number', columns: ['number'] }],
        foreignKeys: [],
      },
      'places.new: nobody said where it belongs',
    ],
    [
      'a foreign key to a person’s account',
      aTable('identity.account', ['scope_id', 'account_id'], ['account_id', 'account_id']),
      'leads to another machine',
    ],
    [
      'a foreign key past the scope',
      aTable('places.building', ['company_id', 'building_id'], ['scope_id', 'building_id']),
      'does not carry scope_id',
    ],
    [
      'a foreign key to what the coordinator keeps',
      aTable('platform.outbox', ['scope_id', 'event_id'], ['scope_id', 'event_id']),
      'leads to what is not on every machine',
    ],
  ])('would find %s', (_name, table, fault) => {
    const found = distributionFaults({ ...schema, tables: [...schema.tables, table] }, placements);
    expect(found).toEqual([expect.stringContaining(fault)]);
  });

  it('would find a table that is listed and gone, and a key that its value is not in', () => {
    expect(distributionFaults(schema, { ...placements, 'places.gone': 'everywhere' })).toEqual([
      'places.gone is listed and does not exist',
    ]);
    const found = distributionFaults(schema, {
      ...placements,
      'identity.password': { by: 'hash', with: null },
    });
    expect(found).toEqual([expect.stringContaining('password_pk does not contain hash')]);
  });

  it('is said the same way every time, each table once, what is pointed at first', () => {
    const statements = distributionStatements(schema, placements);
    expect(distributionStatements(schema, placements)).toEqual(statements);
    for (const { name } of schema.tables)
      expect([
        name,
        statements.filter(
          (statement) =>
            /^select (?:create_\w+_table|citus_add)/.test(statement) &&
            statement.includes(`'${name}'`) &&
            statement.includes(`('${name}'`),
        ),
      ]).toEqual([name, [expect.any(String)]]);
    const at = (text: string) => statements.findIndex((statement) => statement.includes(text));
    expect(at(`('places.scope')`)).toBeLessThan(at(`('places.building'`));
    expect(at(`('places.household'`)).toBeLessThan(at(`('work_orders.work_order'`));
    expect(at(`('platform.act(`)).toBeLessThan(at(`('places.scope')`));
    // Whoever is placed already stays.
    const later = distributionStatements(schema, placements, new Set(['places.building']));
    expect(later.some((statement) => statement.includes(`('places.building'`))).toBe(false);
    expect(
      later.some((statement) =>
        statement.includes(`('places.unit', 'scope_id', colocate_with => 'places.building')`),
      ),
    ).toBe(true);
  });

  it('takes off keys that go round in a circle, and puts them back', () => {
    const pointsAt = (name: string, target: string): Table => ({
      name,
      isScoped: true,
      keys: [{ name: `${name.slice(2)}_pk`, columns: ['scope_id', 'id'] }],
      foreignKeys: [
        {
          name: `${name.slice(2)}_to`,
          columns: ['scope_id', 'other_id'],
          target,
          targetColumns: ['scope_id', 'id'],
          definition: `foreign key (scope_id, other_id) references ${target} (scope_id, id)`,
        },
      ],
    });
    const circle = [
      pointsAt('t.a', 't.b'),
      pointsAt('t.b', 't.c'),
      pointsAt('t.c', 't.a'),
      pointsAt('t.d', 't.d'),
    ];
    expect(distributionStatements({ tables: circle, functions: [] }, {}).slice(3, -1)).toEqual([
      'alter table t.a drop constraint a_to',
      // What points at itself alone waits for nobody.
      `select create_distributed_table('t.d', 'scope_id', colocate_with => 'none')`,
      `select create_distributed_table('t.a', 'scope_id', colocate_with => 't.d')`,
      `select create_distributed_table('t.c', 'scope_id', colocate_with => 't.d')`,
      `select create_distributed_table('t.b', 'scope_id', colocate_with => 't.d')`,
      'alter table t.a add constraint a_to foreign key (scope_id, other_id) references t.b (scope_id, id)',
    ]);
  });

  it('is refused where there is no cluster, each reason told', async () => {
    const latest = (await readMigrations()).at(-1)!.name;
    expect(await clusterFaults(client, latest)).toEqual([
      expect.stringContaining('the extension citus is not there'),
    ]);
    const app = new pg.Client({ connectionString: database.appUrl, application_name: 'gongzhi api' });
    await app.connect();
    const faults = await clusterFaults(client, '29990101T0000_later.sql');
    await app.end();
    expect(faults.slice(1)).toEqual([
      expect.stringContaining('npx gongzhi migrate'),
      expect.stringContaining('gongzhi api'),
    ]);
  });

  it('goes through whole or not at all, and once (against stand-ins, not against Citus)', async () => {
    await client.query(standIns);
    const keys = async () =>
      (
        await client.query(
          `select conrelid::regclass::text as t, conname from pg_constraint where contype = 'f' order by 1, 2`,
        )
      ).rows;
    const before = await keys();
    // In the middle of it a machine is missing.
    await client.query(`set stand_in.fails_at = 'work_orders.work_order'`);
    await expect(distribute(client, placements)).rejects.toThrow('no machine for work_orders.work_order');
    expect((await placedTables(client)).size).toBe(0);
    expect(await keys()).toEqual(before);
    await client.query('reset stand_in.fails_at');

    const said = await distribute(client, placements);
    expect((await placedTables(client)).size).toBe(schema.tables.length);
    expect(await keys()).toEqual(before);
    const { rows: counts } = await client.query(
      `select partmethod as how, count(*)::int as count, count(distinct colocated)::int as groups from pg_dist_partition group by 1 order by 1`,
    );
    const of = (wanted: (name: string) => boolean) => schema.tables.filter(({ name }) => wanted(name)).length;
    const isListed = (what: string) => (name: string) => placements[name] === what;
    expect(counts).toEqual([
      { how: 'h', count: of((name) => typeof placements[name] !== 'string'), groups: 5 },
      { how: 'local', count: of(isListed('coordinator')), groups: 0 },
      { how: 'n', count: of(isListed('everywhere')), groups: 0 },
    ]);
    expect(said.filter((statement) => statement.includes('create_distributed_function')).length).toBe(
      (await client.query('select from pg_catalog.stand_in_function')).rowCount,
    );
    // Every function that a policy calls is among them.
    const { rows: missing } = await client.query(
      `select n.nspname || '.' || f.proname as name from pg_proc f join pg_namespace n on n.oid = f.pronamespace
       where n.nspowner = 'gongzhi_owner'::regrole and not exists (select from pg_catalog.stand_in_function s where s.signature = f.oid)
         and exists (select from pg_policies p where coalesce(p.qual, '') || ' ' || coalesce(p.with_check, '') like '%' || n.nspname || '.' || f.proname || '(%')`,
    );
    expect(missing).toEqual([]);
    // Again, after a version that brought one more.
    await client.query(
      'create table places.later (scope_id uuid, id uuid, constraint later_pk primary key (scope_id, id))',
    );
    await distribute(client, placements);
    const { rows } = await client.query(
      `select colocated from pg_dist_partition where logicalrelid in ('places.later'::regclass, 'work_orders.work_order'::regclass)`,
    );
    expect(rows).toEqual([{ colocated: rows[0].colocated }, { colocated: rows[0].colocated }]);
  });
});

/** Of a scope, pointing at another. */
function aTable(target: string, columns: readonly string[], targetColumns: readonly string[]): Table {
  return {
    name: 'places.new',
    isScoped: true,
    keys: [{ name: 'new_pk', columns: ['scope_id', 'id'] }],
    foreignKeys: [{ name: 'new_fk', columns, target, targetColumns, definition: '' }],
  };
}
