import type { Executor } from '../../platform/db/database.ts';
import { empty, sql } from '../../platform/db/sql.ts';
import { meterColumns } from './queries.ts';
import type { MeterRow } from './tables.ts';

export type RoundRow = MeterRow & {
  readonly building: string | null;
  readonly unit: string | null;
  readonly floor: number | null;
};

/** As one walks: house by house, staircase by staircase, floor by floor; what hangs in no home after the homes of its house. */
export function roundOf(
  q: Executor,
  scopeId: string,
  filter: { readonly buildingId?: string | undefined; readonly kind?: string | undefined },
  limit: number,
): Promise<RoundRow[]> {
  const { buildingId, kind } = filter;
  return q.query(
    sql`select ${meterColumns}, b.name as building, u.name as unit, h.floor
        from metering.meter m
          left join places.building b on b.scope_id = m.scope_id and b.building_id = m.building_id
          left join places.household h on h.scope_id = m.scope_id and h.household_id = m.household_id
          left join places.unit u on u.scope_id = h.scope_id and u.unit_id = h.unit_id
        where m.scope_id = ${scopeId} and m.retired_on is null
          ${buildingId === undefined ? empty : sql`and m.building_id = ${buildingId}`}
          ${kind === undefined ? empty : sql`and m.kind = ${kind}`}
        order by b.position nulls last, b.building_id, u.position nulls last, h.floor, length(h.room_no), h.room_no, m.spot, m.kind, m.meter_id
        limit ${limit}`,
  );
}
