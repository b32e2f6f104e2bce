import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '../../../platform/clock/clock.ts';
import { CsvError } from '../../../platform/imports/csv.ts';
import { exitCodes, type ImportContext } from './context.ts';
import { importRequests } from './history.ts';
import { type CompiledMapping, MappingError, parseMapping } from './mapping.ts';
import { MappingSchema } from './mapping-schema.ts';

interface Arguments {
  readonly file: string;
  readonly mapping: string;
  readonly viewer: string | undefined;
  readonly limit: number | undefined;
}

class UsageError extends Error {}

const shippedData = join(import.meta.dirname, '..', '..', '..', '..', '..', '..', 'data');

/** `npx gongzhi import requests FILE --mapping MAP [--viewer PHONE] [--limit N]`; `--schema` prints the mapping's JSON schema. */
export async function importRequestsCommand(argv: string[], context: ImportContext): Promise<number> {
  const out = context.out.bind(context);
  try {
    if (argv.includes('--schema')) {
      out(
        JSON.stringify(
          { $schema: 'https://json-schema.org/draft/2020-12/schema', ...MappingSchema },
          null,
          2,
        ),
      );
      return exitCodes.done;
    }
    const given = readArguments(argv);
    const { text, path } = await readMappingFile(given.mapping);
    let mapping: CompiledMapping;
    try {
      mapping = parseMapping(text);
    } catch (error) {
      if (error instanceof MappingError) return refuseMapping(error, path, out);
      throw error;
    }
    return await importRequests(
      { ...given, mapping, mappingText: text, mappingPath: path },
      context,
      context.clock ?? systemClock,
    );
  } catch (error) {
    if (error instanceof UsageError) {
      out(error.message);
      out('Usage: npx gongzhi import requests FILE --mapping MAP [--viewer PHONE] [--limit N]');
      return exitCodes.usage;
    }
    if (error instanceof MappingError) return refuseMapping(error, 'The mapping', out);
    const sentence = sentenceOf(error);
    if (sentence === null) throw error;
    out(sentence);
    return exitCodes.failed;
  }
}

function refuseMapping(error: MappingError, path: string, out: (line: string) => void): number {
  out(`${path} does not fit:`);
  for (const line of error.lines) out(`  ${line}`);
  return exitCodes.usage;
}

function readArguments(argv: string[]): Arguments {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(argv);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  const [file, extra] = parsed.positionals;
  const { mapping, viewer, limit } = parsed.values;
  if (file === undefined) throw new UsageError('Which file? Name a CSV, or a CSV compressed by gzip.');
  if (extra !== undefined) throw new UsageError(`One file at a time: "${extra}" is one too many.`);
  if (mapping === undefined)
    throw new UsageError('--mapping is missing: it says what the columns mean (docs/import.md).');
  const rows = limit === undefined ? undefined : Number(limit);
  if (rows !== undefined && (!Number.isSafeInteger(rows) || rows < 1)) {
    throw new UsageError(`--limit is "${limit}"; it must be a whole number of rows, at least 1.`);
  }
  return { file, mapping, viewer, limit: rows };
}

function parse(argv: string[]) {
  return parseArgs({
    args: argv,
    allowPositionals: true,
    options: { mapping: { type: 'string' }, viewer: { type: 'string' }, limit: { type: 'string' } },
  });
}

/** A file, or the name of a mapping that ships with the project. */
async function readMappingFile(name: string): Promise<{ text: string; path: string }> {
  const shipped = join(shippedData, name, 'mapping.json');
  const path = /^[a-z0-9-]+$/.test(name) && !existsSync(name) && existsSync(shipped) ? shipped : name;
  try {
    return { text: await readFile(path, 'utf8'), path };
  } catch (error) {
    throw new UsageError(`The mapping ${path} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}

/** What an operator can do something about, as one sentence; null for our own mistakes. */
function sentenceOf(error: unknown): string | null {
  if (error instanceof CsvError) return sayCsvError(error);
  const { code, constraint, message } = error as { code?: string; constraint?: string; message?: string };
  if (code === '23505' && constraint === 'work_order_number') {
    return 'An order with one of these numbers is there already, from elsewhere: give the mapping a "numberPrefix".';
  }
  if (code === 'ECONNREFUSED' || code?.startsWith('08') || code?.startsWith('57')) {
    return `The database went away (${message}). Run the same command again: it goes on where it stopped.`;
  }
  if (message === 'this import is being carried out by another process') {
    return 'Another process is importing this very file at the moment; it will finish by itself.';
  }
  return null;
}

function sayCsvError({ code, params }: CsvError): string {
  switch (code) {
    case 'csv.missing':
      return `The file ${params['path']} cannot be read (${params['reason']}).`;
    case 'csv.compressed':
      return `The file says it is compressed by gzip, but it is damaged or cut off (${params['reason']}).`;
    case 'csv.encoding':
      return 'The file is text in no encoding known here; save it as UTF-8.';
    case 'csv.header':
      return `The first line names the column "${params['column']}" twice; every column needs a name of its own.`;
    case 'csv.broken':
      return params['reason'] === 'CSV_MAX_RECORD_SIZE'
        ? `Line ${params['line']} is longer than a million characters: this is no table, or a quotation mark was never closed.`
        : `The file is no CSV from line ${params['line']} on (${params['reason']}).`;
  }
}
