import type { Executor, Tx } from '../../platform/db/database.ts';
import { join, sql, type Statement } from '../../platform/db/sql.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { CALLBACK_REASONS, type RateCounts } from './domain.ts';
import { notAccusedIn, type ScopeRef, stillServed, visibleTo, withinReach, withinScope } from './reach.ts';
import type { QuestionBody } from './schemas-callbacks.ts';

/** Calls: whom to call, who has taken it on, what was said. */

export interface WantedRow {
  readonly id: string;
  readonly scopeId: string;
  readonly cityId: string | null;
  readonly streetId: string | null;
  readonly companyId: string | null;
  readonly number: string;
  readonly status: string;
  readonly categoryCode: string;
  readonly categoryNameZh: string;
  readonly categoryNameEn: string;
  readonly placeLabel: string;
  readonly contactMasked: string | null;
  readonly assigneeName: string | null;
  readonly isEmergency: boolean;
  readonly reason: string | null;
  readonly wantedAt: Date;
  readonly attempts: number;
  readonly rating: string | null;
  readonly claimedName: string | null;
  readonly claimedUntil: Date | null;
  readonly isMine: boolean;
}

const wantedColumns = (accountId: string): Statement => sql`o.work_order_id as id, o.scope_id as "scopeId",
  o.city_id as "cityId", o.street_id as "streetId", o.company_id as "companyId", o.number, o.status, o.category_code as "categoryCode",
  n.name_zh as "categoryNameZh", n.name_en as "categoryNameEn", o.place_label as "placeLabel",
  o.contact_masked as "contactMasked", o.assignee_name as "assigneeName", o.is_emergency as "isEmergency",
  o.callback_reason as reason, o.callback_wanted_at as "wantedAt", o.callback_attempts as attempts, o.rating,
  c.claimed_name as "claimedName", c.claimed_until as "claimedUntil", coalesce(c.claimed_by = ${accountId}, false) as "isMine"`;

const fromWanted = sql`work_orders.work_order o join work_orders.category n on n.code = o.category_code
  left join work_orders.callback c on c.scope_id = o.scope_id and c.work_order_id = o.work_order_id and c.ended_at is null`;

/** Who waits longest first, from after a position. */
export async function wantedCalls(
  q: Executor,
  acting: Acting,
  scope: ScopeRef | null,
  after: { at: Date; id: string } | null,
  limit: number,
): Promise<WantedRow[]> {
  const where = [scope === null ? withinReach(acting.actor) : withinScope(scope), visibleTo(acting)];
  where.push(sql`o.callback_wanted_at is not null`, stillServed(acting));
  if (after !== null) where.push(sql`(o.callback_wanted_at, o.work_order_id) > (${after.at}, ${after.id})`);
  return q.query<WantedRow>(
    sql`select ${wantedColumns(acting.accountId)} from ${fromWanted} where ${join(where, ' and ')}
      order by o.callback_wanted_at, o.work_order_id limit ${limit + 1}`,
  );
}

/** What nobody else is at and has not been looked at yet; one's own first, then by urgency and by how long it waits. */
export async function freeCalls(
  q: Executor,
  acting: Acting,
  scope: ScopeRef | null,
  now: Date,
  passed: readonly string[],
  limit: number,
): Promise<WantedRow[]> {
  const where = [scope === null ? withinReach(acting.actor) : withinScope(scope), visibleTo(acting)];
  where.push(sql`o.callback_wanted_at is not null`, stillServed(acting));
  if (passed.length > 0) where.push(sql`o.work_order_id <> all (${[...passed]}::uuid[])`);
  where.push(sql`(c.callback_id is null or c.claimed_until <= ${now} or c.claimed_by = ${acting.accountId})`);
  return q.query<WantedRow>(
    sql`select ${wantedColumns(acting.accountId)} from ${fromWanted} where ${join(where, ' and ')}
      order by (c.claimed_by = ${acting.accountId} and c.claimed_until > ${now}) desc nulls last,
        array_position(${[...CALLBACK_REASONS]}::text[], coalesce(o.callback_reason, 'unanswered')), o.callback_wanted_at, o.work_order_id
      limit ${limit}`,
  );
}

export async function wantedCall(
  q: Executor,
  acting: Acting,
  scopeId: string,
  id: string,
): Promise<WantedRow | null> {
  const rows = await q.query<WantedRow>(
    sql`select ${wantedColumns(acting.accountId)} from ${fromWanted}
      where o.scope_id = ${scopeId} and o.work_order_id = ${id} and ${visibleTo(acting)} and o.callback_wanted_at is not null and ${stillServed(acting)}`,
  );
  return rows[0] ?? null;
}

/**
 * Whether it is wanted still, with the order locked: who is writing a call down just now is waited for, and nobody takes on
 * what was called meanwhile.
 */
export async function isStillWanted(
  tx: Tx,
  { scopeId, id }: Pick<WantedRow, 'scopeId' | 'id'>,
): Promise<boolean> {
  const rows = await tx.query(
    sql`select from work_orders.work_order o
      where o.scope_id = ${scopeId} and o.work_order_id = ${id} and o.callback_wanted_at is not null for no key update`,
  );
  return rows.length > 0;
}

/** True when it is now this caller's; false when somebody else holds it. One statement: of two callers one gets it. */
export async function claim(
  tx: Tx,
  acting: Acting,
  call: WantedRow,
  callbackId: string,
  now: Date,
  until: Date,
): Promise<boolean> {
  const rows = await tx.query<{ id: string }>(
    sql`insert into work_orders.callback as c (scope_id, callback_id, work_order_id, city_id, street_id, company_id, reason, due_at,
          claimed_by, claimed_name, claimed_until, attempts)
        values (${call.scopeId}, ${callbackId}, ${call.id}, ${call.cityId}, ${call.streetId}, ${call.companyId},
          ${call.reason ?? 'unanswered'}, ${call.wantedAt}, ${acting.accountId}, ${acting.displayName}, ${until}, ${call.attempts})
        on conflict (scope_id, work_order_id) where ended_at is null do update
          set claimed_by = excluded.claimed_by, claimed_name = excluded.claimed_name, claimed_until = excluded.claimed_until,
            attempts = excluded.attempts, reason = excluded.reason, due_at = excluded.due_at
          where c.claimed_until <= ${now} or c.claimed_by = excluded.claimed_by
        returning c.callback_id as id`,
  );
  return rows.length > 0;
}

export const release = (scopeId: string, id: string, accountId: string, now: Date): Statement =>
  sql`update work_orders.callback set claimed_until = ${now} where scope_id = ${scopeId} and work_order_id = ${id}
      and ended_at is null and claimed_by = ${accountId} and claimed_until > ${now}`;

export interface OpenCall {
  readonly id: string;
  readonly claimedBy: string;
  readonly claimedName: string;
  readonly claimedUntil: Date;
}

export async function openCallOf(tx: Tx, scopeId: string, id: string): Promise<OpenCall | null> {
  const rows = await tx.query<OpenCall>(
    sql`select c.callback_id as id, c.claimed_by as "claimedBy", c.claimed_name as "claimedName", c.claimed_until as "claimedUntil"
      from work_orders.callback c where c.scope_id = ${scopeId} and c.work_order_id = ${id} and c.ended_at is null for no key update`,
  );
  return rows[0] ?? null;
}

export interface CallRow {
  readonly id: string;
  readonly reason: string;
  readonly attempts: number;
  readonly callerName: string;
  readonly result: string;
  readonly wasContacted: boolean | null;
  readonly score: string | null;
  readonly speed: string | null;
  readonly manner: string | null;
  readonly quality: string | null;
  readonly scriptVersion: number | null;
  readonly answers: Record<string, string | boolean>;
  readonly at: Date;
}

export async function callsOf(q: Executor, scopeId: string, id: string): Promise<CallRow[]> {
  return q.query<CallRow>(
    sql`select c.callback_id as id, c.reason, c.attempts, c.claimed_name as "callerName", c.result, c.was_contacted as "wasContacted",
        c.score, c.speed, c.manner, c.quality, c.script_version as "scriptVersion", c.answers, c.ended_at as at
      from work_orders.callback c where c.scope_id = ${scopeId} and c.work_order_id = ${id} and c.ended_at is not null
      order by c.ended_at desc, c.callback_id desc limit 50`,
  );
}

export interface ScriptRow {
  readonly scopeId: string;
  readonly version: number;
  readonly questions: QuestionBody[];
  readonly writtenName: string;
  readonly writtenAt: Date;
}

/** The newest version of the nearest scope that has one. */
export async function scriptOf(q: Executor, chain: readonly string[]): Promise<ScriptRow | null> {
  const rows = await q.query<ScriptRow>(
    sql`select s.scope_id as "scopeId", s.version, s.questions, s.written_name as "writtenName", s.written_at as "writtenAt"
      from work_orders.callback_script s where s.scope_id = any (${[...chain]}::uuid[])
      order by array_position(${[...chain]}::uuid[], s.scope_id), s.version desc limit 1`,
  );
  return rows[0] ?? null;
}

export interface CountedCalls extends RateCounts {
  readonly calls: number;
}

/** Over the calls that ended between two instants; one that reached nobody is counted as made and as nothing else. */
export async function countCalls(
  q: Executor,
  acting: Acting,
  scope: ScopeRef | null,
  from: Date | null,
  to: Date | null,
): Promise<CountedCalls> {
  const where = [scope === null ? withinReach(acting.actor) : withinScope(scope)];
  where.push(sql`o.ended_at is not null`);
  // A count that grows by one says as much as a row: a call about a complaint counts for whom the complaint is.
  where.push(sql`not exists (select from work_orders.work_order w where w.scope_id = o.scope_id and w.work_order_id = o.work_order_id
    and not ${notAccusedIn(acting, sql`w.accused_account_id`, sql`w.reporter_account_id`)})`);
  if (from !== null) where.push(sql`o.ended_at >= ${from}`);
  if (to !== null) where.push(sql`o.ended_at < ${to}`);
  const valid = sql`o.result <> 'unreachable'`;
  const rows = await q.query<CountedCalls>(
    sql`select count(*) as calls, count(*) filter (where ${valid}) as valid,
        count(*) filter (where ${valid} and o.was_contacted) as contacted,
        count(*) filter (where o.result = 'satisfied_done') as solved,
        count(*) filter (where o.score = 'satisfied') as satisfied,
        count(*) filter (where o.score = 'basically_satisfied') as "basicallySatisfied"
      from work_orders.callback o where ${join(where, ' and ')}`,
  );
  return rows[0] as CountedCalls;
}
