import type { Module } from '../../platform/house.ts';
import { tellOwners } from './consumers.ts';
import { expireReports, forgetClaims, makeReports } from './due.ts';
import { errors } from './errors.ts';
import { messages } from './messages.ts';
import { visibleReports } from './queries.ts';
import { routes } from './routes.ts';

export const reports: Module = {
  name: 'reports',
  errors,
  routes,
  messages,
  consumers: [tellOwners],
  due: [makeReports, expireReports],
  forget: forgetClaims,
  visibility: { report: visibleReports },
};
