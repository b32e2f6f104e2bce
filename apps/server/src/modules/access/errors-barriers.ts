import type { ErrorTable } from '../../platform/http/problem.ts';

export const barrierErrors = {
  /** It was never given one, so nobody can tell it anything. */
  'access.barrier_without_key': 409,
  'access.barrier_unknown': 422,
  'access.opening_waiting': 409,
  /** Answered, withdrawn, or nobody answered in time. */
  'access.opening_over': 409,
  /** params: state. */
  'access.opening_pass': 409,
  /** params: limit, retryAfterSeconds. */
  'access.too_many_openings': 429,
} as const satisfies ErrorTable;
