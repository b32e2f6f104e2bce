import { localDate } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import type { FieldProblem } from '../../platform/http/problem.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope, type Wall } from '../places/index.ts';
import { addEffort, storeAnswer, storeDecided, storeSubmitted, storeTaken, tell } from './changes.ts';
import {
  credited,
  decide,
  isFillable,
  questionsOf,
  readAnswer,
  standingOf,
  type TaskAction,
  validUntil,
} from './domain.ts';
import { subjectIds } from './facts.ts';
import { effortOn, lockTask } from './queries.ts';
import type { AnswersBody, DecisionBody } from './schemas.ts';
import { answerId, answersOf, answerTable, cellKey, countedOf } from './service-rows.ts';
import type { TaskRow } from './tables.ts';

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
  const subjects = new Set(await subjectIds(tx, task, wall, now));
  const newest = await answersOf(tx, { house, task, now }, [...new Set(answers.map((one) => one.subjectId))]);
  const faults: FieldProblem[] = [];
  answers.forEach(({ subjectId, key, value }, i) => {
    const at = `/answers/${i}`;
    const question = questions.get(key);
    if (question === undefined || !subjects.has(subjectId)) {
      faults.push({
        path: `${at}/${question === undefined ? 'key' : 'subjectId'}`,
        code: 'unknown',
        params: {},
      });
      return;
    }
    const before = newest.get(cellKey(subjectId, key)) ?? null;
    const isKnown = standingOf(before, task.formId, today) === 'known';
    if (isKnown && (!isCorrection || value === null))
      throw new Problem('forms.answered', { until: before?.validUntil });
    const read = value === null ? null : readAnswer(question, value);
    if (read?.ok === false) {
      faults.push({ path: `${at}/value`, ...read.error });
      return;
    }
    const row = answerId(task.scopeId, { formId: task.formId, subjectId, key });
    storeAnswer(
      tx,
      task,
      acting,
      {
        subjectId,
        key,
        valueCipher: read === null ? null : house.crypto.seal(read.value, answerTable, row),
        validUntil: validUntil(today, question.validMonths),
        isCorrection: isKnown,
      },
      today,
      now,
    );
  });
  if (faults.length > 0) throw new Problem('validation.failed', {}, faults);
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
  house: House,
  acting: Acting,
  tx: Tx,
  target: Target,
  expectedVersion: number,
  now: Date,
): Promise<void> {
  const { wall, task } = await lock(tx, acting, target);
  assertFresh(task, expectedVersion);
  const { missing, known } = await countedOf(tx, { house, task, wall, now });
  storeSubmitted(tx, task, acting, mayMove(task, acting, 'submit', missing), now);
  storeTaken(tx, task, acting, known);
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
