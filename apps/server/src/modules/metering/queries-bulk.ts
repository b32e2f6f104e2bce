import type { Executor, Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { MeterKind } from './domain.ts';
import { meterColumns } from './queries.ts';
import type { MeterRow, ReadingRow } from './tables.ts';

/** What is asked of hundreds of meters at once, as a file of readings names them. */

export type RecentReading = Pick<ReadingRow, 'meterId' | 'takenAt' | 'milli' | 'usedMilli'>;

/** By what stands on them, in one order for everybody. */
export function lockMetersBySerials(
  tx: Tx,
  scopeId: string,
  kind: MeterKind,
  serials: readonly string[],
): Promise<MeterRow[]> {
  return tx.query(
    sql`select ${meterColumns} from metering.meter m
        where m.scope_id = ${scopeId} and m.kind = ${kind} and m.serial = any (${[...serials]}::text[]) and m.retired_on is null
        order by m.meter_id for no key update`,
  );
}

/** Which of them came already: `<meter> <source key>`. */
export async function knownAmong(
  q: Executor,
  scopeId: string,
  asked: readonly { readonly meterId: string; readonly sourceKey: string }[],
): Promise<Set<string>> {
  const rows = await q.query<{ key: string }>(
    sql`select r.meter_id || ' ' || r.source_key as key
        from unnest(${asked.map(({ meterId }) => meterId)}::uuid[], ${asked.map(({ sourceKey }) => sourceKey)}::text[]) a(meter_id, source_key)
          join metering.reading r on r.scope_id = ${scopeId} and r.meter_id = a.meter_id and r.source_key = a.source_key`,
  );
  return new Set(rows.map(({ key }) => key));
}

/** What counted on each of them since its own day. */
export function countedSince(
  q: Executor,
  scopeId: string,
  asked: readonly { readonly meterId: string; readonly since: Date }[],
): Promise<RecentReading[]> {
  return q.query(
    sql`select r.meter_id as "meterId", r.taken_at as "takenAt", r.milli, r.used_milli as "usedMilli"
        from unnest(${asked.map(({ meterId }) => meterId)}::uuid[], ${asked.map(({ since }) => since)}::timestamptz[]) a(meter_id, since)
          join metering.reading r on r.scope_id = ${scopeId} and r.meter_id = a.meter_id and r.taken_at >= a.since
        where r.scope_id = ${scopeId} and r.state = 'counted'`,
  );
}
