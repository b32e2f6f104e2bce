import type pg from 'pg';

/**
 * One schema for one machine and for many: what has to be said to Citus so that an ordinary database of ours lies on
 * several machines (docs/operations.md). Which table belongs where is the composition's to say (distribution.ts).
 */
export type Placement =
  /** With everything else of its scope on one machine. The rule for whatever leads its keys with scope_id. */
  | { readonly by: 'scope_id' }
  /** By a value of its own; `with` names the table whose rows of the same value lie on the same machine. */
  | { readonly by: string; readonly with: string | null }
  /** The same rows on every machine. */
  | 'everywhere'
  /** On the machine that is spoken with, and nowhere else. */
  | 'coordinator';

export interface UniqueKey {
  readonly name: string;
  readonly columns: readonly string[];
}

export interface ForeignKey {
  readonly name: string;
  readonly columns: readonly string[];
  readonly target: string;
  readonly targetColumns: readonly string[];
  readonly definition: string;
}

export interface Table {
  /** Qualified. */
  readonly name: string;
  readonly isScoped: boolean;
  readonly keys: readonly UniqueKey[];
  readonly foreignKeys: readonly ForeignKey[];
}

export interface SqlFunction {
  /** With its arguments' types. */
  readonly signature: string;
  readonly readsTables: boolean;
  readonly takesRows: boolean;
}

export interface Schema {
  readonly tables: readonly Table[];
  readonly functions: readonly SqlFunction[];
}

export type Placements = Readonly<Record<string, Placement>>;

/** Everything that belongs to our owner; days of a partitioned table go with it. */
export async function readSchema(client: pg.ClientBase): Promise<Schema> {
  const ours = `n.nspowner = 'gongzhi_owner'::regrole`;
  const columnsOf = (oid: string, numbers: string) =>
    `(select array_agg(a.attname::text order by k.at) from unnest(${numbers}) with ordinality k (number, at)
       join pg_attribute a on a.attrelid = ${oid} and a.attnum = k.number)`;
  const tables = await client.query<{ name: string; isScoped: boolean }>(
    `select n.nspname || '.' || c.relname as name,
       exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'scope_id' and a.attnotnull) as "isScoped"
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where ${ours} and c.relkind in ('r', 'p') and not c.relispartition order by 1`,
  );
  const keys = await client.query<UniqueKey & { table: string }>(
    `select n.nspname || '.' || c.relname as "table", i.relname as name, ${columnsOf('c.oid', 'x.indkey::int2[]')} as columns
     from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class c on c.oid = x.indrelid
       join pg_namespace n on n.oid = c.relnamespace
     where ${ours} and x.indisunique and not c.relispartition order by 1, 2`,
  );
  const foreignKeys = await client.query<ForeignKey & { table: string }>(
    `select n.nspname || '.' || c.relname as "table", x.conname as name, ${columnsOf('x.conrelid', 'x.conkey')} as columns,
       tn.nspname || '.' || t.relname as target, ${columnsOf('x.confrelid', 'x.confkey')} as "targetColumns",
       pg_get_constraintdef(x.oid) as definition
     from pg_constraint x join pg_class c on c.oid = x.conrelid join pg_namespace n on n.oid = c.relnamespace
       join pg_class t on t.oid = x.confrelid join pg_namespace tn on tn.oid = t.relnamespace
     where ${ours} and x.contype = 'f' and not c.relispartition order by 1, 2`,
  );
  // What defines itself as its owner makes and drops days of a table: that is done here and never on a shard.
  const functions = await client.query<SqlFunction>(
    `select f.oid::regprocedure::text as signature, f.prosrc ~* '\\m(from|join)\\s+\\w+\\.\\w+' as "readsTables",
       exists (select from unnest(f.proargtypes) a join pg_type t on t.oid = a join pg_class c on c.oid = t.typrelid
         join pg_namespace tn on tn.oid = c.relnamespace where tn.nspowner = 'gongzhi_owner'::regrole) as "takesRows"
     from pg_proc f join pg_namespace n on n.oid = f.pronamespace where ${ours} and not f.prosecdef order by 1`,
  );
  return {
    tables: tables.rows.map((table) => ({
      ...table,
      keys: keys.rows.filter((key) => key.table === table.name),
      foreignKeys: foreignKeys.rows.filter((key) => key.table === table.name),
    })),
    functions: functions.rows,
  };
}

/** Where a table belongs; null when neither the rule nor the list says so. */
export function placementOf(table: Table, placements: Placements): Placement | null {
  const listed = placements[table.name];
  if (listed !== undefined) return listed;
  const fits = table.isScoped && table.keys.every(({ columns }) => columns[0] === 'scope_id');
  return fits ? { by: 'scope_id' } : null;
}

/** Rows of one group and value lie on one machine; null: there is no such value. */
function groupOf(table: string, placement: Placement): string | null {
  if (typeof placement === 'string') return null;
  return 'with' in placement ? (placement.with ?? table) : 'scope';
}

/** Why this schema cannot be distributed; nothing, if it can. */
export function distributionFaults({ tables }: Schema, placements: Placements): string[] {
  const faults: string[] = [];
  const found = new Map(tables.map((table) => [table.name, placementOf(table, placements)]));
  for (const name of Object.keys(placements))
    if (!found.has(name)) faults.push(`${name} is listed and does not exist`);
  for (const { name, keys, foreignKeys } of tables) {
    const placement = found.get(name) ?? null;
    if (placement === null) {
      faults.push(`${name}: nobody said where it belongs, and its keys do not all begin with scope_id`);
      continue;
    }
    if (typeof placement !== 'string') {
      for (const key of keys)
        if (!key.columns.includes(placement.by))
          faults.push(`${name}: the key ${key.name} does not contain ${placement.by}`);
      if ('with' in placement && placement.with !== null) {
        const other = found.get(placement.with);
        if (other == null || typeof other === 'string')
          faults.push(`${name}: ${placement.with} is not distributed`);
      }
    }
    for (const key of foreignKeys) {
      const target = found.get(key.target) ?? null;
      if (target === null || target === 'everywhere') continue;
      const fault = `${name}: the foreign key ${key.name} to ${key.target}`;
      if (typeof placement === 'string' || typeof target === 'string') {
        if (placement !== target) faults.push(`${fault} leads to what is not on every machine`);
      } else if (groupOf(name, placement) !== groupOf(key.target, target))
        faults.push(`${fault} leads to another machine`);
      else {
        const at = key.columns.indexOf(placement.by);
        if (at < 0 || key.targetColumns[at] !== target.by)
          faults.push(`${fault} does not carry ${placement.by}`);
      }
    }
  }
  return faults;
}

/** The order: what is pointed at comes first. Keys that go round in a circle are taken off and put back at the end. */
function inOrder(tables: readonly Table[]): {
  order: Table[];
  detached: { table: string; key: ForeignKey }[];
} {
  const waiting = new Map(tables.map((table) => [table.name, table]));
  const order: Table[] = [];
  const detached: { table: string; key: ForeignKey }[] = [];
  const holds = (table: Table) =>
    table.foreignKeys.filter(({ target }) => target !== table.name && waiting.has(target));
  while (waiting.size > 0) {
    const free = [...waiting.values()].find((table) => holds(table).length === 0);
    const next = free ?? waiting.values().next().value!;
    for (const key of holds(next)) detached.push({ table: next.name, key });
    order.push(next);
    waiting.delete(next.name);
  }
  return { order, detached };
}

const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** What there is to say, in this order and in one transaction. `placed`: what lies where it belongs already. */
export function distributionStatements(
  schema: Schema,
  placements: Placements,
  placed: ReadonlySet<string> = new Set(),
): string[] {
  const faults = distributionFaults(schema, placements);
  if (faults.length > 0) throw new Error(faults.join('; '));
  const of = (table: Table) => placementOf(table, placements)!;
  const isPlaced = ({ name }: Table) => placed.has(name);
  const fresh = schema.tables.filter((table) => !isPlaced(table));
  const everywhere = inOrder(fresh.filter((table) => of(table) === 'everywhere'));
  const spread = inOrder(fresh.filter((table) => typeof of(table) !== 'string'));
  const here = fresh.filter((table) => of(table) === 'coordinator');
  const detached = [...everywhere.detached, ...spread.detached];

  // The first of each group stands alone, the others lie with it.
  const anchors = new Map<string, string>();
  for (const table of schema.tables.filter(isPlaced)) {
    const group = groupOf(table.name, of(table));
    if (group !== null && !anchors.has(group)) anchors.set(group, table.name);
  }
  const distribute = (table: Table): string => {
    const placement = of(table) as Exclude<Placement, string>;
    const group = groupOf(table.name, placement)!;
    const anchor = anchors.get(group) ?? 'none';
    if (anchor === 'none') anchors.set(group, table.name);
    return `select create_distributed_table(${literal(table.name)}, ${literal(placement.by)}, colocate_with => ${literal(anchor)})`;
  };
  const functions = (which: (one: SqlFunction) => boolean) =>
    schema.functions
      .filter(which)
      .map(({ signature }) => `select create_distributed_function(${literal(signature)})`);
  return [
    `set local search_path = ''`,
    `set local citus.multi_shard_modify_mode = 'sequential'`,
    `set local citus.enable_local_reference_table_foreign_keys = 'off'`,
    ...detached.map(({ table, key }) => `alter table ${table} drop constraint ${key.name}`),
    // Policies call them: they have to be wherever such a table will be.
    ...functions(({ readsTables, takesRows }) => !readsTables && !takesRows),
    ...everywhere.order.map(({ name }) => `select create_reference_table(${literal(name)})`),
    ...functions(({ readsTables, takesRows }) => readsTables && !takesRows),
    ...spread.order.map(distribute),
    ...functions(({ takesRows }) => takesRows),
    // Known to the cluster, so that a commit here and on other machines is one.
    ...here.map(({ name }) => `select citus_add_local_table_to_metadata(${literal(name)})`),
    ...detached.map(({ table, key }) => `alter table ${table} add constraint ${key.name} ${key.definition}`),
    // Who acts is said to the transaction with SET LOCAL, and has to reach every machine (platform.act).
    `do $$ begin execute format('alter database %I set citus.propagate_set_commands = ''local''', current_database()); end $$`,
  ];
}

/** Of what the cluster already knows; nothing where there is no cluster. */
export async function placedTables(client: pg.ClientBase): Promise<ReadonlySet<string>> {
  const { rows: there } = await client.query(
    `select from pg_class where oid = to_regclass('pg_catalog.pg_dist_partition')`,
  );
  if (there.length === 0) return new Set();
  const { rows } = await client.query<{ name: string }>(
    `select n.nspname || '.' || c.relname as name from pg_catalog.pg_dist_partition p
       join pg_class c on c.oid = p.logicalrelid join pg_namespace n on n.oid = c.relnamespace`,
  );
  return new Set(rows.map(({ name }) => name));
}

/** Says it, all or nothing; afterwards every table is known to the cluster. */
export async function distribute(client: pg.ClientBase, placements: Placements): Promise<readonly string[]> {
  const schema = await readSchema(client);
  const statements = distributionStatements(schema, placements, await placedTables(client));
  await client.query('begin');
  try {
    for (const statement of statements) await client.query(statement);
    const placed = await placedTables(client);
    const left = schema.tables.filter(({ name }) => !placed.has(name)).map(({ name }) => name);
    if (left.length > 0) throw new Error(`the cluster does not know ${left.join(', ')}`);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
  return statements;
}

/** The version this was written for; PostgreSQL 18 came with it. */
const leastMajor = 14;

/** Why it should not be begun here and now; nothing, if it may. */
export async function clusterFaults(client: pg.ClientBase, latestMigration: string): Promise<string[]> {
  const faults: string[] = [];
  const ask = async <Row>(text: string, values: unknown[] = []) =>
    (await client.query(text, values)).rows as Row[];
  const [extension] = await ask<{ version: string }>(
    `select extversion as version from pg_extension where extname = 'citus'`,
  );
  if (extension === undefined)
    faults.push('the extension citus is not there: `create extension citus` on every machine first');
  else if (Number.parseInt(extension.version, 10) < leastMajor)
    faults.push(`citus is ${extension.version}; this was written for ${leastMajor}`);
  const [server] = await ask<{ version: number; isSuper: boolean }>(
    `select current_setting('server_version_num')::int as version, (select rolsuper from pg_roles where rolname = current_user) as "isSuper"`,
  );
  if ((server?.version ?? 0) < 180_000) faults.push('PostgreSQL 18 or newer is needed');
  // Row-level security is forced on the owner too: rows that a copy cannot see would be left behind.
  if (server?.isSuper !== true) faults.push('it has to be a superuser, who sees every row');
  const applied = await ask<{ name: string }>(
    `select name from platform.migration where to_regclass('platform.migration') is not null order by name desc limit 1`,
  ).catch(() => []);
  if (applied[0]?.name !== latestMigration)
    faults.push('the schema is not of this version: `npx gongzhi migrate` first');
  const serving = await ask<{ name: string }>(
    `select distinct application_name as name from pg_stat_activity where datname = current_database() and usename = 'gongzhi_app'`,
  );
  if (serving.length > 0)
    faults.push(`servers are connected (${serving.map(({ name }) => name).join(', ')}): stop them first`);
  if (extension !== undefined) {
    const [nodes] = await ask<{ coordinator: number; workers: number }>(
      `select count(*) filter (where groupid = 0)::int as coordinator, count(*) filter (where shouldhaveshards)::int as workers
       from pg_catalog.pg_dist_node where noderole = 'primary' and isactive`,
    );
    if (nodes?.coordinator !== 1)
      faults.push('the coordinator is not in its own list: citus_set_coordinator_host first');
    if ((nodes?.workers ?? 0) === 0) faults.push('no machine takes shards: citus_add_node first');
  }
  return faults;
}
