import type { Module } from '../../platform/house.ts';
import { errors } from './errors.ts';
import { routes } from './routes.ts';
import { wallRoutes } from './routes-wall.ts';

export const overview: Module = {
  name: 'overview',
  errors,
  routes(app, house) {
    routes(app, house);
    wallRoutes(app, house);
  },
};
