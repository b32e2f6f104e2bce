import '@gongzhi/ui/tokens.css';
import '@gongzhi/ui/base.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { http } from './api.ts';
import { App } from './app/App.tsx';
import { applyPreferences } from './app/preferences.ts';
import { preload } from './app/router.tsx';
import { isPublic } from './app/routes.ts';
import { askAgain } from './features/session/again.ts';
import { meQuery } from './features/session/me.ts';
import { retry } from './features/work-orders/queries.ts';

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
http.setReauthenticate(askAgain);
// Who is it, and which page: both are asked before React has drawn anything.
if (!isPublic(window.location.pathname)) void client.prefetchQuery(meQuery);
preload(window.location.pathname);

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <QueryClientProvider client={client}>
    <App />
  </QueryClientProvider>,
);
