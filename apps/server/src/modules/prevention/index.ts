import type { Module } from '../../platform/house.ts';
import { passProjects } from './consumers.ts';
import { nightlyLook } from './due.ts';
import { errors } from './errors.ts';
import { visibleProjects } from './queries.ts';
import { routes } from './routes.ts';

export const prevention: Module = {
  name: 'prevention',
  errors,
  routes,
  consumers: [passProjects],
  due: [nightlyLook],
  visibility: { prevention_project: visibleProjects },
};

// What repeats are measured with.
export { findClusters, likeness, type Matter, type Rules, weigh } from './domain.ts';
