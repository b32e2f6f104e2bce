import type { Module } from '../../platform/house.ts';
import { passProjects, tellOwners } from './consumers.ts';
import { forgetFailed, nightlyLook, stepsDue } from './due.ts';
import { errors } from './errors.ts';
import { messages } from './messages.ts';
import { visibleProjects } from './queries.ts';
import { routes } from './routes.ts';

export const prevention: Module = {
  name: 'prevention',
  errors,
  routes,
  messages,
  consumers: [passProjects, tellOwners],
  due: [nightlyLook, stepsDue],
  forget: forgetFailed,
  visibility: { prevention_project: visibleProjects },
};

// What repeats are measured with.
export { findClusters, likeness, type Matter, type Rules, weigh } from './domain.ts';
