import type { Module } from '../../platform/house.ts';
import { errors } from './errors.ts';
import { routes } from './routes.ts';
import { visibleVisits } from './queries-visible.ts';
import { signatureType } from './service.ts';
import { heatingExports } from './view-exports.ts';

// For billing: what was measured cold, and the season a fee is for.
export { coldHomes, type ColdHome } from './queries-billing.ts';
export { latestSeason, type Season } from './domain.ts';

export const heating: Module = {
  name: 'heating',
  errors,
  routes,
  exports: heatingExports,
  // Of an event, and of the pictures of the signatures.
  visibility: { heating: visibleVisits, [signatureType]: visibleVisits },
};
