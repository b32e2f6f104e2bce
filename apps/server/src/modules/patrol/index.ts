import type { Module } from '../../platform/house.ts';
import { endFindings, followDevices, passRoutes } from './consumers.ts';
import { due } from './due.ts';
import { constraints, errors } from './errors.ts';
import { visibleRounds, visibleRoutes } from './queries-pages.ts';
import { routes } from './routes.ts';

export const patrol: Module = {
  name: 'patrol',
  errors,
  constraints,
  routes,
  consumers: [endFindings, followDevices, passRoutes],
  due,
  // Live events name the round or the route.
  visibility: { patrol_round: visibleRounds, patrol_route: visibleRoutes },
};
