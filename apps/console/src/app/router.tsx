import { createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { WallFailed } from '../features/wall/wall-failed.tsx';
import { cityPages } from './pages-city.ts';
import { gatesPages } from './pages-gates.ts';
import { moneyPages } from './pages-money.ts';
import { ordersPages } from './pages-orders.ts';
import { placesPages } from './pages-places.ts';
import { root, shell } from './router-shell.tsx';
import { BASE, parseSearch, paths, readSearch, stringifySearch } from './routes.ts';

const signIn = createRoute({
  getParentRoute: () => root,
  path: paths.signIn,
  validateSearch: readSearch.signIn,
  component: lazyRouteComponent(() => import('../pages/sign-in.tsx')),
});

/** Hangs by itself: nothing of the desk around it, and nobody who presses a button when it fails. */
const wall = createRoute({
  getParentRoute: () => root,
  path: paths.wall,
  validateSearch: readSearch.wall,
  component: lazyRouteComponent(() => import('../pages/wall.tsx')),
  errorComponent: WallFailed,
});

/** Hangs the pages on the table in routes.ts; each page is a chunk of its own. */
export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    wall,
    shell.addChildren([...ordersPages, ...placesPages, ...gatesPages, ...moneyPages, ...cityPages]),
  ]),
  basepath: BASE,
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
