import { type Instant, parseIso } from '@gongzhi/kernel';
import { type Urgency, URGENCIES } from './words.ts';

/** What comes in, whichever way: one case as the hotline tells it. */
export interface NewCase {
  readonly number: string;
  readonly receivedAt: Instant;
  /** Null: the hotline gave none, and the setting's hours for the urgency hold. */
  readonly dueAt: Instant | null;
  readonly urgency: Urgency;
  readonly topic: string;
  readonly description: string;
  readonly placeText: string;
  /** A compound by its name or number. */
  readonly compound: string | null;
  readonly callerName: string | null;
  readonly callerPhone: string | null;
  readonly isConfidential: boolean;
  /** The number under which the same matter was told before. */
  readonly repeatOf: string | null;
}

export const INTAKE_FIELDS = [
  'number',
  'receivedAt',
  'dueAt',
  'urgency',
  'topic',
  'description',
  'placeText',
  'compound',
  'callerName',
  'callerPhone',
  'isConfidential',
  'repeatOf',
] as const;
export type IntakeField = (typeof INTAKE_FIELDS)[number];
export const REQUIRED_FIELDS: readonly IntakeField[] = ['number', 'receivedAt', 'description'];

/** Which column of a file holds which field: by the column's heading. */
export type ColumnMapping = Readonly<Partial<Record<IntakeField, string>>>;

export interface RowFault {
  readonly line: number;
  readonly field: IntakeField | null;
  readonly code: FaultCode;
  readonly params: Readonly<Record<string, string | number>>;
}

export const FAULT_CODES = [
  'required',
  'number_invalid',
  'too_long',
  'date_invalid',
  'due_before_received',
  'in_future',
  'urgency_unknown',
  'yes_no',
  'phone_invalid',
  'twice_other_due',
  'twice_same',
  'known_other_due',
  'repeat_unknown',
  'repeat_self',
] as const;
export type FaultCode = (typeof FAULT_CODES)[number];

export interface SourceRow {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

const longest: Readonly<Partial<Record<IntakeField, number>>> = {
  topic: 100,
  description: 4_000,
  placeText: 300,
  compound: 100,
  callerName: 50,
};
const numberPattern = /^[0-9A-Za-z-]{4,40}$/;
const phonePattern = /^\+?[0-9]{5,20}$/;

/** What hotlines write for yes, no and the four kinds; the words themselves are i18n's. */
export interface IntakeWords {
  readonly yes: ReadonlySet<string>;
  readonly no: ReadonlySet<string>;
  readonly urgencies: ReadonlyMap<string, Urgency>;
}

/** As such hotlines write it: 2026-11-20 10:00, 2026/11/20 10:00:00, with a zone or by the wall clock of the place. */
export function readTime(text: string, zone: string): Instant | null {
  const plain = text
    .trim()
    .replaceAll('/', '-')
    .replace(/^(\d{4})-(\d)-/, '$1-0$2-')
    .replace(/^(\d{4}-\d{2})-(\d)(?!\d)/, '$1-0$2');
  return parseIso(
    /^\d{4}-\d{2}-\d{2}$/.test(plain) ? `${plain} 00:00` : plain.replace(/ (\d):/, ' 0$1:'),
    zone,
  );
}

type Read<T> = { readonly value: T } | { readonly faults: readonly RowFault[] };

/** Where and when a file is read, and with which words. */
export interface Reading {
  readonly zone: string;
  readonly now: Instant;
  readonly words: IntakeWords;
}

/** One row into a case, or everything that is wrong with it. */
export function readRow(
  row: SourceRow,
  mapping: ColumnMapping,
  { zone, now, words }: Reading,
): Read<NewCase> {
  const faults: RowFault[] = [];
  const fault = (field: IntakeField, code: FaultCode, params: Record<string, string | number> = {}) =>
    faults.push({ line: row.line, field, code, params });
  const text = (field: IntakeField): string => {
    const column = mapping[field];
    const value = column === undefined ? '' : (row.cells[column] ?? '').trim();
    const most = longest[field];
    if (most !== undefined && value.length > most) fault(field, 'too_long', { most });
    if (value === '' && REQUIRED_FIELDS.includes(field)) fault(field, 'required');
    return value;
  };
  const time = (field: IntakeField): Instant | null => {
    const value = text(field);
    if (value === '') return null;
    const at = readTime(value, zone);
    if (at === null) fault(field, 'date_invalid', { value: value.slice(0, 40) });
    return at;
  };
  const number = text('number');
  if (number !== '' && !numberPattern.test(number)) fault('number', 'number_invalid');
  const receivedAt = time('receivedAt');
  const dueAt = time('dueAt');
  if (receivedAt !== null && receivedAt > now) fault('receivedAt', 'in_future');
  if (receivedAt !== null && dueAt !== null && dueAt <= receivedAt) fault('dueAt', 'due_before_received');
  const urgencyText = text('urgency');
  const urgency =
    urgencyText === ''
      ? 'ordinary'
      : (words.urgencies.get(urgencyText) ?? URGENCIES.find((one) => one === urgencyText));
  if (urgency === undefined) fault('urgency', 'urgency_unknown', { value: urgencyText.slice(0, 20) });
  const confidential = text('isConfidential').toLowerCase();
  if (confidential !== '' && !words.yes.has(confidential) && !words.no.has(confidential))
    fault('isConfidential', 'yes_no');
  const phone = text('callerPhone').replaceAll(/[\s-]/g, '');
  if (phone !== '' && !phonePattern.test(phone)) fault('callerPhone', 'phone_invalid');
  const repeatOf = text('repeatOf');
  if (repeatOf !== '' && repeatOf === number) fault('repeatOf', 'repeat_self');
  const value: NewCase = {
    number,
    receivedAt: receivedAt ?? now,
    dueAt,
    urgency: urgency ?? 'ordinary',
    topic: text('topic'),
    description: text('description'),
    placeText: text('placeText'),
    compound: text('compound') || null,
    callerName: text('callerName') || null,
    callerPhone: phone || null,
    isConfidential: words.yes.has(confidential),
    repeatOf: repeatOf || null,
  };
  return faults.length > 0 ? { faults } : { value };
}

export interface CheckedRows {
  readonly cases: readonly (NewCase & { readonly line: number })[];
  readonly faults: readonly RowFault[];
}

/**
 * A whole file. A number that stands twice with different deadlines is wrong in both places: which one holds is not ours
 * to choose. Twice with the same content is one case and said to be so.
 */
export function checkRows(rows: readonly SourceRow[], mapping: ColumnMapping, reading: Reading): CheckedRows {
  const faults: RowFault[] = [];
  const read: (NewCase & { line: number })[] = [];
  for (const row of rows) {
    const one = readRow(row, mapping, reading);
    if ('faults' in one) faults.push(...one.faults);
    else read.push({ ...one.value, line: row.line });
  }
  const byNumber = Map.groupBy(read, ({ number }) => number);
  const cases: (NewCase & { line: number })[] = [];
  for (const same of byNumber.values()) {
    const [first, ...more] = same;
    if (first === undefined) continue;
    if (more.some((other) => other.dueAt !== first.dueAt)) {
      for (const { line } of same) {
        const other = same.find((one) => one.line !== line)!;
        faults.push({
          line,
          field: 'dueAt',
          code: 'twice_other_due',
          params: { number: first.number, other: other.line },
        });
      }
      continue;
    }
    for (const { line } of more)
      faults.push({
        line,
        field: 'number',
        code: 'twice_same',
        params: { number: first.number, other: first.line },
      });
    cases.push(first);
  }
  return { cases, faults: faults.toSorted((a, b) => a.line - b.line) };
}
