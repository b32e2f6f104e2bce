import type { PassKind } from '@gongzhi/gate';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { raw, sql } from '../../platform/db/sql.ts';
import { claimByScope } from '../../platform/due/claim.ts';
import type { Visibility } from '../../platform/live/live.ts';
import { mayAttempt } from '../../platform/permissions/permissions.ts';
import { type HeldPass, type Meeting, OWN_KINDS, type Seen } from './domain/tracing.ts';

/** Requests for contact tracing, and the passages they are about. */

export interface TracingRow {
  readonly scopeId: string;
  readonly id: string;
  readonly policyScopeId: string;
  readonly policyId: string;
  readonly measure: string;
  readonly measureFrom: Date | null;
  readonly measureTo: Date | null;
  readonly allowsTracing: boolean;
  readonly requestNo: string;
  readonly authority: string;
  readonly documentRef: string;
  readonly requestedOn: string;
  readonly matterCipher: Buffer | null;
  readonly passId: string | null;
  readonly gateId: string | null;
  readonly fromAt: Date;
  readonly toAt: Date;
  readonly windowMinutes: number;
  readonly destroyAt: Date;
  readonly state: 'asked' | 'authorised' | 'declined' | 'withdrawn' | 'destroyed';
  readonly askedBy: string;
  readonly askedByName: string;
  readonly askedRole: string;
  readonly askedAt: Date;
  readonly decidedBy: string | null;
  readonly decidedByName: string | null;
  readonly decidedRole: string | null;
  readonly decidedAt: Date | null;
  readonly decisionReason: string | null;
  readonly found: number | null;
  readonly copies: number;
  readonly destroyedAt: Date | null;
  readonly version: number;
}

const columns =
  raw(`c.scope_id as "scopeId", c.tracing_id as id, c.policy_scope_id as "policyScopeId", c.policy_id as "policyId",
  m.name as measure, m.starts_at as "measureFrom", m.ends_at as "measureTo", coalesce((v.content #>> '{allows,tracing}')::boolean, false) as "allowsTracing",
  c.request_no as "requestNo",
  c.authority, c.document_ref as "documentRef", c.requested_on::text as "requestedOn", c.matter_cipher as "matterCipher", c.pass_id as "passId",
  c.gate_id as "gateId", c.from_at as "fromAt", c.to_at as "toAt", c.window_minutes as "windowMinutes", c.destroy_at as "destroyAt", c.state,
  c.asked_by as "askedBy", c.asked_by_name as "askedByName", c.asked_role as "askedRole", c.asked_at as "askedAt", c.decided_by as "decidedBy",
  c.decided_by_name as "decidedByName", c.decided_role as "decidedRole", c.decided_at as "decidedAt", c.decision_reason as "decisionReason",
  c.found, c.copies, c.destroyed_at as "destroyedAt", c.version`);

/** With the measure it stands under as that is now. */
const besideMeasure =
  raw(`access.tracing c left join access.policy m on m.scope_id = c.policy_scope_id and m.policy_id = c.policy_id
  left join access.policy_version v on v.scope_id = m.scope_id and v.policy_id = m.policy_id and v.version = m.version`);

export function listTracings(q: Executor, scopeId: string): Promise<TracingRow[]> {
  return q.query(
    sql`select ${columns} from ${besideMeasure} where c.scope_id = ${scopeId} order by c.tracing_id desc limit 100`,
  );
}

export async function findTracing(q: Executor, scopeId: string, id: string): Promise<TracingRow | null> {
  const [row] = await q.query<TracingRow>(
    sql`select ${columns} from ${besideMeasure} where c.scope_id = ${scopeId} and c.tracing_id = ${id}`,
  );
  return row ?? null;
}

export async function lockTracing(tx: Tx, scopeId: string, id: string): Promise<TracingRow | null> {
  const [row] = await tx.query<TracingRow>(
    sql`select ${columns} from ${besideMeasure} where c.scope_id = ${scopeId} and c.tracing_id = ${id} for no key update of c`,
  );
  return row ?? null;
}

/** Of whom a passage was; null: no such passage, or of somebody the gate does not know. */
export async function passOfPassage(
  q: Executor,
  scopeId: string,
  gateId: string,
  passageId: string,
  since: Date,
): Promise<string | null> {
  const [row] = await q.query<{ passId: string | null }>(
    sql`select p.pass_id as "passId" from access.passage p
        where p.scope_id = ${scopeId} and p.gate_id = ${gateId} and p.passage_id = ${passageId} and p.recorded_at >= ${since}`,
  );
  return row?.passId ?? null;
}

/** What was decided without a network is recorded this much later at most. */
const LATE = `interval '8 days'`;

export type SealedHolding = Omit<HeldPass, 'name'> & { readonly nameCipher: Buffer | null };

/** These passes, and what else their holders hold or held: by the person, by the account, a car of a home by its plate, the children of one guardian. */
export function heldBeside(
  q: Executor,
  scopeId: string,
  passIds: readonly string[],
): Promise<SealedHolding[]> {
  return q.query<SealedHolding>(
    sql`select distinct o.pass_id as id, o.kind, o.person_id as "personId", o.account_id as "accountId", o.household_id as "householdId",
          encode(o.plate_index, 'hex') as plate, case when o.kind = 'minor' then o.name_cipher end as "nameCipher"
        from access.pass k join access.pass o on o.scope_id = k.scope_id
          and (o.pass_id = k.pass_id
            or (k.kind = any (${OWN_KINDS}) and o.kind = any (${OWN_KINDS}) and (o.person_id = k.person_id or o.account_id = k.account_id))
            or (k.kind = 'vehicle' and o.kind = 'vehicle' and o.plate_index = k.plate_index and o.household_id = k.household_id)
            or (k.kind = 'minor' and o.kind = 'minor' and o.person_id = k.person_id))
        where k.scope_id = ${scopeId} and o.scope_id = ${scopeId} and k.pass_id = any (${passIds}::uuid[])`,
  );
}

/** Cars of the homes of these passes that are nobody's in particular. */
export async function carsAtHome(
  q: Executor,
  scopeId: string,
  passIds: readonly string[],
): Promise<string[]> {
  const rows = await q.query<{ id: string }>(
    sql`select distinct o.pass_id as id from access.pass k join access.pass o on o.scope_id = k.scope_id and o.household_id = k.household_id
        where k.scope_id = ${scopeId} and o.scope_id = ${scopeId} and k.pass_id = any (${passIds}::uuid[]) and k.kind = any (${OWN_KINDS})
          and o.kind = 'vehicle' and o.person_id is null and o.account_id is null`,
  );
  return rows.map(({ id }) => id);
}

export async function passagesOfPasses(
  q: Executor,
  scopeId: string,
  passIds: readonly string[],
  from: Date,
  to: Date,
): Promise<Seen[]> {
  const rows = await q.query<{ gateId: string; at: Date }>(
    sql`select p.gate_id as "gateId", p.happened_at as at from access.passage p
        where p.scope_id = ${scopeId} and p.pass_id = any (${passIds}::uuid[]) and p.recorded_at >= ${from}
          and p.recorded_at < ${to}::timestamptz + ${raw(LATE)}
          and p.happened_at >= ${from} and p.happened_at < ${to} and p.outcome in ('pass', 'pass_report')
        order by p.happened_at limit 2000`,
  );
  return rows.map(({ gateId, at }) => ({ gateId, at: at.getTime() }));
}

/**
 * Everybody else through one gate around those moments, nobody from before the measure; without a pass nobody knows who
 * it was.
 */
export async function passagesAround(
  q: Executor,
  scopeId: string,
  subject: {
    /** Theirs: no contacts of themselves. */
    readonly passIds: readonly string[];
    readonly gateId: string;
    readonly times: readonly Date[];
    readonly notBefore: Date;
  },
  windowMinutes: number,
): Promise<{ meetings: Meeting[]; unknown: number }> {
  const { passIds, gateId, times, notBefore } = subject;
  const rows = await q.query<{ passId: string | null; at: Date }>(
    sql`select p.pass_id as "passId", p.happened_at as at from access.passage p
        where p.scope_id = ${scopeId} and p.gate_id = ${gateId} and p.outcome in ('pass', 'pass_report')
          and (p.pass_id is null or p.pass_id <> all (${passIds}::uuid[])) and p.happened_at >= ${notBefore} and p.recorded_at >= ${notBefore}
          and p.recorded_at >= ${times[0]!}::timestamptz - ${windowMinutes}::integer * interval '1 minute'
          and p.recorded_at < ${times.at(-1)!}::timestamptz + ${windowMinutes}::integer * interval '1 minute' + ${raw(LATE)}
          and exists (select from unnest(${times.map((at) => at.toISOString())}::timestamptz[]) as own (at)
            where p.happened_at between own.at - ${windowMinutes}::integer * interval '1 minute' and own.at + ${windowMinutes}::integer * interval '1 minute')`,
  );
  return {
    meetings: rows.flatMap((row) =>
      row.passId === null ? [] : [{ passId: row.passId, gateId, at: row.at.getTime() }],
    ),
    unknown: rows.filter((row) => row.passId === null).length,
  };
}

export interface KnownPass {
  readonly id: string;
  readonly kind: PassKind;
  readonly personId: string | null;
  readonly accountId: string | null;
  readonly householdId: string | null;
  readonly name: string | null;
  readonly nameCipher: Buffer | null;
  readonly phone: string | null;
  readonly phoneCipher: Buffer | null;
  readonly home: string | null;
}

export function knownPasses(q: Executor, scopeId: string, ids: readonly string[]): Promise<KnownPass[]> {
  return q.query(
    sql`select p.pass_id as id, p.kind, p.person_id as "personId", p.account_id as "accountId", p.household_id as "householdId",
          p.name_masked as name, p.name_cipher as "nameCipher", p.phone_masked as phone, p.phone_cipher as "phoneCipher", h.label as home
        from access.pass p left join places.household h on h.scope_id = p.scope_id and h.household_id = p.household_id
        where p.scope_id = ${scopeId} and p.pass_id = any (${ids}::uuid[])`,
  );
}

export async function findTracingList(q: Executor, scopeId: string, id: string): Promise<Buffer | null> {
  const [row] = await q.query<{ cipher: Buffer }>(
    sql`select l.list_cipher as cipher from access.tracing_list l where l.scope_id = ${scopeId} and l.tracing_id = ${id}`,
  );
  return row?.cipher ?? null;
}

export interface DueTracing {
  readonly scopeId: string;
  readonly id: string;
  readonly cityId: string | null;
  readonly streetId: string | null;
  readonly policyId: string;
  readonly requestNo: string;
  readonly authority: string;
  readonly fromAt: Date;
  readonly toAt: Date;
  readonly found: number | null;
}

export function dueTracings(tx: Tx, now: Date, limit: number): Promise<DueTracing[]> {
  return claimByScope<DueTracing>(tx, {
    columns: sql`c.scope_id as "scopeId", c.tracing_id as id, c.city_id as "cityId", c.street_id as "streetId", c.policy_id as "policyId",
          c.request_no as "requestNo", c.authority, c.from_at as "fromAt", c.to_at as "toAt", c.found`,
    from: sql`access.tracing c`,
    scope: sql`c.scope_id`,
    id: sql`c.tracing_id`,
    due: sql`c.destroyed_at is null and c.destroy_at <= ${now}`,
    order: sql`c.destroy_at`,
    limit,
  });
}

export const visibleTracings: Visibility = async (q, acting, objects) => {
  if (!mayAttempt(acting.role, 'tracing.read')) return new Set();
  const rows = await q.query<{ id: string }>(
    sql`select t.tracing_id as id from access.tracing t
        where t.scope_id = any (${objects.map(({ scopeId }) => scopeId)}::uuid[]) and t.tracing_id = any (${objects.map(({ id }) => id)}::uuid[])`,
  );
  return new Set(rows.map(({ id }) => id));
};
