import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { brotliCompressSync, brotliDecompressSync, constants, gunzipSync } from 'node:zlib';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { loadConfig } from '../../apps/server/src/config.ts';
import { readMigrations } from '../../apps/server/src/platform/db/migrate.ts';
import { loadDemonstration } from '../../simulator/src/load.ts';
import { openDemonstrationMeter } from '../../simulator/src/meters/demonstration.ts';
import { playMorningApart } from '../../simulator/src/morning/apart.ts';
import { createTestDatabase } from '../../test/database.ts';

/** A tiny street as it lay in a released schema: what every later version is upgraded from in its tests. */
export interface Frozen {
  /** The migrations it knew, in their order. */
  readonly migrations: readonly string[];
  /** The key file; it opens names of people who were never born. */
  readonly keys: string;
  /** Days with passages, whose tables are made as the product makes them. Earlier releases kept none. */
  readonly days?: readonly string[];
  /** In COPY's text form, times in UTC. */
  readonly tables: readonly FrozenTable[];
}

export interface FrozenTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly data: string;
}

/** A thousandth of the street: some sixty households and their orders. */
const SCALE = 0.001;
const MOMENT = new Date('2026-11-21T10:00:00Z');

/** How a kept release is called; the first ones were packed otherwise. */
export const frozenFile = /\.json\.(?:br|gz)$/;
export const frozenName = (lastMigration: string): string => `${lastMigration.slice(0, 13)}.json.br`;

/** The street, and all that the morning of a demonstration brings: every module's rows. Needs a test server (GONGZHI_TEST_ADMIN_URL). */
export async function freeze(): Promise<{ readonly street: Buffer; readonly bare: readonly string[] }> {
  const database = await createTestDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'gongzhi-freeze-'));
  try {
    const { adminUrl } = database;
    await loadDemonstration({ adminUrl, dataDir, onProgress: () => {}, scale: SCALE, now: MOMENT });
    const meter = await openDemonstrationMeter(dataDir, () => MOMENT.getTime());
    try {
      const env = { GONGZHI_EMBEDDED: '1', GONGZHI_DATA: dataDir, PORT: '0', DATABASE_URL: database.appUrl };
      await playMorningApart(loadConfig({ ...env, DATABASE_ADMIN_URL: adminUrl }, dataDir), MOMENT);
    } finally {
      await meter?.close();
    }
    const { bare, ...rows } = await rowsOf(adminUrl);
    const street = pack({
      migrations: (await readMigrations()).map(({ name }) => name),
      keys: readFileSync(join(dataDir, 'keys.json'), 'utf8'),
      ...rows,
    });
    return { street, bare };
  } finally {
    await database.drop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Rows by columns: what is of one kind lies together, and takes a seventh less. */
type Packed = Omit<Frozen, 'tables'> & {
  readonly tables: readonly (Omit<FrozenTable, 'data'> & { readonly values: readonly string[] })[];
};

/** Turns lines of tab-separated values into columns of values, or the other way round; neither stands within a value. */
function turned(lines: readonly string[], between: readonly [before: string, after: string]): string[] {
  const values = lines.map((line) => line.split(between[0]));
  return (values[0] ?? []).map((_, at) => values.map((line) => line[at]).join(between[1]));
}

/** Ids are what is large; those of one table are found again in all others, which needs a window as wide as the file. */
function pack({ tables, ...rest }: Frozen): Buffer {
  const packed: Packed = {
    ...rest,
    tables: tables.map(({ name, columns, data }) => ({
      name,
      columns,
      values: turned(data.split('\n').slice(0, -1), ['\t', '\n']),
    })),
  };
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
  };
  return brotliCompressSync(JSON.stringify(packed), { params });
}

export function thaw(path: string): Frozen {
  const bytes = readFileSync(path);
  if (path.endsWith('.gz')) return JSON.parse(gunzipSync(bytes).toString()) as Frozen;
  const { tables, ...rest } = JSON.parse(brotliDecompressSync(bytes).toString()) as Packed;
  return {
    ...rest,
    tables: tables.map(({ name, columns, values }) => ({
      name,
      columns,
      data: turned(values, ['\n', '\t'])
        .map((line) => `${line}\n`)
        .join(''),
    })),
  };
}

/** `bare`: schemas in which the demonstration leaves nothing. */
async function rowsOf(
  adminUrl: string,
): Promise<Required<Pick<Frozen, 'days' | 'tables'>> & { readonly bare: readonly string[] }> {
  const client = new pg.Client({ connectionString: adminUrl, options: '-c timezone=UTC' });
  await client.connect();
  try {
    // A day's own table is part of the one that is divided by days.
    const { rows } = await client.query<{ name: string; columns: string[] }>(
      `select n.nspname || '.' || c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
         join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
       where c.relkind in ('r', 'p') and not c.relispartition and n.nspname <> 'information_schema' and n.nspname not like 'pg\\_%'
       group by 1 order by 1`,
    );
    // Sealed copies of answers take more than all the rest, and are kept for a week: a few of them do.
    await client.query(
      `delete from platform.idempotency where ctid not in (select i.ctid from platform.idempotency i order by pg_column_size(i) limit 10)`,
    );
    const tables = [];
    for (const { name, columns } of rows) {
      const data = await text(client.query(copyTo(`copy ${rowsIn(name, columns)} to stdout`)));
      if (data !== '') tables.push({ name, columns, data });
    }
    const schemaOf = ({ name }: { readonly name: string }) => name.split('.')[0] ?? '';
    const kept = new Set(tables.map(schemaOf));
    const bare = [...new Set(rows.map(schemaOf))].filter((schema) => !kept.has(schema));
    const days = await client.query<{ day: string }>(
      `select distinct (recorded_at at time zone 'UTC')::date::text as day from access.passage order by 1`,
    );
    return { days: days.rows.map(({ day }) => day), tables, bare };
  } finally {
    await client.end();
  }
}

/** What COPY takes. */
export const rowsIn = (table: string, columns: readonly string[]): string =>
  `(select ${columns.map((column) => `"${column}"`).join(', ')} from ${table})`;
