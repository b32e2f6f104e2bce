import { addDays, startOfDay } from '@gongzhi/kernel';
import type { Executor } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { MeterKind } from './domain.ts';

/** What bills ask of meters, a whole compound at a time. Quantities are whole thousandths of the meter's unit. */

export interface BilledMeter {
  readonly meterId: string;
  readonly kind: MeterKind;
  readonly serial: string;
  readonly householdId: string;
  readonly retiredOn: string | null;
  /** Paid for ahead in that month: what was read then goes off what was bought. */
  readonly isPrepaid: boolean;
}

/** Meters of homes that hung there by a month's end; of those taken down before it, what may not be billed yet. Days are the place's. */
export function billedMeters(
  q: Executor,
  scopeId: string,
  kinds: readonly MeterKind[],
  {
    firstDay,
    lastDay,
    timeZone,
  }: { readonly firstDay: string; readonly lastDay: string; readonly timeZone: string },
): Promise<BilledMeter[]> {
  const from = new Date(startOfDay(firstDay, timeZone));
  const to = new Date(startOfDay(addDays(lastDay, 1), timeZone));
  return q.query(
    sql`select m.meter_id as "meterId", m.kind, m.serial, m.household_id as "householdId", m.retired_on::text as "retiredOn",
          p.meter_id is not null as "isPrepaid"
        from metering.meter m left join metering.prepaid p on p.scope_id = m.scope_id and p.meter_id = m.meter_id
          and p.since < ${to} and (p.ended_at is null or p.ended_at > ${from})
        where m.scope_id = ${scopeId} and m.kind = any (${kinds}::text[]) and m.household_id is not null and m.installed_on <= ${lastDay}::date
          and (m.retired_on is null or m.retired_on >= ${firstDay}::date - 400)
        order by m.household_id, m.installed_on, m.meter_id`,
  );
}

interface Shown {
  readonly readingId: string;
  readonly milli: number;
  readonly on: string;
}

export interface ReadSince {
  readonly meterId: string;
  readonly first: Shown & { readonly usedMilli: number | null };
  readonly previous: Shown | null;
  /** Whether the reading it begins after still counts. */
  readonly sinceCounts: boolean;
  readonly last: Shown;
  readonly usedMilli: number;
}

/** What counts of each meter after a reading, or from the month's first day on where there is none to begin after. */
export function readSince(
  q: Executor,
  scopeId: string,
  meters: readonly { readonly meterId: string; readonly sinceId: string | null }[],
  firstDay: string,
  lastDay: string,
): Promise<ReadSince[]> {
  if (meters.length === 0) return Promise.resolve([]);
  return q.query(
    sql`with asked as (
          select a.meter_id, x.taken_at as since, x.state = 'counted' as since_counts, p.since as prepaid_since
          from unnest(${meters.map(({ meterId }) => meterId)}::uuid[], ${meters.map(({ sinceId }) => sinceId)}::uuid[]) a(meter_id, since_id)
            left join metering.reading x on x.scope_id = ${scopeId} and x.reading_id = a.since_id
            left join metering.prepaid p on p.scope_id = ${scopeId} and p.meter_id = a.meter_id and p.ended_at is null),
        counted as (
          select r.meter_id, sum(coalesce(r.used_milli, 0))::bigint as used, coalesce(bool_or(a.since_counts), false) as since_counts,
            (array_agg(r.reading_id order by r.taken_at, r.reading_id))[1] as first_id,
            (array_agg(r.reading_id order by r.taken_at desc, r.reading_id desc))[1] as last_id
          from asked a join metering.reading r on r.scope_id = ${scopeId} and r.meter_id = a.meter_id
          where r.scope_id = ${scopeId} and r.state = 'counted' and r.day <= ${lastDay}::date
            and (a.since is null and r.day >= ${firstDay}::date or r.taken_at > a.since)
            -- paid for ahead, then or now: settled, or about to be
            and not r.is_charged and (a.prepaid_since is null or r.taken_at <= a.prepaid_since)
          group by r.meter_id)
        select c.meter_id as "meterId", c.used::float8 as "usedMilli", c.since_counts as "sinceCounts",
          jsonb_build_object('readingId', f.reading_id, 'milli', f.milli, 'on', f.day, 'usedMilli', f.used_milli) as first,
          jsonb_build_object('readingId', l.reading_id, 'milli', l.milli, 'on', l.day) as last,
          case when b.reading_id is null then null else jsonb_build_object('readingId', b.reading_id, 'milli', b.milli, 'on', b.day) end as previous
        from counted c
          join metering.reading f on f.scope_id = ${scopeId} and f.reading_id = c.first_id
          join metering.reading l on l.scope_id = ${scopeId} and l.reading_id = c.last_id
          left join metering.reading b on b.scope_id = ${scopeId} and b.reading_id = f.previous_id`,
  );
}

/** The last reading of each meter in a month that waits for somebody's word. */
export function heldIn(
  q: Executor,
  scopeId: string,
  firstDay: string,
  lastDay: string,
): Promise<(Shown & { readonly meterId: string; readonly isLower: boolean })[]> {
  return q.query(
    sql`select distinct on (r.meter_id) r.meter_id as "meterId", r.reading_id as "readingId", r.milli::float8 as milli, r.day::text as on,
          'lower' = any (r.doubts) as "isLower"
        from metering.reading r where r.scope_id = ${scopeId} and r.state = 'held' and r.day between ${firstDay}::date and ${lastDay}::date
        order by r.meter_id, r.taken_at desc, r.reading_id desc`,
  );
}
