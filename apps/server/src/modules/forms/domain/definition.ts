import type { LocalDate } from '@gongzhi/kernel';
import { fieldOf, isWithin, knownBy, type Subject } from '../catalogue/index.ts';
import { normalised } from './words.ts';

/** What a form asks, and why a definition is refused. */

export type { Subject };

export const FORM_STATES = ['draft', 'published', 'withdrawn'] as const;
export type FormState = (typeof FORM_STATES)[number];

export const QUESTION_TYPES = ['text', 'number', 'yes_no', 'choice', 'date'] as const;
export type QuestionType = (typeof QUESTION_TYPES)[number];

export interface KnownColumn {
  readonly kind: 'known';
  readonly key: string;
}
export interface Question {
  readonly kind: 'question';
  /** From its words (`keyOf`): one asked anywhere else is the same question. */
  readonly key: string;
  readonly label: string;
  readonly type: QuestionType;
  readonly options: readonly string[];
  readonly isRequired: boolean;
  /** How long an answer holds. */
  readonly validMonths: number;
}
export type Column = KnownColumn | Question;

/** As it is written by who authors it: a question's key comes from its words. */
export type WishedColumn = KnownColumn | Omit<Question, 'key'>;

export const keyOf = (label: string): string => normalised(label);

export function columnsOf(wished: readonly WishedColumn[]): Column[] {
  return wished.map((column) =>
    column.kind === 'known'
      ? { kind: 'known', key: column.key }
      : {
          ...column,
          key: keyOf(column.label),
          label: column.label.trim(),
          options: column.options.map((option) => option.trim()),
        },
  );
}

export const questionsOf = (columns: readonly Column[]): Question[] =>
  columns.filter((column) => column.kind === 'question');

export interface Fault {
  readonly path: string;
  readonly code: string;
  readonly params: Readonly<Record<string, unknown>>;
}

export interface Definition {
  readonly subject: Subject;
  readonly periodFrom: LocalDate;
  readonly periodTo: LocalDate;
  readonly dueOn: LocalDate;
  readonly columns: readonly Column[];
}

/** What a question is and was asked as, so that an old answer answers it. */
export type Asked = Pick<Question, 'key' | 'type' | 'options'>;

/** How it is asked: an answer answers whatever is asked the same way. A choice's options may stand in any order. */
export const wayOf = ({ type, options }: Pick<Question, 'type' | 'options'>): string =>
  type === 'choice' ? `${type} ${options.toSorted().join('\n')}` : type;

function questionFaults(question: Question, at: string, subject: Subject, asked: readonly Asked[]): Fault[] {
  const found: Fault[] = [];
  const known = knownBy(question.label, subject);
  if (known !== null) found.push({ path: `${at}/label`, code: 'known', params: { field: known.key } });
  if (question.key === '') found.push({ path: `${at}/label`, code: 'required', params: {} });
  const isChoice = question.type === 'choice';
  if (isChoice && question.options.length < 2)
    found.push({ path: `${at}/options`, code: 'minItems', params: { limit: 2 } });
  if (!isChoice && question.options.length > 0)
    found.push({ path: `${at}/options`, code: 'values_unused', params: {} });
  if (new Set(question.options).size < question.options.length)
    found.push({ path: `${at}/options`, code: 'twice', params: {} });
  const before = asked.find((one) => one.key === question.key);
  if (before !== undefined && wayOf(before) !== wayOf(question))
    found.push({
      path: `${at}/type`,
      code: 'asked_otherwise',
      params: { type: before.type, options: before.options },
    });
  return found;
}

/** Everything that is wrong with it at once. `asked`: questions of published forms whose answers this one will be offered. */
export function faultsOf(
  { subject, columns, periodFrom, periodTo, dueOn }: Definition,
  asked: readonly Asked[],
  today: LocalDate,
): Fault[] {
  const found: Fault[] = [];
  if (periodTo < periodFrom)
    found.push({ path: '/periodTo', code: 'period_order', params: { day: periodFrom } });
  if (dueOn <= today) found.push({ path: '/dueOn', code: 'after_today', params: { day: today } });
  const seen = new Set<string>();
  columns.forEach((column, i) => {
    const at = `/columns/${i}`;
    const name = column.kind === 'known' ? column.key : `?${column.key}`;
    if (seen.has(name)) found.push({ path: at, code: 'twice', params: {} });
    seen.add(name);
    if (column.kind === 'question') found.push(...questionFaults(column, at, subject, asked));
    else {
      const field = fieldOf(column.key);
      if (field === null || !isWithin(subject, field))
        found.push({ path: `${at}/key`, code: 'enum', params: {} });
    }
  });
  return found;
}
