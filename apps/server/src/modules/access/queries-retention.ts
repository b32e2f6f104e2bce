import type { Executor, Tx } from '../../platform/db/database.ts';
import { HEALTH_CHECKS } from '@gongzhi/gate';
import { uuidv7 } from '@gongzhi/kernel';
import { sql } from '../../platform/db/sql.ts';
import { claimByScope } from '../../platform/due/claim.ts';
import { settingDefinitions } from '../../platform/settings/keys.ts';
import type { DestructionKind } from './domain/retention.ts';
import type { Reach } from './tables.ts';

/** What the worker asks and destroys, over all scopes. */

/** Days of UTC that have a table, the oldest first. */
export async function keptDays(q: Executor): Promise<string[]> {
  const rows = await q.query<{ day: string }>(
    sql`select d::text as day from access.kept_days() d order by 1`,
  );
  return rows.map(({ day }) => day);
}

export async function openDays(tx: Tx, days: readonly string[]): Promise<void> {
  for (const day of days) await tx.query(sql`select access.open_day(${day}::date)`);
}

export async function dropDay(tx: Tx, day: string): Promise<void> {
  await tx.query(sql`select access.drop_day(${day}::date)`);
}

/** A table holds all places' passages of a day: the longest that any place keeps them counts. */
export async function longestKept(q: Executor, now: Date): Promise<number> {
  const key = 'access.passage_days' as const;
  const [row] = await q.query<{ days: number | null }>(
    sql`select max((s.value #>> '{}')::integer) as days from platform.setting s
        where s.key = ${key} and s.scope_id is not null and s.valid_from <= ${now}::date and (s.valid_to is null or s.valid_to > ${now}::date)`,
  );
  return Math.max(row?.days ?? 0, settingDefinitions[key].default);
}

export interface EndedMeasure {
  readonly scopeId: string;
  readonly id: string;
  readonly cityId: string | null;
  readonly streetId: string | null;
  readonly companyId: string | null;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly reach: Reach;
  readonly name: string;
  readonly authority: string;
  readonly documentNo: string;
  /** Since when nothing more is written of it; null: its destruction has not begun. */
  readonly wipedAt: Date | null;
}

/** The first whose destruction is due or under way, and that nobody else is at. */
export async function endedMeasure(tx: Tx, now: Date): Promise<EndedMeasure | null> {
  const [row] = await claimByScope<EndedMeasure>(tx, {
    columns: sql`p.scope_id as "scopeId", p.policy_id as id, p.city_id as "cityId", p.street_id as "streetId", p.company_id as "companyId",
          p.starts_at as "startsAt", p.ends_at as "endsAt", p.reach, p.name, p.authority, p.document_no as "documentNo", p.wiped_at as "wipedAt"`,
    from: sql`access.policy p`,
    scope: sql`p.scope_id`,
    id: sql`p.policy_id`,
    due: sql`p.destroyed_at is null and p.ends_at + p.retention_days * interval '1 day' <= ${now}`,
    order: sql`p.ends_at`,
    limit: 1,
  });
  return row ?? null;
}

export interface Bound {
  readonly scopeId: string;
  readonly cityId: string | null;
  readonly streetId: string | null;
  readonly companyId: string | null;
}

export function closeMeasure(tx: Tx, { scopeId, id }: Pick<EndedMeasure, 'scopeId' | 'id'>, now: Date): void {
  tx.write(
    sql`update access.policy set wiped_at = ${now} where scope_id = ${scopeId} and policy_id = ${id} and wiped_at is null`,
  );
}

export function finishMeasure(
  tx: Tx,
  { scopeId, id }: Pick<EndedMeasure, 'scopeId' | 'id'>,
  now: Date,
): void {
  tx.write(
    sql`update access.policy set destroyed_at = ${now} where scope_id = ${scopeId} and policy_id = ${id}`,
  );
}

/** The next of the compounds it held in, those that came while it stood too, whose data of it is there still. */
export async function nextBound(
  q: Executor,
  { scopeId, id, reach }: Pick<EndedMeasure, 'scopeId' | 'id' | 'reach'>,
): Promise<Bound | null> {
  const where =
    reach === 'street'
      ? sql`s.street_id = ${scopeId}`
      : reach === 'community'
        ? sql`s.community_id = ${scopeId}`
        : sql`s.scope_id = ${scopeId}`;
  const [row] = await q.query<Bound>(
    sql`select s.scope_id as "scopeId", s.city_id as "cityId", s.street_id as "streetId", s.company_id as "companyId"
        from places.scope s where s.kind = 'compound' and ${where}
          and not exists (select from access.destruction d where d.scope_id = s.scope_id and d.policy_id = ${id} and d.kind = 'measure')
        order by s.scope_id limit 1`,
  );
  return row ?? null;
}

export interface Wiped {
  readonly reasons: number;
  readonly health: number;
  readonly followUps: number;
}

/** What its places' certificates say together. */
export async function wipedOfAll(q: Executor, policyId: string): Promise<Wiped> {
  const [row] = await q.query<Wiped>(
    sql`select coalesce(sum((d.detail ->> 'reasons')::integer), 0)::integer as reasons, coalesce(sum((d.detail ->> 'health')::integer), 0)::integer as health,
          coalesce(sum((d.detail ->> 'followUps')::integer), 0)::integer as "followUps"
        from access.destruction d join places.scope s on s.scope_id = d.scope_id
        where d.policy_id = ${policyId} and d.kind = 'measure' and s.kind = 'compound'`,
  );
  return row!;
}

/** The sealed reasons of what was decided under it; that it was decided, and how, stays. */
export async function eraseReasons(tx: Tx, scopeId: string, policyId: string, from: Date): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    sql`with erased as (update access.passage set why_cipher = null, why_salt = null
          where scope_id = ${scopeId} and recorded_at >= ${from} and policy_ids @> array[${policyId}]::uuid[] and why_cipher is not null returning 1)
        select count(*)::integer as count from erased`,
  );
  return row?.count ?? 0;
}

/** Of a place where no measure stands any more that asks for health, its own or one from above. */
export async function forgetHealth(tx: Tx, scopeId: string, now: Date): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    sql`with gone as (delete from access.health_fact f where f.scope_id = ${scopeId}
          and not exists (select from access.policy p
            join access.policy_version v on v.scope_id = p.scope_id and v.policy_id = p.policy_id and v.version = p.version
            where p.starts_at <= ${now} and p.ends_at > ${now} and jsonb_exists_any(v.content -> 'checks', ${[...HEALTH_CHECKS]}::text[]) and p.scope_id in (
            select unnest(array[s.scope_id, s.community_id, s.street_id]) from places.scope s where s.scope_id = ${scopeId})) returning 1)
        select count(*)::integer as count from gone`,
  );
  return row?.count ?? 0;
}

export async function forgetFollowUps(tx: Tx, scopeId: string, policyId: string): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    sql`with gone as (delete from access.follow_up f where f.scope_id = ${scopeId} and f.policy_id = ${policyId} returning 1)
        select count(*)::integer as count from gone`,
  );
  return row?.count ?? 0;
}

/** Lists made under a measure go with it at the latest. */
export function hastenTracings(tx: Tx, scopeId: string, policyId: string, now: Date): void {
  tx.write(
    sql`update access.tracing set destroy_at = ${now}
        where scope_id = ${scopeId} and policy_id = ${policyId} and destroyed_at is null and destroy_at > ${now}`,
  );
}

export interface KeptPlace extends Bound {
  readonly timeZone: string;
  /** Up to when it was done already. */
  readonly doneUntil: Date | null;
}

/** How long each place that says so itself keeps passages, on that day. */
export async function writtenDays(q: Executor, on: string): Promise<ReadonlyMap<string, number>> {
  const rows = await q.query<{ scopeId: string; days: number }>(
    sql`select distinct on (s.scope_id) s.scope_id as "scopeId", (s.value #>> '{}')::integer as days from platform.setting s
        where s.key = ${'access.passage_days'} and s.scope_id is not null and s.valid_from <= ${on}::date and (s.valid_to is null or s.valid_to > ${on}::date)
        order by s.scope_id, s.valid_from desc`,
  );
  return new Map(rows.map(({ scopeId, days }) => [scopeId, days]));
}

/** Every compound with a gate; each with the end of what was forgotten of it last. */
export function placesWithGates(q: Executor): Promise<KeptPlace[]> {
  return q.query(
    sql`select s.scope_id as "scopeId", s.city_id as "cityId", s.street_id as "streetId", s.company_id as "companyId", s.time_zone as "timeZone",
          (select max(d.to_at) from access.destruction d where d.scope_id = s.scope_id and d.kind = 'person') as "doneUntil"
        from places.scope s where s.kind = 'compound' and exists (select from access.gate g where g.scope_id = s.scope_id) order by s.scope_id`,
  );
}

/** Who it was, and why: the row stays, with its digests, so that the chain can be checked. */
export async function forgetPeople(tx: Tx, scopeId: string, from: Date, before: Date): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    sql`with erased as (update access.passage set way = null, pass_kind = null, pass_id = null, household_id = null, who_salt = null, why_cipher = null, why_salt = null
          where scope_id = ${scopeId} and recorded_at >= ${from} and recorded_at < ${before} and (who_salt is not null or why_cipher is not null) returning 1)
        select count(*)::integer as count from erased`,
  );
  return row?.count ?? 0;
}

export function certify(
  tx: Tx,
  place: Bound,
  what: {
    /** A day's have the end of a chain besides. */
    readonly kind: Exclude<DestructionKind, 'day'>;
    readonly policyId: string | null;
    readonly from: Date;
    readonly to: Date;
    readonly count: number;
    readonly detail: Readonly<Record<string, string | number>>;
  },
  now: Date,
): void {
  tx.write(
    sql`insert into access.destruction (scope_id, destruction_id, city_id, street_id, company_id, kind, policy_id, from_at, to_at, row_count, detail, done_at)
        values (${place.scopeId}, ${uuidv7(now.getTime())}, ${place.cityId}, ${place.streetId}, ${place.companyId}, ${what.kind}, ${what.policyId},
          ${what.from}, ${what.to}, ${what.count}, ${JSON.stringify(what.detail)}::jsonb, ${now})`,
  );
}

/** Where each gate's chain goes on from, and how many rows go. */
export async function sealDay(tx: Tx, from: Date, until: Date, now: Date): Promise<number> {
  const gates = await tx.query<{
    scopeId: string;
    gateId: string;
    cityId: string | null;
    streetId: string | null;
    companyId: string | null;
    count: number;
    lastSeq: number;
    lastDigest: Buffer;
  }>(
    sql`select distinct on (p.scope_id, p.gate_id) p.scope_id as "scopeId", p.gate_id as "gateId", p.city_id as "cityId", p.street_id as "streetId",
          p.company_id as "companyId", count(*) over (partition by p.scope_id, p.gate_id)::integer as count, p.seq as "lastSeq", p.digest as "lastDigest"
        from access.passage p where p.recorded_at >= ${from} and p.recorded_at < ${until} order by p.scope_id, p.gate_id, p.seq desc`,
  );
  if (gates.length > 0)
    tx.write(
      sql`insert into access.destruction (scope_id, destruction_id, city_id, street_id, company_id, kind, gate_id, from_at, to_at, row_count, last_seq,
            last_digest, detail, done_at)
          select g.scope_id, g.id, g.city_id, g.street_id, g.company_id, 'day', g.gate_id, ${from}, ${until}, g.count, g.seq, g.digest, '{}'::jsonb, ${now}
          from unnest(${gates.map((g) => g.scopeId)}::uuid[], ${gates.map(() => uuidv7(now.getTime()))}::uuid[], ${gates.map((g) => g.cityId)}::uuid[],
            ${gates.map((g) => g.streetId)}::uuid[], ${gates.map((g) => g.companyId)}::uuid[], ${gates.map((g) => g.gateId)}::uuid[],
            ${gates.map((g) => g.count)}::bigint[], ${gates.map((g) => g.lastSeq)}::bigint[], ${gates.map((g) => g.lastDigest)}::bytea[])
            as g (scope_id, id, city_id, street_id, company_id, gate_id, count, seq, digest) returning scope_id`,
    );
  return gates.reduce((sum, { count }) => sum + count, 0);
}

export async function forgetUses(tx: Tx, before: Date): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    sql`with aged as (select u.scope_id, u.ref, u.step from access.code_use u where u.used_at < ${before} limit 5000),
        gone as (delete from access.code_use u using aged a where u.scope_id = a.scope_id and u.ref = a.ref and u.step = a.step returning 1)
        select count(*)::integer as count from gone`,
  );
  return row?.count ?? 0;
}

export interface Beside {
  readonly scopeId: string;
  /** The first of them. */
  readonly since: Date;
  readonly orders: number;
  readonly openings: number;
  readonly flags: number;
  readonly notes: number;
}

/** Of places where there was anything. */
export function forgetBeside(
  tx: Tx,
  places: readonly { readonly scopeId: string; readonly before: Date }[],
): Promise<Beside[]> {
  const scopes = places.map(({ scopeId }) => scopeId);
  const before = places.map((place) => place.before.toISOString());
  return tx.query(
    sql`with due as (select k.scope_id, k.before from unnest(${scopes}::uuid[], ${before}::timestamptz[]) as k (scope_id, before)),
          orders as (delete from access.barrier_command c using due k where c.scope_id = k.scope_id and c.created_at < k.before
            returning c.scope_id, c.created_at as at, 'order' as kind),
          openings as (delete from access.gate_opening o using due k where o.scope_id = k.scope_id and o.asked_at < k.before
            returning o.scope_id, o.asked_at as at, 'opening' as kind),
          flags as (delete from access.passage_flag f using due k where f.scope_id = k.scope_id and f.noticed_at < k.before
            returning f.scope_id, f.noticed_at as at, 'flag' as kind),
          notes as (delete from access.gate_note n using due k where n.scope_id = k.scope_id and n.at < k.before
            returning n.scope_id, n.at, 'note' as kind),
          gone as (select * from orders union all select * from openings union all select * from flags union all select * from notes)
        select g.scope_id as "scopeId", min(g.at) as since, (count(*) filter (where g.kind = 'order'))::integer as orders,
          (count(*) filter (where g.kind = 'opening'))::integer as openings, (count(*) filter (where g.kind = 'flag'))::integer as flags,
          (count(*) filter (where g.kind = 'note'))::integer as notes
        from gone g group by g.scope_id`,
  );
}
