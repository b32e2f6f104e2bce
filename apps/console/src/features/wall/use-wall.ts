import { useQuery } from '@tanstack/react-query';
import { ApiProblem } from '@gongzhi/ui/client/index.ts';
import { useEffect, useRef, useState } from 'react';
import { useLineLost, useLive } from '../../app/live.tsx';
import { readWall, type Seen } from './api.ts';
import { type Connection, connectionOf, pauseAfter, secondsBetween } from './derive.ts';

const TICK_MS = 1_000;

/** What hangs there, kept current by events, by the clock where there is no event, and after every failure. */
export function useWall(scopeId: string | undefined): {
  readonly seen: Seen | undefined;
  readonly connection: Connection;
} {
  const isLineLost = useLineLost();
  const last = useRef({ endedAt: 0, tookMs: 0 });
  const asked = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const read = useQuery({
    // Not under the queues: what is read here costs more than they do, and has a pace of its own.
    queryKey: ['wall', scopeId ?? null],
    queryFn: async ({ signal }) => {
      const begunAt = Date.now();
      try {
        return await readWall(scopeId, signal);
      } finally {
        last.current = { endedAt: Date.now(), tookMs: Date.now() - begunAt };
      }
    },
    retry: false,
    // A machine that believes to be offline asks all the same: the answer is the truth.
    networkMode: 'always',
    refetchInterval: ({ state }) =>
      secondsBetween(connectionOf(isLineLost, state.status === 'error' ? statusOf(state.error) : null)) *
      1_000,
    refetchIntervalInBackground: true,
  });
  const { refetch } = read;
  useEffect(() => {
    // Whether only the line is gone or the server with it.
    if (isLineLost) void refetch({ cancelRefetch: false });
  }, [isLineLost, refetch]);
  useLive((message) => {
    if (message.type === 'inbox') return;
    asked.current ??= setTimeout(
      () => {
        asked.current = undefined;
        void refetch({ cancelRefetch: false });
      },
      pauseAfter(last.current, Date.now()),
    );
  });
  useEffect(
    () => () => {
      clearTimeout(asked.current);
      asked.current = undefined;
    },
    [],
  );
  return {
    seen: read.data,
    connection: connectionOf(isLineLost, read.isError ? statusOf(read.error) : null),
  };
}

const statusOf = (error: unknown): number => (error instanceof ApiProblem ? error.status : 0);

/** The server's clock, in ms, to the second. */
export function useServerClock(aheadMs: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now());
    }, TICK_MS);
    return () => {
      clearInterval(timer);
    };
  }, []);
  return now + aheadMs;
}

/** Keeps the screen from going dark, where the browser can; it lets go by itself whenever the page is hidden. */
export function useAwake(): void {
  useEffect(() => {
    let isOver = false;
    let lock: WakeLockSentinel | undefined;
    const ask = async (): Promise<void> => {
      // Wants a secure context, and a browser that knows it.
      if (!('wakeLock' in navigator) || document.visibilityState !== 'visible') return;
      try {
        lock = await navigator.wakeLock.request('screen');
        if (isOver) await lock.release();
      } catch {
        // The machine saves its battery: its own settings decide.
      }
    };
    const again = (): void => void ask();
    again();
    document.addEventListener('visibilitychange', again);
    return () => {
      isOver = true;
      document.removeEventListener('visibilitychange', again);
      void lock?.release();
    };
  }, []);
}
