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
import { countAnswers, keptAnswers, newestAnswers, type Which } from './queries-answers.ts';
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

export const opened = (house: House, { scopeId }: TaskRow, answer: AnswerRow): string =>
  house.crypto.open(answer.valueCipher, answerTable, answerId(scopeId, answer));

/** Until when other forms' answers are looked at; null: it was handed over, and stays as it was answered then. */
const untilOf = ({ state, submittedAt }: TaskRow, now: Date): Date | null =>
  !isFillable(state) && submittedAt !== null ? null : now;

/** Of each of these questions the answer that counts, by `cellKey`: of what is being filled in as of now. */
export async function answersOf(
  q: Executor,
  task: TaskRow,
  now: Date,
  which: Which,
): Promise<ReadonlyMap<string, AnswerRow>> {
  if (which.keys.length === 0) return new Map();
  const until = untilOf(task, now);
  const answers =
    until === null ? await keptAnswers(q, task, which) : await newestAnswers(q, task, { ...which, until });
  return new Map(answers.map((answer) => [cellKey(answer.subjectId, answer.key), answer]));
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
  const keys = questionsOf(task.columns).map(({ key }) => key);
  const newest = await answersOf(q, task, now, { keys, subjectIds: ids });
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

/** Counted without an answer being opened. */
export async function progressOf(
  q: Executor,
  { task, wall, now }: Pick<Filling, 'task' | 'wall' | 'now'>,
): Promise<Progress> {
  const ids = await subjectIds(q, task, wall, now);
  const questions = questionsOf(task.columns);
  const required = questions.filter(({ isRequired }) => isRequired);
  const { answered, lent } = await countAnswers(
    q,
    task,
    {
      keys: questions.map(({ key }) => key),
      requiredKeys: required.map(({ key }) => key),
      subjectIds: ids,
      day: dayOf(task, wall, now),
    },
    untilOf(task, now),
  );
  return { rows: ids.length, missing: ids.length * required.length - answered, reused: lent };
}

/** What other forms lend to one that is handed over now. */
export async function lentAnswers(
  q: Executor,
  { task, wall, now }: Pick<Filling, 'task' | 'wall' | 'now'>,
): Promise<AnswerRow[]> {
  const keys = questionsOf(task.columns).map(({ key }) => key);
  const newest = await answersOf(q, task, now, { keys, subjectIds: await subjectIds(q, task, wall, now) });
  const day = dayOf(task, wall, now);
  return [...newest.values()].filter((answer) => standingOf(answer, task.formId, day) === 'known');
}
