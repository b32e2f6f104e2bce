import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { paths, readSearch } from './routes.ts';
import { shell } from './router-shell.tsx';

const devices = createRoute({
  getParentRoute: () => shell,
  path: paths.devices,
  validateSearch: readSearch.devices,
  component: lazyRouteComponent(() => import('../pages/devices.tsx')),
});

const patrols = createRoute({
  getParentRoute: () => shell,
  path: paths.patrols,
  validateSearch: readSearch.patrols,
  component: lazyRouteComponent(() => import('../pages/patrols.tsx')),
});

const passes = createRoute({
  getParentRoute: () => shell,
  path: paths.passes,
  validateSearch: readSearch.passes,
  component: lazyRouteComponent(() => import('../pages/passes.tsx')),
});

const gatePhones = createRoute({
  getParentRoute: () => shell,
  path: paths.gatePhones,
  component: lazyRouteComponent(() => import('../pages/gate-phones.tsx')),
});

const gates = createRoute({
  getParentRoute: () => shell,
  path: paths.gates,
  validateSearch: readSearch.gates,
  component: lazyRouteComponent(() => import('../pages/gates.tsx')),
});

/** What stands at the gate and on the way: devices, rounds, passes. */
export const gatesPages = [devices, patrols, passes, gatePhones, gates] as const;
