import type { Module } from '../../platform/house.ts';
import { passGates } from './consumers.ts';
import { constraints, errors } from './errors.ts';
import { visibleGates } from './queries-gates.ts';
import { visibleMeasures } from './queries-measures.ts';
import { checkRoutes } from './routes-checks.ts';
import { gateRoutes } from './routes-gates.ts';
import { measureRoutes } from './routes-measures.ts';
import { openIntake } from './service-intake.ts';

export const access: Module = {
  name: 'access',
  errors,
  constraints,
  routes(app, house) {
    const intake = openIntake(house);
    app.addHook('onClose', () => intake.stop());
    gateRoutes(app, house);
    measureRoutes(app, house);
    checkRoutes(app, house, intake);
  },
  consumers: [passGates],
  visibility: { gate: visibleGates, measure: visibleMeasures },
};
