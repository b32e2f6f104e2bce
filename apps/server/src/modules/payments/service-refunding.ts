import { localDate, uuidv7 } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import type { House } from '../../platform/house.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { openLine, unsettle } from '../billing/index.ts';
import { accounts, type NewPosting, post } from '../ledger/index.ts';
import { mayReturnTopUp, type NotReturned, returnTopUp } from '../metering/index.ts';
import { accessScope, type Wall } from '../places/index.ts';
import { type AskedPart, inLockOrder, isOnline, partsOf, type RefundReason } from './domain.ts';
import { lockPayment, targetsOf } from './queries.ts';
import { changeRefund, insertRefund, lockRefund, reserve } from './queries-refunds.ts';
import { shareTill } from './queries-till.ts';
import { balanceAccount, tellPayment, topUpKey } from './service-booking.ts';
import { finish, noteStep, source } from './service-refund-outcomes.ts';
import type { PaymentRow, RefundRow } from './tables.ts';

/**
 * Money back the way it came. Asked for, it is set aside of the payment; allowed by another, it is taken off the lines or
 * the balance and lies in `refund:pending` until the provider or the till has given it back. Where that fails it becomes
 * the household's balance: it is never nobody's.
 */
export interface RefundAsked {
  readonly paymentId: string;
  readonly parts: readonly AskedPart[];
  readonly reason: RefundReason;
  readonly note?: string | undefined;
}

export async function askRefund(
  house: House,
  tx: Tx,
  acting: Acting,
  scopeId: string,
  body: RefundAsked,
  now: Date,
): Promise<RefundRow> {
  await accessScope(tx, acting, scopeId);
  const payment = await lockPayment(tx, scopeId, body.paymentId);
  if (payment === null) throw new Problem('not_found');
  if (payment.state !== 'paid' || payment.way === 'balance')
    throw new Problem('payments.refund_invalid', { reason: 'not_paid' });
  const targets = await targetsOf(tx, scopeId, [payment.id]);
  const parts = partsOf(targets, body.parts);
  if (typeof parts === 'string')
    throw new Problem('payments.refund_invalid', { reason: parts }, [
      { path: '/parts', code: parts, params: {} },
    ]);
  for (const part of parts) {
    const target = targets.find(({ position }) => position === part.position)!;
    if (target.kind !== 'meter_topup' || part.amountFen === part.balanceFen) continue;
    const key = topUpKey(payment.id, target.position);
    const reason = isWhole(target, part)
      ? await mayReturnTopUp(tx, scopeId, target.targetId!, key, now)
      : 'part';
    if (reason !== null) throw kept(reason);
  }
  const id = uuidv7(now.getTime());
  const note = body.note?.trim() ?? '';
  const refund: RefundRow = {
    scopeId,
    cityId: payment.cityId,
    streetId: payment.streetId,
    companyId: payment.companyId,
    id,
    householdId: payment.householdId,
    partyId: payment.partyId,
    householdLabel: payment.householdLabel,
    paymentId: payment.id,
    way: payment.way,
    amountFen: parts.reduce((sum, part) => sum + part.amountFen, 0),
    parts,
    reason: body.reason,
    noteCipher: note === '' ? null : house.crypto.seal(note, 'payments.refund', id),
    state: 'asked',
    askedBy: acting.accountId,
    askedByName: acting.displayName,
    askedAt: now,
    decidedBy: null,
    decidedByName: null,
    decidedAt: null,
    nextTryAt: null,
    tries: 0,
    doneAt: null,
    fault: null,
    version: 1,
  };
  insertRefund(tx, refund);
  reserve(tx, refund, 1);
  noteStep(tx, refund, 'asked', 'desk', acting.displayName, now);
  tellPayment(tx, payment, 'payment.refund_asked', now);
  return refund;
}

export interface RefundDecided {
  readonly action: 'approve' | 'decline';
  readonly expectedVersion: number;
}

/** By a second person. Allowed, the money is set aside in the ledger in this very transaction. */
export async function decideOnRefund(
  house: House,
  tx: Tx,
  acting: Acting,
  scopeId: string,
  id: string,
  body: RefundDecided,
  now: Date,
): Promise<RefundRow> {
  const wall = await accessScope(tx, acting, scopeId);
  const refund = await lockRefund(tx, scopeId, id);
  if (refund === null) throw new Problem('not_found');
  if (refund.state !== 'asked') throw new Problem('payments.refund_over', { state: refund.state });
  if (refund.version !== body.expectedVersion) throw new Problem('payments.stale');
  if (refund.askedBy === acting.accountId) throw new Problem('payments.needs_second_person');
  const payment = await lockPayment(tx, scopeId, refund.paymentId);
  if (payment === null) throw new Problem('not_found');
  const decided = { by: acting.accountId, name: acting.displayName, at: now };
  const isApproved = body.action === 'approve';
  const state = isApproved ? 'sending' : 'declined';
  const nextTryAt = isApproved && isOnline(refund.way) ? now : null;
  if (isApproved) await setAside(house, tx, wall, payment, refund, acting.accountId, now);
  else reserve(tx, refund, -1);
  changeRefund(tx, refund, { state, decided, nextTryAt, doneAt: null, fault: null });
  noteStep(tx, refund, state, 'desk', acting.displayName, now);
  tellPayment(tx, payment, `payment.refund_${isApproved ? 'approved' : 'declined'}`, now);
  return {
    ...refund,
    state,
    nextTryAt,
    decidedBy: decided.by,
    decidedByName: decided.name,
    decidedAt: now,
    version: refund.version + 1,
  };
}

/** Of a meter's purchase nothing but all of it: the meter counts it, or it does not. */
const isWhole = (
  target: { readonly settledFen: number },
  part: { readonly amountFen: number; readonly balanceFen: number },
): boolean => part.amountFen - part.balanceFen === target.settledFen;

const kept = (reason: NotReturned | 'part'): Problem =>
  new Problem('payments.topup_kept', { reason }, [{ path: '/parts', code: reason, params: {} }]);

async function setAside(
  house: House,
  tx: Tx,
  wall: Wall,
  payment: PaymentRow,
  refund: RefundRow,
  by: string,
  now: Date,
): Promise<void> {
  const on = localDate(now.getTime(), wall.timeZone);
  const targets = await targetsOf(tx, refund.scopeId, [payment.id]);
  const prepaid = balanceAccount(payment);
  const postings: NewPosting[] = [];
  const aside = (key: string, debit: string, amountFen: number): void => {
    if (amountFen > 0)
      postings.push({
        key: `refund:${refund.id}:${key}`,
        debit,
        credit: accounts.refundPending,
        amountFen,
        bookedOn: on,
        source: source(refund),
        householdId: refund.householdId,
      });
  };
  for (const target of inLockOrder(targets)) {
    const { position } = target;
    const part = refund.parts.find((one) => one.position === position);
    if (part === undefined) continue;
    aside(`${position}:balance`, prepaid, part.balanceFen);
    const lineFen = part.amountFen - part.balanceFen;
    if (lineFen === 0) continue;
    if (target.kind === 'meter_topup') {
      const key = topUpKey(payment.id, position);
      // It may have got there since somebody asked for it back.
      const why = await returnTopUp(house, tx, refund.scopeId, target.targetId!, key, now);
      if (why !== null) throw kept(why);
      aside(`${position}:meter`, accounts.meter(target.targetId!), lineFen);
      continue;
    }
    const line = await openLine(tx, refund.scopeId, target.targetId!, on);
    if (line === null) throw new Problem('not_found');
    const { voidedAt } = line;
    // A line that was taken back since holds no money: it went to the balance then, and is given back from there.
    if (voidedAt !== null) {
      aside(`${position}:line`, prepaid, lineFen);
      continue;
    }
    const key = `refund:${refund.id}:${position}`;
    await unsettle(tx, {
      scopeId: refund.scopeId,
      lineId: target.targetId!,
      amountFen: lineFen,
      id: refund.id,
      key,
      on,
      now,
    });
    aside(`${position}:line`, line.receivable, lineFen);
  }
  await post(tx, { wall: payment, postings, by, now });
}

/** At the till: the money is handed out against a signature, or goes back onto the card. */
export async function handOut(
  tx: Tx,
  acting: Acting,
  scopeId: string,
  id: string,
  sessionId: string | null,
  now: Date,
): Promise<RefundRow> {
  const wall = await accessScope(tx, acting, scopeId);
  const till = sessionId === null ? null : await shareTill(tx, scopeId, sessionId);
  const refund = await lockRefund(tx, scopeId, id);
  if (refund === null) throw new Problem('not_found');
  if (refund.state !== 'sending' || isOnline(refund.way))
    throw new Problem('payments.refund_over', { state: refund.state });
  if (refund.way === 'cash' && till?.state !== 'open') throw new Problem('payments.no_till');
  return finish(
    tx,
    wall,
    refund,
    { learnt: 'done', fault: null, providerRefundId: null, source: 'desk', byName: acting.displayName, till },
    now,
  );
}
