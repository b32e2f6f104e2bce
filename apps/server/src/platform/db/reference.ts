import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';

/**
 * Reference tables are filled from JSON that ships with the source: a module's reference.json names the table, its
 * key, the file and which field goes into which column. Rows are inserted or brought up to date after migrating;
 * none is deleted, for orders may still name it.
 */
interface Reference {
  readonly table: string;
  readonly key: string;
  readonly file: string;
  readonly list: string;
  readonly position: string;
  readonly columns: Readonly<Record<string, string>>;
}

export async function loadReferenceData(client: pg.Client, sourceRoot: string): Promise<void> {
  for (const module of await readdir(join(sourceRoot, 'modules'))) {
    const folder = join(sourceRoot, 'modules', module);
    const text = await readFile(join(folder, 'reference.json'), 'utf8').catch(() => null);
    if (text === null) continue;
    for (const reference of JSON.parse(text) as Reference[]) await load(client, folder, reference);
  }
}

async function load(client: pg.Client, folder: string, reference: Reference): Promise<void> {
  const { table, key, list, position, columns } = reference;
  const file = JSON.parse(await readFile(join(folder, reference.file), 'utf8')) as Record<
    string,
    Record<string, unknown>[]
  >;
  const rows = (file[list] ?? []).map((entry, index) => ({
    ...Object.fromEntries(Object.entries(columns).map(([column, field]) => [column, entry[field] ?? null])),
    [position]: index,
  }));
  const names = [...Object.keys(columns), position];
  const updates = names.filter((name) => name !== key).map((name) => `${name} = excluded.${name}`);
  await client.query(
    `insert into ${table} (${names.join(', ')}) select ${names.join(', ')} from jsonb_populate_recordset(null::${table}, $1)
     on conflict (${key}) do update set ${updates.join(', ')}`,
    [JSON.stringify(rows)],
  );
}
