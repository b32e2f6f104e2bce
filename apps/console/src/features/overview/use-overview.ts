import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useLive } from '../../app/live.tsx';
import { queryClient } from '../../app/query.ts';
import { overviewApi, overviewKeys, type OverviewQuery } from './api.ts';

/** In a city something happens every second: all of a few seconds is read as one. */
const GATHER_MS = 5_000;
/** Orders run late by the clock, without an event. */
const AGAIN_MS = 60_000;

export function useOverview(query: OverviewQuery) {
  return useQuery({
    queryKey: overviewKeys.of(query),
    queryFn: ({ signal }) => overviewApi.get(query, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: AGAIN_MS,
  });
}

/** Reads every overview on the page again when an order changes. */
export function useOverviewLive(): void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useLive((message) => {
    const isOurs =
      message.type === 'resync' ||
      (message.type === 'change' && message.change.kind.startsWith('work_order.'));
    if (!isOurs) return;
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      void queryClient.invalidateQueries({ queryKey: overviewKeys.all });
    }, GATHER_MS);
  });
  useEffect(
    () => () => {
      clearTimeout(timer.current);
    },
    [],
  );
}
