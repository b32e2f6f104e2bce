import { Intent } from '@gongzhi/ui/client/index.ts';
import { notify } from '@gongzhi/ui/notices.ts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import type { Order, WorkingAct } from '../../api-types.ts';
import { readOrder } from '../../app/live.ts';
import { isStale, problemSentence } from '../../app/problems.ts';
import { remembered } from '../../app/seen.ts';
import { useWords } from '../../app/words.ts';
import { takeOrder } from '../work-orders/queries.ts';

/** Beside the order, under its key: what moves the order moves this. */
export const sheetQuery = (scopeId: string, id: string) =>
  queryOptions({
    queryKey: ['order', id, 'sheet', scopeId],
    queryFn: (asking) => remembered(`sheet ${id}`, asking, () => api.sheet(scopeId, id)),
  });

export const pricesQuery = (scopeId: string) =>
  queryOptions({
    queryKey: ['prices', scopeId],
    queryFn: (asking) => remembered(`prices ${scopeId}`, asking, () => api.prices(scopeId)),
    staleTime: 60_000,
  });

/** What a resident says about the work. One key for one intent; a changed quotation is read again and shown. */
export function useWorking(order: Order, onDone?: () => void) {
  const client = useQueryClient();
  const words = useWords();
  const [intent] = useState(() => new Intent<WorkingAct>());
  return useMutation({
    mutationFn: (act: WorkingAct) =>
      intent.send(
        // On whichever version it is pressed again: what had not been heard of may have arrived.
        [order.id, { ...act, expectedVersion: 0 }],
        () => act,
        (body, key) => api.working(order.scopeId, order.id, body, key),
      ),
    onSuccess: ({ order: next, sheet }) => {
      takeOrder(client, next);
      client.setQueryData(sheetQuery(order.scopeId, order.id).queryKey, sheet);
      onDone?.();
    },
    onError: (error) => {
      readOrder(client, order.id);
      notify(isStale(error) ? words.t('errors.work_order.stale') : problemSentence(words, error), {
        tone: 'late',
        isLasting: true,
      });
    },
  });
}
