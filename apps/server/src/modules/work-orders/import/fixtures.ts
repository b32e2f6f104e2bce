import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import pg from 'pg';
import type { TestDatabase } from '../../../../../../test/database.ts';
import { importRequestsCommand } from './cli.ts';

export const bostonFolder = join(
  import.meta.dirname,
  '..',
  '..',
  '..',
  '..',
  '..',
  '..',
  'data',
  'boston-311',
);
export const sampleFile = join(bostonFolder, 'requests-sample.csv.gz');
export const mappingFile = join(bostonFolder, 'mapping.json');

export type SampleRow = Record<
  | 'case_enquiry_id'
  | 'open_dt'
  | 'target_dt'
  | 'closed_dt'
  | 'ontime'
  | 'case_status'
  | 'closure_reason'
  | 'type'
  | 'neighborhood',
  string
>;

/** The sample once more, read by nothing of the importer: what its results are held against. */
export function sampleRows(): SampleRow[] {
  const [header = '', ...lines] = gunzipSync(readFileSync(sampleFile)).toString('utf8').trimEnd().split('\n');
  const names = header.split(',');
  return lines.map((line) => {
    // Quoted or not, a field ends at a comma; the sample has no line breaks inside fields.
    const fields = [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
      (m) => m[1]?.replaceAll('""', '"') ?? m[2] ?? '',
    );
    return Object.fromEntries(names.map((name, i) => [name, fields[i] ?? ''])) as SampleRow;
  });
}

export interface Ran {
  readonly code: number;
  readonly lines: string[];
  readonly text: string;
}

export async function runImport(database: TestDatabase, ...argv: string[]): Promise<Ran> {
  const lines: string[] = [];
  const code = await importRequestsCommand(argv, {
    adminUrl: database.adminUrl,
    databaseUrl: database.appUrl,
    dataDir: tmpdir(),
    out: (line) => void lines.push(line),
  });
  return { code, lines, text: lines.join('\n') };
}

/** One question to the database behind the wall. */
export async function ask<Row extends pg.QueryResultRow>(
  database: TestDatabase,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: database.adminUrl });
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}

export async function countOf(database: TestDatabase, table: string, where = 'true'): Promise<number> {
  const [row] = await ask<{ n: number }>(
    database,
    `select count(*)::integer as n from ${table} where ${where}`,
  );
  return row!.n;
}

/** A folder for files that a test makes up. */
export function scratch(): {
  readonly folder: string;
  file(name: string, content: string | Buffer): string;
  remove(): void;
} {
  const folder = mkdtempSync(join(tmpdir(), 'gongzhi-import-'));
  return {
    folder,
    file: (name, content) => {
      const path = join(folder, name);
      writeFileSync(path, content);
      return path;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A town of three columns more than needed, for what Boston's file does not do wrong. */
export const townMapping = {
  source: 'town-1',
  city: { code: 'town', name: 'Town', timeZone: 'America/New_York' },
  dateFormat: 'YYYY-MM-DD hh:mm',
  columns: {
    id: 'id',
    opened: 'opened',
    due: 'due',
    closed: 'closed',
    description: ['words'],
    outcome: 'outcome',
  },
  status: { column: 'status', open: ['open'], closed: ['closed'] },
  verdict: { column: 'verdict', onTime: ['yes'], late: ['no'] },
  place: { column: 'part' },
  category: {
    column: 'about',
    kind: 'complaint',
    group: { otherwise: 'service' },
    skill: 'office',
    duty: 'not_property',
    resolveMinutes: 60,
  },
  duplicate: { column: 'outcome', when: 'same as', pattern: '#(?<id>[a-z0-9]+)' },
};
export const townHeader = 'id,opened,due,closed,status,verdict,part,about,words,outcome';
