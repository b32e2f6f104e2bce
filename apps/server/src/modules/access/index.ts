import type { App } from '../../platform/http/app.ts';
import type { House, Module } from '../../platform/house.ts';
import { passGates } from './consumers.ts';
import { openGateRoom } from './consumers-mqtt.ts';
import {
  followConsents,
  followResidence,
  followShifts,
  passMessages,
  tellHomes,
} from './consumers-passes.ts';
import { flagMessages, tellFlags } from './consumers-flags.ts';
import { due } from './due.ts';
import { constraints, errors } from './errors.ts';
import { barrierErrors } from './errors-barriers.ts';
import { guardErrors } from './errors-guard.ts';
import { healthErrors } from './errors-health.ts';
import { passErrors } from './errors-passes.ts';
import { tracingErrors } from './errors-tracing.ts';
import { visibleGates } from './queries-gates.ts';
import { visibleFollowUps } from './queries-follow-ups.ts';
import { visibleMeasures } from './queries-measures.ts';
import { visibleOpenings } from './queries-openings.ts';
import { visibleParcels, visibleSlips } from './queries-parcels.ts';
import { visiblePasses } from './queries-passes.ts';
import { barrierRoutes } from './routes-barriers.ts';
import { visibleTracings } from './queries-tracing.ts';
import { blindSpotRoutes } from './routes-blind-spots.ts';
import { checkRoutes } from './routes-checks.ts';
import { countRoutes } from './routes-counts.ts';
import { destructionRoutes } from './routes-destructions.ts';
import { followUpRoutes } from './routes-follow-ups.ts';
import { gateRoutes } from './routes-gates.ts';
import { guardDeviceRoutes } from './routes-device.ts';
import { guardRoutes } from './routes-guard.ts';
import { healthRoutes } from './routes-health.ts';
import { listRoutes } from './routes-lists.ts';
import { measureRoutes } from './routes-measures.ts';
import { ownRoutes } from './routes-own.ts';
import { parcelRoutes } from './routes-parcels.ts';
import { passRoutes } from './routes-passes.ts';
import { tracingRoutes } from './routes-tracing.ts';
import { passageRoutes } from './routes-passages.ts';
import { forgetDayKeys } from './service-bundle.ts';
import { hubOf } from './service-hub.ts';
import { openIntake } from './service-intake.ts';
import { passExports } from './view-exports.ts';
import { vehicleSearcher } from './view-search.ts';

function routes(app: App, house: House): void {
  const intake = openIntake(house);
  app.addHook('onClose', async () => {
    hubOf(house).stop();
    await intake.stop();
  });
  gateRoutes(app, house);
  measureRoutes(app, house);
  checkRoutes(app, house, intake);
  passageRoutes(app, house, intake);
  barrierRoutes(app, house, intake);
  countRoutes(app, house);
  destructionRoutes(app, house);
  blindSpotRoutes(app, house);
  followUpRoutes(app, house);
  tracingRoutes(app, house);
  guardRoutes(app, house);
  guardDeviceRoutes(app, house, intake);
  ownRoutes(app, house);
  healthRoutes(app, house);
  passRoutes(app, house);
  listRoutes(app, house);
  parcelRoutes(app, house);
}

export const access: Module = {
  name: 'access',
  constraints,
  errors: {
    ...errors,
    ...passErrors,
    ...guardErrors,
    ...barrierErrors,
    ...tracingErrors,
    ...healthErrors,
  },
  routes,
  devices: { room: openGateRoom },
  forget: forgetDayKeys,
  consumers: [passGates, followResidence, followConsents, followShifts, tellHomes, tellFlags],
  due,
  messages: { ...passMessages, ...flagMessages },
  exports: passExports,
  searchers: [vehicleSearcher],
  visibility: {
    gate: visibleGates,
    gate_opening: visibleOpenings,
    measure: visibleMeasures,
    tracing: visibleTracings,
    follow_up: visibleFollowUps,
    parcel: visibleParcels,
    goods_slip: visibleSlips,
    pass: visiblePasses,
  },
};

// What the bench and the simulator stand on.
export { demonstrationFacts } from './domain.ts';

// Who says when people are at work: composed in main.ts.
export { readShiftsFrom } from './service-shifts.ts';

// For the simulator: gates of a whole city, in bulk.
export {
  gateBatches,
  type LoadedArrival,
  type LoadedGate,
  type LoadedGates,
  type LoadedPass,
} from './import-rows.ts';
