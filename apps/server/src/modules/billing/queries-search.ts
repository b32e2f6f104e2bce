import type { Executor } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';

export interface FoundBill {
  readonly id: string;
  readonly scopeId: string;
  readonly scopeName: string;
  readonly number: string;
  readonly householdId: string;
  readonly householdLabel: string;
  readonly period: string;
}

export function billsNumbered(
  q: Executor,
  scopeIds: readonly string[],
  begins: string,
  limit: number,
): Promise<FoundBill[]> {
  return q.query(
    sql`select b.bill_id as id, b.scope_id as "scopeId", s.name as "scopeName", b.number, b.household_id as "householdId",
          b.household_label as "householdLabel", to_char(b.period, 'YYYY-MM') as period
        from unnest(${scopeIds}::uuid[]) one (scope_id)
          cross join lateral (
            select * from billing.bill b
            where b.scope_id = one.scope_id and b.number >= ${begins} and b.number < ${`${begins}\u{10ffff}`}
            order by b.number limit ${limit}) b
          join places.scope s on s.scope_id = b.scope_id
        order by b.number, b.bill_id limit ${limit}`,
  );
}

/** The latest of these homes. */
export function billsOfHomes(
  q: Executor,
  homes: readonly { readonly scopeId: string; readonly id: string }[],
  limit: number,
): Promise<FoundBill[]> {
  return q.query(
    sql`select b.bill_id as id, b.scope_id as "scopeId", s.name as "scopeName", b.number, b.household_id as "householdId",
          b.household_label as "householdLabel", to_char(b.period, 'YYYY-MM') as period
        from unnest(${homes.map(({ scopeId }) => scopeId)}::uuid[], ${homes.map(({ id }) => id)}::uuid[]) one (scope_id, household_id)
          cross join lateral (
            select * from billing.bill b where b.scope_id = one.scope_id and b.household_id = one.household_id
            order by b.bill_id desc limit ${limit}) b
          join places.scope s on s.scope_id = b.scope_id
        order by b.household_label, b.bill_id desc limit ${limit}`,
  );
}
