import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline, type Readable, Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';

/** What is wrong with one row: data for a sentence in packages/i18n. */
export interface RowError {
  readonly line: number;
  /** Name of the column; '' when it is the whole row. */
  readonly column: string;
  readonly code: string;
  readonly params: Readonly<Record<string, unknown>>;
}

export interface CsvRow {
  /** Line of the file on which the record ends, the header being line 1. */
  readonly line: number;
  readonly record: Record<string, string>;
  /** The row has more or fewer fields than the header: what is missing reads '', what is too much is left out. */
  readonly error?: RowError;
}

export type CsvEncoding = 'utf-8' | 'gb18030';

/** The file as a whole cannot be read. */
export class CsvError extends Error {
  readonly code: 'csv.missing' | 'csv.compressed' | 'csv.encoding' | 'csv.header' | 'csv.broken';
  readonly params: Readonly<Record<string, unknown>>;
  constructor(code: CsvError['code'], params: Readonly<Record<string, unknown>> = {}) {
    super(`${code} ${JSON.stringify(params)}`);
    this.code = code;
    this.params = params;
  }
}

export interface CsvFacts {
  readonly encoding: CsvEncoding;
  /** Of the file as it lies there, compressed or not. */
  readonly sha256: Buffer;
  /** Line ends, the header's included: at least the number of rows, for a progress bar. */
  readonly lines: number;
}

/** A record longer than this means that a quote was never closed. */
const longestRecord = 1_000_000;

async function isGzip(path: string): Promise<boolean> {
  const handle = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    throw new CsvError('csv.missing', { path, reason: error.code ?? '' });
  });
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await handle.close();
  }
}

/** Reads the file once, holding none of it. Bytes that are no UTF-8 anywhere make it GB18030. */
export async function inspectCsv(path: string): Promise<CsvFacts> {
  const hash = createHash('sha256');
  const raw = createReadStream(path);
  const isZipped = await isGzip(path);
  raw.on('data', (chunk) => hash.update(chunk));
  const plain: Readable = isZipped ? pipeline(raw, createGunzip(), () => {}) : raw;
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  let isUtf8 = true;
  let lines = 0;
  let lastByte = 0x0a;
  try {
    for await (const chunk of plain as AsyncIterable<Buffer>) {
      for (let at = chunk.indexOf(0x0a); at !== -1; at = chunk.indexOf(0x0a, at + 1)) lines++;
      lastByte = chunk.at(-1) ?? lastByte;
      if (isUtf8) isUtf8 = decodes(() => utf8.decode(chunk, { stream: true }));
    }
  } catch (error) {
    throw wholeFileError(error);
  }
  if (isUtf8) isUtf8 = decodes(() => utf8.decode());
  return {
    encoding: isUtf8 ? 'utf-8' : 'gb18030',
    sha256: hash.digest(),
    lines: lastByte === 0x0a ? lines : lines + 1,
  };
}

function decodes(run: () => string): boolean {
  try {
    run();
    return true;
  } catch {
    return false;
  }
}

function decoding(encoding: CsvEncoding): Transform {
  // It also takes away a byte order mark.
  const decoder = new TextDecoder(encoding, { fatal: true });
  return new Transform({
    decodeStrings: true,
    readableObjectMode: false,
    encoding: 'utf8',
    transform(chunk: Buffer, _encoding, done) {
      try {
        done(null, decoder.decode(chunk, { stream: true }));
      } catch {
        done(new CsvError('csv.encoding', { encoding }));
      }
    },
    flush(done) {
      try {
        done(null, decoder.decode());
      } catch {
        done(new CsvError('csv.encoding', { encoding }));
      }
    },
  });
}

/**
 * The rows of a CSV file with a header line, plain or gzip, one after another: memory does not grow with the file.
 * Without `encoding` the file is read once beforehand to find out.
 */
export async function* openCsv(
  path: string,
  options: { encoding?: CsvEncoding } = {},
): AsyncGenerator<CsvRow> {
  const isZipped = await isGzip(path);
  const encoding = options.encoding ?? (await inspectCsv(path)).encoding;
  const parser = parse({
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: longestRecord,
  });
  const parts = isZipped ? [createGunzip(), decoding(encoding), parser] : [decoding(encoding), parser];
  // Its callback is how an error of any part reaches the reader: the parser is destroyed with it.
  pipeline([createReadStream(path), ...parts], () => {});
  let header: string[] | undefined;
  try {
    for await (const { record: fields, info } of parser as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>) {
      if (header === undefined) {
        header = fields.map((name) => name.trim());
        const twice = header.find((name, i) => header?.indexOf(name) !== i);
        if (twice !== undefined) throw new CsvError('csv.header', { column: twice });
        continue;
      }
      const record: Record<string, string> = {};
      for (let i = 0; i < header.length; i++) record[header[i]!] = fields[i] ?? '';
      if (fields.length === header.length) yield { line: info.lines, record };
      else {
        const params = { expected: header.length, found: fields.length };
        yield {
          line: info.lines,
          record,
          error: { line: info.lines, column: '', code: 'csv.column_count', params },
        };
      }
    }
  } catch (error) {
    throw wholeFileError(error);
  } finally {
    parser.destroy();
  }
}

function wholeFileError(error: unknown): unknown {
  if (error instanceof CsvError) return error;
  const { code, lines } = error as { code?: string; lines?: number };
  if (code?.startsWith('Z_')) return new CsvError('csv.compressed', { reason: code });
  if (code?.startsWith('CSV_')) return new CsvError('csv.broken', { reason: code, line: lines ?? 0 });
  return error;
}
