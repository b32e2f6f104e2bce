import { isLocalDate } from '@gongzhi/kernel';
import type { Searcher } from '../../platform/search/search.ts';
import { compoundsAsked, homesAsked } from '../places/index.ts';
import { receiptNumber } from './domain.ts';
import { paymentsNumbered, paymentsOfHomes, type PaymentWords } from './queries-search.ts';

/** The numbers by which people name a payment; each is typed whole. */
export function readPaymentWords(text: string): PaymentWords | null {
  const plain = text.replace(/\s/g, '');
  const receipt = /^(\d{4})(\d\d)(\d\d)-?([0-9A-Fa-f]{8})$/.exec(plain);
  if (receipt !== null) {
    const [, year = '', month = '', day = '', end = ''] = receipt;
    const bookedOn = `${year}-${month}-${day}`;
    if (isLocalDate(bookedOn)) return { by: 'receipt', bookedOn, end: end.toLowerCase() };
  }
  const hex = /^[0-9a-fA-F]{8}(-?)[0-9a-fA-F]{4}\1[0-9a-fA-F]{4}\1[0-9a-fA-F]{4}\1[0-9a-fA-F]{12}$/;
  if (hex.test(plain)) {
    const id = plain.replaceAll('-', '').toLowerCase();
    const parts = [id.slice(0, 8), id.slice(8, 12), id.slice(12, 16), id.slice(16, 20), id.slice(20)];
    return { by: 'payment', id: parts.join('-') };
  }
  return /^[0-9A-Za-z]{12,40}$/.test(plain) ? { by: 'transaction', id: plain } : null;
}

/** By the receipt's, the provider's or our own number, or the latest of a home. */
export const paymentSearcher: Searcher = {
  kind: 'payments',
  permission: 'payment.staff',
  async find(_house, q, acting, asked) {
    const [homes, scopes] = await Promise.all([
      homesAsked(q, acting, asked),
      compoundsAsked(q, acting, asked),
    ]);
    const words = readPaymentWords(asked.text);
    const [byNumber, byHome] = await Promise.all([
      words === null ? [] : paymentsNumbered(q, scopes, words, asked.limit),
      homes.length === 0 ? [] : paymentsOfHomes(q, homes, asked.limit),
    ]);
    return [...byNumber, ...byHome].slice(0, asked.limit).map((one) => ({
      id: one.id,
      scopeId: one.scopeId,
      title: one.bookedOn === null ? (one.householdLabel ?? one.id) : receiptNumber(one.id, one.bookedOn),
      words: one.householdLabel,
      place: one.scopeName,
      state: one.state,
      householdId: one.householdId,
    }));
  },
};
