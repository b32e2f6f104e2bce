import type { Executor } from '../../platform/db/database.ts';
import { sql, type Statement } from '../../platform/db/sql.ts';
import type { Wall } from '../places/index.ts';
import { categoriesOf } from './facts.ts';

/** What a board and a plan show of orders: who has which, and which wait. Complaints about colleagues are on neither. */

export interface BoardOrder {
  readonly id: string;
  readonly scopeId: string;
  readonly number: string;
  readonly categoryCode: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly status: string;
  readonly isEmergency: boolean;
  readonly isLate: boolean;
  /** Empty where the door would tell who complained. */
  readonly placeLabel: string;
  readonly buildingId: string | null;
  readonly assigneeAccountId: string | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly acceptedAt: Date | null;
  readonly departedAt: Date | null;
  readonly arrivedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly respondDueAt: Date | null;
  readonly arriveDueAt: Date | null;
  readonly resolveDueAt: Date | null;
}

type Found = Omit<BoardOrder, 'nameZh' | 'nameEn'>;

const columns = sql`o.work_order_id as id, o.scope_id as "scopeId", o.number, o.category_code as "categoryCode", o.status,
  o.is_emergency as "isEmergency", o.is_late as "isLate",
  case when o.is_confidential and o.place = 'home' then '' else o.place_label end as "placeLabel",
  case when o.is_confidential and o.place = 'home' then null else o.building_id end as "buildingId",
  o.assignee_account_id as "assigneeAccountId", o.version, o.created_at as "createdAt", o.accepted_at as "acceptedAt",
  o.departed_at as "departedAt", o.arrived_at as "arrivedAt", o.finished_at as "finishedAt", o.respond_due_at as "respondDueAt",
  o.arrive_due_at as "arriveDueAt", o.resolve_due_at as "resolveDueAt"`;

/** Nobody has it: what somebody is to be found for. */
const isWaiting = sql`o.status = any ('{submitted,triaged,disputed}')`;

async function named(q: Executor, walls: readonly Wall[], statement: Statement): Promise<BoardOrder[]> {
  const rows = await q.query<Found>(statement);
  const dated = rows.map((row) => ({
    category_code: row.categoryCode,
    created_at: row.createdAt.toISOString(),
  }));
  const nameOf = await categoriesOf(q, dated, walls);
  const byScope = new Map(walls.map((wall) => [wall.scopeId, wall]));
  return rows.map((row) => {
    const category = nameOf(row.categoryCode, byScope.get(row.scopeId), row.createdAt.toISOString());
    const { nameZh = row.categoryCode, nameEn = row.categoryCode } = category ?? {};
    return { ...row, nameZh, nameEn };
  });
}

/** What waits for somebody: emergencies first, then by when it should have been taken. */
export function waitingOrders(q: Executor, walls: readonly Wall[], limit: number): Promise<BoardOrder[]> {
  const scopeIds = walls.map(({ scopeId }) => scopeId);
  return named(
    q,
    walls,
    sql`select ${columns} from work_orders.work_order o
        where o.scope_id = any (${scopeIds}::uuid[]) and o.is_open and ${isWaiting} and o.accused_account_id is null
          and o.outcome is null
        order by o.is_emergency desc, o.respond_due_at nulls last, o.work_order_id limit ${limit}`,
  );
}

/**
 * What these people have in hand, or finished since: open, or closed since then. Who has it is kept out of the choice of an
 * index (`is true`), or all that they ever did would be read.
 */
export function ordersInHand(
  q: Executor,
  walls: readonly Wall[],
  accountIds: readonly string[],
  since: Date,
): Promise<BoardOrder[]> {
  const scopeIds = walls.map(({ scopeId }) => scopeId);
  const theirs = sql`(o.assignee_account_id = any (${accountIds}::uuid[])) is true and o.accused_account_id is null`;
  return named(
    q,
    walls,
    sql`select ${columns}
        from (select o.* from work_orders.work_order o
            where o.scope_id = any (${scopeIds}::uuid[]) and o.is_open and (o.finished_at is null or o.finished_at >= ${since}) and not (${isWaiting}) and ${theirs}
          union all
          select o.* from work_orders.work_order o
            where o.scope_id = any (${scopeIds}::uuid[]) and o.closed_at >= ${since} and o.finished_at >= ${since} and ${theirs}) o
        order by o.assignee_account_id, o.accepted_at nulls last, o.work_order_id limit 2000`,
  );
}

/** Everything open of a region, for a plan. */
export function openOrdersAt(q: Executor, walls: readonly Wall[], limit: number): Promise<BoardOrder[]> {
  const scopeIds = walls.map(({ scopeId }) => scopeId);
  return named(
    q,
    walls,
    sql`select ${columns} from work_orders.work_order o
        where o.scope_id = any (${scopeIds}::uuid[]) and o.is_open and o.finished_at is null and o.accused_account_id is null
          and o.outcome is null
        order by o.is_emergency desc, o.is_late desc, o.respond_due_at nulls last, o.work_order_id limit ${limit}`,
  );
}
