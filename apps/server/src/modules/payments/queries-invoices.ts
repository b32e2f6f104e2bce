import type { Executor, Tx } from '../../platform/db/database.ts';
import { empty, join, sql, type Statement } from '../../platform/db/sql.ts';
import type { PaymentWall } from './tables.ts';

export interface InvoiceRow extends PaymentWall {
  readonly id: string;
  readonly householdId: string;
  readonly householdLabel: string;
  readonly accountId: string;
  readonly paymentId: string;
  readonly amountFen: number;
  readonly titleCipher: Buffer;
  readonly taxNoCipher: Buffer | null;
  readonly mailCipher: Buffer | null;
  readonly state: 'asked' | 'issued' | 'refused';
  readonly askedAt: Date;
  readonly invoiceNo: string | null;
  readonly link: string | null;
  readonly refusal: string | null;
  readonly answeredByName: string | null;
  readonly answeredAt: Date | null;
  readonly version: number;
}

const columns = sql`i.scope_id as "scopeId", i.city_id as "cityId", i.street_id as "streetId", i.company_id as "companyId", i.request_id as id,
  i.household_id as "householdId", i.household_label as "householdLabel", i.account_id as "accountId", i.payment_id as "paymentId",
  i.amount_fen as "amountFen", i.title_cipher as "titleCipher", i.tax_no_cipher as "taxNoCipher", i.mail_cipher as "mailCipher", i.state,
  i.asked_at as "askedAt", i.invoice_no as "invoiceNo", i.link, i.refusal, i.answered_by_name as "answeredByName",
  i.answered_at as "answeredAt", i.version`;

export function listInvoices(
  q: Executor,
  filter: {
    readonly scopeId: string;
    readonly state?: string | undefined;
    readonly paymentId?: string | undefined;
  },
  before: string | null,
  limit: number,
): Promise<InvoiceRow[]> {
  const where: Statement[] = [];
  if (filter.state !== undefined) where.push(sql`i.state = ${filter.state}`);
  if (filter.paymentId !== undefined) where.push(sql`i.payment_id = ${filter.paymentId}`);
  if (before !== null) where.push(sql`i.request_id < ${before}`);
  return q.query(
    sql`select ${columns} from payments.invoice_request i where i.scope_id = ${filter.scopeId} ${where.length === 0 ? empty : sql`and ${join(where, ' and ')}`} order by i.request_id desc limit ${limit}`,
  );
}

export async function lockInvoice(tx: Tx, scopeId: string, id: string): Promise<InvoiceRow | null> {
  const [row] = await tx.query<InvoiceRow>(
    sql`select ${columns} from payments.invoice_request i where i.scope_id = ${scopeId} and i.request_id = ${id} for no key update`,
  );
  return row ?? null;
}

export function insertInvoice(tx: Tx, row: InvoiceRow): void {
  tx.write(
    sql`insert into payments.invoice_request (scope_id, request_id, city_id, street_id, company_id, household_id, household_label, account_id, payment_id,
          amount_fen, title_cipher, tax_no_cipher, mail_cipher, state, asked_at, version)
        values (${row.scopeId}, ${row.id}, ${row.cityId}, ${row.streetId}, ${row.companyId}, ${row.householdId}, ${row.householdLabel}, ${row.accountId},
          ${row.paymentId}, ${row.amountFen}, ${row.titleCipher}, ${row.taxNoCipher}, ${row.mailCipher}, 'asked', ${row.askedAt}, 1)`,
  );
}

export function answerInvoice(
  tx: Tx,
  { scopeId, id }: InvoiceRow,
  to: Pick<InvoiceRow, 'state' | 'invoiceNo' | 'link' | 'refusal'> & {
    readonly by: string;
    readonly byName: string;
    readonly at: Date;
  },
): void {
  tx.write(
    sql`update payments.invoice_request set state = ${to.state}, invoice_no = ${to.invoiceNo}, link = ${to.link}, refusal = ${to.refusal},
          answered_by = ${to.by}, answered_by_name = ${to.byName}, answered_at = ${to.at}, version = version + 1
        where scope_id = ${scopeId} and request_id = ${id}`,
  );
}
