import { ApiProblem, Intent, isPassing } from '@gongzhi/ui/client/index.ts';
import { notify } from '@gongzhi/ui/notices.ts';
import {
  infiniteQueryOptions,
  type QueryClient,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import type { Command, Order } from '../../api-types.ts';
import { readOrder } from '../../app/live.ts';
import { isStale, problemSentence } from '../../app/problems.ts';
import { keep, remembered } from '../../app/seen.ts';
import { useWords } from '../../app/words.ts';
import { headline, WORKER_STATUSES } from './say.ts';

/** Missing and forbidden are answers, not faults: only what may pass is asked again. */
export const retry = (count: number, error: unknown): boolean =>
  count < 2 && (isPassing(error) || !(error instanceof ApiProblem));

/** Signing in empties the memory, so a key need not say whose. */
export const myOrders = (status: string) =>
  infiniteQueryOptions({
    queryKey: ['orders', 'reported', status],
    queryFn: (asking) => {
      const { pageParam } = asking;
      const read = () => api.orders({ reporter: 'me', status, sort: 'created', cursor: pageParam });
      return pageParam === null ? remembered(`reported ${status}`, asking, read) : read();
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  });

/** What neighbours reported and one waits for too. */
export const followedOrders = infiniteQueryOptions({
  queryKey: ['orders', 'followed'],
  queryFn: (asking) => {
    const { pageParam } = asking;
    const read = () => api.orders({ follower: 'me', sort: 'created', cursor: pageParam });
    return pageParam === null ? remembered('followed', asking, read) : read();
  },
  initialPageParam: null as string | null,
  getNextPageParam: (last) => last.nextCursor,
});

export const myWork = queryOptions({
  queryKey: ['orders', 'work'],
  queryFn: (asking) =>
    remembered('work', asking, () =>
      api.orders({ assignee: 'me', status: WORKER_STATUSES, sort: 'due', limit: 100 }),
    ),
});

export const orderQuery = (scopeId: string, id: string) =>
  queryOptions({
    queryKey: ['order', id, scopeId],
    queryFn: (asking) => remembered(`order ${id}`, asking, () => api.order(scopeId, id)),
  });

export const timelineQuery = (scopeId: string, id: string) =>
  queryOptions({
    queryKey: ['timeline', id, scopeId],
    queryFn: (asking) => remembered(`timeline ${id}`, asking, () => api.timeline(scopeId, id)),
  });

/**
 * The server's answer to a write is what everything now shows, and what is remembered; unless more was read since: the answer to
 * what had arrived long ago is as old as that.
 */
export function takeOrder(client: QueryClient, order: Order): void {
  const { queryKey } = orderQuery(order.scopeId, order.id);
  if ((client.getQueryData(queryKey)?.version ?? 0) <= order.version) {
    client.setQueryData(queryKey, order);
    void keep(`order ${order.id}`, order);
  }
  void client.invalidateQueries({ queryKey: ['order', order.id, 'sheet'] });
  void client.invalidateQueries({ queryKey: ['timeline', order.id] });
  void client.invalidateQueries({ queryKey: ['orders'] });
}

/**
 * One thing a person does to an order: pressed again after a lost answer it is done once, also where the page has read meanwhile
 * what became of it. A changed order is read again and its news told; what was typed stays where it is, in the caller's draft.
 */
export function useCommand(order: Order, onDone?: (order: Order) => void) {
  const client = useQueryClient();
  const words = useWords();
  const [intent] = useState(() => new Intent<number>());
  return useMutation({
    mutationFn: (command: Command) =>
      intent.send(
        [order.id, command],
        () => order.version,
        (version, key) => api.command(order.scopeId, order.id, version, command, key),
      ),
    onSuccess: (next) => {
      takeOrder(client, next);
      onDone?.(next);
    },
    onError: async (error) => {
      if (!isStale(error)) {
        notify(problemSentence(words, error), { tone: 'late', isLasting: true });
        return;
      }
      readOrder(client, order.id);
      const now = await client.fetchQuery(orderQuery(order.scopeId, order.id)).catch(() => null);
      notify(
        now === null
          ? words.t('errors.work_order.stale')
          : words.t('mobile.stale.news', { news: headline(words, now) }),
        { tone: 'due', isLasting: true },
      );
    },
  });
}
