import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { paths, readSearch } from './routes.ts';
import { shell } from './router-shell.tsx';

const hotline = createRoute({
  getParentRoute: () => shell,
  path: paths.hotline,
  validateSearch: readSearch.hotline,
  component: lazyRouteComponent(() => import('../pages/hotline.tsx')),
});

const hotlineCase = createRoute({
  getParentRoute: () => shell,
  path: paths.hotlineCase,
  component: lazyRouteComponent(() => import('../pages/hotline-case.tsx')),
});

const hotlineNew = createRoute({
  getParentRoute: () => shell,
  path: paths.hotlineNew,
  component: lazyRouteComponent(() => import('../pages/hotline-new.tsx')),
});

const hotlineFile = createRoute({
  getParentRoute: () => shell,
  path: paths.hotlineFile,
  component: lazyRouteComponent(() => import('../pages/hotline-file.tsx')),
});

const hotlineClients = createRoute({
  getParentRoute: () => shell,
  path: paths.hotlineClients,
  component: lazyRouteComponent(() => import('../pages/hotline-clients.tsx')),
});

const hotlineRates = createRoute({
  getParentRoute: () => shell,
  path: paths.hotlineRates,
  validateSearch: readSearch.hotlineRates,
  component: lazyRouteComponent(() => import('../pages/hotline-rates.tsx')),
});

const open311 = createRoute({
  getParentRoute: () => shell,
  path: paths.open311,
  validateSearch: readSearch.open311,
  component: lazyRouteComponent(() => import('../pages/open311.tsx')),
});

const inbox = createRoute({
  getParentRoute: () => shell,
  path: paths.inbox,
  component: lazyRouteComponent(() => import('../pages/inbox.tsx')),
});

const messageSettings = createRoute({
  getParentRoute: () => shell,
  path: paths.messageSettings,
  component: lazyRouteComponent(() => import('../pages/message-settings.tsx')),
});

const deliveries = createRoute({
  getParentRoute: () => shell,
  path: paths.deliveries,
  validateSearch: readSearch.deliveries,
  component: lazyRouteComponent(() => import('../pages/deliveries.tsx')),
});

const rules = createRoute({
  getParentRoute: () => shell,
  path: paths.rules,
  validateSearch: readSearch.rules,
  component: lazyRouteComponent(() => import('../pages/rules.tsx')),
});

/** What comes from the city and goes back to it, and what everybody is told. */
export const cityPages = [
  hotline,
  hotlineCase,
  hotlineNew,
  hotlineFile,
  hotlineClients,
  hotlineRates,
  open311,
  inbox,
  messageSettings,
  deliveries,
  rules,
] as const;
