import type { Module } from '../../platform/house.ts';
import { followOrders, tellOfArrivals } from './consumers.ts';
import { learnSweep } from './due-learning.ts';
import { adoptSweep, askSweep, climbSweep, forgetPositions, planSweep } from './due.ts';
import { rulesSweep } from './due-rules.ts';
import { constraints, errors } from './errors.ts';
import { messages } from './messages.ts';
import { visibleRosters } from './queries-roster.ts';
import { visibleOffers } from './queries-tasks.ts';
import { boardRoutes } from './routes-board.ts';
import { candidateRoutes } from './routes-candidates.ts';
import { estimateRoutes } from './routes-estimates.ts';
import { offerRoutes } from './routes-offers.ts';
import { rosterRoutes } from './routes-roster.ts';
import { ruleRoutes } from './routes-rules.ts';
import { shiftFileRoutes } from './routes-shift-files.ts';
import { dispatchExports } from './view-exports.ts';

export const dispatch: Module = {
  name: 'dispatch',
  errors,
  constraints,
  async routes(app, house) {
    rosterRoutes(app, house);
    candidateRoutes(app, house);
    offerRoutes(app, house);
    estimateRoutes(app, house);
    boardRoutes(app, house);
    ruleRoutes(app, house);
    await shiftFileRoutes(app, house);
  },
  messages,
  exports: dispatchExports,
  consumers: [followOrders, tellOfArrivals],
  due: [rulesSweep, askSweep, planSweep, climbSweep, adoptSweep, forgetPositions, learnSweep],
  visibility: { roster: visibleRosters, offer: visibleOffers },
};

export { shiftsOf } from './facts-shifts.ts';
export { loaders, type RosterRowInput, type ShiftPatternInput } from './import-rows.ts';
