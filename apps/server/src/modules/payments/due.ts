import { HOUR } from '@gongzhi/kernel';
import type { DueSweep } from '../../platform/due/due.ts';
import type { House } from '../../platform/house.ts';
import { ProviderRefuses, ProviderSilent } from '../../platform/pay/provider.ts';
import { nextQuery, nextRefundTry } from './domain.ts';
import {
  claimDeductions,
  claimQueries,
  type DeductionRow,
  type DuePayment,
  setNextDeduction,
  setNextQuery,
} from './queries.ts';
import { claimRefunds, type DueRefund, setNextTry } from './queries-refunds.ts';
import { askAbout } from './service-asking.ts';
import { asCompound } from './service-booking.ts';
import { deductFor } from './service-deducting.ts';
import { pursueRefund } from './service-refund-outcomes.ts';

/** Claimed in a transaction, asked outside of it; several servers may live in one process. */
const claimedQueries = new WeakMap<House, DuePayment[]>();
const claimedRefunds = new WeakMap<House, DueRefund[]>();
const claimedDeductions = new WeakMap<House, DeductionRow[]>();
/** So many are asked for at once. */
const atOnce = 8;

async function each<T>(list: readonly T[], run: (one: T) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < list.length; from += atOnce)
    await Promise.all(list.slice(from, from + atOnce).map(run));
}

/** No news: its turn comes again. Anything else is a fault of ours, and says so in the log without a word of the payment. */
const logged =
  (house: House, ids: object) =>
  (error: unknown): void => {
    if (error instanceof ProviderSilent || error instanceof ProviderRefuses) return;
    house.log.error({ ...ids, err: error }, 'what a provider said of a payment could not be taken in');
  };

export const lostNotices: DueSweep = {
  name: 'payments.queries',
  lane: 'messages',
  everyMilliseconds: 2_000,
  async claim(tx, now, limit, house) {
    const found = await claimQueries(tx, now, Math.min(limit, 64));
    for (const one of found) {
      const next = nextQuery(one.state, one.queries + 1, now.getTime());
      setNextQuery(tx, one, next === null ? null : new Date(next));
    }
    claimedQueries.set(house, found);
    return found.length;
  },
  async after(house) {
    const found = claimedQueries.get(house) ?? [];
    claimedQueries.delete(house);
    await each(found, ({ scopeId, id }) =>
      askAbout(house, scopeId, id, 'query').catch(logged(house, { scopeId, paymentId: id })),
    );
  },
};

export const refundsUnderWay: DueSweep = {
  name: 'payments.refunds',
  lane: 'messages',
  everyMilliseconds: 2_000,
  async claim(tx, now, limit, house) {
    const found = await claimRefunds(tx, now, Math.min(limit, 64));
    for (const one of found) {
      const next = nextRefundTry(one.state, one.tries, now.getTime());
      setNextTry(tx, one, next === null ? null : new Date(next));
    }
    claimedRefunds.set(house, found);
    return found.length;
  },
  async after(house) {
    const found = claimedRefunds.get(house) ?? [];
    claimedRefunds.delete(house);
    await each(found, ({ scopeId, id }) =>
      pursueRefund(house, scopeId, id, house.config.publicUrl).catch(
        logged(house, { scopeId, refundId: id }),
      ),
    );
  },
};

/** Bills that came since are found within the hour; newly prepaid money at once. */
export const deductions: DueSweep = {
  name: 'payments.deductions',
  lane: 'work',
  everyMilliseconds: 10_000,
  async claim(tx, now, limit, house) {
    const found = await claimDeductions(tx, now, Math.min(limit, 50));
    for (const one of found) setNextDeduction(tx, one, new Date(now.getTime() + HOUR));
    claimedDeductions.set(house, found);
    return found.length;
  },
  // A home at a time: what is wrong with one delays no other.
  async after(house) {
    const found = claimedDeductions.get(house) ?? [];
    claimedDeductions.delete(house);
    for (const { scopeId, householdId } of found)
      await house.db
        .act(asCompound(scopeId), (tx) => deductFor(tx, scopeId, householdId, house.clock.now()))
        .catch(logged(house, { scopeId }));
  },
};

export const due: readonly DueSweep[] = [lostNotices, refundsUnderWay, deductions];
