import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { Bytes } from './copy-bytes.ts';
import { type Form, formOf } from './copy-forms.ts';

/** One table's worth of rows, each in the order of its columns. */
export interface Batch {
  readonly table: string;
  readonly columns: readonly string[];
  /** A row stays as it is once it was handed over: the next is set beside it. */
  readonly rows: Iterable<readonly unknown[]>;
}

const chunkLength = 64 * 1024;
/** What COPY in binary begins with: the signature, no flags, no extension. */
const beginning = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');

/**
 * COPY in binary format, inside the caller's transaction: some ten times as fast as INSERT, and a fifth less work for
 * the database than text, which it would have to read character by character. Rows are made while they are sent, so a
 * table never lies in memory as a whole. It is refused under row-level security: for the loader's own role.
 */
export async function copyRows(client: pg.Client, { table, columns, rows }: Batch): Promise<void> {
  const types = await typesOf(client, table);
  const forms = columns.map((column) => formOf(types.get(column), `${table}.${column}`));
  const stream = client.query(
    copyFrom(`copy ${table} (${columns.join(', ')}) from stdin with (format binary)`),
  );
  await pipeline(Readable.from(chunks(rows, forms, table, columns), { highWaterMark: 2 }), stream);
}

type Types = ReadonlyMap<string, number>;
/** A connection asks once for each table. */
const known = new WeakMap<pg.Client, Map<string, Types>>();

async function typesOf(client: pg.Client, table: string): Promise<Types> {
  const tables = known.get(client) ?? new Map<string, Types>();
  known.set(client, tables);
  const asked = tables.get(table);
  if (asked !== undefined) return asked;
  const { rows } = await client.query<{ name: string; type: number }>(
    `select attname as name, atttypid as type from pg_catalog.pg_attribute
     where attrelid = $1::pg_catalog.regclass and attnum > 0 and not attisdropped`,
    [table],
  );
  const types = new Map(rows.map(({ name, type }) => [name, Number(type)]));
  tables.set(table, types);
  return types;
}

/** Of an object one cannot tell whether it still says what it said. */
const isSame = (a: unknown, b: unknown): boolean => a === b && (typeof a !== 'object' || a === null);

function* chunks(
  rows: Iterable<readonly unknown[]>,
  forms: readonly Form[],
  table: string,
  columns: readonly string[],
): Generator<Buffer> {
  let bytes = new Bytes(chunkLength);
  bytes.raw(beginning);
  // A row mostly begins as the one before it (whose order it is, whose city, street and company): those bytes are copied.
  let before: readonly unknown[] = [];
  let began = 0;
  const ends: number[] = forms.map(() => 0);
  for (const row of rows) {
    let i = 0;
    try {
      const begins = bytes.length;
      bytes.int16(forms.length);
      while (i < forms.length && i < before.length && isSame(row[i], before[i])) i++;
      if (i > 0) bytes.again(began + 2, began + ends[i - 1]!);
      for (; i < forms.length; i++) {
        const value = row[i];
        if (value === null || value === undefined) bytes.int32(-1);
        else forms[i]!(bytes, value);
        ends[i] = bytes.length - begins;
      }
      before = row;
      began = begins;
    } catch (error) {
      throw new TypeError(
        `${table}.${columns[i]}: ${error instanceof Error ? error.message : String(error)}`,
        {
          cause: error,
        },
      );
    }
    if (bytes.length < chunkLength) continue;
    yield bytes.taken();
    // What was yielded is the socket's until it is sent.
    bytes = new Bytes(chunkLength);
    before = [];
  }
  bytes.int16(-1);
  yield bytes.taken();
}
