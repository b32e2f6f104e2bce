import type { Module } from '../../platform/house.ts';
import { endAlarms, passDevices } from './consumers.ts';
import { due } from './due.ts';
import { constraints, errors } from './errors.ts';
import { visibleDevices } from './queries-devices.ts';
import { routes } from './routes.ts';
import { readingRoutes } from './routes-readings.ts';
import { openIntake } from './service-intake.ts';

export const sensing: Module = {
  name: 'sensing',
  errors,
  constraints,
  routes(app, house) {
    routes(app, house);
    const intake = openIntake(house);
    app.addHook('onClose', () => intake.stop());
    readingRoutes(app, house, intake);
  },
  consumers: [endAlarms, passDevices],
  due,
  visibility: { device: visibleDevices },
};
