import type { ErrorTable } from '../../platform/http/problem.ts';

export const guardErrors = {
  'access.pairing_unknown': 422,
  /** params: limit, retryAfterSeconds. */
  'access.too_many_searches': 429,
} as const satisfies ErrorTable;
