import { queryOptions } from '@tanstack/react-query';
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

export const paperQuery = (scopeId: string, id: string) =>
  queryOptions({
    queryKey: [ACCOUNTS, scopeId, id],
    queryFn: (asking) =>
      remembered(`accounts ${scopeId} ${id}`, asking, () =>
        http.call<Paper>('GET', `/accounts/${id}`, { query: { scopeId } }),
      ),
  });
