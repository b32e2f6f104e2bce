/**
 * One server-sent-events connection a browser, however many tabs are open: the tab that holds the lock connects,
 * the others listen to it over a broadcast channel. When its tab closes, the next in line takes over.
 */
export interface LiveChange {
  kind: string;
  id: string;
  scopeId: string;
}

export type LiveMessage =
  | { type: 'change'; change: LiveChange }
  | { type: 'inbox' }
  /** Something may have been missed: whoever shows data reads it afresh. */
  | { type: 'resync' };

export type LiveState = 'connecting' | 'open' | 'lost';

export interface Live {
  subscribe(listener: (message: LiveMessage) => void): () => void;
  subscribeState(listener: () => void): () => void;
  state(): LiveState;
  close(): void;
}

type Wire = LiveMessage | { type: 'state'; state: LiveState } | { type: 'who' };

const LOCK = 'gongzhi-live';
/** The longest that the server looks back. */
const OLDEST_MS = 600_000;
const RETRY_MS = [1000, 2000, 5000, 10_000, 30_000] as const;

export function connectLive(address = '/api/v1/live'): Live {
  const listeners = new Set<(message: LiveMessage) => void>();
  const stateListeners = new Set<() => void>();
  const stop = new AbortController();
  const channel = typeof BroadcastChannel === 'function' ? new BroadcastChannel(LOCK) : null;
  let state: LiveState = 'connecting';
  let isLeader = false;
  // What is shown is read from about now on, and the connection stands a moment later.
  const began = performance.now();

  const setState = (next: LiveState): void => {
    if (state === next) return;
    state = next;
    for (const listener of stateListeners) listener();
  };
  const hear = (message: Wire): void => {
    if (message.type === 'state') setState(message.state);
    else if (message.type === 'who') {
      if (isLeader) channel?.postMessage({ type: 'state', state } satisfies Wire);
    } else for (const listener of listeners) listener(message);
  };
  const tell = (message: Wire): void => {
    if (stop.signal.aborted) return;
    hear(message);
    channel?.postMessage(message);
  };

  const lead = async (): Promise<void> => {
    // Closed while the lock was on its way: leading now would keep it from whoever listens.
    if (stop.signal.aborted) return;
    isLeader = true;
    let attempt = 0;
    let source: EventSource | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const open = (): void => {
      const age = Math.min(Math.round(performance.now() - began), OLDEST_MS);
      source = new EventSource(`${address}?age=${age}`);
      source.addEventListener('open', () => {
        // A new connection doesn't know the last event's id; the browser's own reconnection does.
        if (attempt > 0) tell({ type: 'resync' });
        attempt = 0;
        tell({ type: 'state', state: 'open' });
      });
      source.addEventListener('change', (event) => {
        const change = parseChange(event.data);
        if (change !== null) tell({ type: 'change', change });
      });
      source.addEventListener('inbox', () => {
        tell({ type: 'inbox' });
      });
      // The server says so itself when more was missed than it replays.
      source.addEventListener('reset', () => {
        tell({ type: 'resync' });
      });
      source.addEventListener('error', () => {
        tell({ type: 'state', state: 'lost' });
        // CONNECTING: the browser tries again by itself. CLOSED: the server refused, so we try later.
        if (source?.readyState !== EventSource.CLOSED) return;
        timer = setTimeout(open, RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)]);
        attempt += 1;
      });
    };
    open();
    await new Promise<void>((resolve) => {
      stop.signal.addEventListener('abort', () => {
        clearTimeout(timer);
        source?.close();
        resolve();
      });
    });
  };

  channel?.addEventListener('message', (event: MessageEvent<Wire>) => {
    hear(event.data);
  });
  channel?.postMessage({ type: 'who' } satisfies Wire);
  // Web Locks want a secure context; without them each tab has a connection of its own.
  if (typeof navigator.locks === 'object' && channel !== null) {
    const standInLine = async (): Promise<void> => {
      const hasLed = await navigator.locks.request(LOCK, { ifAvailable: true }, async (lock) => {
        if (lock === null) return false;
        await lead();
        return true;
      });
      if (hasLed) return;
      await navigator.locks.request(LOCK, { signal: stop.signal }, async () => {
        // The former leader is gone; what came in between is unknown.
        tell({ type: 'resync' });
        await lead();
      });
    };
    standInLine().catch(() => {
      // Closed while waiting in line.
    });
  } else {
    void lead();
  }

  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    subscribeState(listener) {
      stateListeners.add(listener);
      return () => stateListeners.delete(listener);
    },
    state: () => state,
    close() {
      stop.abort();
      channel?.close();
    },
  };
}

function parseChange(data: unknown): LiveChange | null {
  if (typeof data !== 'string') return null;
  try {
    const parsed: unknown = JSON.parse(data);
    if (typeof parsed !== 'object' || parsed === null) return null;
    const { kind, id, scopeId } = parsed as Record<string, unknown>;
    return typeof kind === 'string' && typeof id === 'string' && typeof scopeId === 'string'
      ? { kind, id, scopeId }
      : null;
  } catch {
    return null;
  }
}
