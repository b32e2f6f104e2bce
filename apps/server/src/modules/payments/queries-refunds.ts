import type { Executor, Tx } from '../../platform/db/database.ts';
import { empty, join, sql, type Statement } from '../../platform/db/sql.ts';
import { claimByScope } from '../../platform/due/claim.ts';
import type { RefundPart, RefundState } from './domain.ts';
import type { RefundRow } from './tables.ts';

const columns = sql`r.scope_id as "scopeId", r.city_id as "cityId", r.street_id as "streetId", r.company_id as "companyId", r.refund_id as id,
  r.household_id as "householdId", r.party_id as "partyId", r.household_label as "householdLabel", r.payment_id as "paymentId", r.way, r.amount_fen as "amountFen", r.parts,
  r.reason, r.note_cipher as "noteCipher", r.state, r.asked_by as "askedBy", r.asked_by_name as "askedByName", r.asked_at as "askedAt",
  r.decided_by as "decidedBy", r.decided_by_name as "decidedByName", r.decided_at as "decidedAt", r.next_try_at as "nextTryAt", r.tries,
  r.done_at as "doneAt", r.fault, r.version`;

export async function findRefund(q: Executor, scopeId: string, id: string): Promise<RefundRow | null> {
  const [row] = await q.query<RefundRow>(
    sql`select ${columns} from payments.refund r where r.scope_id = ${scopeId} and r.refund_id = ${id}`,
  );
  return row ?? null;
}

export async function lockRefund(tx: Tx, scopeId: string, id: string): Promise<RefundRow | null> {
  const [row] = await tx.query<RefundRow>(
    sql`select ${columns} from payments.refund r where r.scope_id = ${scopeId} and r.refund_id = ${id} for no key update`,
  );
  return row ?? null;
}

export function refundsOfPayment(q: Executor, scopeId: string, paymentId: string): Promise<RefundRow[]> {
  return q.query(
    sql`select ${columns} from payments.refund r where r.scope_id = ${scopeId} and r.payment_id = ${paymentId} order by r.refund_id`,
  );
}

export function listRefunds(
  q: Executor,
  filter: { readonly scopeId: string; readonly states?: readonly RefundState[] | undefined },
  before: string | null,
  limit: number,
): Promise<RefundRow[]> {
  const where: Statement[] = [];
  if (filter.states !== undefined) where.push(sql`r.state = any (${filter.states}::text[])`);
  if (before !== null) where.push(sql`r.refund_id < ${before}`);
  return q.query(
    sql`select ${columns} from payments.refund r where r.scope_id = ${filter.scopeId} ${where.length === 0 ? empty : sql`and ${join(where, ' and ')}`} order by r.refund_id desc limit ${limit}`,
  );
}

export function insertRefund(tx: Tx, row: RefundRow): void {
  tx.write(
    sql`insert into payments.refund (scope_id, refund_id, city_id, street_id, company_id, household_id, party_id, household_label, payment_id, way,
          amount_fen, parts, reason, note_cipher, state, asked_by, asked_by_name, asked_at, version)
        values (${row.scopeId}, ${row.id}, ${row.cityId}, ${row.streetId}, ${row.companyId}, ${row.householdId}, ${row.partyId}, ${row.householdLabel}, ${row.paymentId},
          ${row.way}, ${row.amountFen}, ${JSON.stringify(row.parts)}::jsonb, ${row.reason}, ${row.noteCipher}, 'asked', ${row.askedBy},
          ${row.askedByName}, ${row.askedAt}, 1)`,
  );
}

/** What is asked to be given back cannot be asked for twice; given up, it may be asked for again. */
export function reserve(tx: Tx, refund: RefundRow, sign: 1 | -1): void {
  const { scopeId, paymentId } = refund;
  tx.write(
    sql`update payments.payment set refunded_fen = refunded_fen + ${sign * refund.amountFen}, version = version + 1
        where scope_id = ${scopeId} and payment_id = ${paymentId}`,
  );
  for (const { position, amountFen } of refund.parts)
    tx.write(
      sql`update payments.target set refunded_fen = refunded_fen + ${sign * amountFen}
          where scope_id = ${scopeId} and payment_id = ${paymentId} and position = ${position}`,
    );
}

/** What was off the line stays off it: the money is the household's balance now. */
export function moveToBalance(
  tx: Tx,
  refund: RefundRow,
  { position, amountFen, balanceFen }: RefundPart,
): void {
  tx.write(
    sql`update payments.target set settled_fen = settled_fen - ${amountFen - balanceFen}, balance_fen = balance_fen + ${amountFen - balanceFen}
        where scope_id = ${refund.scopeId} and payment_id = ${refund.paymentId} and position = ${position}`,
  );
}

export interface RefundChange {
  readonly state: RefundState;
  readonly decided?: { readonly by: string; readonly name: string; readonly at: Date };
  readonly nextTryAt: Date | null;
  readonly doneAt: Date | null;
  readonly fault: string | null;
  readonly providerRefundId?: string | null;
}

export function changeRefund(tx: Tx, { scopeId, id }: RefundRow, to: RefundChange): void {
  const { decided } = to;
  tx.write(
    sql`update payments.refund set state = ${to.state}, decided_by = coalesce(${decided?.by ?? null}, decided_by),
          decided_by_name = coalesce(${decided?.name ?? null}, decided_by_name), decided_at = coalesce(${decided?.at ?? null}, decided_at),
          next_try_at = ${to.nextTryAt}, done_at = ${to.doneAt}, fault = ${to.fault},
          provider_refund_id = coalesce(${to.providerRefundId ?? null}, provider_refund_id), version = version + 1
        where scope_id = ${scopeId} and refund_id = ${id}`,
  );
}

export interface DueRefund {
  readonly scopeId: string;
  readonly id: string;
  readonly state: RefundState;
  readonly tries: number;
}

export function claimRefunds(tx: Tx, now: Date, limit: number): Promise<DueRefund[]> {
  return claimByScope<DueRefund>(tx, {
    columns: sql`r.scope_id as "scopeId", r.refund_id as id, r.state, r.tries`,
    from: sql`payments.refund r`,
    scope: sql`r.scope_id`,
    id: sql`r.refund_id`,
    due: sql`r.next_try_at <= ${now}`,
    order: sql`r.next_try_at`,
    limit,
  });
}

export function setNextTry(tx: Tx, { scopeId, id }: DueRefund, at: Date | null): void {
  tx.write(
    sql`update payments.refund set tries = tries + 1, next_try_at = ${at} where scope_id = ${scopeId} and refund_id = ${id}`,
  );
}
