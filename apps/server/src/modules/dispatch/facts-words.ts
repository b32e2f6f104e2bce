import { tables } from '@gongzhi/i18n';
import { plainWord, SHIFT_FIELDS, type ShiftField, type ShiftReading } from './domain.ts';

/** What people write in a roster's file, from packages/i18n: of a label with several, each counts. */
function wordsOf(key: string): string[] {
  return [tables['zh-CN'], tables.en]
    .flatMap((table) => ((table as Record<string, string>)[key] ?? '').split('|'))
    .map(plainWord)
    .filter(Boolean);
}

export const shiftWords: ShiftReading['words'] = {
  free: new Set(['/', '-', ...wordsOf('shiftFile.word.free')]),
  // The longest first: one may begin like another.
  standby: wordsOf('shiftFile.word.standby').toSorted((a, b) => b.length - a.length),
  nextDay: wordsOf('shiftFile.word.nextDay').toSorted((a, b) => b.length - a.length),
};

/** What such files usually call a column. */
export const usualTitles: ReadonlyMap<string, ShiftField> = new Map(
  SHIFT_FIELDS.flatMap((field): [string, ShiftField][] =>
    [field, ...wordsOf(`shiftFile.column.${field}`), ...wordsOf(`shiftFile.titles.${field}`)].map((word) => [
      word,
      field,
    ]),
  ),
);
