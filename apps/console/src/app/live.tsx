import { connectLive, type Live, type LiveMessage, type LiveState } from '@gongzhi/ui/client/index.ts';
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { useOnline } from '@gongzhi/ui/client/online.ts';
import { queryClient, queryKeys } from './query.ts';

const LiveContext = createContext<Live | null>(null);

/** A burst of events, such as an import, is read as one. */
const GATHER_MS = 800;

/** Keeps what is on the screen current: the events carry ids only, and what they name is read again. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const [live, setLive] = useState<Live | null>(null);

  useEffect(() => {
    const connection = connectLive();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const countsLater = (): void => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void queryClient.invalidateQueries({ queryKey: queryKeys.allQueues });
      }, GATHER_MS);
    };
    const stop = connection.subscribe((message) => {
      if (message.type === 'change') {
        void queryClient.invalidateQueries({ queryKey: queryKeys.order(message.change.id) });
        void queryClient.invalidateQueries({ queryKey: queryKeys.timeline(message.change.id) });
        void queryClient.invalidateQueries({ queryKey: queryKeys.household(message.change.id) });
        void queryClient.invalidateQueries({ queryKey: queryKeys.hotlineCase(message.change.id) });
        countsLater();
      } else if (message.type === 'inbox') {
        void queryClient.invalidateQueries({ queryKey: queryKeys.unread });
        void queryClient.invalidateQueries({ queryKey: queryKeys.inbox });
      } else {
        for (const key of [
          queryKeys.allQueues,
          ['order'],
          ['timeline'],
          ['hotline-case'],
          queryKeys.unread,
          queryKeys.inbox,
        ])
          void queryClient.invalidateQueries({ queryKey: key });
      }
    });
    setLive(connection);
    return () => {
      clearTimeout(timer);
      stop();
      connection.close();
      setLive(null);
    };
  }, []);

  return <LiveContext value={live}>{children}</LiveContext>;
}

/** Hears every message; the latest handler is used, so it may close over the latest state. */
export function useLive(handler: (message: LiveMessage) => void): void {
  const live = useContext(LiveContext);
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  useEffect(() => live?.subscribe((message) => latest.current(message)), [live]);
}

const never = (): (() => void) => () => undefined;

export function useLiveState(): LiveState {
  const live = useContext(LiveContext);
  return useSyncExternalStore(live?.subscribeState ?? never, () => live?.state() ?? 'connecting');
}

/** A short gap, such as a change of networks, isn't worth a word. */
const PATIENCE_MS = 4000;

/** Whether the page no longer moves by itself. */
export function useLineLost(): boolean {
  const isOnline = useOnline();
  const isOpen = useLiveState() === 'open' && isOnline;
  const [isLost, setLost] = useState(false);
  useEffect(() => {
    if (isOpen) {
      setLost(false);
      return;
    }
    const timer = setTimeout(() => {
      setLost(true);
    }, PATIENCE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [isOpen]);
  return isLost;
}
