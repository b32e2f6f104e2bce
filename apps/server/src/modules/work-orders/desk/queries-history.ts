import type { Executor } from '../../../platform/db/database.ts';
import { sql } from '../../../platform/db/sql.ts';

export interface FieldChangeRow {
  readonly field: string;
  readonly was: unknown;
  readonly became: unknown;
  readonly eventKind: string;
  readonly actorName: string | null;
  readonly actorRole: string;
  readonly at: Date;
}

/** Newest first; enough for the longest life an order had. */
export function fieldChangesOf(q: Executor, scopeId: string, id: string): Promise<FieldChangeRow[]> {
  return q.query<FieldChangeRow>(
    sql`select c.field, c.was, c.became, c.event_kind as "eventKind", c.actor_name as "actorName", c.actor_role as "actorRole", c.at
      from work_orders.field_change c where c.scope_id = ${scopeId} and c.work_order_id = ${id}
      order by c.change_id desc, c.field limit 500`,
  );
}
