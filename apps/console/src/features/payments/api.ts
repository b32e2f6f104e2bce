import { formatYuan, parseYuan } from '@gongzhi/kernel';
import { http } from '../../api.ts';
import type { Answer, Body, Query } from '../../api-types.ts';

export type Payment = Answer<'listPayments'>['items'][number];
export type PaymentDetail = Answer<'readPayment'>;
export type Refund = Answer<'listRefunds'>['items'][number];
export type Till = Answer<'listTillSessions'>['items'][number];
export type Invoice = Answer<'listInvoiceRequests'>['items'][number];
export type Run = Answer<'listReconciliations'>['items'][number];
export type RunDetail = Answer<'readReconciliation'>;
export type Deposit = Answer<'listCashDeposits'>['items'][number];
export type DepositUnderway = Answer<'listCashUnderway'>['items'][number];
export type Party = Answer<'listBillParties'>['items'][number];
export type PartyDetail = Answer<'getBillParty'>;
export type BankLine = Answer<'listBankLines'>['items'][number];

const at = (scopeId: string) => ({ query: { scopeId } });

export const payApi = {
  list: (query: Query<'listPayments'>) => http.call<Answer<'listPayments'>>('GET', '/payments', { query }),
  read: (scopeId: string, id: string) => http.call<PaymentDetail>('GET', `/payments/${id}`, at(scopeId)),
  offer: (scopeId: string, householdId: string) =>
    http.call<Answer<'readPaymentOffer'>>('GET', '/payments/offer', { query: { scopeId, householdId } }),
  check: ({ scopeId, id }: Payment) => http.call<Payment>('POST', `/payments/${id}/check`, at(scopeId)),
  accept: ({ scopeId, id, version }: Payment, key: string) =>
    http.call<Payment>('POST', `/payments/${id}/accept`, {
      ...at(scopeId),
      body: { expectedVersion: version },
      key,
    }),
  refunds: (query: Query<'listRefunds'>) =>
    http.call<Answer<'listRefunds'>>('GET', '/payments/refunds', { query }),
  refund: (scopeId: string, id: string) => http.call<Refund>('GET', `/payments/refunds/${id}`, at(scopeId)),
  askRefund: (scopeId: string, body: Body<'askRefund'>, key: string) =>
    http.call<Refund>('POST', '/payments/refunds', { ...at(scopeId), body, key }),
  decide: ({ scopeId, id, version }: Refund, action: 'approve' | 'decline', key: string) =>
    http.call<Refund>('POST', `/payments/refunds/${id}/commands`, {
      ...at(scopeId),
      body: { action, expectedVersion: version },
      key,
    }),
  checkRefund: ({ scopeId, id, version }: Refund) =>
    http.call<Refund>('POST', `/payments/refunds/${id}/check`, {
      ...at(scopeId),
      body: { expectedVersion: version },
    }),
  stopRefund: ({ scopeId, id, version }: Refund) =>
    http.call<Refund>('POST', `/payments/refunds/${id}/stop`, {
      ...at(scopeId),
      body: { expectedVersion: version },
    }),
  handOut: ({ scopeId, id }: Refund, sessionId: string | null, key: string) =>
    http.call<Refund>('POST', `/payments/refunds/${id}/hand-out`, {
      ...at(scopeId),
      body: sessionId === null ? {} : { sessionId },
      key,
    }),
  tills: (query: Query<'listTillSessions'>) =>
    http.call<Answer<'listTillSessions'>>('GET', '/payments/tills', { query }),
  openTill: (body: Body<'openTill'>, key: string) =>
    http.call<{ id: string }>('POST', '/payments/tills', { body, key }),
  take: (body: Body<'takeDeskPayment'>, key: string) =>
    http.call<Payment>('POST', '/payments/desk', { body, key }),
  count: ({ scopeId, id }: Till, body: Body<'countTill'>, key: string) =>
    http.call<{ id: string }>('POST', `/payments/tills/${id}/count`, { ...at(scopeId), body, key }),
  sign: ({ scopeId, id, version }: Till, key: string) =>
    http.call<{ id: string }>('POST', `/payments/tills/${id}/sign`, {
      ...at(scopeId),
      body: { expectedVersion: version },
      key,
    }),
  deposits: (query: Query<'listCashDeposits'>) =>
    http.call<Answer<'listCashDeposits'>>('GET', '/payments/deposits', { query }),
  makeDeposit: (body: Body<'makeCashDeposit'>, key: string) =>
    http.call<{ id: string }>('POST', '/payments/deposits', { body, key }),
  signDeposit: ({ scopeId, id, version }: Deposit, action: 'sign' | 'decline', key: string) =>
    http.call<{ id: string }>('POST', `/payments/deposits/${id}/sign`, {
      ...at(scopeId),
      body: { action, expectedVersion: version },
      key,
    }),
  parties: (scopeId: string) => http.call<Answer<'listBillParties'>>('GET', '/billing/parties', at(scopeId)),
  party: (scopeId: string, partyId: string) =>
    http.call<PartyDetail>('GET', `/billing/parties/${partyId}`, at(scopeId)),
  takeParty: (body: Body<'takePartyPayment'>, key: string) =>
    http.call<Payment>('POST', '/payments/parties', { body, key }),
  transfer: (body: Body<'takeTransfer'>, key: string) =>
    http.call<Payment>('POST', '/payments/transfers', { body, key }),
  underway: (companyId: string) =>
    http.call<Answer<'listCashUnderway'>>('GET', '/payments/deposits/underway', at(companyId)),
  onDeposit: ({ scopeId, id }: DepositUnderway, body: Body<'actOnCashDeposit'>, key: string) =>
    http.call<{ id: string }>('POST', `/payments/deposits/${id}/commands`, { ...at(scopeId), body, key }),
  invoices: (query: Query<'listInvoiceRequests'>) =>
    http.call<Answer<'listInvoiceRequests'>>('GET', '/payments/invoices', { query }),
  answer: ({ scopeId, id }: Invoice, body: Body<'answerInvoiceRequest'>, key: string) =>
    http.call<Invoice>('POST', `/payments/invoices/${id}/answer`, { ...at(scopeId), body, key }),
  runs: (query: Query<'listReconciliations'>) =>
    http.call<Answer<'listReconciliations'>>('GET', '/payments/reconciliations', { query }),
  run: (scopeId: string, id: string, cursor: string | null) =>
    http.call<RunDetail>('GET', `/payments/reconciliations/${id}`, {
      query: { scopeId, limit: 100, ...(cursor === null ? {} : { cursor }) },
    }),
  reconcile: (body: Body<'reconcileDay'>, key: string) =>
    http.call<Run>('POST', '/payments/reconciliations', { body, key }),
  onItem: (scopeId: string, id: string, action: 'ask_again' | 'note') =>
    http.call<null>('POST', `/payments/reconciliation-items/${id}/commands`, {
      ...at(scopeId),
      body: { action },
    }),
  /** The bank has paid out one day, or several at once. */
  settle: (scopeId: string, [run, ...others]: readonly [Run, ...Run[]], bankLineId: string, key: string) =>
    http.call<{ id: string }>('POST', `/payments/reconciliations/${run.id}/settle`, {
      ...at(scopeId),
      body: {
        bankLineId,
        expectedVersion: run.version,
        ...(others.length === 0
          ? {}
          : { with: others.map(({ id, version }) => ({ runId: id, expectedVersion: version })) }),
      } satisfies Body<'settleReconciliation'>,
      key,
    }),
  bankLines: (query: Query<'listBankLines'>) =>
    http.call<Answer<'listBankLines'>>('GET', '/payments/bank-lines', { query }),
  unusedLines: (query: Query<'listUnusedBankLines'>) =>
    http.call<Answer<'listUnusedBankLines'>>('GET', '/payments/bank-lines/unused', { query }),
  bringBankFile: (scopeId: string, account: string, file: Blob, key: string) =>
    http.call<Answer<'bringBankFile'>>('POST', '/payments/bank-lines', {
      query: { scopeId, account },
      body: file,
      key,
    }),
};

/** Every query here begins with it: a change of any is told by one word. */
export const PAYMENTS = 'payments';

export const yuan = (fen: number): string => `¥${formatYuan(BigInt(fen))}`;

/** What somebody typed, in fen; null for what is no amount. */
export function fenOf(text: string): number | null {
  const parsed = parseYuan(text.trim());
  return parsed.ok && parsed.value >= 0n ? Number(parsed.value) : null;
}
