import { randomUUID } from 'node:crypto';
import type { World } from './world.ts';

/** The two measured requests, the same for the load generator and for the recording. */
export interface Call {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: () => Record<string, string>;
  readonly body?: string;
}

export function createCall(world: World): Call {
  return {
    method: 'POST',
    path: '/api/v1/work-orders',
    headers: () => ({
      cookie: world.resident.cookie,
      'x-csrf-token': world.resident.csrf,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    }),
    body: JSON.stringify({
      scopeId: world.scopeId,
      categoryCode: 'water.leak.home',
      description:
        'The pipe under the kitchen sink drips since this morning and the cupboard is wet. Please come soon.',
      place: { type: 'home', householdId: world.householdId },
    }),
  };
}

export function listCall(world: World): Call {
  return {
    method: 'GET',
    path: `/api/v1/work-orders?scopeId=${world.scopeId}&status=assigned&limit=20`,
    headers: () => ({ cookie: world.desk.cookie }),
  };
}
