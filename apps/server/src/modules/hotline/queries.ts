import type { Executor, Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { claimByScope } from '../../platform/due/claim.ts';
import type { Hand } from './domain.ts';
import { type Case, caseOf, handOf, type HandRow } from './tables.ts';

type Row = Record<string, unknown>;

async function handsOf(q: Executor, scopeId: string, id: string): Promise<Hand[]> {
  const rows = await q.query<HandRow>(
    sql`select h.* from hotline.hand h where h.scope_id = ${scopeId} and h.case_id = ${id} order by h.hand_no`,
  );
  return rows.map(handOf);
}

export async function findCase(q: Executor, scopeId: string, id: string): Promise<Case | null> {
  const [rows, hands] = await Promise.all([
    q.query<Row>(
      sql`select c.* from hotline.hotline_case c where c.scope_id = ${scopeId} and c.case_id = ${id}`,
    ),
    handsOf(q, scopeId, id),
  ]);
  return rows[0] === undefined ? null : caseOf(rows[0], hands);
}

/** Locked first, its hands read after: what another command changed meanwhile is seen. */
export async function lockCase(tx: Tx, scopeId: string, id: string): Promise<Case | null> {
  const [row] = await tx.query<Row>(
    sql`select c.* from hotline.hotline_case c where c.scope_id = ${scopeId} and c.case_id = ${id} for no key update`,
  );
  return row === undefined ? null : caseOf(row, await handsOf(tx, scopeId, id));
}

export async function findByNumber(
  q: Executor,
  scopeId: string,
  number: string,
): Promise<{ id: string; dueAt: Date } | null> {
  const [row] = await q.query<{ id: string; dueAt: Date }>(
    sql`select c.case_id as id, c.first_due_at as "dueAt" from hotline.hotline_case c where c.scope_id = ${scopeId} and c.number = ${number}`,
  );
  return row ?? null;
}

export function findByNumbers(
  q: Executor,
  scopeId: string,
  numbers: readonly string[],
): Promise<{ id: string; number: string; dueAt: Date }[]> {
  return q.query(
    sql`select c.case_id as id, c.number, c.first_due_at as "dueAt" from hotline.hotline_case c
        where c.scope_id = ${scopeId} and c.number = any (${numbers}::text[])`,
  );
}

export interface EventRow {
  readonly eventId: string;
  readonly kind: string;
  readonly actorName: string | null;
  readonly actorRole: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly at: Date;
}

export function eventsOf(q: Executor, scopeId: string, id: string): Promise<EventRow[]> {
  return q.query(
    sql`select e.event_id as "eventId", e.kind, e.actor_name as "actorName", e.actor_role as "actorRole", e.params, e.at
        from hotline.event e where e.scope_id = ${scopeId} and e.case_id = ${id} order by e.event_id limit 500`,
  );
}

export interface CaseOrderRow {
  readonly workOrderId: string;
  readonly scopeId: string;
  readonly number: string;
  readonly openedAt: Date;
}

export function ordersOf(q: Executor, scopeId: string, id: string): Promise<CaseOrderRow[]> {
  return q.query(
    sql`select o.work_order_id as "workOrderId", o.order_scope_id as "scopeId", o.number, o.opened_at as "openedAt"
        from hotline.case_order o where o.scope_id = ${scopeId} and o.case_id = ${id} order by o.work_order_id`,
  );
}

export interface CallbackRow {
  readonly round: number;
  readonly unitName: string;
  readonly isValid: boolean;
  readonly invalidReason: string | null;
  readonly wasContacted: boolean | null;
  readonly isSolved: boolean | null;
  readonly satisfaction: string | null;
  readonly note: string | null;
  readonly isExcluded: boolean;
  readonly calledAt: Date;
  readonly recordedName: string;
}

export function callbacksOf(q: Executor, scopeId: string, id: string): Promise<CallbackRow[]> {
  return q.query(
    sql`select b.round, b.unit_name as "unitName", b.is_valid as "isValid", b.invalid_reason as "invalidReason",
          b.was_contacted as "wasContacted", b.is_solved as "isSolved", b.satisfaction, b.note, b.is_excluded as "isExcluded",
          b.called_at as "calledAt", b.recorded_name as "recordedName"
        from hotline.callback b where b.scope_id = ${scopeId} and b.case_id = ${id} order by b.round`,
  );
}

export interface ExclusionRow {
  readonly exclusionId: string;
  readonly ground: string;
  readonly reason: string;
  readonly askedName: string;
  readonly askedAt: Date;
  readonly decidedName: string | null;
  readonly decidedAt: Date | null;
  readonly isApproved: boolean | null;
  readonly decisionReason: string | null;
}

export function exclusionsOf(q: Executor, scopeId: string, id: string): Promise<ExclusionRow[]> {
  return q.query(
    sql`select x.exclusion_id as "exclusionId", x.ground, x.reason, x.asked_name as "askedName", x.asked_at as "askedAt",
          x.decided_name as "decidedName", x.decided_at as "decidedAt", x.is_approved as "isApproved", x.decision_reason as "decisionReason"
        from hotline.exclusion x where x.scope_id = ${scopeId} and x.case_id = ${id} order by x.exclusion_id`,
  );
}

export interface CallerRow {
  readonly cipher: Buffer;
  readonly masked: string;
  readonly phoneIndex: Buffer | null;
}

/** Null also where the caller is confidential and the reader neither the street nor the city. */
export async function callerOf(q: Executor, scopeId: string, id: string): Promise<CallerRow | null> {
  const [row] = await q.query<CallerRow>(
    sql`select k.caller_cipher as cipher, k.caller_masked as masked, k.phone_index as "phoneIndex"
        from hotline.caller k where k.scope_id = ${scopeId} and k.case_id = ${id}`,
  );
  return row ?? null;
}

export interface SameMatter {
  readonly id: string;
  readonly number: string;
  readonly receivedAt: Date;
  readonly description: string;
  readonly status: string;
  readonly isSameCaller: boolean;
}

/** Other calls that may tell the same matter: the same caller, or the same place and topic, within the days of the setting. */
export function sameMatterAs(
  q: Executor,
  of: Pick<Case, 'id' | 'wall' | 'placeScopeId' | 'topic'> & { readonly receivedAt: Date },
  phoneIndex: Buffer | null,
  since: Date,
): Promise<SameMatter[]> {
  return q.query(
    sql`select c.case_id as id, c.number, c.received_at as "receivedAt", c.description, c.status,
          coalesce(k.phone_index = ${phoneIndex}::bytea, false) as "isSameCaller"
        from (
            select k.case_id from hotline.caller k where k.scope_id = ${of.wall.scopeId} and k.phone_index = ${phoneIndex}::bytea
            union
            select c.case_id from hotline.hotline_case c where c.scope_id = ${of.wall.scopeId} and c.received_at between ${since} and ${of.receivedAt}
              and c.place_scope_id = ${of.placeScopeId}::uuid and c.topic = ${of.topic} and c.topic <> '') m
          join hotline.hotline_case c on c.scope_id = ${of.wall.scopeId} and c.case_id = m.case_id
          left join hotline.caller k on k.scope_id = c.scope_id and k.case_id = c.case_id
        where c.case_id <> ${of.id} and c.received_at between ${since} and ${of.receivedAt}
        order by c.received_at desc limit 10`,
  );
}

/** Calls that were linked to this one, or share its first one. */
export function repeatsOf(
  q: Executor,
  scopeId: string,
  firstId: string,
): Promise<{ id: string; number: string; receivedAt: Date }[]> {
  return q.query(
    sql`select c.case_id as id, c.number, c.received_at as "receivedAt" from hotline.hotline_case c
        where c.scope_id = ${scopeId} and (c.repeat_of_id = ${firstId} or c.case_id = ${firstId}) order by c.received_at limit 50`,
  );
}

/** The worker's claim of what time has something to say of. */
export async function claimDueCases(tx: Tx, now: Date, limit: number): Promise<Case[]> {
  const rows = await claimByScope<Row>(tx, {
    columns: sql`c.*`,
    from: sql`hotline.hotline_case c`,
    scope: sql`c.scope_id`,
    id: sql`c.case_id`,
    due: sql`c.next_due_at < ${now}`,
    order: sql`c.next_due_at`,
    limit,
  });
  const cases: Case[] = [];
  for (const row of rows)
    cases.push(caseOf(row, await handsOf(tx, row['scope_id'] as string, row['case_id'] as string)));
  return cases;
}
