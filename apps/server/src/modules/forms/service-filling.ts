import { type LocalDate, localDate } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import type { FieldProblem } from '../../platform/http/problem.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope, findStaffByAccount, type Wall } from '../places/index.ts';
import { addEffort, storeAnswer, storeDecided, storeSubmitted, storeTaken, tell } from './changes.ts';
import {
  credited,
  decide,
  isFillable,
  isOverwritten,
  questionsOf,
  readAnswer,
  standingOf,
  type TaskAction,
  validUntil,
} from './domain.ts';
import { subjectIds } from './facts.ts';
import { effortOn, lockTask } from './queries.ts';
import { removalOf } from './queries-answers.ts';
import type { AnswersBody, DecisionBody } from './schemas.ts';
import {
  answerId,
  answersOf,
  answerTable,
  cellKey,
  lentAnswers,
  opened,
  progressOf,
} from './service-rows.ts';
import type { AnswerRow, TaskRow, Touch } from './tables.ts';

/** Filling in, handing over, taking. What holds already is not asked; who knows better corrects it, and says so. */

export interface Target {
  readonly scopeId: string;
  readonly id: string;
}

async function lock(tx: Tx, acting: Acting, { scopeId, id }: Target): Promise<{ wall: Wall; task: TaskRow }> {
  const wall = await accessScope(tx, acting, scopeId);
  const task = await lockTask(tx, scopeId, id);
  if (task === null) throw new Problem('not_found');
  return { wall, task };
}

export async function answer(
  house: House,
  acting: Acting,
  tx: Tx,
  target: Target,
  { answers, isCorrection }: AnswersBody,
  now: Date,
): Promise<void> {
  const { wall, task } = await lock(tx, acting, target);
  if (!isFillable(task.state)) throw new Problem('forms.wrong_state', { state: task.state });
  const today = localDate(now.getTime(), wall.timeZone);
  const questions = new Map(questionsOf(task.columns).map((question) => [question.key, question]));
  // Nothing but what is answered is looked at: the task is locked, and others wait to answer theirs.
  const wanted = [...new Set(answers.map(({ subjectId }) => subjectId))];
  const keys = [...new Set(answers.map(({ key }) => key))].filter((key) => questions.has(key));
  const [known, newest] = await Promise.all([
    subjectIds(tx, task, wall, now, wanted),
    answersOf(tx, task, now, { keys, subjectIds: wanted }),
  ]);
  const subjects = new Set(known);
  const faults: FieldProblem[] = [];
  const changed: FieldProblem[] = [];
  for (const [i, { subjectId, key, value, replaces }] of answers.entries()) {
    const at = `/answers/${i}`;
    const question = questions.get(key);
    if (question === undefined || !subjects.has(subjectId)) {
      const wrong = question === undefined ? 'key' : 'subjectId';
      faults.push({ path: `${at}/${wrong}`, code: 'unknown', params: {} });
      continue;
    }
    const before = newest.get(cellKey(subjectId, key)) ?? null;
    const isKnown = standingOf(before, task.formId, today) === 'known';
    if (isKnown && (!isCorrection || value === null))
      throw new Problem('forms.answered', { until: before?.validUntil });
    const read = value === null ? null : readAnswer(question, value);
    if (read?.ok === false) {
      faults.push({ path: `${at}/value`, ...read.error });
      continue;
    }
    const stands = await standsOf(tx, house, task, before, { subjectId, key, replaces }, today);
    if (
      stands !== null &&
      isOverwritten(
        question,
        { value: stands.value, by: stands.answeredBy },
        { value, replaces, by: acting.accountId },
      )
    ) {
      const params = {
        value: stands.value,
        since: stands.answeredAt.toISOString(),
        by: await nameOf(tx, acting, stands, today),
        role: stands.answeredAs,
      };
      changed.push({ path: `${at}/value`, code: 'changed', params });
      continue;
    }
    const row = answerId(task.scopeId, { formId: task.formId, subjectId, key });
    storeAnswer(
      tx,
      task,
      acting,
      {
        subjectId,
        question,
        valueCipher: read === null ? null : house.crypto.seal(read.value, answerTable, row),
        validUntil: validUntil(today, question.validMonths),
        isCorrection: isKnown,
      },
      today,
      now,
    );
  }
  if (faults.length > 0) throw new Problem('validation.failed', {}, faults);
  if (changed.length > 0) throw new Problem('forms.answer_changed', {}, changed);
}

/**
 * What is in the way of an answer, and whose it is. Null where nobody put anything there, or where it holds no more: that is
 * asked anew.
 */
async function standsOf(
  tx: Tx,
  house: House,
  task: TaskRow,
  before: AnswerRow | null,
  { subjectId, key, replaces }: { subjectId: string; key: string; replaces: string | null },
  today: string,
): Promise<(Touch & { readonly value: string | null }) | null> {
  if (before !== null)
    return standingOf(before, task.formId, today) === 'open'
      ? null
      : { ...before, value: opened(house, task, before) };
  const removal = replaces === null ? null : await removalOf(tx, task, subjectId, key);
  return removal === null ? null : { ...removal, value: null };
}

/** Only whom the wall shows to who asks is named: their own office's people of today. */
async function nameOf(tx: Tx, acting: Acting, stands: Touch, today: LocalDate): Promise<string | null> {
  const member = await findStaffByAccount(tx, acting.actor.scopeIds, stands.answeredBy, today);
  return member === null ? null : stands.answeredByName;
}

function mayMove(task: TaskRow, acting: Acting, action: TaskAction, missing: number) {
  const decided = decide(
    { state: task.state, missing, submittedBy: task.submittedBy, by: acting.accountId },
    action,
  );
  if (decided.ok) return decided.value;
  const params = { wrong_state: { state: task.state }, missing: { count: missing }, own_hand: {} };
  throw new Problem(`forms.${decided.error}`, params[decided.error]);
}

function assertFresh(task: TaskRow, expectedVersion: number): void {
  if (task.version !== expectedVersion) throw new Problem('forms.stale', { version: task.version });
}

export async function submit(
  acting: Acting,
  tx: Tx,
  target: Target,
  expectedVersion: number,
  now: Date,
): Promise<void> {
  const { wall, task } = await lock(tx, acting, target);
  assertFresh(task, expectedVersion);
  const { missing } = await progressOf(tx, { task, wall, now });
  const lent = await lentAnswers(tx, { task, wall, now });
  storeSubmitted(tx, task, acting, mayMove(task, acting, 'submit', missing), now);
  storeTaken(tx, task, acting, lent);
  tell(tx, task, 'submitted', task.formId, now);
}

/** By the office that asked for it, and by nobody's own hand. */
export async function decideTask(
  acting: Acting,
  tx: Tx,
  target: Target,
  body: DecisionBody,
  now: Date,
): Promise<void> {
  const { task } = await lock(tx, acting, target);
  if (task.formScopeId !== acting.homeScopeId) throw new Problem('forms.not_yours');
  assertFresh(task, body.expectedVersion);
  const state = mayMove(task, acting, body.action, 0);
  const reason = body.action === 'return' ? body.reason.trim() : null;
  storeDecided(tx, task, acting, { state, reason }, now);
  tell(tx, task, body.action === 'return' ? 'returned' : 'accepted', task.formId, now);
}

/** What counts of the seconds a page claims; whose they are is not kept. */
export async function countEffort(
  acting: Acting,
  tx: Tx,
  target: Target,
  seconds: number,
  now: Date,
): Promise<number> {
  const { wall, task } = await lock(tx, acting, target);
  if (!isFillable(task.state)) return 0;
  const day = localDate(now.getTime(), wall.timeZone);
  const counted = credited(seconds, await effortOn(tx, task.scopeId, task.formId, day));
  if (counted > 0) addEffort(tx, task, day, counted);
  return counted;
}
