import type { Module } from '../../platform/house.ts';
import { tellBound } from './consumers.ts';
import { due } from './due.ts';
import { errors } from './errors.ts';
import { messages } from './messages.ts';
import { routes } from './routes.ts';
import { accountRoutes } from './routes-account.ts';

export const wechat: Module = {
  name: 'wechat',
  errors,
  routes,
  rootRoutes: accountRoutes,
  due,
  consumers: [tellBound],
  messages,
};
