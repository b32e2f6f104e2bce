import type { ErrorTable } from '../../platform/http/problem.ts';

export const errors = {
  /** params: attemptsLeft */
  'auth.code_wrong': 422,
  'auth.code_expired': 422,
  /** params: attemptsLeft */
  'auth.password_wrong': 422,
  /** params: reason (short, long, common, phone), least */
  'auth.password_weak': 422,
  'auth.password_staff_only': 403,
  'auth.phone_invalid': 422,
  /** params: retryAfterSeconds, minutes */
  'auth.locked': 429,
  /** params: retryAfterSeconds */
  'auth.too_many': 429,
  'auth.membership_unknown': 404,
  /** Signed in rightly, but no membership holds today. */
  'auth.membership_none': 403,
  'auth.persona_unknown': 404,
} as const satisfies ErrorTable;
