import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { readMigrations } from '../apps/server/src/platform/db/migrate.ts';
import { type Frozen, frozenFile, type FrozenTable, rowsIn } from '../scripts/lib/frozen.ts';
import { releasedFile } from '../scripts/lib/released.ts';

/** The name of what each release kept → where it is. */
export const releases: ReadonlyMap<string, string> = new Map(
  readdirSync(dirname(releasedFile))
    .filter((name) => frozenFile.test(name))
    .toSorted()
    .map((name) => [name, join(dirname(releasedFile), name)]),
);

/** What every migration may write anew: the list of them, and the catalogue that they bring. */
const broughtByMigrations = ['platform.migration', 'work_orders.category'];
/** Columns that a migration wrote anew: of these tables every row is there with all else that it said. */
const rewritten: Readonly<Record<string, readonly string[]>> = {
  'work_orders.figure_time': ['times'],
  'work_orders.figure_worker_time': ['times'],
};

/** The database as that release left it: its migrations, its rows. */
export async function restore(adminUrl: string, frozen: Frozen): Promise<void> {
  const known = new Map((await readMigrations()).map((migration) => [migration.name, migration]));
  const client = await opened(adminUrl);
  try {
    await client.query(
      `do $$ begin execute format('grant create on database %I to gongzhi_owner', current_database()); end $$`,
    );
    await client.query('set role gongzhi_owner');
    await client.query('create schema platform');
    await client.query(
      'create table platform.migration (name text constraint migration_pk primary key, checksum text not null, applied_at timestamptz not null)',
    );
    for (const name of frozen.migrations) {
      await client.query('begin');
      await client.query(`set local search_path = ''`);
      await client.query(known.get(name)!.body);
      await client.query('commit');
    }
    await client.query('reset role');
    // As a restored backup: rows in any order, checked when they were written.
    await client.query('set session_replication_role = replica');
    for (const day of frozen.days ?? []) await client.query('select access.open_day($1)', [day]);
    for (const { name, columns, data } of frozen.tables) {
      const list = columns.map((column) => `"${column}"`).join(', ');
      // What a migration itself brings is in the release's rows as well.
      await client.query(`delete from ${name}`);
      await pipeline(Readable.from([data]), client.query(copyFrom(`copy ${name} (${list}) from stdin`)));
    }
    await reachIds(client);
  } finally {
    await client.end();
  }
}

export async function opened(adminUrl: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: adminUrl, options: '-c timezone=UTC' });
  await client.connect();
  return client;
}

/** A copy of a cluster goes on with its transactions' numbers; this one is lifted to where the release's stood. */
async function reachIds(client: pg.Client): Promise<void> {
  const columns = await client.query<{ table: string; column: string }>(
    `select format('%I.%I', n.nspname, c.relname) as table, format('%I', a.attname) as column
     from pg_attribute a join pg_class c on c.oid = a.attrelid and c.relkind = 'r' join pg_namespace n on n.oid = c.relnamespace
     where a.atttypid = 'xid8'::regtype and a.attnum > 0 and n.nspname <> 'pg_catalog'`,
  );
  const highest = columns.rows.map(({ table, column }) => `select max(${column}) as id from ${table}`);
  await client.query(
    `do $$ declare highest xid8 := (select max(x.id) from (${highest.join(' union all ')}) x);
     begin while pg_current_xact_id() <= highest loop commit; end loop; end $$`,
  );
}

/** Lines of COPY's text form, of some columns only. */
function linesOf(
  { columns, data }: Pick<FrozenTable, 'columns' | 'data'>,
  wanted: readonly string[],
): string[] {
  const at = wanted.map((column) => columns.indexOf(column));
  const lines = data.split('\n').slice(0, -1);
  return lines.map((line) => {
    const values = line.split('\t');
    return at.map((index) => values[index]).join('\t');
  });
}

/** The rows a release had that are not there any more, as they were, without what was written anew. */
export async function lostOf(client: pg.Client, table: FrozenTable): Promise<string[]> {
  if (broughtByMigrations.includes(table.name)) return [];
  const { rows } = await client.query<{ name: string }>(
    `select a.attname as name from pg_attribute a where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped`,
    [table.name],
  );
  const anew = rewritten[table.name] ?? [];
  const still = rows.filter(({ name }) => table.columns.includes(name) && !anew.includes(name));
  const wanted = still.map(({ name }) => name);
  const data = await text(client.query(copyTo(`copy ${rowsIn(table.name, wanted)} to stdout`)));
  const there = new Set(linesOf({ columns: wanted, data }, wanted));
  return linesOf(table, wanted).filter((line) => !there.has(line));
}
