import { isLocalDate, type LocalDate, type Result, err, ok } from '@gongzhi/kernel';
import type { Question } from './definition.ts';

/** What was answered, whether it fits its question, and how long it holds. */

export const LONGEST = 500;
const decimal = /^-?\d{1,12}(?:\.\d{1,2})?$/;

/** Kept as text, written one way; null takes an answer away. */
export function readAnswer(
  { type, options }: Pick<Question, 'type' | 'options'>,
  given: string,
): Result<string, { readonly code: string; readonly params: Readonly<Record<string, unknown>> }> {
  const value = given.normalize('NFKC').trim();
  switch (type) {
    case 'text': {
      const words = given.trim();
      if (words === '') return err({ code: 'required', params: {} });
      return words.length > LONGEST ? err({ code: 'maxLength', params: { limit: LONGEST } }) : ok(words);
    }
    case 'number':
      if (!decimal.test(value)) return err({ code: 'number', params: {} });
      return ok(String(Number(value)));
    case 'yes_no':
      return value === 'yes' || value === 'no' ? ok(value) : err({ code: 'enum', params: {} });
    case 'choice':
      return options.includes(given.trim()) ? ok(given.trim()) : err({ code: 'enum', params: {} });
    case 'date':
      return isLocalDate(value) && value < '9990' ? ok(value) : err({ code: 'no_date', params: {} });
  }
}

/** What was seen, as it would be kept: a page may show it as it was typed. */
const asKept = (question: Pick<Question, 'type' | 'options'>, given: string | null): string | null => {
  const read = given === null ? null : readAnswer(question, given);
  return read?.ok === true ? read.value : given;
};

/** An answer and what it was typed over; null: none. */
export interface Replacing {
  readonly value: string | null;
  readonly replaces: string | null;
  readonly by: string;
}

/**
 * Whether it would overwrite, unseen, what somebody else put there meanwhile. To say the same again overwrites nothing, and
 * nobody is in one's own way.
 */
export const isOverwritten = (
  question: Pick<Question, 'type' | 'options'>,
  stands: { readonly value: string | null; readonly by: string },
  { value, replaces, by }: Replacing,
): boolean =>
  stands.by !== by && stands.value !== asKept(question, replaces) && stands.value !== asKept(question, value);

/** The last day on which it holds: so many months later, and never a day that its month does not have. */
export function validUntil(answeredOn: LocalDate, months: number): LocalDate {
  const [year = 0, month = 0, day = 0] = answeredOn.split('-').map(Number);
  const at = year * 12 + (month - 1) + months;
  const [toYear, toMonth] = [Math.floor(at / 12), (at % 12) + 1];
  const isLeap = (toYear % 4 === 0 && toYear % 100 !== 0) || toYear % 400 === 0;
  const last = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][toMonth - 1] ?? 31;
  const two = (n: number) => String(n).padStart(2, '0');
  return `${toYear}-${two(toMonth)}-${two(Math.min(day, last))}`;
}

export interface Answer {
  readonly formId: string;
  readonly validUntil: LocalDate;
}

/**
 * What the newest answer means for a form: its own; known, because somebody answered it before and it still holds; or none,
 * and the question is asked. `on` is the day the form is filled in or was handed over.
 */
export function standingOf(newest: Answer | null, formId: string, on: LocalDate): 'own' | 'known' | 'open' {
  if (newest === null) return 'open';
  if (newest.formId === formId) return 'own';
  return newest.validUntil >= on ? 'known' : 'open';
}
