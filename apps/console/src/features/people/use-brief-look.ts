import { useEffect, useRef, useState } from 'react';

/** Long enough to dial or to copy down, and not to be read over the shoulder by the next in the queue. */
const SHOWN_SECONDS = 60;

export interface BriefLook<Seen> {
  readonly shown: Seen | null;
  /** Seconds until it goes by itself. */
  readonly left: number;
  readonly show: (seen: Seen) => void;
  readonly hide: () => void;
}

/** What is personal stands in memory only, and goes after a minute or when the tab is left. */
export function useBriefLook<Seen>(onHide: () => void): BriefLook<Seen> {
  const [shown, setShown] = useState<Seen | null>(null);
  const [left, setLeft] = useState(SHOWN_SECONDS);
  const hide = (): void => {
    setShown(null);
    onHide();
  };
  const latest = useRef(hide);
  useEffect(() => {
    latest.current = hide;
  });

  useEffect(() => {
    if (shown === null) return;
    const hideWhenLeft = (): void => {
      if (document.hidden) latest.current();
    };
    const timer = setInterval(() => {
      setLeft((seconds) => {
        if (seconds <= 1) latest.current();
        return seconds - 1;
      });
    }, 1_000);
    document.addEventListener('visibilitychange', hideWhenLeft);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', hideWhenLeft);
    };
  }, [shown]);

  return {
    shown,
    left,
    hide,
    show: (seen) => {
      setLeft(SHOWN_SECONDS);
      setShown(seen);
    },
  };
}
