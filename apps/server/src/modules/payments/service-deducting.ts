import { targetLabel } from '@gongzhi/i18n/payment-target.ts';
import { localDate } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { lockOpenLines, type OpenLine } from '../billing/index.ts';
import { accounts, balances } from '../ledger/index.ts';
import { findHousehold, type Wall, wallOf } from '../places/index.ts';
import { deductionOf, type Part } from './domain.ts';
import { addStep, insertPayment } from './queries.ts';
import { book, tellPayment } from './service-booking.ts';
import { newRow } from './service-paying.ts';
import type { PaymentRow } from './tables.ts';

/** Of what this company is owed: its balance pays nobody else's bills. */
export async function deductFor(tx: Tx, scopeId: string, householdId: string, now: Date): Promise<void> {
  const wall = await wallOf(tx, scopeId);
  if (wall === null) return;
  const prepaid = accounts.household(householdId, 'prepaid');
  const held = async (): Promise<number> => (await balances(tx, wall, [prepaid])).get(prepaid) ?? 0;
  if ((await held()) <= 0) return;
  const today = localDate(now.getTime(), wall.timeZone);
  // Held while it is decided what goes on which: somebody may be paying one of them this very moment.
  const lines = (await lockOpenLines(tx, scopeId, householdId, today)).filter(
    (line) => line.companyId === wall.companyId,
  );
  const balance = await held();
  await deduct(tx, wall, householdId, lines, deductionOf(balance, lines), now);
}

/** What is due goes off the balance: a payment like any other, with its receipt, in the transaction that found it due. */
async function deduct(
  tx: Tx,
  wall: Wall,
  householdId: string,
  lines: readonly OpenLine[],
  parts: readonly Part[],
  now: Date,
): Promise<void> {
  if (parts.length === 0) return;
  const household = await findHousehold(tx, wall.scopeId, householdId);
  if (household === null) return;
  const names = new Map(lines.map((line) => [line.lineId, targetLabel(line)]));
  const amountFen = parts.reduce((sum, part) => sum + part.amountFen, 0);
  const checked = { amountFen, description: '' };
  const given = {
    householdId,
    householdLabel: household.label,
    acting: null,
    way: 'balance',
    checked,
  } as const;
  const payment: PaymentRow = {
    ...newRow(wall, given, now),
    state: 'paid',
    paidAt: now,
    bookedOn: localDate(now.getTime(), wall.timeZone),
  };
  const targets = parts.map((part, position) => ({
    paymentId: payment.id,
    position,
    kind: 'bill_line' as const,
    targetId: part.lineId,
    label: names.get(part.lineId) ?? '',
    amountFen: part.amountFen,
    settledFen: 0,
    balanceFen: 0,
    refundedFen: 0,
  }));
  insertPayment(tx, payment, targets);
  addStep(
    tx,
    payment,
    { paymentId: payment.id, householdId, state: 'paid', source: 'itself', byName: null },
    now,
  );
  await book(tx, wall, payment, now);
  tellPayment(tx, payment, 'payment.paid', now);
}
