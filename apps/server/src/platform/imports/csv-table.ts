import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { blank, type Cell, TableError, type TableFile, tableLimits, type TableRow } from './table.ts';

const separators = [',', ';', '\t'] as const;

/** Text of whatever program: UTF-8 with or without its mark, UTF-16 with it, or GB18030, each only when it is that throughout. */
function decode(bytes: Buffer): string {
  const begin = bytes.subarray(0, 2).toString('hex');
  const encodings = begin === 'fffe' ? ['utf-16le'] : begin === 'feff' ? ['utf-16be'] : ['utf-8', 'gb18030'];
  for (const encoding of encodings) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      // Bytes that GB18030 leaves to anybody's own use are no letters of a list.
      if (encoding === 'gb18030' && /[\ue000-\uf8ff]/.test(text)) break;
      return text;
    } catch {
      // The next one.
    }
  }
  throw new TableError('table.encoding');
}

/** The one that splits the first lines most evenly; a comma inside quotes splits nothing. */
function separatorOf(text: string): string {
  const head = text.slice(0, 8_192).replace(/"(?:[^"]|"")*"/g, '');
  const lines = head.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '');
  const first = lines[0] ?? '';
  let best: string = ',';
  let most = 0;
  for (const separator of separators) {
    const count = first.split(separator).length - 1;
    if (count > most) [best, most] = [separator, count];
  }
  return best;
}

/** Excel writes ="0301" to keep a zero, and we write '=… so that nobody's program takes a name for a formula. */
function plain(field: string): string {
  const kept = /^="((?:[^"]|"")*)"$/.exec(field);
  if (kept !== null) return kept[1]!.replaceAll('""', '"');
  return /^'[=+\-@\t\r]/.test(field) ? field.slice(1) : field;
}

function cellOf(field: string): Cell {
  if (field.trim() === '') return blank;
  if (field.length > tableLimits.cellCharacters)
    return {
      text: '',
      kind: 'blank',
      fault: { code: 'too_long', params: { most: tableLimits.cellCharacters } },
    };
  if (field.includes('\0')) return { text: '', kind: 'blank', fault: { code: 'zero_byte', params: {} } };
  return { text: plain(field), kind: 'text' };
}

/** Comma, semicolon or tab; a quotation mark that is never closed or stands inside a word refuses the file with its line. */
export function openCsvTable(bytes: Buffer): TableFile {
  const text = decode(bytes);
  const separator = separatorOf(text);
  return { format: 'csv', sheets: [{ name: '', rows: () => rowsOf(text, separator) }] };
}

const pieceLength = 64 * 1024;

function* pieces(text: string): Generator<string> {
  for (let at = 0; at < text.length; ) {
    let end = Math.min(text.length, at + pieceLength);
    // Neither half a character nor half a line end.
    while (end < text.length && /[\ud800-\udbff\r]/.test(text[end - 1]!)) end++;
    yield text.slice(at, end);
    at = end;
  }
}

async function* rowsOf(text: string, separator: string): AsyncGenerator<TableRow> {
  const parser = parse({
    info: true,
    delimiter: separator,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: 1_000_000,
  });
  const source = Readable.from(pieces(text));
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  let count = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>) {
      const cells = record.slice(0, tableLimits.columns).map(cellOf);
      if (cells.every((cell) => cell.text === '' && cell.fault === undefined)) continue;
      if (++count > tableLimits.rows)
        throw new TableError('table.too_large', { what: 'rows', limit: tableLimits.rows });
      const inside = record.reduce((sum, field) => sum + (field.match(/\r\n|\r|\n/g)?.length ?? 0), 0);
      yield { line: info.lines - inside, cells };
    }
  } catch (error) {
    if (error instanceof TableError) throw error;
    if (error instanceof CsvError) {
      const { lines } = error as { lines?: number };
      throw new TableError('table.quotes', { line: lines ?? 0 });
    }
    throw error;
  } finally {
    source.destroy();
    parser.destroy();
  }
}
