import { localDate } from '@gongzhi/kernel';
import type { Executor } from '../../platform/db/database.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import type { Wall } from '../places/index.ts';
import { isFillable, questionsOf, standingOf } from './domain.ts';
import {
  isHidden,
  placeValues,
  type Position,
  type RowPage,
  subjectIds,
  subjectRows,
  type Value,
} from './facts.ts';
import { newestAnswers } from './queries.ts';
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

/** What was handed over stays as it was answered then; what is being filled in is as of now. */
export function momentOf(task: TaskRow, wall: Wall, now: Date): { readonly at: Date; readonly day: string } {
  const at = isFillable(task.state) || task.submittedAt === null ? now : task.submittedAt;
  return { at, day: localDate(at.getTime(), wall.timeZone) };
}

const cellKey = (subjectId: string, key: string): string => `${subjectId} ${key}`;

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
  const keys = questionsOf(task.columns).map(({ key }) => key);
  const moment = momentOf(task, wall, now);
  const today = localDate(now.getTime(), wall.timeZone);
  const [page, ofPlace]: [RowPage, Readonly<Record<string, Value>>] = await Promise.all([
    subjectRows(q, task, wall, now, after, limit),
    placeValues(q, acting, task, wall, now),
  ]);
  const ids = page.rows.map(({ id }) => id);
  const answers =
    keys.length === 0 || ids.length === 0 ? [] : await newestAnswers(q, task.scopeId, keys, moment.at, ids);
  const newest = new Map(answers.map((answer) => [cellKey(answer.subjectId, answer.key), answer]));
  const rows = page.rows.map(({ id, label, known }): FilledRow => {
    const values = { ...ofPlace, ...known };
    const cells = task.columns.map((column): Cell => {
      if (column.kind === 'known')
        return isHidden(column.key, acting.role)
          ? { state: 'hidden', value: null, asOf: null, validUntil: null }
          : { state: 'register', value: values[column.key] ?? null, asOf: today, validUntil: null };
      const answer = newest.get(cellKey(id, column.key)) ?? null;
      const state = standingOf(answer, task.formId, moment.day);
      if (answer === null || state === 'open')
        return { state: 'open', value: null, asOf: null, validUntil: null };
      return {
        state,
        value: house.crypto.open(answer.valueCipher, answerTable, answerId(task.scopeId, answer)),
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

export async function progressOf(
  q: Executor,
  { task, wall, now }: Omit<Filling, 'house' | 'acting'>,
): Promise<Progress> {
  const questions = questionsOf(task.columns);
  const ids = await subjectIds(q, task, wall, now);
  const moment = momentOf(task, wall, now);
  const answers =
    questions.length === 0
      ? []
      : await newestAnswers(
          q,
          task.scopeId,
          questions.map(({ key }) => key),
          moment.at,
        );
  const newest = new Map(answers.map((answer) => [cellKey(answer.subjectId, answer.key), answer]));
  let [missing, reused] = [0, 0];
  for (const id of ids)
    for (const { key, isRequired } of questions) {
      const state = standingOf(newest.get(cellKey(id, key)) ?? null, task.formId, moment.day);
      if (state === 'known') reused++;
      if (state === 'open' && isRequired) missing++;
    }
  return { rows: ids.length, missing, reused };
}
