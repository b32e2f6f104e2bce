import { http } from '../../api.ts';
import type { Answer, Body, Query } from '../../api-types.ts';

export type Run = Answer<'getBillRun'>['run'];
export type Tariff = Answer<'listTariffs'>['items'][number];
export type Arrears = Answer<'listArrears'>['items'][number];
export type BillLine = Answer<'listBillLines'>['items'][number];
export type Correction = Answer<'listBillCorrections'>['items'][number];
export type Agreement = Answer<'listBillingAgreements'>['items'][number];
export type Payer = Answer<'listBillPayers'>['items'][number];
export type Letter = Answer<'listBillLetters'>['items'][number];
export type Example = Answer<'previewTariff'>;

const PAGE = 50;
const paged = (cursor: string | null) => ({ limit: PAGE, ...(cursor === null ? {} : { cursor }) });

export const billingApi = {
  runs: (scopeId: string, cursor: string | null) =>
    http.call<Answer<'listBillRuns'>>('GET', '/billing/runs', { query: { scopeId, ...paged(cursor) } }),
  run: (scopeId: string, id: string) =>
    http.call<Answer<'getBillRun'>>('GET', `/billing/runs/${id}`, { query: { scopeId } }),
  households: (scopeId: string, id: string, cursor: string | null) =>
    http.call<Answer<'listBillRunHouseholds'>>('GET', `/billing/runs/${id}/households`, {
      query: { scopeId, ...paged(cursor) },
    }),
  exceptions: (scopeId: string, id: string, cursor: string | null) =>
    http.call<Answer<'listBillRunExceptions'>>('GET', `/billing/runs/${id}/exceptions`, {
      query: { scopeId, ...paged(cursor) },
    }),
  ask: (body: Body<'askBillRun'>, key: string) => http.call<Run>('POST', '/billing/runs', { body, key }),
  decide: (run: Run, action: 'approve' | 'cancel', key: string) =>
    http.call<Run>('POST', `/billing/runs/${run.id}/commands`, {
      query: { scopeId: run.scopeId },
      body: { action, expectedVersion: run.version } satisfies Body<'decideBillRun'>,
      key,
    }),
  tariffs: (scopeId: string) =>
    http.call<Answer<'listTariffs'>>('GET', '/billing/tariffs', { query: { scopeId } }),
  change: (body: Body<'changeTariff'>, key: string) =>
    http.call<Answer<'changeTariff'>>('POST', '/billing/tariffs', { body, key }),
  preview: (body: Body<'previewTariff'>) => http.call<Example>('POST', '/billing/tariffs/preview', { body }),
  arrears: (scopeId: string, cursor: string | null) =>
    http.call<Answer<'listArrears'>>('GET', '/billing/arrears', { query: { scopeId, ...paged(cursor) } }),
  arrearsCase: (scopeId: string, householdId: string) =>
    http.call<Answer<'getArrearsCase'>>('GET', `/billing/arrears/${householdId}`, { query: { scopeId } }),
  note: (scopeId: string, householdId: string, body: Body<'addArrearsNote'>, key: string) =>
    http.call<Answer<'addArrearsNote'>>('POST', `/billing/arrears/${householdId}/notes`, {
      query: { scopeId },
      body,
      key,
    }),
  totals: (scopeId: string | undefined) =>
    http.call<Answer<'listBillingTotals'>>('GET', '/billing/totals', {
      query: scopeId === undefined ? {} : { scopeId },
    }),
  open: (scopeId: string, householdId: string) =>
    http.call<Answer<'getOpenBills'>>('GET', '/bills/open', { query: { scopeId, householdId } }),
  lines: (scopeId: string, householdId: string, cursor: string | null) =>
    http.call<Answer<'listBillLines'>>('GET', '/bills/lines', {
      query: { scopeId, householdId, ...paged(cursor) },
    }),
  line: (scopeId: string, lineId: string) =>
    http.call<Answer<'getBillLine'>>('GET', `/bills/lines/${lineId}`, { query: { scopeId } }),
  statement: (query: Query<'getStatement'>) =>
    http.call<Answer<'getStatement'>>('GET', '/bills/statement', { query }),
  agreements: (scopeId: string) =>
    http.call<Answer<'listBillingAgreements'>>('GET', '/billing/agreements', { query: { scopeId } }),
  addAgreement: (body: Body<'addBillingAgreement'>, key: string) =>
    http.call<Answer<'addBillingAgreement'>>('POST', '/billing/agreements', { body, key }),
  endAgreement: (scopeId: string, id: string, body: Body<'endBillingAgreement'>, key: string) =>
    http.call<Answer<'endBillingAgreement'>>('POST', `/billing/agreements/${id}/end`, {
      query: { scopeId },
      body,
      key,
    }),
  payers: (scopeId: string) =>
    http.call<Answer<'listBillPayers'>>('GET', '/billing/payers', { query: { scopeId } }),
  addPayer: (body: Body<'addBillPayer'>, key: string) =>
    http.call<Answer<'addBillPayer'>>('POST', '/billing/payers', { body, key }),
  endPayer: (scopeId: string, id: string, body: Body<'endBillPayer'>, key: string) =>
    http.call<Answer<'endBillPayer'>>('POST', `/billing/payers/${id}/end`, { query: { scopeId }, body, key }),
  costs: (scopeId: string, period: string) =>
    http.call<Answer<'listSharedCosts'>>('GET', '/billing/costs', { query: { scopeId, period } }),
  addCost: (body: Body<'addSharedCost'>, key: string) =>
    http.call<Answer<'addSharedCost'>>('POST', '/billing/costs', { body, key }),
  letters: (scopeId: string, state: 'waiting' | 'printed', cursor: string | null) =>
    http.call<Answer<'listBillLetters'>>('GET', '/billing/letters', {
      query: { scopeId, state, ...paged(cursor) },
    }),
  printLetters: (body: Body<'printBillLetters'>, key: string) =>
    http.call<Answer<'printBillLetters'>>('POST', '/billing/letters/batches', { body, key }),
  corrections: (query: Query<'listBillCorrections'>) =>
    http.call<Answer<'listBillCorrections'>>('GET', '/billing/corrections', { query }),
  take: (scopeId: string, lineId: string, body: Body<'askBillCorrection'>, key: string) =>
    http.call<Answer<'askBillCorrection'>>('POST', `/bills/lines/${lineId}/corrections`, {
      query: { scopeId },
      body,
      key,
    }),
  decideCorrection: (of: Correction, action: 'approve' | 'decline', key: string) =>
    http.call<Correction>('POST', `/billing/corrections/${of.id}/commands`, {
      query: { scopeId: of.scopeId },
      body: {
        action,
        expectedVersion: of.version,
        expectedSettledFen: of.settledFen,
      } satisfies Body<'decideBillCorrection'>,
      key,
    }),
};

export const billingKeys = {
  all: ['billing'] as const,
  runs: (scopeId: string) => ['billing', 'runs', scopeId] as const,
  run: (id: string) => ['billing', 'run', id] as const,
  part: (id: string, part: string) => ['billing', 'run', id, part] as const,
  tariffs: (scopeId: string) => ['billing', 'tariffs', scopeId] as const,
  agreements: (scopeId: string) => ['billing', 'agreements', scopeId] as const,
  payers: (scopeId: string) => ['billing', 'payers', scopeId] as const,
  costs: (scopeId: string, period: string) => ['billing', 'costs', scopeId, period] as const,
  letters: (scopeId: string, state: string) => ['billing', 'letters', scopeId, state] as const,
  corrections: (scopeId: string, of: string) => ['billing', 'corrections', scopeId, of] as const,
  line: (lineId: string) => ['billing', 'line', lineId] as const,
  arrears: (scopeId: string) => ['billing', 'arrears', scopeId] as const,
  arrearsCase: (householdId: string) => ['billing', 'case', householdId] as const,
  totals: (scopeId: string | null) => ['billing', 'totals', scopeId] as const,
  home: (householdId: string, part: string) => ['billing', 'home', householdId, part] as const,
};
