import type { Executor } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { knownAtHome } from './reach.ts';

/** What a household has going on, for who is on the phone with one of its people. */
export interface CallersMatter {
  readonly householdId: string;
  readonly id: string;
  readonly number: string;
  readonly status: string;
  readonly categoryCode: string;
  readonly createdAt: Date;
  readonly isLate: boolean;
  readonly isOpen: boolean;
  readonly urgeCount: number;
  readonly version: number;
}

/**
 * Of each household all that is open and the last three that have ended, newest first; of these what the reader may
 * know to be this home's.
 */
export function mattersOfHouseholds(
  q: Executor,
  acting: Acting,
  scopeId: string,
  householdIds: readonly string[],
): Promise<CallersMatter[]> {
  const known = knownAtHome(acting);
  return q.query(
    sql`select m.* from unnest(${householdIds}::uuid[]) as h(id), lateral (
          (select o.household_id as "householdId", o.work_order_id as id, o.number, o.status, o.category_code as "categoryCode",
             o.created_at as "createdAt", o.is_late as "isLate", o.is_open as "isOpen", o.urge_count as "urgeCount", o.version
           from work_orders.work_order o
           where o.scope_id = ${scopeId} and o.household_id = h.id and o.is_open and ${known} order by o.work_order_id desc limit 10)
          union all
          (select o.household_id, o.work_order_id, o.number, o.status, o.category_code, o.created_at, o.is_late, o.is_open, o.urge_count, o.version
           from work_orders.work_order o
           where o.scope_id = ${scopeId} and o.household_id = h.id and not o.is_open and ${known} order by o.work_order_id desc limit 3)) m
        order by m."householdId", m."isOpen" desc, m.id desc`,
  );
}
