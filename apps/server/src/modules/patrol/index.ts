import type { Module } from '../../platform/house.ts';
import { endFindings, followDevices, passRoutes, tellMissed } from './consumers.ts';
import { due } from './due.ts';
import { constraints, errors } from './errors.ts';
import { messages } from './messages.ts';
import { visibleRounds, visibleRoutes } from './queries-pages.ts';
import { routes } from './routes.ts';

export const patrol: Module = {
  name: 'patrol',
  errors,
  constraints,
  routes,
  messages,
  consumers: [endFindings, followDevices, passRoutes, tellMissed],
  due,
  // Live events name the round or the route.
  visibility: { patrol_round: visibleRounds, patrol_route: visibleRoutes },
};
