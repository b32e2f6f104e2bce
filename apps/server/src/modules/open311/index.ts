import type { Module } from '../../platform/house.ts';
import { publishOrders } from './consumers.ts';
import { forgetSenders } from './due.ts';
import { errors } from './errors.ts';
import { routes } from './routes.ts';
import { publicRoutes } from './routes-public.ts';

export const open311: Module = {
  name: 'open311',
  errors,
  routes,
  rootRoutes: publicRoutes,
  consumers: [publishOrders],
  due: [forgetSenders],
};

// What the demonstration is filled with.
export { loaders } from './import-rows.ts';
export { usualAttributes } from './service.ts';
