import type {
  GateDirection,
  GateKind,
  Hours,
  ListKind,
  PassKind,
  PassStatus,
  PolicyChecks,
} from '@gongzhi/gate';
import type { OnNoAnswer } from '@gongzhi/gate';
import type { Executor } from '../../platform/db/database.ts';
import { empty, sql } from '../../platform/db/sql.ts';

/** What a gate's device carries: read for one gate of one compound. */

export interface BundleGate {
  readonly id: string;
  readonly name: string;
  readonly kind: GateKind;
  readonly direction: GateDirection;
  readonly buildingId: string | null;
  readonly hours: readonly Hours[];
  readonly version: number;
}

export async function findOpenGate(q: Executor, scopeId: string, gateId: string): Promise<BundleGate | null> {
  const [row] = await q.query<BundleGate>(
    sql`select g.gate_id as id, g.name, g.kind, g.direction, g.building_id as "buildingId", g.hours, g.version
        from access.gate g where g.scope_id = ${scopeId} and g.gate_id = ${gateId} and g.retired_at is null`,
  );
  return row ?? null;
}

export interface BundlePass {
  readonly id: string;
  readonly ref: string;
  readonly kind: PassKind;
  readonly status: PassStatus;
  readonly personId: string | null;
  readonly householdId: string | null;
  readonly homeBuildingId: string | null;
  readonly secretCipher: Buffer | null;
  readonly plateIndex: Buffer | null;
  readonly cardIndex: Buffer | null;
  readonly digitsIndex: Buffer | null;
  readonly gateIds: readonly string[] | null;
  readonly buildingIds: readonly string[] | null;
  readonly validFrom: Date;
  readonly validTo: Date | null;
  readonly hours: readonly Hours[];
  readonly entriesAllowed: number | null;
  readonly entriesUsed: number;
  readonly onShiftOnly: boolean;
  readonly holdsSpace: boolean;
  readonly updatedAt: Date;
  readonly factsCipher: Buffer | null;
  readonly factsAsOf: Date | null;
}

export interface BundleRange {
  readonly scopeId: string;
  readonly gate: Pick<BundleGate, 'id' | 'buildingId'>;
  /** The first moment and the end of what the bundle is for. */
  readonly from: Date;
  readonly to: Date;
  /** Who was stopped since then is still known, so that it can be said. */
  readonly stoppedSince: Date;
  readonly hasHealth: boolean;
}

/** For this gate, at some moment of the bundle's days. */
const belongs = ({ gate, from, to, stoppedSince }: BundleRange) =>
  sql`(p.valid_to is null or p.valid_to > ${from}) and p.valid_from < ${to} and (p.status <> 'revoked' or p.updated_at > ${stoppedSince})
    and (p.gate_ids is null or ${gate.id}::uuid = any (p.gate_ids))
    and (${gate.buildingId}::uuid is null or p.building_ids is null or ${gate.buildingId}::uuid = any (p.building_ids))`;

const columns = sql`p.pass_id as id, p.ref, p.kind, p.status, p.person_id as "personId", p.household_id as "householdId",
  p.home_building_id as "homeBuildingId", p.secret_cipher as "secretCipher", p.plate_index as "plateIndex", p.card_index as "cardIndex",
  p.six_digits_index as "digitsIndex", p.gate_ids as "gateIds", p.building_ids as "buildingIds", p.valid_from as "validFrom",
  p.valid_to as "validTo", p.hours, p.entries_allowed as "entriesAllowed", p.entries_used as "entriesUsed", p.on_shift_only as "onShiftOnly",
  coalesce(p.vehicle_kind in ('resident', 'monthly'), false) as "holdsSpace", p.updated_at as "updatedAt"`;

const facts = (hasHealth: boolean) =>
  hasHealth
    ? sql`, f.facts_cipher as "factsCipher", f.as_of as "factsAsOf"`
    : sql`, null::bytea as "factsCipher", null::timestamptz as "factsAsOf"`;
const fromFacts = (hasHealth: boolean) =>
  hasHealth
    ? sql`left join access.health_fact f on f.scope_id = p.scope_id and f.pass_id = p.pass_id`
    : empty;

export function passesOfGate(q: Executor, range: BundleRange): Promise<BundlePass[]> {
  const { scopeId, hasHealth } = range;
  return q.query(
    sql`select ${columns}${facts(hasHealth)} from access.pass p ${fromFacts(hasHealth)}
        where p.scope_id = ${scopeId} and ${belongs(range)} order by p.ref`,
  );
}

export interface ChangedPasses {
  readonly count: number;
  readonly changed: readonly (BundlePass & { readonly belongs: boolean })[];
}

/** What has changed since, by itself, by its holder's lists or by what is known of their health; and how many there are then. */
export async function changedPasses(
  q: Executor,
  range: BundleRange,
  since: Date,
  now: Date,
): Promise<ChangedPasses> {
  const { scopeId, hasHealth } = range;
  const rows = await q.query<
    { count: number; id: string | null } & BundlePass & { readonly belongs: boolean }
  >(
    sql`with listed as (
          select l.subject_kind, l.subject_id, l.plate_index from access.list_entry l
          where l.scope_id = ${scopeId} and (l.created_at >= ${since} or l.lifted_at >= ${since}
            or l.starts_at between ${since} and ${now} or l.ends_at between ${since} and ${now})
        ), moved as (
          select ${columns}${facts(hasHealth)}, ${belongs(range)} as belongs from access.pass p ${fromFacts(hasHealth)}
          where p.scope_id = ${scopeId} and (p.updated_at >= ${since}
            or exists (select 1 from listed l where (l.subject_kind = 'pass' and l.subject_id = p.pass_id)
              or (l.subject_kind = 'person' and l.subject_id = p.person_id)
              or (l.subject_kind = 'household' and l.subject_id = p.household_id)
              or (l.subject_kind = 'plate' and l.plate_index = p.plate_index))
            ${hasHealth ? sql`or f.as_of >= ${since}` : empty})
        )
        select c.count, m.* from (select count(*)::int as count from access.pass p where p.scope_id = ${scopeId} and ${belongs(range)}) c
          left join moved m on true`,
  );
  return {
    count: rows[0]?.count ?? 0,
    changed: rows.filter(({ id }) => id !== null),
  };
}

export interface ListedSubject {
  readonly id: string;
  readonly kind: ListKind;
  readonly subjectKind: 'pass' | 'person' | 'household' | 'plate';
  readonly subjectId: string | null;
  readonly plateIndex: Buffer | null;
}

export function listsInForce(q: Executor, scopeId: string, now: Date): Promise<ListedSubject[]> {
  return q.query(
    sql`select l.entry_id as id, l.kind, l.subject_kind as "subjectKind", l.subject_id as "subjectId", l.plate_index as "plateIndex"
        from access.list_entry l
        where l.scope_id = ${scopeId} and l.lifted_at is null and l.starts_at <= ${now} and l.ends_at > ${now}
        order by l.entry_id`,
  );
}

/** On which days those codes were signed that hold without a phone's secret and began before a day, in the place's time. */
export async function firstDaysBefore(
  q: Executor,
  scopeId: string,
  before: Date,
  now: Date,
  timeZone: string,
): Promise<string[]> {
  const rows = await q.query<{ day: string }>(
    sql`select distinct (p.valid_from at time zone ${timeZone})::date::text as day from access.pass p
        where p.scope_id = ${scopeId} and p.status <> 'revoked' and p.valid_from < ${before} and (p.valid_to is null or p.valid_to > ${now})
          and p.secret_cipher is not null and p.kind not in ('resident', 'family', 'tenant', 'minor', 'vehicle')
        order by day desc limit 1000`,
  );
  return rows.map(({ day }) => day);
}

/** Of those who are let in on shift only. */
export function shiftsWithin(
  q: Executor,
  scopeId: string,
  from: Date,
  to: Date,
): Promise<{ readonly ref: string; readonly from: Date; readonly to: Date }[]> {
  return q.query(
    sql`select p.ref, w.from_at as from, w.to_at as to from access.pass p
        join access.work_shift w on w.scope_id = p.scope_id and w.account_id = p.account_id and w.to_at > ${from} and w.from_at < ${to}
        where p.scope_id = ${scopeId} and p.on_shift_only and p.status = 'active' and (p.valid_to is null or p.valid_to > ${from})
        order by p.ref, w.from_at limit 5000`,
  );
}

export interface BundlePolicy {
  readonly id: string;
  readonly version: number;
  readonly buildingId: string | null;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly content: {
    readonly checks: PolicyChecks;
    readonly onNoAnswer: OnNoAnswer;
    readonly answerWithinMilliseconds: number;
    readonly answerHoldsMinutes: number;
  };
}

/** In force at some moment of these days. */
export function policiesWithin(
  q: Executor,
  scopeIds: readonly string[],
  from: Date,
  to: Date,
): Promise<BundlePolicy[]> {
  return q.query(
    sql`select p.policy_id as id, p.version, p.building_id as "buildingId", p.starts_at as "startsAt", p.ends_at as "endsAt", v.content
        from access.policy p
        join access.policy_version v on v.scope_id = p.scope_id and v.policy_id = p.policy_id and v.version = p.version
        where p.scope_id = any (${scopeIds}::uuid[]) and p.ends_at > ${from} and p.starts_at < ${to}
        order by p.policy_id`,
  );
}
