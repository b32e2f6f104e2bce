import { uuidv7 } from '@gongzhi/kernel';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { empty, join, sql, type Statement } from '../../platform/db/sql.ts';
import { claimByScope } from '../../platform/due/claim.ts';
import type { PaymentState, Way } from './domain.ts';
import type { PaymentRow, PaymentWall, StepRow, StepSource, TargetRow } from './tables.ts';

const columns = sql`p.scope_id as "scopeId", p.city_id as "cityId", p.street_id as "streetId", p.company_id as "companyId", p.payment_id as id,
  p.household_id as "householdId", p.party_id as "partyId", p.household_label as "householdLabel", p.account_id as "accountId", p.account_name as "accountName", p.way,
  p.channel, p.merchant_id as "merchantId", p.amount_fen as "amountFen", p.description, p.state, p.transaction_id as "transactionId",
  p.created_at as "createdAt", p.expires_at as "expiresAt", p.paid_at as "paidAt", p.booked_on::text as "bookedOn",
  p.next_query_at as "nextQueryAt", p.queries, p.told_fen as "toldFen", p.told_currency as "toldCurrency", p.refunded_fen as "refundedFen",
  p.till_session_id as "tillSessionId", p.bank_account as "bankAccount", p.version`;

export async function findPayment(q: Executor, scopeId: string, id: string): Promise<PaymentRow | null> {
  const [row] = await q.query<PaymentRow>(
    sql`select ${columns} from payments.payment p where p.scope_id = ${scopeId} and p.payment_id = ${id}`,
  );
  return row ?? null;
}

/** A notice, an answer and a person who asks wait for each other here. */
export async function lockPayment(tx: Tx, scopeId: string, id: string): Promise<PaymentRow | null> {
  const [row] = await tx.query<PaymentRow>(
    sql`select ${columns} from payments.payment p where p.scope_id = ${scopeId} and p.payment_id = ${id} for no key update`,
  );
  return row ?? null;
}

/** Whether a transaction of the provider's is counted as another payment. */
export async function isCounted(
  q: Executor,
  { scopeId, id, way }: PaymentRow,
  transactionId: string,
): Promise<boolean> {
  const rows = await q.query(
    sql`select from payments.payment p
        where p.scope_id = ${scopeId} and p.way = ${way} and p.transaction_id = ${transactionId} and p.payment_id <> ${id} limit 1`,
  );
  return rows.length > 0;
}

export interface PaymentFilter {
  readonly scopeId: string;
  /** A resident's homes; null for who runs the place. */
  readonly homes: readonly string[] | null;
  readonly householdId?: string | undefined;
  readonly states?: readonly PaymentState[] | undefined;
  readonly way?: Way | undefined;
  readonly sessionId?: string | undefined;
}

/** Newest first. What one paid for a home one has left since is still one's own. */
export function listPayments(
  q: Executor,
  filter: PaymentFilter,
  accountId: string,
  before: string | null,
  limit: number,
): Promise<PaymentRow[]> {
  const where: Statement[] = [];
  if (filter.homes !== null)
    where.push(sql`(p.household_id = any (${filter.homes}::uuid[]) or p.account_id = ${accountId})`);
  if (filter.householdId !== undefined) where.push(sql`p.household_id = ${filter.householdId}`);
  if (filter.states !== undefined) where.push(sql`p.state = any (${filter.states}::text[])`);
  if (filter.way !== undefined) where.push(sql`p.way = ${filter.way}`);
  if (filter.sessionId !== undefined) where.push(sql`p.till_session_id = ${filter.sessionId}`);
  if (before !== null) where.push(sql`p.payment_id < ${before}`);
  return q.query(
    sql`select ${columns} from payments.payment p where p.scope_id = ${filter.scopeId} ${where.length === 0 ? empty : sql`and ${join(where, ' and ')}`} order by p.payment_id desc limit ${limit}`,
  );
}

/** Of this home, for one of these lines, and not over yet. */
export async function findUnderWay(
  q: Executor,
  scopeId: string,
  householdId: string,
  targetIds: readonly string[],
  now: Date,
): Promise<{ id: string; way: Way } | null> {
  const [row] = await q.query<{ id: string; way: Way }>(
    sql`select p.payment_id as id, p.way from payments.payment p
        join payments.target t on t.scope_id = p.scope_id and t.payment_id = p.payment_id
        where p.scope_id = ${scopeId} and p.household_id = ${householdId} and p.state in ('created', 'pending') and p.expires_at > ${now}
          and t.target_id = any (${targetIds}::uuid[])
        order by p.payment_id desc limit 1`,
  );
  return row ?? null;
}

export function targetsOf(q: Executor, scopeId: string, paymentIds: readonly string[]): Promise<TargetRow[]> {
  return q.query(
    sql`select t.payment_id as "paymentId", t.position, t.kind, t.target_id as "targetId", t.label, t.amount_fen as "amountFen",
          t.settled_fen as "settledFen", t.balance_fen as "balanceFen", t.refunded_fen as "refundedFen"
        from payments.target t where t.scope_id = ${scopeId} and t.payment_id = any (${paymentIds}::uuid[])
        order by t.payment_id, t.position`,
  );
}

export function stepsOf(q: Executor, scopeId: string, paymentId: string): Promise<StepRow[]> {
  return q.query(
    sql`select s.state, s.source, s.refund_id as "refundId", s.detail, s.by_name as "byName", s.at from payments.step s
        where s.scope_id = ${scopeId} and s.payment_id = ${paymentId} order by s.step_id limit 200`,
  );
}

export function insertPayment(tx: Tx, row: PaymentRow, targets: readonly TargetRow[]): void {
  tx.write(
    sql`insert into payments.payment (scope_id, payment_id, city_id, street_id, company_id, household_id, party_id, household_label, account_id,
          account_name, way, channel, merchant_id, amount_fen, description, state, transaction_id, created_at, expires_at, paid_at, booked_on, next_query_at,
          till_session_id, bank_account, version)
        values (${row.scopeId}, ${row.id}, ${row.cityId}, ${row.streetId}, ${row.companyId}, ${row.householdId}, ${row.partyId}, ${row.householdLabel},
          ${row.accountId}, ${row.accountName}, ${row.way}, ${row.channel}, ${row.merchantId}, ${row.amountFen}, ${row.description}, ${row.state},
          ${row.transactionId}, ${row.createdAt}, ${row.expiresAt}, ${row.paidAt}, ${row.bookedOn}, ${row.nextQueryAt}, ${row.tillSessionId},
          ${row.bankAccount}, 1)`,
  );
  tx.write(
    sql`insert into payments.target (scope_id, payment_id, position, city_id, street_id, company_id, household_id, kind, target_id, label, amount_fen)
        select ${row.scopeId}::uuid, ${row.id}::uuid, t.position, ${row.cityId}::uuid, ${row.streetId}::uuid, ${row.companyId}::uuid,
          ${row.householdId}::uuid, t.kind, t."targetId", t.label, t."amountFen"
        from jsonb_to_recordset(${JSON.stringify(targets)}::jsonb)
          as t (position int, kind text, "targetId" uuid, label text, "amountFen" bigint)
        on conflict do nothing`,
  );
}

export interface PaymentChange {
  readonly state: PaymentState;
  readonly transactionId: string | null;
  readonly paidAt: Date | null;
  readonly bookedOn: string | null;
  readonly nextQueryAt: Date | null;
  readonly toldFen: number | null;
  readonly toldCurrency: string | null;
}

/** What became of it, and the step that says so. */
export function changePayment(tx: Tx, payment: PaymentRow, to: PaymentChange, step: NewStep, at: Date): void {
  const { scopeId, id } = payment;
  tx.write(
    sql`with changed as (
          update payments.payment set state = ${to.state}, transaction_id = ${to.transactionId}, paid_at = ${to.paidAt}, booked_on = ${to.bookedOn},
            next_query_at = ${to.nextQueryAt}, told_fen = ${to.toldFen}, told_currency = ${to.toldCurrency}, version = version + 1
          where scope_id = ${scopeId} and payment_id = ${id})
        ${stepOf(payment, step, at)}`,
  );
}

export function setTarget(
  tx: Tx,
  scopeId: string,
  target: Pick<TargetRow, 'paymentId' | 'position' | 'settledFen' | 'balanceFen'>,
): void {
  tx.write(
    sql`update payments.target set settled_fen = ${target.settledFen}, balance_fen = ${target.balanceFen}
        where scope_id = ${scopeId} and payment_id = ${target.paymentId} and position = ${target.position}`,
  );
}

export interface NewStep {
  readonly paymentId: string;
  readonly householdId: string | null;
  readonly refundId?: string;
  readonly state: string;
  readonly source: StepSource;
  /** Numbers and codes only. */
  readonly detail?: Readonly<Record<string, unknown>>;
  readonly byName: string | null;
}

export function addStep(tx: Tx, wall: PaymentWall, step: NewStep, at: Date): void {
  tx.write(stepOf(wall, step, at));
}

function stepOf(wall: PaymentWall, step: NewStep, at: Date): Statement {
  return sql`insert into payments.step (scope_id, step_id, city_id, street_id, company_id, household_id, payment_id, refund_id, state, source, detail, by_name, at)
        values (${wall.scopeId}, ${uuidv7(at.getTime())}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${step.householdId}, ${step.paymentId},
          ${step.refundId ?? null}, ${step.state}, ${step.source}, ${JSON.stringify(step.detail ?? {})}, ${step.byName}, ${at})`;
}

export interface DuePayment {
  readonly scopeId: string;
  readonly id: string;
  readonly state: PaymentState;
  readonly queries: number;
}

/** Over all compounds, for the worker alone. */
export function claimQueries(tx: Tx, now: Date, limit: number): Promise<DuePayment[]> {
  return claimByScope<DuePayment>(tx, {
    columns: sql`p.scope_id as "scopeId", p.payment_id as id, p.state, p.queries`,
    from: sql`payments.payment p`,
    scope: sql`p.scope_id`,
    id: sql`p.payment_id`,
    due: sql`p.next_query_at <= ${now}`,
    order: sql`p.next_query_at`,
    limit,
  });
}

export function setNextQuery(tx: Tx, { scopeId, id }: DuePayment, at: Date | null): void {
  tx.write(
    sql`update payments.payment set queries = queries + 1, next_query_at = ${at} where scope_id = ${scopeId} and payment_id = ${id}`,
  );
}

export interface DeductionRow {
  readonly scopeId: string;
  readonly householdId: string;
  readonly isOn: boolean;
  readonly setAt: Date;
  readonly version: number;
}

const deductionColumns = sql`d.scope_id as "scopeId", d.household_id as "householdId", d.is_on as "isOn", d.set_at as "setAt", d.version`;

export async function findDeduction(
  q: Executor,
  scopeId: string,
  householdId: string,
): Promise<DeductionRow | null> {
  const [row] = await q.query<DeductionRow>(
    sql`select ${deductionColumns} from payments.deduction d where d.scope_id = ${scopeId} and d.household_id = ${householdId}`,
  );
  return row ?? null;
}

export function claimDeductions(tx: Tx, now: Date, limit: number): Promise<DeductionRow[]> {
  return claimByScope<DeductionRow>(tx, {
    columns: deductionColumns,
    from: sql`payments.deduction d`,
    scope: sql`d.scope_id`,
    id: sql`d.household_id`,
    due: sql`d.is_on and d.next_at <= ${now}`,
    order: sql`d.next_at`,
    limit,
  });
}

export function setNextDeduction(tx: Tx, { scopeId, householdId }: DeductionRow, at: Date): void {
  tx.write(
    sql`update payments.deduction set next_at = ${at} where scope_id = ${scopeId} and household_id = ${householdId}`,
  );
}

export function setDeduction(
  tx: Tx,
  wall: PaymentWall,
  given: { readonly householdId: string; readonly isOn: boolean; readonly by: string; readonly now: Date },
): void {
  const { householdId, isOn, by, now } = given;
  tx.write(
    sql`insert into payments.deduction as d (scope_id, household_id, city_id, street_id, company_id, is_on, set_by, set_at, next_at, version)
        values (${wall.scopeId}, ${householdId}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${isOn}, ${by}, ${now}, ${isOn ? now : null}, 1)
        on conflict (scope_id, household_id) do update set is_on = excluded.is_on, set_by = excluded.set_by, set_at = excluded.set_at,
          next_at = excluded.next_at, version = d.version + 1`,
  );
}

/** Newly prepaid money is looked at soon. */
export function wakeDeduction(tx: Tx, scopeId: string, householdId: string, now: Date): void {
  tx.write(
    sql`update payments.deduction set next_at = ${now} where scope_id = ${scopeId} and household_id = ${householdId} and is_on`,
  );
}
