import type { House } from '../../platform/house.ts';
import { receiptNumber } from './domain.ts';
import type { PaymentRow, RefundRow, StepRow, TargetRow } from './tables.ts';

export function paymentView(row: PaymentRow, targets: readonly TargetRow[]) {
  return {
    id: row.id,
    scopeId: row.scopeId,
    householdId: row.householdId,
    partyId: row.partyId,
    householdLabel: row.householdLabel,
    payerName: row.accountName,
    way: row.way,
    amountFen: row.amountFen,
    refundedFen: row.refundedFen,
    state: row.state,
    receiptNo: row.bookedOn === null ? null : receiptNumber(row.id, row.bookedOn),
    transactionId: row.transactionId,
    toldFen: row.toldFen,
    toldCurrency: row.toldCurrency,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    paidAt: row.paidAt?.toISOString() ?? null,
    targets: targets
      .filter(({ paymentId }) => paymentId === row.id)
      .map(({ paymentId: _, ...target }) => target),
    version: row.version,
  };
}

/** Why money goes back is between those who decide; a resident reads that it does, and when. */
export function refundView(
  house: House,
  row: RefundRow,
  reader: { readonly accountId: string; readonly isStaff: boolean },
) {
  return {
    id: row.id,
    scopeId: row.scopeId,
    paymentId: row.paymentId,
    householdId: row.householdId,
    partyId: row.partyId,
    householdLabel: row.householdLabel,
    way: row.way,
    amountFen: row.amountFen,
    reason: row.reason,
    note:
      row.noteCipher === null || !reader.isStaff
        ? null
        : house.crypto.open(row.noteCipher, 'payments.refund', row.id),
    state: row.state,
    askedByName: row.askedByName,
    askedAt: row.askedAt.toISOString(),
    isOwn: row.askedBy === reader.accountId,
    decidedByName: row.decidedByName,
    decidedAt: row.decidedAt?.toISOString() ?? null,
    doneAt: row.doneAt?.toISOString() ?? null,
    fault: row.fault,
    version: row.version,
  };
}

export const stepView = ({ state, source, byName, at }: StepRow) => ({
  state,
  source,
  byName,
  at: at.toISOString(),
});
