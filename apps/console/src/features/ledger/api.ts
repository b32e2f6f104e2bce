import { http } from '../../api.ts';
import type { Answer, Body, Query } from '../../api-types.ts';

export type Book = Answer<'listLedgerBooks'>['items'][number];
export type TrialBalance = Answer<'getTrialBalance'>;
export type AccountLine = TrialBalance['items'][number];
export type Posting = Answer<'listLedgerPostings'>['items'][number];
export type Period = Answer<'listLedgerPeriods'>['items'][number];

export const ledgerApi = {
  books: (query: Query<'listLedgerBooks'>) =>
    http.call<Answer<'listLedgerBooks'>>('GET', '/ledger/books', { query }),
  trialBalance: (query: Query<'getTrialBalance'>) =>
    http.call<TrialBalance>('GET', '/ledger/trial-balance', { query }),
  owners: (query: Query<'listLedgerOwners'>) =>
    http.call<Answer<'listLedgerOwners'>>('GET', '/ledger/owners', { query }),
  postings: (query: Query<'listLedgerPostings'>) =>
    http.call<Answer<'listLedgerPostings'>>('GET', '/ledger/postings', { query }),
  periods: (scopeId: string) =>
    http.call<Answer<'listLedgerPeriods'>>('GET', '/ledger/periods', { query: { scopeId } }),
  close: (body: Body<'closeLedgerPeriod'>, key: string) =>
    http.call<Answer<'closeLedgerPeriod'>>('POST', '/ledger/periods', { body, key }),
  chain: (scopeId: string) =>
    http.call<Answer<'getLedgerChain'>>('GET', '/ledger/chain', { query: { scopeId } }),
  verify: (scopeId: string, key: string) =>
    http.call<Answer<'verifyLedger'>>('POST', '/ledger/verifications', { body: { scopeId }, key }),
};

/** Everything of the ledger is asked for again when something of it changed. */
export const ledgerKeys = {
  all: ['ledger'] as const,
  of: (...parts: readonly (string | null | undefined)[]) => ['ledger', ...parts] as const,
};
