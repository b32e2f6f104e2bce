import type { Module } from '../../platform/house.ts';
import { endAlarms, passDevices } from './consumers.ts';
import { due } from './due.ts';
import { constraints, errors } from './errors.ts';
import { forgetRules } from './facts.ts';
import { visibleDevices } from './queries-devices.ts';
import { routes } from './routes.ts';
import { readingRoutes } from './routes-readings.ts';
import { openIntake } from './service-intake.ts';
import { openRoom } from './service-broker.ts';

export { DEVICE_KINDS, type DeviceKind } from './domain.ts';
export { type Listening, listenersOf, orderOfAlarm } from './facts-listeners.ts';

export const sensing: Module = {
  name: 'sensing',
  forget: forgetRules,
  errors,
  constraints,
  routes(app, house) {
    routes(app, house);
    const intake = openIntake(house);
    app.addHook('onClose', () => intake.stop());
    readingRoutes(app, house, intake);
  },
  devices: {
    room: openRoom,
    async follow(house, url) {
      const { openBridge } = await import('./service-bridge.ts');
      return openBridge(house, openIntake(house), url);
    },
  },
  consumers: [endAlarms, passDevices],
  due,
  visibility: { device: visibleDevices },
};
