import type { House } from '../../platform/house.ts';
import { Problem } from '../../platform/http/problem.ts';
import { NotFromProvider, type PaymentProvider, type SignedNotice } from '../../platform/pay/provider.ts';
import { idOf, type OnlineWay } from './domain.ts';
import type { TradeLots } from './service-lots.ts';
import { findPayment } from './queries.ts';
import { findRefund } from './queries-refunds.ts';
import { asCompound, isOf } from './service-booking.ts';
import { learnOfRefund } from './service-refund-outcomes.ts';
import type { RefundRow } from './tables.ts';

/**
 * What a provider tells by itself. The signature is looked at before anything is read from the database; where it leads to
 * is only a hint, for it stands in an address: what counts is that the payment is there and is this merchant's. An answer
 * other than thanks makes the provider tell again.
 */
export async function takeNotice(
  house: House,
  trades: TradeLots,
  way: OnlineWay,
  merchantId: string,
  scopeId: string,
  notice: SignedNotice,
): Promise<PaymentProvider['thanks']> {
  const provider = house.payments.byMerchant(way, merchantId);
  if (provider === null) throw new Problem('payments.unsigned');
  let said: ReturnType<PaymentProvider['read']>;
  try {
    said = provider.read(notice);
  } catch (error) {
    if (!(error instanceof NotFromProvider)) throw error;
    house.log.warn({ way, reason: error.message }, 'a notice of a payment that is not the provider’s own');
    throw new Problem('payments.unsigned');
  }
  if (said.about === 'trade') {
    const id = idOf(said.fact.tradeNo);
    const told = { scopeId, paymentId: id ?? '', fact: said.fact, merchant: provider };
    const learnt = id === null ? null : await trades.add(scopeId, told);
    if (learnt === null) throw new Problem('not_found');
  } else {
    const id = idOf(said.fact.refundNo);
    const refund = id === null ? null : await refundOf(house, provider, scopeId, id);
    if (refund === null) throw new Problem('not_found');
    await learnOfRefund(house, scopeId, refund.id, said.fact, 'notice');
  }
  return provider.thanks;
}

async function refundOf(
  house: House,
  provider: PaymentProvider,
  scopeId: string,
  id: string,
): Promise<RefundRow | null> {
  return house.db.read(asCompound(scopeId), async (q) => {
    const refund = await findRefund(q, scopeId, id);
    const payment = refund === null ? null : await findPayment(q, scopeId, refund.paymentId);
    return payment !== null && isOf(payment, provider) ? refund : null;
  });
}
