import { tables } from '@gongzhi/i18n';
import { type IntakeField, INTAKE_FIELDS, type IntakeWords, URGENCIES, type Urgency } from './domain.ts';

/** The hotline's own words in its files, from packages/i18n: of a label with several, each counts. */
function wordsOf(key: string): string[] {
  return [tables['zh-CN'], tables.en]
    .flatMap((table) => ((table as Record<string, string>)[key] ?? '').split('|'))
    .map(plain)
    .filter(Boolean);
}

export const plain = (text: string) =>
  text
    .trim()
    .toLowerCase()
    .replaceAll(/[\s*:\uff1a]/g, '');

export const intakeWords: IntakeWords = {
  yes: new Set(['1', 'y', 'true', ...wordsOf('hotline.word.yes')]),
  no: new Set(['0', 'n', 'false', ...wordsOf('hotline.word.no')]),
  urgencies: new Map(
    URGENCIES.flatMap((urgency): [string, Urgency][] =>
      [...wordsOf(`hotline.word.${urgency}`), ...wordsOf(`hotline.urgency.${urgency}`)].map((word) => [
        word,
        urgency,
      ]),
    ),
  ),
};

/** What hotlines usually call a column. */
export const usualTitles: ReadonlyMap<string, IntakeField> = new Map(
  INTAKE_FIELDS.flatMap((field): [string, IntakeField][] =>
    [field, ...wordsOf(`hotline.column.${field}`), ...wordsOf(`hotline.titles.${field}`)].map((word) => [
      plain(word),
      field,
    ]),
  ),
);
