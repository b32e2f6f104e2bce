import '@gongzhi/ui/tokens.css';
import '@gongzhi/ui/base.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { applyPreferences } from './app/preferences.ts';
import { preload } from './app/router.tsx';
import { match, routes } from './app/routes.ts';
import { meQuery } from './features/session/me.ts';
import { myOrders, orderQuery, retry, timelineQuery } from './features/work-orders/queries.ts';
import { OPEN_STATUSES } from './features/work-orders/say.ts';

/** Between live events what was read stays true; after a minute it is read again when looked at. */
const STALE_MS = 60_000;

const client = new QueryClient({
  // What was seen stays in memory for the way back, and the network's own state does not stop a try.
  defaultOptions: {
    queries: { staleTime: STALE_MS, retry, networkMode: 'always' },
    mutations: { networkMode: 'always' },
  },
});

applyPreferences();
// Who is it, which page, and what it shows first: all asked at once, before React has drawn anything.
const at = match(window.location.pathname);
if (at !== null && !routes[at.name].isPublic) {
  void client.prefetchQuery(meQuery);
  if (at.name === 'home') void client.prefetchInfiniteQuery(myOrders(OPEN_STATUSES));
  if (at.name === 'order') {
    const { scopeId = '', id = '' } = at.params;
    void client.prefetchQuery(orderQuery(scopeId, id));
    void client.prefetchQuery(timelineQuery(scopeId, id));
  }
}
preload(window.location.pathname);

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <QueryClientProvider client={client}>
    <App />
  </QueryClientProvider>,
);

// Back on the network, what was shown from memory is read again, who one is included.
window.addEventListener('online', () => {
  void client.invalidateQueries();
});

/** Long after the first page stands: the code of all pages, kept for when there is no network. */
const KEEP_AFTER_MS = 5000;
if (import.meta.env.PROD && 'serviceWorker' in navigator)
  setTimeout(() => {
    const keep = async (): Promise<void> => {
      await navigator.serviceWorker.register('/m/sw.js', { scope: '/m/' });
      const { active } = await navigator.serviceWorker.ready;
      active?.postMessage('keep');
    };
    // Refused (a private window, plain http): the app works, only not without a network.
    keep().catch(() => undefined);
  }, KEEP_AFTER_MS);
