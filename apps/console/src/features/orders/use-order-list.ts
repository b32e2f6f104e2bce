import { announce } from '@gongzhi/ui';
import { useCallback, useEffect, useRef, useState } from 'react';
import { api, type OrderQuery } from '../../api.ts';
import type { OrderRow } from '../../api-types.ts';
import { useLive } from '../../app/live.tsx';
import { useText } from '../../app/text.ts';
import { append, emptyList, type ListState, patch, peek, settle, showFirst } from './list-state.ts';

const PAGE = 100;
/** Events within this time are looked at together. */
const GATHER_MS = 700;
/** Lateness comes with the clock, not with an event. */
const CLOCK_MS = 60_000;
/** A little longer than the glow lasts (order-table.module.css). */
const GLOW_MS = 2600;
/** Rows further down than the first page are read one by one; beyond so many at once, they wait for the next look. */
const MOST_SINGLE = 10;

export interface OrderList extends ListState {
  status: 'loading' | 'ready' | 'failed';
  error: unknown;
  isLoadingMore: boolean;
  moreError: unknown;
  loadMore(): void;
  /** Starts over with the newest first page: what "3 new — show" does. */
  refresh(): void;
  /** One's own act shows at once, not when its event comes back. */
  put(order: OrderRow): void;
}

/** The table's rows: pages on demand, and a look at the server's first page whenever something happened. */
export function useOrderList(query: OrderQuery): OrderList {
  const { t } = useText();
  const key = JSON.stringify(query);
  const [list, setList] = useState<ListState>(emptyList);
  const [phase, setPhase] = useState<{ status: OrderList['status']; error: unknown }>({
    status: 'loading',
    error: null,
  });
  const [more, setMore] = useState<{ isLoading: boolean; error: unknown }>({ isLoading: false, error: null });
  const [turn, setTurn] = useState(0);
  /** What the table holds now, for handlers that outlive a render. */
  const shown = useRef({ key, list, isLoadingMore: false });
  shown.current.list = list;

  useEffect(() => {
    const stop = new AbortController();
    const isOtherList = shown.current.key !== key;
    shown.current.key = key;
    shown.current.isLoadingMore = false;
    setMore({ isLoading: false, error: null });
    // A refresh keeps the old rows until the new ones are here; another queue doesn't pretend to have them.
    if (isOtherList) setList(emptyList);
    setPhase((before) =>
      isOtherList || before.status === 'failed' ? { status: 'loading', error: null } : before,
    );
    api
      .orders({ ...(JSON.parse(key) as OrderQuery), limit: PAGE }, { signal: stop.signal })
      .then((page) => {
        setList(showFirst(page));
        setPhase({ status: 'ready', error: null });
      })
      .catch((error: unknown) => {
        if (!stop.signal.aborted) setPhase({ status: 'failed', error });
      });
    return () => {
      stop.abort();
    };
  }, [key, turn]);

  const loadMore = useCallback(() => {
    const { list: now, isLoadingMore } = shown.current;
    if (isLoadingMore || now.nextCursor === null) return;
    shown.current.isLoadingMore = true;
    setMore({ isLoading: true, error: null });
    api
      .orders({ ...(JSON.parse(key) as OrderQuery), limit: PAGE, cursor: now.nextCursor })
      .then((page) => {
        // The person may have gone to another queue meanwhile.
        if (shown.current.key !== key) return;
        setList((before) => (before.nextCursor === now.nextCursor ? append(before, page) : before));
        setMore({ isLoading: false, error: null });
      })
      .catch((error: unknown) => {
        if (shown.current.key === key) setMore({ isLoading: false, error });
      })
      .finally(() => {
        shown.current.isLoadingMore = false;
      });
  }, [key]);

  const refresh = useCallback(() => {
    setTurn((before) => before + 1);
  }, []);

  const look = useLook(key, shown, setList);
  useLive((message) => {
    if (message.type === 'change') look({ id: message.change.id, scopeId: message.change.scopeId });
    else if (message.type === 'resync') look(null);
  });
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) look(null);
    }, CLOCK_MS);
    return () => {
      clearInterval(timer);
    };
  }, [look]);

  const put = useCallback((order: OrderRow) => {
    setList((before) => patch(before, order));
  }, []);

  const { changes } = list;
  useEffect(() => {
    if (changes.size === 0) return;
    const timer = setTimeout(() => {
      setList(settle);
    }, GLOW_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [changes]);

  const freshCount = list.fresh.length;
  useEffect(() => {
    if (freshCount > 0) announce(t('console.list.fresh', { count: freshCount }));
  }, [freshCount, t]);

  return { ...list, ...phase, isLoadingMore: more.isLoading, moreError: more.error, loadMore, refresh, put };
}

interface Named {
  id: string;
  scopeId: string;
}

/** Gathers what happened, then compares the table with the server; nothing in it moves (list-state.ts). */
function useLook(
  key: string,
  shown: { readonly current: { key: string; list: ListState } },
  setList: (change: (before: ListState) => ListState) => void,
): (change: Named | null) => void {
  const gathered = useRef(new Map<string, Named>());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => {
    const waiting = gathered.current;
    return () => {
      clearTimeout(timer.current);
      timer.current = undefined;
      waiting.clear();
    };
  }, [key]);

  return useCallback(
    (change: Named | null) => {
      if (change !== null) gathered.current.set(change.id, change);
      timer.current ??= setTimeout(() => {
        timer.current = undefined;
        const changes = [...gathered.current.values()];
        gathered.current.clear();
        void lookNow(changes);
      }, GATHER_MS);

      async function lookNow(changes: readonly Named[]): Promise<void> {
        try {
          const first = await api.orders({ ...(JSON.parse(key) as OrderQuery), limit: PAGE });
          if (shown.current.key !== key) return;
          setList((before) => peek(before, first));
          const onFirst = new Set(first.items.map((row) => row.id));
          const further = changes.filter(
            ({ id }) => !onFirst.has(id) && shown.current.list.rows.some((row) => row.id === id),
          );
          for (const { id, scopeId } of further.slice(0, MOST_SINGLE)) {
            const order = await api.order(scopeId, id);
            if (shown.current.key !== key) return;
            setList((before) => patch(before, order));
          }
        } catch {
          // The next event or minute looks again; the live mark already says when the line is down.
        }
      }
    },
    [key, shown, setList],
  );
}
