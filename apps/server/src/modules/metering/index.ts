import type { Module } from '../../platform/house.ts';
import { endFindings, passMeters, tellEnded } from './consumers.ts';
import { openMeterRoom } from './consumers-mqtt.ts';
import { due } from './due.ts';
import { constraints, errors } from './errors.ts';
import { messages } from './messages.ts';
import { visibleMeters, visibleReadings } from './queries-visible.ts';
import { fileRoutes } from './routes-file.ts';
import { standoutRoutes } from './routes-findings.ts';
import { prepaidRoutes } from './routes-prepaid.ts';
import { readingRoutes } from './routes-readings.ts';
import { routes } from './routes.ts';
import { openCollector, registerCollector } from './service-collector.ts';
import { photoType } from './service-readings.ts';
import { meterSearcher } from './view-search.ts';

export { METER_KINDS, type MeterKind, UNITS } from './domain.ts';
/** For bills: whole thousandths of the meter's unit, each with what was used since the one before it. */
export { billedMeters, heldIn, readSince } from './queries-bills.ts';

export {
  mayReturnTopUp,
  mayTopUp,
  type NotReturned,
  returnTopUp,
  topUp,
  type TopUpOffer,
  topUpOffers,
  type TopUpRefusal,
} from './service-topups.ts';
export { topUpsOfPayment } from './queries-prepaid.ts';
export type { MeterRow, ReadingRow, TopUpRow } from './tables.ts';

export const metering: Module = {
  name: 'metering',
  errors,
  constraints,
  messages,
  routes(app, house) {
    routes(app, house);
    readingRoutes(app, house);
    prepaidRoutes(app, house);
    standoutRoutes(app, house);
    return fileRoutes(app, house);
  },
  devices: { room: openMeterRoom },
  consumers: [endFindings, passMeters, tellEnded],
  due,
  start(house, worker) {
    const collector = openCollector(house, worker, {
      everyMilliseconds: 1_000,
      listen: house.config.meters,
    });
    return { stop: registerCollector(house, collector) };
  },
  searchers: [meterSearcher],
  visibility: { meter: visibleMeters, [photoType]: visibleReadings },
};
