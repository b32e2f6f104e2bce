import { formatYuan, uuidv7 } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { recordEvent } from '../../platform/events/outbox.ts';
import type { House } from '../../platform/house.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope } from '../places/index.ts';
import { findPayment, lockPayment } from './queries.ts';
import { answerInvoice, insertInvoice, type InvoiceRow, lockInvoice } from './queries-invoices.ts';
import { payableHome } from './service-paying.ts';

/**
 * Tax invoices are the tax office's: here somebody asks for one, and the company answers with its number and where it lies.
 * Whose title and tax number it bears lies sealed.
 */
export interface InvoiceAsked {
  readonly paymentId: string;
  readonly title: string;
  readonly taxNo?: string | undefined;
  readonly mail?: string | undefined;
}

const table = 'payments.invoice_request';

export async function askInvoice(
  house: House,
  tx: Tx,
  acting: Acting,
  scopeId: string,
  body: InvoiceAsked,
  now: Date,
): Promise<InvoiceRow> {
  const payment = await findPayment(tx, scopeId, body.paymentId);
  // Only a home asks here; an organisation has no page.
  if (payment?.householdId == null) throw new Problem('not_found');
  const { householdId } = payment;
  await payableHome(tx, acting, scopeId, householdId);
  // Its money was paid before, and that payment has its own invoice: one for both would be two for the same money.
  if (payment.way === 'balance') throw new Problem('payments.invoice_elsewhere');
  const amountFen = payment.amountFen - payment.refundedFen;
  if (payment.state !== 'paid' || amountFen <= 0)
    throw new Problem('payments.over', { state: payment.state });
  const id = uuidv7(now.getTime());
  const seal = (text: string | undefined): Buffer | null =>
    text === undefined || text.trim() === '' ? null : house.crypto.seal(text.trim(), table, id);
  const row: InvoiceRow = {
    scopeId,
    cityId: payment.cityId,
    streetId: payment.streetId,
    companyId: payment.companyId,
    id,
    householdId,
    householdLabel: payment.householdLabel,
    accountId: acting.accountId,
    paymentId: payment.id,
    amountFen,
    titleCipher: house.crypto.seal(body.title.trim(), table, id),
    taxNoCipher: seal(body.taxNo),
    mailCipher: seal(body.mail),
    state: 'asked',
    askedAt: now,
    invoiceNo: null,
    link: null,
    refusal: null,
    answeredByName: null,
    answeredAt: null,
    version: 1,
  };
  insertInvoice(tx, row);
  tell(tx, row, 'invoice_request.asked', now);
  return row;
}

export type InvoiceAnswer =
  | {
      readonly action: 'issue';
      readonly invoiceNo: string;
      readonly link?: string | undefined;
      readonly expectedVersion: number;
    }
  | { readonly action: 'refuse'; readonly reason: string; readonly expectedVersion: number };

export async function answerRequest(
  tx: Tx,
  acting: Acting,
  scopeId: string,
  id: string,
  body: InvoiceAnswer,
  now: Date,
): Promise<InvoiceRow> {
  await accessScope(tx, acting, scopeId);
  const row = await lockInvoice(tx, scopeId, id);
  if (row === null) throw new Problem('not_found');
  if (row.state !== 'asked' || row.version !== body.expectedVersion) throw new Problem('payments.stale');
  if (body.action === 'issue') await holdAmount(tx, row);
  const answer =
    body.action === 'issue'
      ? ({
          state: 'issued',
          invoiceNo: body.invoiceNo.trim(),
          link: body.link ?? null,
          refusal: null,
        } as const)
      : ({ state: 'refused', invoiceNo: null, link: null, refusal: body.reason.trim() } as const);
  answerInvoice(tx, row, { ...answer, by: acting.accountId, byName: acting.displayName, at: now });
  tell(tx, row, `invoice_request.${answer.state}`, now);
  return { ...row, ...answer, answeredByName: acting.displayName, answeredAt: now, version: row.version + 1 };
}

/** What went back since it was asked for bears no invoice; whoever gives some of it back meanwhile is waited for. */
async function holdAmount(tx: Tx, { scopeId, paymentId, amountFen }: InvoiceRow): Promise<void> {
  const payment = await lockPayment(tx, scopeId, paymentId);
  const leftFen = payment === null ? 0 : payment.amountFen - payment.refundedFen;
  if (leftFen !== amountFen)
    throw new Problem('payments.invoice_changed', { left: formatYuan(BigInt(leftFen)) });
}

export function invoiceView(house: House, row: InvoiceRow) {
  const open = (cipher: Buffer | null): string | null =>
    cipher === null ? null : house.crypto.open(cipher, table, row.id);
  const {
    titleCipher,
    taxNoCipher,
    mailCipher,
    cityId: _c,
    streetId: _s,
    companyId: _o,
    accountId: _a,
    ...rest
  } = row;
  return {
    ...rest,
    title: open(titleCipher) ?? '',
    taxNo: open(taxNoCipher),
    mail: open(mailCipher),
    askedAt: row.askedAt.toISOString(),
    answeredAt: row.answeredAt?.toISOString() ?? null,
  };
}

function tell(tx: Tx, row: InvoiceRow, kind: string, now: Date): void {
  recordEvent(tx, {
    eventId: uuidv7(now.getTime()),
    scopeId: row.scopeId,
    wall: {
      cityId: row.cityId,
      streetId: row.streetId,
      companyId: row.companyId,
      householdId: row.householdId,
      reporterAccountId: row.accountId,
      isPublic: false,
      isInternal: false,
    },
    kind,
    version: 1,
    objectId: row.id,
    payload: { householdId: row.householdId, paymentId: row.paymentId },
    occurredAt: now,
  });
}
