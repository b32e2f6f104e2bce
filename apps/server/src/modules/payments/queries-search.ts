import type { Executor } from '../../platform/db/database.ts';
import { join, sql, type Statement } from '../../platform/db/sql.ts';

export interface FoundPayment {
  readonly id: string;
  readonly scopeId: string;
  readonly scopeName: string;
  readonly bookedOn: string | null;
  /** Null: an organisation paid. */
  readonly householdId: string | null;
  readonly householdLabel: string | null;
  readonly state: string;
}

export type PaymentWords =
  /** As the provider or the slip of the card has it. */
  | { readonly by: 'transaction'; readonly id: string }
  | { readonly by: 'payment'; readonly id: string }
  /** The number of the receipt: the day it was booked on, and the end of the payment's own. */
  | { readonly by: 'receipt'; readonly bookedOn: string; readonly end: string };

const matching = (words: PaymentWords): Statement => {
  switch (words.by) {
    case 'transaction':
      return sql`p.way = any ('{wechat,alipay}') and p.transaction_id = ${words.id}`;
    case 'payment':
      return sql`p.payment_id = ${words.id}`;
    case 'receipt':
      return sql`p.booked_on = ${words.bookedOn}::date and right(p.payment_id::text, 8) = ${words.end}`;
  }
};

const columns = sql`p.payment_id as id, p.scope_id as "scopeId", s.name as "scopeName", p.booked_on::text as "bookedOn",
  p.household_id as "householdId", p.household_label as "householdLabel", p.state`;

export function paymentsNumbered(
  q: Executor,
  scopeIds: readonly string[],
  words: PaymentWords,
  limit: number,
): Promise<FoundPayment[]> {
  return q.query(
    sql`select ${columns}
        from unnest(${scopeIds}::uuid[]) one (scope_id)
          cross join lateral (
            select * from payments.payment p where ${join([sql`p.scope_id = one.scope_id`, matching(words)], ' and ')} limit ${limit}) p
          join places.scope s on s.scope_id = p.scope_id
        order by p.payment_id desc limit ${limit}`,
  );
}

/** The latest of these homes. */
export function paymentsOfHomes(
  q: Executor,
  homes: readonly { readonly scopeId: string; readonly id: string }[],
  limit: number,
): Promise<FoundPayment[]> {
  return q.query(
    sql`select ${columns}
        from unnest(${homes.map(({ scopeId }) => scopeId)}::uuid[], ${homes.map(({ id }) => id)}::uuid[]) one (scope_id, household_id)
          cross join lateral (
            select * from payments.payment p where p.scope_id = one.scope_id and p.household_id = one.household_id
            order by p.payment_id desc limit ${limit}) p
          join places.scope s on s.scope_id = p.scope_id
        order by p.household_label, p.payment_id desc limit ${limit}`,
  );
}
