import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/** One table's worth of rows, each in the order of its columns. */
export interface Batch {
  readonly table: string;
  readonly columns: readonly string[];
  readonly rows: Iterable<readonly unknown[]>;
}

const chunkLength = 64 * 1024;

/**
 * COPY in text format, some ten times as fast as INSERT, inside the caller's transaction. Rows are made while they are
 * sent, so a table never lies in memory as a whole. It is refused under row-level security: for the loader's own role.
 */
export async function copyRows(client: pg.Client, { table, columns, rows }: Batch): Promise<void> {
  const stream = client.query(copyFrom(`copy ${table} (${columns.join(', ')}) from stdin`));
  await pipeline(Readable.from(chunks(rows), { highWaterMark: 2 }), stream);
}

function* chunks(rows: Iterable<readonly unknown[]>): Generator<Buffer> {
  let text = '';
  for (const row of rows) {
    for (let i = 0; i < row.length; i++) text += i === 0 ? field(row[i]) : `\t${field(row[i])}`;
    text += '\n';
    if (text.length < chunkLength) continue;
    yield Buffer.from(text);
    text = '';
  }
  if (text !== '') yield Buffer.from(text);
}

function field(value: unknown): string {
  if (value === null || value === undefined) return '\\N';
  if (typeof value === 'string') return escaped(value);
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (typeof value === 'boolean') return value ? 't' : 'f';
  if (value instanceof Date) return value.toISOString();
  // One backslash for bytea, doubled for COPY.
  if (Buffer.isBuffer(value)) return `\\\\x${value.toString('hex')}`;
  if (Array.isArray(value)) return escaped(`{${value.map(element).join(',')}}`);
  return escaped(JSON.stringify(value));
}

function element(value: unknown): string {
  if (value === null) return 'null';
  const text = String(value);
  return /^[0-9a-z-]+$/.test(text) && text !== 'null' ? text : `"${text.replace(/["\\]/g, '\\$&')}"`;
}

const special = /[\\\t\n\r]/;
const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function escaped(text: string): string {
  return special.test(text) ? text.replace(/[\\\t\n\r]/g, (character) => escapes[character]!) : text;
}
