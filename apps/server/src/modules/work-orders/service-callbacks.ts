import { uuidv7 } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { House } from '../../platform/house.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope, wallOf } from '../places/index.ts';
import { attemptsOf, type CallbackReason, type CallRecord, type WorkOrderSettings } from './domain.ts';
import { settingsOf } from './facts.ts';
import {
  claim,
  freeCalls,
  isStillWanted,
  openCallOf,
  type OpenCall,
  type ScriptRow,
  scriptOf,
  wantedCall,
  type WantedRow,
} from './queries-callbacks.ts';
import type { ScopeRef } from './reach.ts';
import type { CommandBody } from './schemas.ts';
import type { QuestionBody } from './schemas-callbacks.ts';
import type { Order } from './tables.ts';

/** Calls: taken on by one caller at a time, and written down as they were answered. */

/** All calls that the rule asks for were made in vain: what is left is to close it. */
export function isToClose(
  call: Pick<WantedRow, 'status' | 'attempts' | 'reason'>,
  settings: WorkOrderSettings,
): boolean {
  const callbackReason = call.reason as CallbackReason | null;
  return call.status === 'finished' && call.attempts >= attemptsOf({ callbackReason }, settings);
}

export interface Claim {
  readonly id: string;
  readonly scopeId: string;
  readonly until: Date;
}

const atOnce = 50;

/** The next one to call: the caller's own if one is still theirs, else the most urgent that nobody is at. */
export async function claimNext(
  house: House,
  acting: Acting,
  tx: Tx,
  scope: ScopeRef | null,
  now: Date,
): Promise<Claim | null> {
  // What is only to be closed stays in the queue and is passed over, however much of it there is.
  const passed: string[] = [];
  for (;;) {
    const calls = await freeCalls(tx, acting, scope, now, passed, atOnce);
    for (const call of calls) {
      if (isToClose(call, await settingsOf(house, tx, call, now, call.categoryCode))) continue;
      if (!(await isStillWanted(tx, call))) continue;
      const until = await claimOne(house, acting, tx, call, now);
      if (until !== null) return { id: call.id, scopeId: call.scopeId, until };
    }
    if (calls.length < atOnce) return null;
    passed.push(...calls.map(({ id }) => id));
  }
}

async function claimOne(
  house: House,
  acting: Acting,
  tx: Tx,
  call: WantedRow,
  now: Date,
): Promise<Date | null> {
  const chain = [call.scopeId, call.companyId, call.streetId, call.cityId].filter((id) => id !== null);
  const minutes = await house.settings.get(tx, chain, 'work_order.callback_lease_minutes', now);
  const until = new Date(now.getTime() + minutes * 60_000);
  return (await claim(tx, acting, call, uuidv7(now.getTime()), now, until)) ? until : null;
}

export async function claimThis(
  house: House,
  acting: Acting,
  tx: Tx,
  scopeId: string,
  id: string,
  now: Date,
): Promise<Claim> {
  await accessScope(tx, acting, scopeId);
  const call = await wantedCall(tx, acting, scopeId, id);
  if (call === null || !(await isStillWanted(tx, call))) throw new Problem('work_order.no_callback');
  const until = await claimOne(house, acting, tx, call, now);
  if (until === null) throw taken(call.claimedName);
  return { id, scopeId, until };
}

function taken(name: string | null): Problem {
  return new Problem('work_order.callback_claimed', { name: name ?? '' });
}

type RecordBody = Extract<CommandBody, { action: 'record_callback' }>;

/** The call beside the order it is about. Who took it on makes it; nobody records over another's shoulder. */
export async function writeCall(
  tx: Tx,
  acting: Acting,
  order: Order,
  call: CallRecord,
  body: RecordBody,
  now: Date,
): Promise<void> {
  const { scopeId, cityId, streetId, companyId } = order.wall;
  const [open, script] = await Promise.all([
    openCallOf(tx, scopeId, order.id),
    body.answers === undefined ? null : scriptFor(tx, scopeId),
  ]);
  if (isElses(open, acting, now)) throw taken(open?.claimedName ?? null);
  const answers = body.answers ?? {};
  if (call.result !== 'unreachable') checkAnswers(answers, script?.questions ?? []);
  const said = call.result === 'unreachable' ? {} : answers;
  const version = Object.keys(said).length === 0 ? null : (script?.version ?? null);
  const { speed = null, manner = null, quality = null } = call.aspects;
  tx.write(
    open === null
      ? sql`insert into work_orders.callback (scope_id, callback_id, work_order_id, city_id, street_id, company_id, reason, due_at,
            claimed_by, claimed_name, claimed_until, attempts, result, was_contacted, score, speed, manner, quality, script_version, answers, ended_at)
          values (${scopeId}, ${uuidv7(now.getTime())}, ${order.id}, ${cityId}, ${streetId}, ${companyId}, ${call.reason}, ${now},
            ${acting.accountId}, ${acting.displayName}, ${now}, ${call.attempts}, ${call.result}, ${call.wasContacted}, ${call.score},
            ${speed}, ${manner}, ${quality}, ${version}, ${JSON.stringify(said)}, ${now})`
      : sql`update work_orders.callback set claimed_by = ${acting.accountId}, claimed_name = ${acting.displayName}, claimed_until = ${now},
            reason = ${call.reason}, attempts = ${call.attempts}, result = ${call.result}, was_contacted = ${call.wasContacted}, score = ${call.score},
            speed = ${speed}, manner = ${manner}, quality = ${quality}, script_version = ${version}, answers = ${JSON.stringify(said)}, ended_at = ${now}
          where scope_id = ${scopeId} and callback_id = ${open.id}`,
  );
}

function isElses(open: OpenCall | null, acting: Acting, now: Date): boolean {
  return open !== null && open.claimedBy !== acting.accountId && open.claimedUntil > now;
}

/** The script of the nearest: compound, department, company, street, city. */
export async function scriptFor(
  q: Tx | Parameters<typeof wallOf>[0],
  scopeId: string,
): Promise<ScriptRow | null> {
  const wall = await wallOf(q, scopeId);
  const chain = [
    scopeId,
    wall?.departmentId,
    wall?.companyId,
    wall?.communityId,
    wall?.streetId,
    wall?.cityId,
  ];
  return scriptOf(
    q,
    chain.filter((id): id is string => typeof id === 'string'),
  );
}

function checkAnswers(
  answers: Readonly<Record<string, string | boolean>>,
  questions: readonly QuestionBody[],
): void {
  for (const [key, answer] of Object.entries(answers)) {
    const question = questions.find((one) => one.key === key);
    const fits =
      question !== undefined &&
      (question.kind === 'yes_no'
        ? typeof answer === 'boolean'
        : typeof answer === 'string' &&
          (question.kind === 'text' || question.options?.some((option) => option.key === answer) === true));
    if (!fits) {
      throw new Problem('work_order.answer_unknown', {}, [
        { path: `/answers/${key}`, code: 'unknown', params: {} },
      ]);
    }
  }
}

/** A script that could not be asked: two questions of one name, a choice without anything to choose. */
export function faultOf(questions: readonly QuestionBody[]): { path: string; code: string } | null {
  const keys = new Set<string>();
  for (const [at, { key, kind, options }] of questions.entries()) {
    if (keys.has(key)) return { path: `/questions/${at}/key`, code: 'invalid' };
    keys.add(key);
    if ((kind === 'choice') !== (options !== undefined))
      return { path: `/questions/${at}/options`, code: 'invalid' };
    if (options !== undefined && new Set(options.map((option) => option.key)).size < options.length)
      return { path: `/questions/${at}/options`, code: 'invalid' };
  }
  return null;
}
