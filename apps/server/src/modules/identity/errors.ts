import type { ConstraintTable, ErrorTable } from '../../platform/http/problem.ts';

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
  /** The first factor lies too far back; begin again. */
  'auth.ticket_expired': 422,
  /** params: attemptsLeft */
  'auth.second_factor_wrong': 422,
  'auth.second_factor_exists': 409,
  'auth.second_factor_none': 409,
  'auth.second_factor_not_begun': 409,
  'auth.second_factor_mandatory': 403,
  'auth.second_factor_staff_only': 403,
  /** params: role */
  'staff.role_not_yours': 403,
  'staff.not_yourself': 403,
  'staff.exists': 409,
  'staff.phone_taken': 409,
  'staff.starts_in_past': 422,
  'staff.ends_in_past': 422,
  'staff.has_left': 409,
  'staff.same_role': 422,
  /** params: role */
  'staff.role_taken': 409,
  'staff.skill_lapsed': 422,
  'staff.skill_unknown': 404,
  'staff.works_elsewhere': 403,
  /** params: reason (past, too_long, no_purpose, no_date, future), longestDays */
  'consent.invalid': 422,
  'consent.not_at_home': 422,
  'consent.oneself': 422,
  'consent.of_staff': 422,
  'consent.given_already': 409,
  'consent.over': 409,
  /** params: purpose */
  'consent.not_for_this': 403,
} as const satisfies ErrorTable;

export const constraints = {
  phone_registry_pk: 'staff.phone_taken',
  membership_once: 'staff.exists',
  staff_account: 'staff.exists',
  consent_standing: 'consent.given_already',
} as const satisfies ConstraintTable;
