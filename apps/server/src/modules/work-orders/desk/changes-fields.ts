import { uuidv7 } from '@gongzhi/kernel';
import type { Tx } from '../../../platform/db/database.ts';
import { sql } from '../../../platform/db/sql.ts';
import { differencesBetween } from '../domain/field-changes.ts';
import type { Order } from '../tables.ts';

export interface FieldActor {
  readonly accountId: string | null;
  readonly name: string | null;
  readonly role: string;
}

/** Ids become the names that were true then, so that the past can be read when people have left. */
function named(field: string, value: unknown, name: string | null): unknown {
  return field === 'assigneeAccountId' && value !== null ? { id: value, name } : value;
}

/** Beside the change itself and in its transaction: one statement, and none where nothing that counts has changed. */
export function recordFields(
  tx: Tx,
  before: Order,
  after: Order,
  eventKind: string,
  by: FieldActor,
  now: Date,
): void {
  const found = differencesBetween(before.state, after.state);
  if (found.length === 0) return;
  const { wall, id } = after;
  const changeId = uuidv7(now.getTime());
  const values = (pick: 'was' | 'became', name: string | null) =>
    found.map((one) => JSON.stringify(named(one.field, one[pick], name)));
  tx.write(
    sql`insert into work_orders.field_change (scope_id, work_order_id, change_id, city_id, street_id, company_id, household_id,
          reporter_account_id, field, was, became, event_kind, actor_account_id, actor_name, actor_role, at)
        select ${wall.scopeId}::uuid, ${id}::uuid, ${changeId}::uuid, ${wall.cityId}::uuid, ${wall.streetId}::uuid, ${wall.companyId}::uuid,
          ${wall.householdId}::uuid, ${wall.reporterAccountId}::uuid, f.field, f.was::jsonb, f.became::jsonb, ${eventKind}::text,
          ${by.accountId}::uuid, ${by.name}::text, ${by.role}::text, ${now}::timestamptz
        from unnest(${found.map(({ field }) => field)}::text[], ${values('was', before.assigneeName)}::text[],
          ${values('became', after.assigneeName)}::text[]) f (field, was, became)
        on conflict do nothing`,
  );
}
