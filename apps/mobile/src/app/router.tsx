import { type ComponentProps, lazy, useEffect, useSyncExternalStore } from 'react';
import { match, type Match, type RouteName, routes } from './routes.ts';

/**
 * Nine pages need no routing library: @tanstack/react-router costs 30 KB compressed, a fifth of what a phone loads
 * first (docs/decisions/0003-phone-ui.md). This keeps to the browser's own history.
 */
const listeners = new Set<() => void>();

function changed(): void {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (listeners.size === 1) window.addEventListener('popstate', changed);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) window.removeEventListener('popstate', changed);
  };
}

const readPath = (): string => window.location.pathname + window.location.search;

export interface Place extends Match {
  search: URLSearchParams;
  /** The whole address within the origin. */
  href: string;
}

/** Where we are; null on an address that no page has. */
export function usePlace(): Place | null {
  const href = useSyncExternalStore(subscribe, readPath, readPath);
  const at = new URL(href, window.location.origin);
  const found = match(at.pathname);
  return found === null ? null : { ...found, search: at.searchParams, href };
}

/** Remembers how far this page was scrolled, for when one comes back to it. */
function keepScroll(): void {
  window.history.replaceState({ ...window.history.state, scroll: window.scrollY }, '');
}

export function navigate(to: string, { isReplacing = false }: { isReplacing?: boolean } = {}): void {
  // The console and anything else outside this app is a page of its own.
  if (match(new URL(to, window.location.origin).pathname) === null) {
    window.location.assign(to);
    return;
  }
  if (isReplacing) window.history.replaceState({}, '', to);
  else {
    keepScroll();
    window.history.pushState({ isOurs: true }, '', to);
  }
  changed();
}

/** One step back where there is one of ours, or to the given page. */
export function goBack(otherwise: string): void {
  const state = window.history.state as { isOurs?: boolean } | null;
  if (state?.isOurs === true) window.history.back();
  else navigate(otherwise, { isReplacing: true });
}

/** A link that stays within the app. */
export function Link({ to, onClick, children, ...rest }: ComponentProps<'a'> & { to: string }) {
  return (
    <a
      {...rest}
      href={to}
      onPointerEnter={() => {
        preload(to);
      }}
      onClick={(event) => {
        onClick?.(event);
        const isPlain =
          event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
        if (event.defaultPrevented || !isPlain) return;
        event.preventDefault();
        navigate(to);
      }}
    >
      {children}
    </a>
  );
}

/** Fetches a page's code before it is asked for. */
export function preload(to: string): void {
  const found = match(new URL(to, window.location.origin).pathname);
  if (found !== null) routes[found.name].load().catch(() => undefined);
}

export const pages = Object.fromEntries(
  Object.entries(routes).map(([name, route]) => [
    name,
    // Each page is handed the parameters of its own pattern; `match` made them from it.
    lazy(route.load as () => Promise<{ default: React.ComponentType<{ params: Record<string, string> }> }>),
  ]),
) as unknown as Record<RouteName, React.ComponentType<{ params: Record<string, string> }>>;

/** After going somewhere: to the top, or where one was; and the heading gets the focus, so that it is read aloud. */
export function useArrival(href: string): void {
  useEffect(() => {
    const state = window.history.state as { scroll?: number } | null;
    window.scrollTo(0, state?.scroll ?? 0);
  }, [href]);
}

/** Names the document after the page. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title;
  }, [title]);
}
