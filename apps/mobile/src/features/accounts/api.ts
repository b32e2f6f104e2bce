import { queryOptions, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { http } from '../../api.ts';
import type { Answer } from '../../api-types.ts';
import { remembered } from '../../app/seen.ts';

export type Paper = Answer<'getPublishedAccounts'>;
export type Item = Answer<'listPublishedAccounts'>['items'][number];
export type Section = Paper['figures']['lines'][number]['section'];

const ACCOUNTS = 'accounts';

export const accountsQuery = (scopeId: string) =>
  queryOptions({
    queryKey: [ACCOUNTS, scopeId],
    queryFn: (asking) =>
      remembered(`accounts ${scopeId}`, asking, () =>
        http.call<Answer<'listPublishedAccounts'>>('GET', '/accounts', { query: { scopeId, limit: 24 } }),
      ),
  });

const paperQuery = (scopeId: string, id: string) =>
  queryOptions({
    queryKey: [ACCOUNTS, scopeId, id],
    queryFn: (asking) =>
      remembered(`accounts ${scopeId} ${id}`, asking, () =>
        http.call<Paper>('GET', `/accounts/${id}`, { query: { scopeId } }),
      ),
  });

/** A published account with as many of its lines as were asked for; the first of them are there without a network too. */
export function usePaper(scopeId: string, id: string) {
  const first = useQuery(paperQuery(scopeId, id));
  const [isAsked, setAsked] = useState(false);
  const begin = first.data?.nextCursor ?? null;
  const rest = useInfiniteQuery({
    queryKey: [ACCOUNTS, scopeId, id, begin],
    queryFn: ({ pageParam }) =>
      http.call<Paper>('GET', `/accounts/${id}`, { query: { scopeId, cursor: pageParam ?? '' } }),
    initialPageParam: begin,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    enabled: isAsked && begin !== null,
  });
  const more = rest.data?.pages.flatMap(({ figures }) => figures.lines) ?? [];
  return {
    error: first.error,
    refetch: first.refetch,
    paper: first.data && {
      ...first.data,
      figures: { ...first.data.figures, lines: [...first.data.figures.lines, ...more] },
    },
    hasMore: rest.data === undefined ? begin !== null : rest.hasNextPage,
    isFetching: rest.isFetching,
    fetchMore: () => {
      if (isAsked) void rest.fetchNextPage();
      else setAsked(true);
    },
  };
}
