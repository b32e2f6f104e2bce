import { queryOptions } from '@tanstack/react-query';
import { http } from '../../api.ts';
import type { Answer, Body } from '../../api-types.ts';
import { remembered } from '../../app/seen.ts';
import { isInWechat } from './wechat.ts';

export type Offer = Answer<'readPaymentOffer'>;
export type Payment = Answer<'listPayments'>['items'][number];
export type PaymentDetail = Answer<'readPayment'>;

/** What a person does about the own home's money. */
export const payApi = {
  offer: (scopeId: string, householdId: string) =>
    http.call<Offer>('GET', '/payments/offer', { query: { scopeId, householdId } }),
  list: (scopeId: string, householdId: string, cursor: string | null) =>
    http.call<Answer<'listPayments'>>('GET', '/payments', {
      query: { scopeId, householdId, limit: 20, ...(cursor === null ? {} : { cursor }) },
    }),
  read: (scopeId: string, id: string) =>
    http.call<PaymentDetail>('GET', `/payments/${id}`, { query: { scopeId } }),
  create: (body: Body<'createPayment'>, key: string) =>
    http.call<Payment>('POST', '/payments', { body, key }),
  order: (scopeId: string, id: string, way: Payment['way']) =>
    http.call<Answer<'orderPayment'>>('POST', `/payments/${id}/order`, {
      query: { scopeId },
      body: { channel: way === 'wechat' && isInWechat() ? 'jsapi' : 'h5' } satisfies Body<'orderPayment'>,
    }),
  check: (scopeId: string, id: string) =>
    http.call<Payment>('POST', `/payments/${id}/check`, { query: { scopeId } }),
  cancel: (scopeId: string, id: string) =>
    http.call<Payment>('POST', `/payments/${id}/cancel`, { query: { scopeId } }),
  deduct: (body: Body<'setDeduction'>, key: string) =>
    http.call<Answer<'setDeduction'>>('PUT', '/payments/deduction', { body, key }),
  askInvoice: (scopeId: string, body: Body<'askInvoice'>, key: string) =>
    http.call<Answer<'askInvoice'>>('POST', '/payments/invoices', { query: { scopeId }, body, key }),
};

/** What a change of any of them moves: the key of every query here begins with it. */
export const PAY = 'pay';

export const offerQuery = (scopeId: string, householdId: string) =>
  queryOptions({
    queryKey: [PAY, 'offer', scopeId, householdId],
    queryFn: (asking) => remembered(`pay ${householdId}`, asking, () => payApi.offer(scopeId, householdId)),
  });

export const paymentQuery = (scopeId: string, id: string) =>
  queryOptions({ queryKey: [PAY, 'one', id], queryFn: () => payApi.read(scopeId, id) });

export const isWaiting = (state: Payment['state']): boolean => state === 'created' || state === 'pending';

export function receiptUrl(payment: Pick<Payment, 'id' | 'scopeId'>, locale: string): string {
  return `/api/v1/payments/${payment.id}/receipt?scopeId=${payment.scopeId}&locale=${locale}`;
}
