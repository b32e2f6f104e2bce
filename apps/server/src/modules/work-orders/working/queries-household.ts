import type { Executor } from '../../../platform/db/database.ts';
import { empty, join, sql, type Statement } from '../../../platform/db/sql.ts';
import type { Acting } from '../../../platform/sessions/sessions.ts';
import { knownAtHome } from '../reach.ts';

/** What a household owes or will owe for repairs, an order a row: as far as its orders know. */
export const BILL_STATES = ['due', 'agreed', 'quoted'] as const;
export type BillState = (typeof BILL_STATES)[number];

export interface BillRow {
  readonly id: string;
  readonly number: string;
  readonly categoryCode: string;
  readonly description: string;
  readonly state: BillState;
  readonly totalFen: string;
  readonly createdAt: Date;
  readonly dueSince: Date | null;
}

/** Due with the work done; before that only while there is work to be done. A newer quotation takes the place of what was. */
const isDue = sql`(o.charge_state = 'agreed' and o.charge_no = o.charge_due_no)`;

function ofHousehold(acting: Acting, householdId: string): Statement {
  return join(
    [
      sql`o.household_id = ${householdId}`,
      sql`(${isDue} or (o.is_open and o.charge_state in ('agreed', 'quoted')))`,
      knownAtHome(acting),
    ],
    ' and ',
  );
}

const columns = sql`case when ${isDue} then 'due' else o.charge_state end as state,
  coalesce(o.charge_fen, (select e.total_fen from work_orders.charge_entry e
    where e.scope_id = o.scope_id and e.work_order_id = o.work_order_id and e.kind = 'sent'
    order by e.entry_id desc limit 1), 0)::text as "totalFen"`;

export function billsOf(
  q: Executor,
  acting: Acting,
  at: { readonly scopeId: string; readonly householdId: string },
  after: string | null,
  limit: number,
): Promise<BillRow[]> {
  return q.query<BillRow>(
    sql`select o.work_order_id as id, o.number, o.category_code as "categoryCode", o.description, o.created_at as "createdAt",
        case when ${isDue} then o.finished_at end as "dueSince", ${columns}
      from work_orders.work_order o
      where o.scope_id = ${at.scopeId} and ${ofHousehold(acting, at.householdId)} ${after === null ? empty : sql`and o.work_order_id < ${after}`}
      order by o.work_order_id desc limit ${limit}`,
  );
}

/** Over all of them, whatever is on the page. */
export async function billTotals(
  q: Executor,
  acting: Acting,
  at: { readonly scopeId: string; readonly householdId: string },
): Promise<ReadonlyMap<BillState, bigint>> {
  const rows = await q.query<{ state: BillState; fen: string }>(
    sql`select b.state, sum(b."totalFen"::bigint)::text as fen from (
        select ${columns} from work_orders.work_order o
        where o.scope_id = ${at.scopeId} and ${ofHousehold(acting, at.householdId)}) b group by 1`,
  );
  return new Map(rows.map((row) => [row.state, BigInt(row.fen)]));
}
