import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { paths, readSearch } from './routes.ts';
import { shell } from './router-shell.tsx';

const places = createRoute({
  getParentRoute: () => shell,
  path: paths.places,
  validateSearch: readSearch.places,
  component: lazyRouteComponent(() => import('../pages/places.tsx')),
});

const labels = createRoute({
  getParentRoute: () => shell,
  path: paths.labels,
  validateSearch: readSearch.labels,
  component: lazyRouteComponent(() => import('../pages/labels.tsx')),
});

const people = createRoute({
  getParentRoute: () => shell,
  path: paths.people,
  validateSearch: readSearch.people,
  component: lazyRouteComponent(() => import('../pages/people.tsx')),
});

const household = createRoute({
  getParentRoute: () => shell,
  path: paths.household,
  component: lazyRouteComponent(() => import('../pages/household.tsx')),
});

const myGrid = createRoute({
  getParentRoute: () => shell,
  path: paths.myGrid,
  component: lazyRouteComponent(() => import('../pages/my-grid.tsx')),
});

const organisation = createRoute({
  getParentRoute: () => shell,
  path: paths.organisation,
  validateSearch: readSearch.organisation,
  component: lazyRouteComponent(() => import('../pages/organisation.tsx')),
});

const takeovers = createRoute({
  getParentRoute: () => shell,
  path: paths.takeovers,
  component: lazyRouteComponent(() => import('../pages/takeovers.tsx')),
});

const imports = createRoute({
  getParentRoute: () => shell,
  path: paths.imports,
  validateSearch: readSearch.imports,
  component: lazyRouteComponent(() => import('../pages/imports.tsx')),
});

const board = createRoute({
  getParentRoute: () => shell,
  path: paths.board,
  validateSearch: readSearch.board,
  component: lazyRouteComponent(() => import('../pages/board.tsx')),
});

const roster = createRoute({
  getParentRoute: () => shell,
  path: paths.roster,
  validateSearch: readSearch.roster,
  component: lazyRouteComponent(() => import('../pages/roster.tsx')),
});

const rosterFile = createRoute({
  getParentRoute: () => shell,
  path: paths.rosterFile,
  validateSearch: readSearch.rosterFile,
  component: lazyRouteComponent(() => import('../pages/roster-file.tsx')),
});

/** Who lives and works where, and who goes when. */
export const placesPages = [
  places,
  labels,
  people,
  household,
  myGrid,
  organisation,
  takeovers,
  imports,
  board,
  roster,
  rosterFile,
] as const;
