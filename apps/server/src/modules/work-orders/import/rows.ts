import { type Instant, toIso } from '@gongzhi/kernel';
import type { RowError } from '../../../platform/imports/csv.ts';
import { isOnTime } from '../domain/clocks.ts';
import type { Group, Kind } from '../domain/types.ts';
import type { CompiledMapping } from './mapping.ts';

/** One request of the history, understood. Places and categories are still names. */
export interface RequestRow {
  readonly line: number;
  readonly externalId: string;
  readonly openedAt: Instant;
  readonly dueAt: Instant | null;
  readonly closedAt: Instant | null;
  readonly category: string;
  readonly group: Group;
  readonly kind: Kind;
  /** Null: the city as a whole. */
  readonly place: string | null;
  readonly address: string | null;
  readonly description: string;
  readonly outcomeText: string | null;
  readonly channel: string | null;
  readonly handler: string | null;
  /** The source's own verdict; null where it gave none. */
  readonly sourceOnTime: boolean | null;
  /** Null: says nothing of a duplicate. Empty: says so and names nobody. */
  readonly duplicateOf: readonly string[] | null;
  readonly raw: Readonly<Record<string, string>>;
}

/** Codes of row errors; `params.expected` says what would be right. Beside them stands `csv.column_count`. */
export const rowErrorCodes = [
  'import.id_missing',
  'import.id_too_long',
  'import.id_twice',
  'import.date_missing',
  'import.date_wrong',
  'import.date_in_future',
  'import.closed_before_opened',
  'import.closed_without_date',
  'import.open_with_closing_date',
  'import.status_unknown',
  'import.verdict_unknown',
  'import.category_missing',
  'import.control_character',
] as const;
export type RowErrorCode = (typeof rowErrorCodes)[number];

export type CsvRecord = Readonly<Record<string, string>>;

const longestId = 60;
const longestText = 4_000;
const spaces = /\s+/g;
const clean = (text: string | undefined): string => (text ?? '').replace(spaces, ' ').trim();
const orNull = (text: string): string | null => (text === '' ? null : text);
/** Short, and without what JSON in PostgreSQL cannot hold. */
const shown = (text: string): string => cutTo(text.replaceAll('\u0000', ''), 60);
const cutTo = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most - 1)}…` : text;
const cut = (text: string): string => cutTo(text, longestText);

/** Every fault of the row at once, so that whoever mends the file mends it in one go. */
export function readRow(
  mapping: CompiledMapping,
  record: CsvRecord,
  line: number,
  now: Instant,
): RequestRow | RowError[] {
  const errors: RowError[] = [];
  const fail = (column: string, code: RowErrorCode, params: Record<string, string | number> = {}) =>
    void errors.push({ line, column, code, params });
  const { columns } = mapping;

  for (const [column, value] of Object.entries(record)) {
    // PostgreSQL's text cannot hold it, and no keyboard makes it: the file is damaged there.
    if (value.includes('\u0000')) fail(column, 'import.control_character', { expected: 'text' });
  }
  const externalId = clean(record[columns.id]);
  if (externalId === '')
    fail(columns.id, 'import.id_missing', { expected: 'a number or name that no other request has' });
  else if (externalId.length > longestId)
    fail(columns.id, 'import.id_too_long', { value: shown(externalId), expected: longestId });

  const readDate = (column: string | undefined, prefer?: 'later'): Instant | null => {
    const text = column === undefined ? '' : clean(record[column]);
    if (column === undefined || text === '') return null;
    const at = mapping.readDate(text, prefer);
    if (at === null) fail(column, 'import.date_wrong', { value: shown(text), expected: mapping.dateFormat });
    return at;
  };
  const openedAt = readDate(columns.opened);
  const dueAt = readDate(columns.due);
  let closedAt = readDate(columns.closed);
  if (clean(record[columns.opened]) === '')
    fail(columns.opened, 'import.date_missing', { expected: mapping.dateFormat });
  if (openedAt !== null && openedAt > now)
    fail(columns.opened, 'import.date_in_future', dated(openedAt, mapping));
  if (openedAt !== null && closedAt !== null && closedAt < openedAt) {
    // In autumn an hour happens twice: opened in its first and closed in its second half-past-one.
    const later = mapping.readDate(clean(record[columns.closed]), 'later');
    if (later !== null && later >= openedAt) closedAt = later;
    else
      fail(columns.closed, 'import.closed_before_opened', {
        value: clean(record[columns.closed]),
        expected: clean(record[columns.opened]),
      });
  }
  if (closedAt !== null && closedAt > now)
    fail(columns.closed, 'import.date_in_future', dated(closedAt, mapping));

  const { status, verdict } = mapping;
  if (status !== undefined) {
    const value = clean(record[status.column]);
    const hasClosed = clean(record[columns.closed]) !== '';
    if (status.open.includes(value)) {
      if (hasClosed)
        fail(columns.closed, 'import.open_with_closing_date', {
          value: clean(record[columns.closed]),
          status: value,
        });
    } else if (!status.closed.includes(value)) {
      fail(status.column, 'import.status_unknown', {
        value: shown(value),
        expected: [...status.open, ...status.closed].join(', '),
      });
    } else if (!hasClosed)
      fail(columns.closed, 'import.closed_without_date', { status: value, expected: mapping.dateFormat });
  }
  let sourceOnTime: boolean | null = null;
  if (verdict !== undefined) {
    const value = clean(record[verdict.column]);
    if (verdict.onTime.includes(value)) sourceOnTime = true;
    else if (verdict.late.includes(value)) sourceOnTime = false;
    else if (value !== '') {
      fail(verdict.column, 'import.verdict_unknown', {
        value: shown(value),
        expected: [...verdict.onTime, ...verdict.late].filter(Boolean).join(', '),
      });
    }
  }
  const category = clean(record[mapping.category.column]);
  if (category === '')
    fail(mapping.category.column, 'import.category_missing', { expected: 'what the request is about' });
  if (errors.length > 0 || openedAt === null) return errors;

  return {
    line,
    externalId,
    openedAt,
    dueAt,
    closedAt,
    category,
    group: groupOf(mapping, record),
    kind: kindOf(mapping, record),
    place: placeOf(mapping, record),
    address: columns.address === undefined ? null : orNull(cut(clean(record[columns.address]))),
    description: cut(descriptionOf(mapping, record) || category),
    outcomeText: columns.outcome === undefined ? null : orNull(cut(clean(record[columns.outcome]))),
    channel: columns.channel === undefined ? null : orNull(clean(record[columns.channel])),
    handler: columns.handler === undefined ? null : orNull(clean(record[columns.handler])),
    sourceOnTime,
    duplicateOf: duplicatesOf(mapping, record, externalId),
    raw: record,
  };
}

function dated(at: Instant, mapping: CompiledMapping): Record<string, string> {
  return { value: toIso(at, mapping.city.timeZone), expected: 'a time that has passed' };
}

export function groupOf(mapping: CompiledMapping, record: CsvRecord): Group {
  const { column, values, otherwise } = mapping.category.group;
  return (column === undefined ? undefined : values?.[clean(record[column])]) ?? otherwise;
}

function kindOf(mapping: CompiledMapping, record: CsvRecord): Kind {
  const { kind } = mapping;
  return (kind === undefined ? undefined : kind.values[clean(record[kind.column])]) ?? mapping.category.kind;
}

export function placeOf(mapping: CompiledMapping, record: CsvRecord): string | null {
  if (mapping.place === undefined) return null;
  const name = clean(record[mapping.place.column]);
  return orNull((mapping.place.names?.[name] ?? name).trim().slice(0, 80));
}

export function categoryOf(mapping: CompiledMapping, record: CsvRecord): string {
  return clean(record[mapping.category.column]);
}

function descriptionOf(mapping: CompiledMapping, record: CsvRecord): string {
  const parts = (mapping.columns.description ?? []).map((column) => clean(record[column])).filter(Boolean);
  return [...new Set(parts)].join(' · ');
}

function duplicatesOf(mapping: CompiledMapping, record: CsvRecord, own: string): readonly string[] | null {
  const { duplicate, duplicates } = mapping;
  if (duplicate === undefined || duplicates === null) return null;
  const words = clean(record[duplicate.column]);
  if (!duplicates.when.test(words)) return null;
  const named = new Set<string>();
  for (const match of words.matchAll(duplicates.pattern)) {
    const id = match.groups?.['id'];
    if (id === undefined || id === '') continue;
    const isShort = duplicate.shortId !== undefined && id.length === duplicate.shortId.digits;
    named.add(isShort ? `${duplicate.shortId?.prefix}${id}` : id);
  }
  // "Same as" itself: a slip of whoever closed it.
  named.delete(own);
  return [...named];
}

/** Where both dates are there: whether our rule and the source say the same. Null: nothing to compare. */
export function agrees(row: RequestRow): boolean | null {
  const ours = isOnTime(row.closedAt, row.dueAt);
  return ours === null || row.sourceOnTime === null ? null : ours === row.sourceOnTime;
}

const sentences: Readonly<Record<RowErrorCode, (p: RowError['params']) => string>> = {
  'import.id_missing': (p) => `is blank; it must be ${p['expected']}`,
  'import.id_too_long': (p) => `"${p['value']}" is longer than ${p['expected']} characters`,
  'import.id_twice': (p) => `"${p['value']}" stands in the file a second time; every id may stand once`,
  'import.date_missing': (p) => `is blank; it must be a date like ${p['expected']}`,
  'import.date_wrong': (p) => `"${p['value']}" is no date; it must look like ${p['expected']}`,
  'import.date_in_future': (p) => `${p['value']} has not come yet; it must be ${p['expected']}`,
  'import.closed_before_opened': (p) =>
    `${p['value']} is before the request was opened; it must be ${p['expected']} or later`,
  'import.closed_without_date': (p) =>
    `is blank though the status is "${p['status']}"; it must be a date like ${p['expected']}`,
  'import.open_with_closing_date': (p) =>
    `${p['value']} is a closing date though the status is "${p['status']}"; it must be blank`,
  'import.status_unknown': (p) => `"${p['value']}" is not in the mapping; known are: ${p['expected']}`,
  'import.verdict_unknown': (p) => `"${p['value']}" is not in the mapping; known are: ${p['expected']}`,
  'import.category_missing': (p) => `is blank; it must say ${p['expected']}`,
  'import.control_character': () => 'holds a zero byte; the file is damaged there',
};

export function sayRowError(error: RowError): string {
  const { line, column, code, params } = error;
  if (code === 'csv.column_count') {
    return `line ${line}: the row has ${params['found']} columns; it must have ${params['expected']}, as the first line`;
  }
  return `line ${line}, column ${column}: ${sentences[code as RowErrorCode]?.(params) ?? code}`;
}
