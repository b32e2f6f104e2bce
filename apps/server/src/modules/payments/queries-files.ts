import type { Executor, Tx } from '../../platform/db/database.ts';
import { empty, sql } from '../../platform/db/sql.ts';
import type { Finding, OnlineWay, OurLine, Share } from './domain.ts';
import type { PaymentWall } from './tables.ts';

export interface RunRow extends PaymentWall {
  readonly id: string;
  readonly way: OnlineWay;
  readonly merchantId: string;
  readonly day: string;
  readonly state: 'open' | 'settled' | 'replaced';
  readonly matched: number;
  readonly differing: number;
  readonly inFen: number;
  readonly outFen: number;
  readonly feeFen: number;
  readonly madeByName: string;
  readonly madeAt: Date;
  readonly settledAt: Date | null;
  readonly version: number;
}

const runColumns = sql`r.scope_id as "scopeId", r.city_id as "cityId", r.street_id as "streetId", r.company_id as "companyId", r.run_id as id, r.way,
  r.merchant_id as "merchantId", r.day::text as day, r.state, r.matched, r.differing, r.in_fen as "inFen", r.out_fen as "outFen",
  r.fee_fen as "feeFen", r.made_by_name as "madeByName", r.made_at as "madeAt", r.settled_at as "settledAt", r.version`;

/** What a merchant took and gave back in a day, in all compounds of the company. A payment is known by the provider's own number. */
export function ourLines(
  q: Executor,
  of: { readonly companyId: string; readonly merchantId: string; readonly from: Date; readonly to: Date },
): Promise<OurLine[]> {
  const { companyId, merchantId, from, to } = of;
  return q.query(
    sql`select 'payment' as kind, p.scope_id as "compoundId", p.payment_id as "paymentId", null::uuid as "refundId",
          coalesce(p.transaction_id, replace(p.payment_id::text, '-', '')) as number, replace(p.payment_id::text, '-', '') as "tradeNo",
          p.amount_fen as "amountFen"
        from payments.payment p
        where p.company_id = ${companyId} and p.merchant_id = ${merchantId} and p.state = 'paid' and p.paid_at >= ${from} and p.paid_at < ${to}
        union all
        select 'refund', r.scope_id, r.payment_id, r.refund_id, replace(r.refund_id::text, '-', ''), replace(r.payment_id::text, '-', ''), r.amount_fen
        from payments.refund r join payments.payment p on p.scope_id = r.scope_id and p.payment_id = r.payment_id
        where r.company_id = ${companyId} and p.merchant_id = ${merchantId} and r.state = 'done' and r.done_at >= ${from} and r.done_at < ${to}`,
  );
}

/** In which compounds of a company these payments were made. */
export async function compoundsOf(
  q: Executor,
  companyId: string,
  paymentIds: readonly string[],
): Promise<Map<string, string>> {
  if (paymentIds.length === 0) return new Map();
  const rows = await q.query<{ id: string; scopeId: string }>(
    sql`select p.payment_id as id, p.scope_id as "scopeId" from payments.payment p
        where p.company_id = ${companyId} and p.payment_id = any (${paymentIds}::uuid[])`,
  );
  return new Map(rows.map(({ id, scopeId }) => [id, scopeId]));
}

export function listRuns(
  q: Executor,
  scopeId: string,
  before: string | null,
  limit: number,
): Promise<RunRow[]> {
  return q.query(
    before === null
      ? sql`select ${runColumns} from payments.reconciliation r where r.scope_id = ${scopeId} order by r.run_id desc limit ${limit}`
      : sql`select ${runColumns} from payments.reconciliation r where r.scope_id = ${scopeId} and r.run_id < ${before} order by r.run_id desc limit ${limit}`,
  );
}

export async function lockRun(tx: Tx, scopeId: string, id: string): Promise<RunRow | null> {
  const [row] = await tx.query<RunRow>(
    sql`select ${runColumns} from payments.reconciliation r where r.scope_id = ${scopeId} and r.run_id = ${id} for no key update`,
  );
  return row ?? null;
}

/** What was found before is history once the day is held against the file again. */
export function replaceRun(tx: Tx, of: Pick<RunRow, 'scopeId' | 'way' | 'merchantId' | 'day'>): void {
  tx.write(
    sql`update payments.reconciliation set state = 'replaced', version = version + 1
        where scope_id = ${of.scopeId} and way = ${of.way} and merchant_id = ${of.merchantId} and day = ${of.day} and state = 'open'`,
  );
}

export async function findRun(q: Executor, scopeId: string, id: string): Promise<RunRow | null> {
  const [row] = await q.query<RunRow>(
    sql`select ${runColumns} from payments.reconciliation r where r.scope_id = ${scopeId} and r.run_id = ${id}`,
  );
  return row ?? null;
}

export interface ItemRow {
  readonly id: string;
  readonly verdict: Finding['verdict'];
  readonly kind: 'payment' | 'refund';
  readonly compoundId: string | null;
  readonly paymentId: string | null;
  readonly refundId: string | null;
  readonly tradeNo: string;
  readonly transactionId: string | null;
  readonly oursFen: number | null;
  readonly theirsFen: number | null;
  readonly action: 'asked_again' | 'noted' | null;
  readonly actedByName: string | null;
  readonly actedAt: Date | null;
}

const itemColumns = sql`i.item_id as id, i.verdict, i.kind, i.compound_id as "compoundId", i.payment_id as "paymentId", i.refund_id as "refundId",
  i.trade_no as "tradeNo", i.transaction_id as "transactionId", i.ours_fen as "oursFen", i.theirs_fen as "theirsFen", i.action,
  i.acted_by_name as "actedByName", i.acted_at as "actedAt"`;

export function itemsOf(
  q: Executor,
  scopeId: string,
  runId: string,
  after: string | null,
  limit: number,
): Promise<ItemRow[]> {
  return q.query(
    sql`select ${itemColumns} from payments.reconciliation_item i where i.scope_id = ${scopeId} and i.run_id = ${runId}
          ${after === null ? empty : sql`and i.item_id > ${after}`} order by i.item_id limit ${limit}`,
  );
}

export async function lockItem(
  tx: Tx,
  scopeId: string,
  id: string,
): Promise<(ItemRow & { runId: string }) | null> {
  const [row] = await tx.query<ItemRow & { runId: string }>(
    sql`select ${itemColumns}, i.run_id as "runId" from payments.reconciliation_item i where i.scope_id = ${scopeId} and i.item_id = ${id} for no key update`,
  );
  return row ?? null;
}

export function sharesOf(
  q: Executor,
  scopeId: string,
  runId: string,
): Promise<(Share & { settledAt: Date | null })[]> {
  return q.query(
    sql`select s.compound_id as "compoundId", s.in_fen as "inFen", s.out_fen as "outFen", s.fee_fen as "feeFen", s.settled_at as "settledAt"
        from payments.reconciliation_share s where s.scope_id = ${scopeId} and s.run_id = ${runId} order by s.compound_id`,
  );
}

export function insertRun(
  tx: Tx,
  run: RunRow & { readonly madeBy: string },
  items: readonly (Finding & {
    readonly id: string;
    readonly compoundId: string | null;
    readonly refundId: string | null;
  })[],
  shares: readonly Share[],
): void {
  tx.write(
    sql`insert into payments.reconciliation (scope_id, run_id, city_id, street_id, company_id, way, merchant_id, day, state, matched, differing, in_fen,
          out_fen, fee_fen, made_by, made_by_name, made_at, version)
        values (${run.scopeId}, ${run.id}, ${run.cityId}, ${run.streetId}, ${run.companyId}, ${run.way}, ${run.merchantId}, ${run.day}, 'open',
          ${run.matched}, ${run.differing}, ${run.inFen}, ${run.outFen}, ${run.feeFen}, ${run.madeBy}, ${run.madeByName}, ${run.madeAt}, 1)`,
  );
  const rows = items.map(({ id, verdict, kind, ours, theirs, compoundId, refundId }) => ({
    id,
    verdict,
    kind,
    compoundId,
    paymentId: ours?.paymentId ?? null,
    refundId,
    tradeNo: ours?.tradeNo ?? theirs?.tradeNo ?? '',
    transactionId: theirs?.transactionId ?? null,
    oursFen: ours?.amountFen ?? null,
    theirsFen: theirs?.amountFen ?? null,
  }));
  tx.write(
    sql`insert into payments.reconciliation_item (scope_id, item_id, run_id, city_id, street_id, company_id, verdict, kind, compound_id, payment_id,
          refund_id, trade_no, transaction_id, ours_fen, theirs_fen)
        select ${run.scopeId}::uuid, i.id, ${run.id}::uuid, ${run.cityId}::uuid, ${run.streetId}::uuid, ${run.companyId}::uuid, i.verdict, i.kind,
          i."compoundId", i."paymentId", i."refundId", i."tradeNo", i."transactionId", i."oursFen", i."theirsFen"
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as i (id uuid, verdict text, kind text, "compoundId" uuid, "paymentId" uuid,
          "refundId" uuid, "tradeNo" text, "transactionId" text, "oursFen" bigint, "theirsFen" bigint)
        on conflict do nothing`,
  );
  tx.write(
    sql`insert into payments.reconciliation_share (scope_id, run_id, compound_id, city_id, street_id, company_id, in_fen, out_fen, fee_fen)
        select ${run.scopeId}::uuid, ${run.id}::uuid, s."compoundId", ${run.cityId}::uuid, ${run.streetId}::uuid, ${run.companyId}::uuid, s."inFen",
          s."outFen", s."feeFen"
        from jsonb_to_recordset(${JSON.stringify(shares)}::jsonb) as s ("compoundId" uuid, "inFen" bigint, "outFen" bigint, "feeFen" bigint)
        on conflict do nothing`,
  );
}

export function setAction(
  tx: Tx,
  scopeId: string,
  itemId: string,
  action: 'asked_again' | 'noted',
  by: { readonly id: string; readonly name: string },
  at: Date,
): void {
  tx.write(
    sql`update payments.reconciliation_item set action = ${action}, acted_by = ${by.id}, acted_by_name = ${by.name}, acted_at = ${at}
        where scope_id = ${scopeId} and item_id = ${itemId}`,
  );
}

export function setSettledRun(tx: Tx, { scopeId, id }: RunRow, bankLineId: string, at: Date): void {
  tx.write(
    sql`update payments.reconciliation set state = 'settled', settled_at = ${at}, bank_line_id = ${bankLineId}, version = version + 1
        where scope_id = ${scopeId} and run_id = ${id}`,
  );
  tx.write(
    sql`update payments.reconciliation_share set settled_at = ${at} where scope_id = ${scopeId} and run_id = ${id}`,
  );
  tx.write(
    sql`update payments.bank_line set run_id = ${id} where scope_id = ${scopeId} and line_id = ${bankLineId}`,
  );
}

export interface BankLineRow extends PaymentWall {
  readonly id: string;
  readonly account: string;
  readonly day: string;
  readonly amountFen: number;
  readonly cipher: Buffer;
  /** What it was: days that a provider paid out, a deposit of cash, somebody's transfer. At most one of them. */
  readonly runId: string | null;
  readonly depositId: string | null;
  readonly paymentId: string | null;
  /** Somebody says that it is this deposit; another confirms it or turns it down. Until then it is nothing else. */
  readonly proposedDepositId: string | null;
}

const bankColumns = sql`b.scope_id as "scopeId", b.city_id as "cityId", b.street_id as "streetId", b.company_id as "companyId", b.line_id as id,
  b.account, b.day::text as day, b.amount_fen as "amountFen", b.text_cipher as cipher, b.run_id as "runId",
  b.deposit_id as "depositId", b.payment_id as "paymentId", b.proposed_deposit_id as "proposedDepositId"`;

export function listBankLines(
  q: Executor,
  scopeId: string,
  before: string | null,
  limit: number,
): Promise<BankLineRow[]> {
  return q.query(
    before === null
      ? sql`select ${bankColumns} from payments.bank_line b where b.scope_id = ${scopeId} order by b.line_id desc limit ${limit}`
      : sql`select ${bankColumns} from payments.bank_line b where b.scope_id = ${scopeId} and b.line_id < ${before} order by b.line_id desc limit ${limit}`,
  );
}

/** What of an account is nothing here yet and proposed for nothing, from a day on; the latest brought first. */
export function listUnusedLines(
  q: Executor,
  scopeId: string,
  { account, since }: { readonly account: string; readonly since: string },
  before: string | null,
  limit: number,
): Promise<BankLineRow[]> {
  return q.query(
    sql`select ${bankColumns} from payments.bank_line b
        where b.scope_id = ${scopeId} and b.account = ${account} and b.day >= ${since}::date
          and b.run_id is null and b.deposit_id is null and b.payment_id is null and b.proposed_deposit_id is null and (${before}::uuid is null or b.line_id < ${before}::uuid)
        order by b.line_id desc limit ${limit}`,
  );
}

/** What nothing here is said to be yet, on these accounts and from a day on, the earliest first. */
export function openBankLinesOf(
  q: Executor,
  scopeId: string,
  accounts: readonly string[],
  since: string,
  limit: number,
): Promise<BankLineRow[]> {
  return q.query(
    sql`select ${bankColumns} from payments.bank_line b
        where b.scope_id = ${scopeId} and b.account = any (${accounts}::text[]) and b.day >= ${since}::date
          and b.run_id is null and b.deposit_id is null and b.payment_id is null
        order by b.day, b.line_id limit ${limit}`,
  );
}

export async function lockBankLine(tx: Tx, scopeId: string, id: string): Promise<BankLineRow | null> {
  const [row] = await tx.query<BankLineRow>(
    sql`select ${bankColumns} from payments.bank_line b where b.scope_id = ${scopeId} and b.line_id = ${id} for no key update`,
  );
  return row ?? null;
}

/** Whose payment a line of the bank's list was. */
export function setTransferred(tx: Tx, companyId: string, lineId: string, paymentId: string): void {
  tx.write(
    sql`update payments.bank_line set payment_id = ${paymentId} where scope_id = ${companyId} and line_id = ${lineId}`,
  );
}

/** How many were new. */
export async function addBankLines(
  tx: Tx,
  wall: PaymentWall,
  rows: readonly {
    readonly id: string;
    readonly account: string;
    readonly day: string;
    readonly amountFen: number;
    readonly cipher: Buffer;
    readonly key: Buffer;
  }[],
  byName: string,
  at: Date,
): Promise<number> {
  const added = await tx.query<{ id: string }>(
    sql`insert into payments.bank_line (scope_id, line_id, city_id, street_id, company_id, account, day, amount_fen, text_cipher, line_key, brought_by_name,
          brought_at)
        select ${wall.scopeId}::uuid, b.id, ${wall.cityId}::uuid, ${wall.streetId}::uuid, ${wall.companyId}::uuid, b.account, b.day::date, b."amountFen",
          decode(b.cipher, 'hex'), decode(b.key, 'hex'), ${byName}, ${at}
        from jsonb_to_recordset(${JSON.stringify(rows.map((row) => ({ ...row, cipher: row.cipher.toString('hex'), key: row.key.toString('hex') })))}::jsonb)
          as b (id uuid, account text, day text, "amountFen" bigint, cipher text, key text)
        on conflict (scope_id, line_key) do nothing returning line_id as id`,
  );
  return added.length;
}
