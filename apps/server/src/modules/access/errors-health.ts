import type { ErrorTable } from '../../platform/http/problem.ts';

export const healthErrors = {
  /** No measure in force asks for this person's health code. */
  'access.health_not_asked': 409,
  /** The service knows nothing of them: a declaration comes first. */
  'access.health_unknown': 409,
  /** It did not answer, or something else. */
  'access.health_unavailable': 503,
  /** params: retryAfterSeconds. */
  'access.too_many_health_codes': 429,
} as const satisfies ErrorTable;
