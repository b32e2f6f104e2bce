import { formatYuan, localDate } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import type { House } from '../../platform/house.ts';
import { Problem } from '../../platform/http/problem.ts';
import { lacksMoney, ProviderRefuses, ProviderSilent, type RefundFact } from '../../platform/pay/provider.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accounts, balances, post } from '../ledger/index.ts';
import { accessScope, type Wall, wallOf } from '../places/index.ts';
import { decideRefund, numberOf, type RefundLearnt } from './domain.ts';
import { addStep, findPayment, lockPayment, targetsOf } from './queries.ts';
import { changeRefund, findRefund, lockRefund, moveToBalance, reserve } from './queries-refunds.ts';
import type { TillRow } from './queries-till.ts';
import { providerOf } from './service-asking.ts';
import { asCompound, balanceAccount, earlier, moneyAccount, tellPayment } from './service-booking.ts';
import type { PaymentRow, RefundRow, StepSource } from './tables.ts';

/** What becomes of a refund that was allowed: sent, asked about, and booked as what the provider or the till says. */

export const source = (refund: RefundRow) => ({ kind: 'payments.refund', id: refund.id });

interface Finishing {
  readonly learnt: RefundLearnt;
  readonly fault: string | null;
  readonly providerRefundId: string | null;
  readonly source: StepSource;
  readonly byName: string | null;
  readonly till: TillRow | null;
  /** When it was carried out, where somebody else says so. */
  readonly doneAt?: Date | null;
}

export async function finish(
  tx: Tx,
  wall: Pick<Wall, 'timeZone'>,
  refund: RefundRow,
  how: Finishing,
  now: Date,
): Promise<RefundRow> {
  const { state, effect } = decideRefund(refund.state, how.learnt);
  const isUnderWay = refund.state === 'sending' || refund.state === 'processing';
  const isNews = isUnderWay && how.fault !== refund.fault;
  if (state === refund.state && effect === 'none' && !isNews) return refund;
  const payment = await lockPayment(tx, refund.scopeId, refund.paymentId);
  if (payment === null) throw new Problem('not_found');
  // Of the provider's day, whenever it is learnt here; but nobody has seen the future.
  const doneAt = state === 'done' ? earlier(how.doneAt ?? now, now) : null;
  const nextTryAt = effect === 'none' ? refund.nextTryAt : null;
  if (effect !== 'none') {
    const isBack = effect !== 'give_up';
    const prepaid = balanceAccount(refund);
    // Given up, it had become the balance; it is taken back from there.
    if (effect === 'book_late') await hasRoom(tx, payment, refund, prepaid);
    const to = isBack ? moneyAccount(payment, how.till?.till ?? null) : prepaid;
    await post(tx, {
      wall: payment,
      postings: [
        {
          key: `refund:${refund.id}:${effect === 'book_late' ? 'late' : isBack ? 'done' : 'given_up'}`,
          debit: effect === 'book_late' ? prepaid : accounts.refundPending,
          credit: to,
          amountFen: refund.amountFen,
          bookedOn: localDate(now.getTime(), wall.timeZone),
          source: source(refund),
          householdId: refund.householdId,
        },
      ],
      by: null,
      now,
    });
    if (effect === 'book_late') reserve(tx, refund, 1);
    if (!isBack) {
      reserve(tx, refund, -1);
      for (const part of refund.parts) moveToBalance(tx, refund, part);
    }
  }
  changeRefund(tx, refund, {
    state,
    nextTryAt,
    doneAt,
    fault: how.fault,
    providerRefundId: how.providerRefundId,
  });
  const step = how.learnt === 'short' ? 'waiting' : state;
  noteStep(tx, refund, step, how.source, how.byName, now, how.till?.id ?? null);
  tellPayment(tx, payment, `payment.refund_${step}`, now);
  return { ...refund, state, nextTryAt, doneAt, fault: how.fault, version: refund.version + 1 };
}

/**
 * What was given up and carried out all the same has to be had from what it had become: from the balance, and from a payment
 * of which nothing else went back since.
 */
async function hasRoom(tx: Tx, payment: PaymentRow, refund: RefundRow, prepaid: string): Promise<void> {
  const targets = await targetsOf(tx, refund.scopeId, [payment.id]);
  const fits = refund.parts.every(({ position, amountFen }) => {
    const target = targets.find((one) => one.position === position);
    return target !== undefined && target.refundedFen + amountFen <= target.settledFen + target.balanceFen;
  });
  if (!fits) throw new Problem('payments.refund_invalid', { reason: 'too_much' });
  const heldFen = (await balances(tx, payment, [prepaid])).get(prepaid) ?? 0;
  if (heldFen < refund.amountFen)
    throw new Problem('payments.refund_spent', { missing: formatYuan(BigInt(refund.amountFen - heldFen)) });
}

/** Null: there is no such refund here. What the provider says of another amount is no word about this one. */
export async function learnOfRefund(
  house: House,
  scopeId: string,
  id: string,
  fact: RefundFact | 'short' | 'stopped',
  from: StepSource,
  byName: string | null = null,
): Promise<RefundRow | null> {
  return house.db.act(asCompound(scopeId), async (tx) => {
    const wall = await wallOf(tx, scopeId);
    const refund = await lockRefund(tx, scopeId, id);
    if (wall === null || refund === null) return null;
    const now = house.clock.now();
    const plain = { doneAt: null, providerRefundId: null, source: from, byName, till: null };
    if (fact === 'short')
      return finish(tx, wall, refund, { ...plain, learnt: 'short', fault: 'no_money' }, now);
    // It has got through meanwhile, or another was faster.
    if (fact === 'stopped' && refund.state !== 'sending') return refund;
    if (fact === 'stopped')
      return finish(tx, wall, refund, { ...plain, learnt: 'failed', fault: 'stopped' }, now);
    const isOther = fact.state === 'done' && fact.amountFen !== null && fact.amountFen !== refund.amountFen;
    if (isOther) {
      house.log.warn({ scopeId, refundId: id }, 'a provider tells of a refund of another amount');
      return refund;
    }
    const how = {
      ...plain,
      learnt: fact.state,
      fault: fact.state === 'failed' ? 'provider' : null,
      providerRefundId: fact.providerRefundId,
      doneAt: fact.doneAt,
    };
    return finish(tx, wall, refund, how, now);
  });
}

/**
 * Sends it, or asks what became of it. Asked first: a server that died after sending does not know that it has sent, and
 * though the provider would take the same number as the same refund, what is not sent twice needs no such trust.
 */
export async function pursueRefund(
  house: House,
  scopeId: string,
  id: string,
  origin: string | null,
  byName: string | null = null,
): Promise<void> {
  const found = await house.db.read(asCompound(scopeId), async (q) => {
    const refund = await findRefund(q, scopeId, id);
    return refund === null ? null : { refund, payment: await findPayment(q, scopeId, refund.paymentId) };
  });
  if (found?.payment == null) return;
  const { refund, payment } = found;
  const provider = providerOf(house, payment);
  if (provider === null) return;
  const [tradeNo, refundNo] = [numberOf(payment.id), numberOf(refund.id)];
  const numbers = { tradeNo, transactionId: payment.transactionId, refundNo };
  if (refund.state === 'failed') {
    // Given up here; the provider's file may say that it has been carried out.
    const late = await provider.queryRefund(numbers);
    if (late?.state === 'done') await learnOfRefund(house, scopeId, id, late, 'query', byName);
    return;
  }
  if (refund.state !== 'sending' && refund.state !== 'processing') return;
  const known =
    refund.tries > 1 || refund.state === 'processing' ? await provider.queryRefund(numbers) : null;
  let fact: RefundFact | 'short' | null = known;
  if (fact === null) {
    try {
      fact = await provider.refund({
        ...numbers,
        amountFen: refund.amountFen,
        totalFen: payment.amountFen,
        reason: refund.reason,
        notifyUrl:
          origin === null
            ? null
            : `${origin}/api/v1/payments/notices/${payment.way}/${payment.merchantId}/${scopeId}`,
      });
    } catch (error) {
      if (!(error instanceof ProviderRefuses)) throw error;
      // Its refusal is final only when it does not know of the refund: the query has the last word.
      const after = await provider.queryRefund(numbers);
      const isShort = lacksMoney(error);
      const failed = { tradeNo, refundNo, amountFen: null, providerRefundId: null, doneAt: null };
      fact = after ?? (isShort ? 'short' : { ...failed, state: 'failed' });
    }
  }
  await learnOfRefund(house, scopeId, id, fact, known === null ? 'order' : 'query', byName);
}

/**
 * Somebody no longer waits for it: it becomes the balance. Asked first, for what has been carried out is not stopped. Where
 * it is being sent this very moment and gets through, that is learnt like any other late word, and the balance gives it back.
 */
export async function stopRefund(
  house: House,
  acting: Acting,
  scopeId: string,
  id: string,
  expectedVersion: number,
): Promise<void> {
  const found = await house.db.read(acting.actor, async (q) => {
    await accessScope(q, acting, scopeId);
    const refund = await findRefund(q, scopeId, id);
    return refund === null ? null : { refund, payment: await findPayment(q, scopeId, refund.paymentId) };
  });
  if (found?.payment == null) throw new Problem('not_found');
  const { refund, payment } = found;
  const provider = providerOf(house, payment);
  if (refund.state !== 'sending' || provider === null)
    throw new Problem('payments.refund_over', { state: refund.state });
  if (refund.version !== expectedVersion) throw new Problem('payments.stale');
  const numbers = {
    tradeNo: numberOf(payment.id),
    transactionId: payment.transactionId,
    refundNo: numberOf(refund.id),
  };
  try {
    const fact = await provider.queryRefund(numbers);
    await learnOfRefund(
      house,
      scopeId,
      id,
      fact ?? 'stopped',
      fact === null ? 'desk' : 'query',
      acting.displayName,
    );
  } catch (error) {
    if (error instanceof ProviderSilent || error instanceof ProviderRefuses)
      throw new Problem('payments.provider_silent');
    throw error;
  }
}

/** For a person who waits. */
export async function askRefundNow(house: House, acting: Acting, scopeId: string, id: string): Promise<void> {
  const refund = await house.db.read(acting.actor, async (q) => {
    await accessScope(q, acting, scopeId);
    return findRefund(q, scopeId, id);
  });
  if (refund === null) throw new Problem('not_found');
  try {
    await pursueRefund(house, scopeId, id, house.config.publicUrl, acting.displayName);
  } catch (error) {
    if (error instanceof ProviderSilent || error instanceof ProviderRefuses)
      throw new Problem('payments.provider_silent');
    throw error;
  }
}

export function noteStep(
  tx: Tx,
  refund: RefundRow,
  state: string,
  from: StepSource,
  byName: string | null,
  now: Date,
  tillSessionId: string | null = null,
): void {
  addStep(
    tx,
    refund,
    {
      paymentId: refund.paymentId,
      householdId: refund.householdId,
      refundId: refund.id,
      state: `refund_${state}`,
      source: from,
      detail: { amountFen: refund.amountFen, ...(tillSessionId === null ? {} : { tillSessionId }) },
      byName,
    },
    now,
  );
}
