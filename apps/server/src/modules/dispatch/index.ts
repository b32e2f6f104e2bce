import type { Module } from '../../platform/house.ts';
import { constraints, errors } from './errors.ts';
import { visibleRosters } from './queries-roster.ts';
import { forgetPositions } from './due.ts';
import { candidateRoutes } from './routes-candidates.ts';
import { rosterRoutes } from './routes-roster.ts';

export const dispatch: Module = {
  name: 'dispatch',
  errors,
  constraints,
  routes(app, house) {
    rosterRoutes(app, house);
    candidateRoutes(app, house);
  },
  due: [forgetPositions],
  visibility: { roster: visibleRosters },
};

export { loaders, type RosterRowInput, type ShiftPatternInput } from './import-rows.ts';
