import type { App } from '../../platform/http/app.ts';
import type { House, Module } from '../../platform/house.ts';
import { passGates } from './consumers.ts';
import { followConsents, followResidence, passMessages, tellHomes } from './consumers-passes.ts';
import { due } from './due.ts';
import { constraints, errors } from './errors.ts';
import { guardErrors } from './errors-guard.ts';
import { passErrors } from './errors-passes.ts';
import { visibleGates } from './queries-gates.ts';
import { visibleMeasures } from './queries-measures.ts';
import { visibleParcels, visibleSlips } from './queries-parcels.ts';
import { visiblePasses } from './queries-passes.ts';
import { checkRoutes } from './routes-checks.ts';
import { gateRoutes } from './routes-gates.ts';
import { guardDeviceRoutes } from './routes-device.ts';
import { guardRoutes } from './routes-guard.ts';
import { listRoutes } from './routes-lists.ts';
import { measureRoutes } from './routes-measures.ts';
import { ownRoutes } from './routes-own.ts';
import { parcelRoutes } from './routes-parcels.ts';
import { passRoutes } from './routes-passes.ts';
import { passageRoutes } from './routes-passages.ts';
import { forgetDayKeys } from './service-bundle.ts';
import { openIntake } from './service-intake.ts';
import { passExports } from './view-exports.ts';

function routes(app: App, house: House): void {
  const intake = openIntake(house);
  app.addHook('onClose', () => intake.stop());
  gateRoutes(app, house);
  measureRoutes(app, house);
  checkRoutes(app, house, intake);
  passageRoutes(app, house, intake);
  guardRoutes(app, house);
  guardDeviceRoutes(app, house, intake);
  ownRoutes(app, house);
  passRoutes(app, house);
  listRoutes(app, house);
  parcelRoutes(app, house);
}

export const access: Module = {
  name: 'access',
  constraints,
  errors: { ...errors, ...passErrors, ...guardErrors },
  routes,
  forget: forgetDayKeys,
  consumers: [passGates, followResidence, followConsents, tellHomes],
  due,
  messages: passMessages,
  exports: passExports,
  visibility: {
    gate: visibleGates,
    measure: visibleMeasures,
    parcel: visibleParcels,
    goods_slip: visibleSlips,
    pass: visiblePasses,
  },
};

// What the bench and the simulator stand on.
export { demonstrationFacts } from './domain.ts';
