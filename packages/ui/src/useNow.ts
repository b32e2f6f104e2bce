import { useSyncExternalStore } from 'react';

/** One timer for every clock on the page, so that all move together and a hidden page does no work. */
const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const TICK_MS = 15_000;

function tick(): void {
  if (document.hidden) return;
  now = Date.now();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) {
    now = Date.now();
    timer = setInterval(tick, TICK_MS);
    document.addEventListener('visibilitychange', tick);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
      document.removeEventListener('visibilitychange', tick);
    }
  };
}

/**
 * The present as seen by something that has happened: what came in since the last tick, or from a server whose
 * clock is a little ahead, is "just now" and never "any moment".
 */
export function nowFor(at: string, now: number): number {
  const ahead = Date.parse(at) - now;
  return ahead > 0 && ahead < 60_000 ? now + ahead : now;
}

/** The present instant in ms, renewed four times a minute. */
export function useNow(): number {
  return useSyncExternalStore(
    subscribe,
    () => now,
    () => now,
  );
}
