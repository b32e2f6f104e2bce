import type { Module } from '../../platform/house.ts';
import { followOrders, tellHands } from './consumers.ts';
import { followTakeovers } from './consumers-takeovers.ts';
import { hotlineDue, requestSweep } from './due.ts';
import { constraints, errors } from './errors.ts';
import { messages } from './messages.ts';
import { visibleCases } from './queries-visible.ts';
import { routes } from './routes.ts';
import { intakeRoutes } from './routes-intake.ts';
import { rateRoutes } from './routes-rates.ts';
import { hotlineExports } from './view-exports.ts';
import { caseSearcher } from './view-search.ts';

export const hotline: Module = {
  name: 'hotline',
  errors,
  constraints,
  routes(app, house) {
    routes(app, house);
    rateRoutes(app, house);
    return intakeRoutes(app, house);
  },
  exports: hotlineExports,
  searchers: [caseSearcher],
  messages,
  consumers: [tellHands, followOrders, followTakeovers],
  due: [hotlineDue, requestSweep],
  visibility: { hotline_case: visibleCases },
};

// For prevention: repeated calls are further voices about one matter.
export { callsOnOrders, type OrderCall } from './queries-prevention.ts';
// For the simulator: months of cases in bulk.
export { caseBatches, type LoadedCase, type LoadedEvent } from './import-rows.ts';
export type { Case } from './tables.ts';
