import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { http } from '../../api.ts';
import type { Answer } from '../../api-types.ts';
import { remembered } from '../../app/seen.ts';

export type HomeAccount = Answer<'getOpenBills'>['homes'][number];
export type BillLine = HomeAccount['lines'][number];
export type Statement = Answer<'getStatement'>;

/** What a change of any of them moves: the key of every query here begins with it. */
export const BILLS = 'bills';

export const openBillsQuery = (scopeId: string, householdId: string) =>
  queryOptions({
    queryKey: [BILLS, 'open', scopeId, householdId],
    queryFn: (asking) =>
      remembered(`bills ${householdId}`, asking, () =>
        http.call<Answer<'getOpenBills'>>('GET', '/bills/open', { query: { scopeId, householdId } }),
      ),
  });

export const billLinesQuery = (scopeId: string, householdId: string) =>
  infiniteQueryOptions({
    queryKey: [BILLS, 'lines', scopeId, householdId],
    queryFn: ({ pageParam }) =>
      http.call<Answer<'listBillLines'>>('GET', '/bills/lines', {
        query: { scopeId, householdId, limit: 20, ...(pageParam === null ? {} : { cursor: pageParam }) },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

/** From when to when, both days counted; a year back where none is said. */
export interface StatementRange {
  readonly from?: string;
  readonly to?: string;
}

export const statementQuery = (scopeId: string, householdId: string, range: StatementRange) =>
  queryOptions({
    queryKey: [BILLS, 'statement', scopeId, householdId, range.from, range.to],
    queryFn: () =>
      http.call<Statement>('GET', '/bills/statement', { query: { scopeId, householdId, ...range } }),
  });

export function statementPaper(
  scopeId: string,
  householdId: string,
  range: StatementRange,
  locale: string,
): string {
  const query = new URLSearchParams({ scopeId, householdId, ...range, locale });
  return `/api/v1/bills/statement/paper?${query.toString()}`;
}
