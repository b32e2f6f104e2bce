import type { Module } from '../../platform/house.ts';
import { endAlarms, passDevices } from './consumers.ts';
import { due } from './due.ts';
import { constraints, errors } from './errors.ts';
import { forgetRules } from './facts.ts';
import { visibleDevices } from './queries-devices.ts';
import { routes } from './routes.ts';
import { readingRoutes } from './routes-readings.ts';
import { openIntake } from './service-intake.ts';

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
  async devices(house) {
    const { mqtt } = house.config;
    if (mqtt === null) return { url: null, stop: async () => {} };
    const intake = openIntake(house);
    // Only who listens to machines carries the protocol's code about.
    if (mqtt.kind === 'external') {
      const { openBridge } = await import('./service-bridge.ts');
      return { url: null, ...openBridge(house, intake, mqtt.url) };
    }
    const { openBroker } = await import('./service-broker.ts');
    return (await openBroker(house, intake, mqtt)) ?? { url: null, stop: () => intake.stop() };
  },
  consumers: [endAlarms, passDevices],
  due,
  visibility: { device: visibleDevices },
};
