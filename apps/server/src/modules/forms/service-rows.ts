import { localDate } from '@gongzhi/kernel';
import type { Executor } from '../../platform/db/database.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import type { Wall } from '../places/index.ts';
import { isFillable, questionsOf, readAnswer, standingOf } from './domain.ts';
import {
  isHidden,
  placeValues,
  type Position,
  type RowPage,
  subjectIds,
  subjectRows,
  type Value,
} from './facts.ts';
import { keptAnswers, newestAnswers } from './queries.ts';
import type { AnswerRow, TaskRow } from './tables.ts';

/** A form before its place, filled in as far as the house knows: the registers' part and what was answered anywhere. */

export interface Cell {
  /**
   * `register`: the house knows it; `hidden`: it does, and not for this reader; `own`: answered in this form; `known`:
   * answered in another one, and still holding; `open`: asked.
   */
  readonly state: 'register' | 'hidden' | 'own' | 'known' | 'open';
  readonly value: Value;
  /** The day of the answer, or of the reading. */
  readonly asOf: string | null;
  readonly validUntil: string | null;
}

export interface FilledRow {
  readonly id: string;
  readonly label: string;
  readonly cells: readonly Cell[];
}

export const answerId = (scopeId: string, answer: Pick<AnswerRow, 'formId' | 'subjectId' | 'key'>): string =>
  `${scopeId} ${answer.formId} ${answer.subjectId} ${answer.key}`;
export const answerTable = 'forms.answer';

export const cellKey = (subjectId: string, key: string): string => `${subjectId} ${key}`;

const opened = (house: House, { scopeId }: TaskRow, answer: AnswerRow): string =>
  house.crypto.open(answer.valueCipher, answerTable, answerId(scopeId, answer));

/**
 * Of each question the newest answer, by `cellKey`. What was handed over stays as it was answered then; what is being filled
 * in is as of now. Another form's answer counts where it reads as one to this question: two offices that publish at the same
 * moment may ask the same words in two ways. Its own was read when it was given.
 */
export async function answersOf(
  q: Executor,
  { house, task, now }: Pick<Filling, 'house' | 'task' | 'now'>,
  subjects: readonly string[] | null,
): Promise<ReadonlyMap<string, AnswerRow>> {
  const newest = new Map<string, AnswerRow>();
  const questions = new Map(questionsOf(task.columns).map((question) => [question.key, question]));
  if (questions.size === 0) return newest;
  const answers =
    !isFillable(task.state) && task.submittedAt !== null
      ? await keptAnswers(q, task, subjects)
      : await newestAnswers(q, task, [...questions.keys()], now, subjects);
  for (const answer of answers) {
    const cell = cellKey(answer.subjectId, answer.key);
    const question = questions.get(answer.key);
    if (question === undefined || newest.has(cell)) continue;
    if (answer.formId === task.formId || readAnswer(question, opened(house, task, answer)).ok)
      newest.set(cell, answer);
  }
  return newest;
}

function dayOf(task: TaskRow, wall: Wall, now: Date): string {
  const at = isFillable(task.state) ? now : (task.submittedAt ?? now);
  return localDate(at.getTime(), wall.timeZone);
}

export interface Filling {
  readonly house: House;
  readonly acting: Acting;
  readonly task: TaskRow;
  readonly wall: Wall;
  readonly now: Date;
}

export async function filledRows(
  q: Executor,
  { house, acting, task, wall, now }: Filling,
  after: Position | null,
  limit: number,
): Promise<{ rows: FilledRow[]; next: Position | null }> {
  const day = dayOf(task, wall, now);
  const today = localDate(now.getTime(), wall.timeZone);
  const [page, ofPlace]: [RowPage, Readonly<Record<string, Value>>] = await Promise.all([
    subjectRows(q, task, wall, now, after, limit),
    placeValues(q, acting, task, wall, now),
  ]);
  const ids = page.rows.map(({ id }) => id);
  const newest = await answersOf(q, { house, task, now }, ids);
  const rows = page.rows.map(({ id, label, known }): FilledRow => {
    const values = { ...ofPlace, ...known };
    const cells = task.columns.map((column): Cell => {
      if (column.kind === 'known')
        return isHidden(column.key, acting.role)
          ? { state: 'hidden', value: null, asOf: null, validUntil: null }
          : { state: 'register', value: values[column.key] ?? null, asOf: today, validUntil: null };
      const answer = newest.get(cellKey(id, column.key)) ?? null;
      const state = standingOf(answer, task.formId, day);
      if (answer === null || state === 'open')
        return { state: 'open', value: null, asOf: null, validUntil: null };
      return {
        state,
        value: opened(house, task, answer),
        asOf: answer.answeredOn,
        validUntil: answer.validUntil,
      };
    });
    // A person's row bears no name for who may not read names.
    const isUnnamed = task.subject === 'resident' && isHidden('resident.name', acting.role);
    return { id, label: isUnnamed ? '' : label, cells };
  });
  return { rows, next: page.next };
}

export interface Progress {
  readonly rows: number;
  /** Required questions without an answer. */
  readonly missing: number;
  /** Questions that another form's answer answers. */
  readonly reused: number;
}

export async function progressOf(q: Executor, filling: Omit<Filling, 'acting'>): Promise<Progress> {
  const { rows, missing, known } = await countedOf(q, filling);
  return { rows, missing, reused: known.length };
}

/** As `progressOf`, with what other forms lend. */
export async function countedOf(
  q: Executor,
  { house, task, wall, now }: Omit<Filling, 'acting'>,
): Promise<Omit<Progress, 'reused'> & { readonly known: readonly AnswerRow[] }> {
  const questions = questionsOf(task.columns);
  const ids = await subjectIds(q, task, wall, now);
  const day = dayOf(task, wall, now);
  const newest = await answersOf(q, { house, task, now }, null);
  const known: AnswerRow[] = [];
  let missing = 0;
  for (const id of ids)
    for (const { key, isRequired } of questions) {
      const answer = newest.get(cellKey(id, key)) ?? null;
      const state = standingOf(answer, task.formId, day);
      if (answer !== null && state === 'known') known.push(answer);
      if (state === 'open' && isRequired) missing++;
    }
  return { rows: ids.length, missing, known };
}
