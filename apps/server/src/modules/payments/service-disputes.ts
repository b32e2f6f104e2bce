import { localDate } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import type { House } from '../../platform/house.ts';
import { Problem } from '../../platform/http/problem.ts';
import { ProviderRefuses, ProviderSilent, type TradeFact } from '../../platform/pay/provider.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope } from '../places/index.ts';
import { numberOf } from './domain.ts';
import { addStep, changePayment, findPayment, insertPayment, lockPayment } from './queries.ts';
import { providerOf } from './service-asking.ts';
import { book, earlier, tellPayment } from './service-booking.ts';
import { newRow } from './service-paying.ts';
import type { PaymentRow } from './tables.ts';

/** What the provider says of it now, outside of every transaction. */
export async function factOfDisputed(
  house: House,
  acting: Acting,
  scopeId: string,
  id: string,
): Promise<TradeFact | null> {
  const payment = await house.db.read(acting.actor, async (q) => {
    await accessScope(q, acting, scopeId);
    return findPayment(q, scopeId, id);
  });
  const provider = payment?.state === 'disputed' ? providerOf(house, payment) : null;
  try {
    return (await provider?.query(numberOf(id))) ?? null;
  } catch (error) {
    if (error instanceof ProviderSilent || error instanceof ProviderRefuses)
      throw new Problem('payments.provider_silent');
    throw error;
  }
}

/**
 * Another amount came than was ordered, and the provider stands by it. It is the household's: what came becomes its
 * balance, as a payment of its own that bears the provider's number, and the order is closed. Money that is no yuan is
 * not taken in; it goes back at the provider's own desk.
 */
export async function acceptDisputed(
  tx: Tx,
  acting: Acting,
  scopeId: string,
  id: string,
  expectedVersion: number,
  fact: TradeFact | null,
  now: Date,
): Promise<PaymentRow> {
  const wall = await accessScope(tx, acting, scopeId);
  const payment = await lockPayment(tx, scopeId, id);
  if (payment === null) throw new Problem('not_found');
  if (payment.state !== 'disputed') throw new Problem('payments.over', { state: payment.state });
  if (payment.version !== expectedVersion) throw new Problem('payments.stale');
  if (payment.toldCurrency !== 'CNY' || payment.toldFen === null || payment.toldFen <= 0)
    throw new Problem('payments.other_currency', { currency: payment.toldCurrency ?? '' });
  // What it said then is not what it says now: first it has to be learnt.
  const isSame = fact?.state === 'paid' && fact.amountFen === payment.toldFen && fact.currency === 'CNY';
  if (!isSame) throw new Problem('payments.stale');
  changePayment(
    tx,
    payment,
    { ...payment, state: 'closed', transactionId: null, nextQueryAt: null },
    {
      paymentId: id,
      householdId: payment.householdId,
      state: 'closed',
      source: 'desk',
      byName: acting.displayName,
    },
    now,
  );
  const checked = { amountFen: payment.toldFen, description: payment.description };
  const given = {
    householdId: payment.householdId,
    householdLabel: payment.householdLabel,
    acting: null,
    way: payment.way,
    checked,
  };
  const taken: PaymentRow = {
    ...newRow(wall, given, now),
    cityId: payment.cityId,
    streetId: payment.streetId,
    companyId: payment.companyId,
    accountId: payment.accountId,
    accountName: payment.accountName,
    merchantId: payment.merchantId,
    transactionId: fact.transactionId ?? payment.transactionId,
    state: 'paid',
    // Of the provider's day, or its file and ours would never agree.
    paidAt: earlier(fact.paidAt ?? now, now),
    bookedOn: localDate(now.getTime(), wall.timeZone),
  };
  const target = {
    paymentId: taken.id,
    position: 0,
    kind: 'prepay',
    targetId: null,
    label: '',
    amountFen: payment.toldFen,
  } as const;
  insertPayment(tx, taken, [{ ...target, settledFen: 0, balanceFen: 0, refundedFen: 0 }]);
  addStep(
    tx,
    taken,
    {
      paymentId: taken.id,
      householdId: taken.householdId,
      state: 'paid',
      source: 'desk',
      byName: acting.displayName,
    },
    now,
  );
  await book(tx, wall, taken, now);
  tellPayment(tx, taken, 'payment.paid', now);
  return taken;
}
