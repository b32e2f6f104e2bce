import type { Executor, Tx } from '../../platform/db/database.ts';
import { uuidv7 } from '@gongzhi/kernel';
import { sql } from '../../platform/db/sql.ts';
import { settingDefinitions } from '../../platform/settings/keys.ts';

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
}

export async function endedMeasure(tx: Tx, now: Date): Promise<EndedMeasure | null> {
  const [row] = await tx.query<EndedMeasure>(
    sql`select p.scope_id as "scopeId", p.policy_id as id, p.city_id as "cityId", p.street_id as "streetId", p.company_id as "companyId",
          p.starts_at as "startsAt", p.ends_at as "endsAt"
        from access.policy p where p.wiped_at is null and p.ends_at + p.retention_days * interval '1 day' <= ${now}
        order by p.ends_at limit 1 for update skip locked`,
  );
  return row ?? null;
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

/** Of a place where no measure asks for health any more. */
export async function forgetHealth(tx: Tx, scopeId: string, now: Date): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    sql`with gone as (delete from access.health_fact f where f.scope_id = ${scopeId}
          and not exists (select from access.policy p where p.scope_id = ${scopeId} and p.ends_at > ${now}) returning 1)
        select count(*)::integer as count from gone`,
  );
  return row?.count ?? 0;
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
