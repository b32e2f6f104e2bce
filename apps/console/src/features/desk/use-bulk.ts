import { isPassing, newKey } from '@gongzhi/ui/client/index.ts';
import { useRef, useState } from 'react';
import { api } from '../../api.ts';
import type { Order, OrderRow } from '../../api-types.ts';
import { problemText } from '../../app/errors.ts';
import { queryClient, queryKeys } from '../../app/query.ts';
import { useText } from '../../app/text.ts';

export type BulkState = 'waiting' | 'sending' | 'done' | 'refused' | 'unsent';
export interface BulkResult {
  readonly row: OrderRow;
  readonly state: BulkState;
  /** Why not. */
  readonly why: string | null;
}

/** Some at a time: as fast as a desk needs, and no burst that the server would slow down. */
const AT_ONCE = 4;

/**
 * One command for each of several orders, each with the version that was seen and a key of its own. What one refuses
 * stops no other; what only the line kept back can be sent again, and is then done once.
 */
export function useBulk(
  rows: readonly OrderRow[],
  onChanged: (order: Order) => void,
): {
  results: readonly BulkResult[];
  isRunning: boolean;
  run: (action: string, params: Readonly<Record<string, unknown>>) => Promise<void>;
} {
  const text = useText();
  const [results, setResults] = useState<readonly BulkResult[]>(() =>
    rows.map((row) => ({ row, state: 'waiting', why: null })),
  );
  const [isRunning, setRunning] = useState(false);
  const keys = useRef(new Map<string, string>());
  const latest = useRef(results);
  latest.current = results;

  const put = (id: string, state: BulkState, why: string | null = null): void => {
    setResults((before) => before.map((one) => (one.row.id === id ? { ...one, state, why } : one)));
  };

  const run = async (action: string, params: Readonly<Record<string, unknown>>): Promise<void> => {
    const waiting = latest.current.filter(({ state }) => state === 'waiting' || state === 'unsent');
    setRunning(true);
    const queue = [...waiting];
    const send = async (): Promise<void> => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const { id, scopeId, version } = next.row;
        put(id, 'sending');
        const key = keys.current.get(id) ?? newKey();
        keys.current.set(id, key);
        try {
          const order = await api.command(scopeId, id, { ...params, action, expectedVersion: version }, key);
          queryClient.setQueryData(queryKeys.order(id), order);
          onChanged(order);
          put(id, 'done');
        } catch (problem) {
          put(id, isPassing(problem) ? 'unsent' : 'refused', problemText(problem, text));
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, send));
    void queryClient.invalidateQueries({ queryKey: queryKeys.allQueues });
    setRunning(false);
  };

  return { results, isRunning, run };
}
