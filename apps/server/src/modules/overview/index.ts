import type { Module } from '../../platform/house.ts';
import { errors } from './errors.ts';
import { routes } from './routes.ts';

export const overview: Module = { name: 'overview', errors, routes };
