import { isLocalDate } from '@gongzhi/kernel';
import { tables } from '@gongzhi/i18n';
import type { Cell } from '../../../platform/imports/table.ts';
import type { ImportKind } from './domain-import.ts';
import { parseArea, RELATIONS, type ScopeKind, toHalfWidth } from '../domain.ts';

/** What is wrong with one cell, or with a row where no cell is to blame (column ''): data for a sentence. */
export interface CellProblem {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
}
export const problem = (code: string, params: CellProblem['params'] = {}): CellProblem => ({ code, params });

export type Value = string | number | null;
export type Values = Readonly<Record<string, Value>>;
type Read = (cell: Cell) => Value | CellProblem;

export interface Column {
  readonly key: string;
  readonly isRequired: boolean;
  readonly read: Read;
  /** A closed set, as words of packages/i18n: imports.choice.<choices>.<word>. */
  readonly choices?: { readonly name: string; readonly words: readonly string[] };
}

export const isProblem = (value: Value | CellProblem): value is CellProblem =>
  typeof value === 'object' && value !== null;

/** One spelling of a name: no full-width letters, no spaces at the ends or doubled. */
export const plainText = (text: string): string =>
  toHalfWidth(text).normalize('NFC').replace(/\s+/g, ' ').trim();

const text =
  (most: number): Read =>
  (cell) => {
    if (cell.kind === 'date') return problem('date_in_text');
    const plain = plainText(cell.text);
    return [...plain].length > most ? problem('too_long', { most }) : plain;
  };

const whole =
  (least: number, most: number): Read =>
  (cell) => {
    const plain = toHalfWidth(cell.text).trim();
    const number = Number(plain);
    const isRight = cell.kind !== 'date' && /^-?\d{1,9}$/.test(plain) && number >= least && number <= most;
    return isRight ? number : problem('not_whole', { least, most });
  };

/** Hundredths of a square metre. */
const area: Read = (cell) =>
  (cell.kind === 'date' ? null : parseArea(toHalfWidth(cell.text))) ?? problem('not_area');

/** Degrees as maps write them: decimal, the sign before. */
const degrees =
  (most: number): Read =>
  (cell) => {
    const plain = toHalfWidth(cell.text).trim();
    const number = Number(plain);
    const isRight = cell.kind !== 'date' && /^-?\d{1,3}(?:\.\d+)?$/.test(plain) && Math.abs(number) <= most;
    return isRight ? number : problem('not_degrees', { most });
  };

const dateText =
  /^(\d{4})(?:-(\d{1,2})-(\d{1,2})|\/(\d{1,2})\/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|(\d{2})(\d{2}))$/;

/** As a date of the sheet, or as text with the year first: 1/2/2020 is two days in two countries, so it is none. */
const date: Read = (cell) => {
  if (cell.kind === 'date') return cell.text;
  let value = readDates.get(cell.text);
  if (value === undefined) {
    if (readDates.size >= 10_000) readDates.clear();
    readDates.set(cell.text, (value = readDate(cell.text)));
  }
  return value;
};

/** A register has a hundred thousand dates and a few thousand days. */
const readDates = new Map<string, string | CellProblem>();

function readDate(text: string): string | CellProblem {
  const plain = toHalfWidth(text)
    .trim()
    .replace(/^(\d{4})\p{Script=Han}(\d{1,2})\p{Script=Han}(\d{1,2})\p{Script=Han}$/u, '$1-$2-$3')
    .replace(/[ T]00:00(?::00)?$/, '');
  const found = dateText
    .exec(plain)
    ?.slice(1)
    .filter((part) => part !== undefined);
  if (found === undefined) return problem('not_date');
  const [year, month, day] = found as [string, string, string];
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isLocalDate(written) && written >= '1900-01-01' && written <= '2199-12-31'
    ? written
    : problem('not_date');
}

/** Digits: a mobile, or a land line with its area code, as this country writes them. */
const phone: Read = (cell) => {
  if (cell.kind === 'date') return problem('date_in_text');
  const digits = toHalfWidth(cell.text)
    .replace(/[\s()-]/g, '')
    .replace(/^(?:\+|00)?86(?=1\d{10}$|0\d{9,11}$)/, '');
  return /^(?:1[3-9]\d{9}|0\d{9,11})$/.test(digits) ? digits : problem('not_phone');
};

const code: Read = (cell) => {
  const digits = toHalfWidth(cell.text).trim();
  return /^(?:\d{6}|\d{9}|\d{12})$/.test(digits) ? digits : problem('not_code');
};

/** The words of a label in both languages, and what else it is called. */
export function wordsOf(...keys: string[]): string[] {
  return keys.flatMap((key) =>
    [tables['zh-CN'], tables.en].flatMap((table) => {
      const label = (table as Readonly<Record<string, unknown>>)[key];
      return typeof label === 'string' ? label.split('|') : [];
    }),
  );
}

const relationWords = new Map(
  RELATIONS.flatMap((relation) =>
    wordsOf(`imports.choice.relation.${relation}`, `imports.choiceNames.relation.${relation}`).map(
      (word) => [word.toLowerCase(), relation] as const,
    ),
  ),
);
const relation: Read = (cell) =>
  relationWords.get(plainText(cell.text).toLowerCase()) ??
  problem('not_choice', {
    choices: wordsOf(...RELATIONS.map((word) => `imports.choice.relation.${word}`)).join(', '),
  });

const column = (key: string, read: Read, isRequired = true): Column => ({ key, read, isRequired });
const optional = (key: string, read: Read): Column => column(key, read, false);
const point = [optional('latitude', degrees(90)), optional('longitude', degrees(180))];
const place = [column('building', text(60)), optional('unit', text(60)), column('room', text(30))];

export interface KindOfImport {
  readonly columns: readonly Column[];
  /** Into what kind of place it goes. */
  readonly targets: readonly ScopeKind[];
}

export const kinds: Readonly<Record<ImportKind, KindOfImport>> = {
  areas: { targets: ['city'], columns: [column('areaCode', code), column('areaName', text(100))] },
  compounds: {
    targets: ['city', 'street'],
    columns: [
      column('compound', text(100)),
      optional('compoundCode', text(60)),
      optional('district', text(100)),
      optional('street', text(100)),
      optional('community', text(100)),
      optional('address', text(200)),
      optional('builtYear', whole(1800, 2100)),
      ...point,
    ],
  },
  buildings: {
    targets: ['compound'],
    columns: [
      column('building', text(60)),
      column('floors', whole(1, 200)),
      optional('unit', text(60)),
      ...point,
    ],
  },
  households: {
    targets: ['compound'],
    columns: [...place, column('area', area), optional('floor', whole(-9, 200)), optional('grid', text(60))],
  },
  people: {
    targets: ['compound'],
    columns: [
      ...place,
      column('person', text(60)),
      optional('phone', phone),
      { ...column('relation', relation), choices: { name: 'relation', words: RELATIONS } },
      column('startsOn', date),
      optional('endsOn', date),
    ],
  },
};
