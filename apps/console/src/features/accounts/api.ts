import { http } from '../../api.ts';
import type { Answer, Body, Query } from '../../api-types.ts';

export type Entry = Answer<'listAccountsEntries'>['items'][number];
export type Section = Entry['section'];
export type Publication = Answer<'getPublishedAccounts'>;
export type Figures = Publication['figures'];

export const sections = [
  'common_income',
  'common_expense',
  'fund_in',
  'fund_out',
] as const satisfies readonly Section[];

export const accountsApi = {
  entries: (query: Query<'listAccountsEntries'>) =>
    http.call<Answer<'listAccountsEntries'>>('GET', '/accounts/entries', { query }),
  enter: (body: Body<'enterAccounts'>, key: string) =>
    http.call<Answer<'enterAccounts'>>('POST', '/accounts/entries', { body, key }),
  withdraw: (id: string, body: Body<'withdrawAccountsEntry'>, key: string) =>
    http.call<Answer<'withdrawAccountsEntry'>>('POST', `/accounts/entries/${id}/withdrawal`, { body, key }),
  draft: (query: Query<'draftPublishedAccounts'>) =>
    http.call<Answer<'draftPublishedAccounts'>>('GET', '/accounts/draft', { query }),
  publish: (body: Body<'publishAccounts'>, key: string) =>
    http.call<Answer<'publishAccounts'>>('POST', '/accounts', { body, key }),
  list: (query: Query<'listPublishedAccounts'>) =>
    http.call<Answer<'listPublishedAccounts'>>('GET', '/accounts', { query }),
  one: (scopeId: string, id: string, cursor: string | null) =>
    http.call<Publication>('GET', `/accounts/${id}`, {
      query: { scopeId, ...(cursor === null ? {} : { cursor }) },
    }),
};

/** The sums are of all lines; of the lines, as many as were asked for. */
export function together(pages: readonly Figures[]): Figures | undefined {
  const [first] = pages;
  return first && { ...first, lines: pages.flatMap(({ lines }) => lines) };
}

export const accountsKeys = {
  all: ['accounts'] as const,
  of: (...parts: readonly (string | null | undefined)[]) => ['accounts', ...parts] as const,
};
