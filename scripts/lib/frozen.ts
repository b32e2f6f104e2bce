import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gunzipSync, gzipSync } from 'node:zlib';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { readMigrations } from '../../apps/server/src/platform/db/migrate.ts';
import { loadDemonstration } from '../../simulator/src/load.ts';
import { createTestDatabase } from '../../test/database.ts';

/** A tiny street as it lay in a released schema: what every later version is upgraded from in its tests. */
export interface Frozen {
  /** The migrations it knew, in their order. */
  readonly migrations: readonly string[];
  /** The key file; it opens names of people who were never born. */
  readonly keys: string;
  /** In COPY's text form. */
  readonly tables: readonly {
    readonly name: string;
    readonly columns: readonly string[];
    readonly data: string;
  }[];
}

const schemas = ['platform', 'places', 'identity', 'work_orders', 'dispatch', 'sensing'];
/** A thousandth of the street: some sixty households and their orders. */
const SCALE = 0.001;
const MOMENT = new Date('2026-11-21T10:00:00Z');

/** Needs a test server (GONGZHI_TEST_ADMIN_URL). */
export async function freeze(): Promise<Buffer> {
  const database = await createTestDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'gongzhi-freeze-'));
  try {
    const { adminUrl } = database;
    await loadDemonstration({ adminUrl, dataDir, onProgress: () => {}, scale: SCALE, now: MOMENT });
    const frozen: Frozen = {
      migrations: (await readMigrations()).map(({ name }) => name),
      keys: readFileSync(join(dataDir, 'keys.json'), 'utf8'),
      tables: await tablesOf(adminUrl),
    };
    return gzipSync(JSON.stringify(frozen), { level: 9 });
  } finally {
    await database.drop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

export function thaw(path: string): Frozen {
  return JSON.parse(gunzipSync(readFileSync(path)).toString()) as Frozen;
}

async function tablesOf(adminUrl: string): Promise<Frozen['tables']> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string; columns: string[] }>(
      `select n.nspname || '.' || c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
         join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
       where c.relkind = 'r' and n.nspname = any ($1) group by 1 order by 1`,
      [schemas],
    );
    const tables = [];
    for (const { name, columns } of rows) {
      const list = columns.map((column) => `"${column}"`).join(', ');
      const data = await text(client.query(copyTo(`copy (select ${list} from ${name}) to stdout`)));
      if (data !== '') tables.push({ name, columns, data });
    }
    return tables;
  } finally {
    await client.end();
  }
}
