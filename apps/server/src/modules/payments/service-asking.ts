import type { House } from '../../platform/house.ts';
import {
  type PaymentProvider,
  ProviderRefuses,
  ProviderSilent,
  type TradeFact,
} from '../../platform/pay/provider.ts';
import { post } from '../ledger/index.ts';
import { wallOf } from '../places/index.ts';
import { isOnline, type Learnt, numberOf } from './domain.ts';
import { findPayment } from './queries.ts';
import { asCompound, hold, learn, learntOf, type Merchant } from './service-booking.ts';
import type { PaymentRow, StepSource } from './tables.ts';

/** Talks with the provider about one payment, outside of every transaction; what it says is learnt in one of its own. */

export function providerOf(house: House, payment: PaymentRow): PaymentProvider | null {
  if (!isOnline(payment.way) || payment.merchantId === null) return null;
  return house.payments.byMerchant(payment.way, payment.merchantId);
}

/** Null: there is no such payment here, or it is not this merchant's. */
export async function learnOutside(
  house: House,
  scopeId: string,
  paymentId: string,
  learnt: Learnt,
  fact: TradeFact | null,
  source: StepSource,
  options: { readonly byName?: string | null; readonly merchant?: Merchant } = {},
): Promise<PaymentRow | null> {
  const { byName = null, merchant } = options;
  return house.db.act(asCompound(scopeId), async (tx) => {
    const wall = await wallOf(tx, scopeId);
    if (wall === null) return null;
    const learning = { tx, wall, source, now: house.clock.now(), byName, merchant };
    const learned = await learn(learning, await hold(tx, scopeId, paymentId), learnt, fact);
    if (learned?.posting != null) await post(tx, learned.posting);
    return learned?.payment ?? null;
  });
}

/**
 * Asks what became of it. Over its time it is closed at the provider too, so that nobody pays what nobody waits for; the
 * provider says if somebody was quicker. Throws ProviderSilent when nothing was learnt.
 */
export async function askAbout(
  house: House,
  scopeId: string,
  paymentId: string,
  source: StepSource,
  options: { readonly close?: boolean; readonly byName?: string | null } = {},
): Promise<PaymentRow | null> {
  const payment = await house.db.read(asCompound(scopeId), (q) => findPayment(q, scopeId, paymentId));
  if (payment === null) return null;
  const provider = providerOf(house, payment);
  if (provider === null) return payment;
  const tradeNo = numberOf(payment.id);
  const fact = await provider.query(tradeNo);
  const isOver = payment.expiresAt !== null && house.clock.now() >= payment.expiresAt;
  const isWaiting = payment.state === 'created' || payment.state === 'pending';
  const mayClose = isWaiting && (options.close === true || isOver);
  let learnt = learntOf(fact);
  let last = fact;
  if (mayClose && fact?.state === 'open') {
    if ((await provider.close(tradeNo)) === 'closed')
      learnt = { kind: 'fact', state: 'closed', amountFen: null, currency: 'CNY' };
    else learnt = learntOf((last = await provider.query(tradeNo)));
  } else if (options.close === true && isWaiting && fact === null) {
    // Never heard of: an order that is still on its way there would be refused once it is closed.
    await provider.close(tradeNo).catch(silently);
    learnt = { kind: 'fact', state: 'closed', amountFen: null, currency: 'CNY' };
  }
  const changed = await learnOutside(house, scopeId, paymentId, learnt, last, source, {
    byName: options.byName ?? null,
  });
  return changed ?? payment;
}

function silently(error: unknown): void {
  if (!(error instanceof ProviderSilent) && !(error instanceof ProviderRefuses)) throw error;
}
