import type { Module } from '../../platform/house.ts';
import { passGates } from './consumers.ts';
import { errors } from './errors.ts';

export const access: Module = {
  name: 'access',
  errors,
  consumers: [passGates],
};
