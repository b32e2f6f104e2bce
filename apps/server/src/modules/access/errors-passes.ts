import type { ErrorTable } from '../../platform/http/problem.ts';

export const passErrors = {
  'access.home_unknown': 422,
  'access.person_unknown': 422,
  'access.building_unknown': 422,
  'access.not_at_home': 409,
  'access.plate': 422,
  /** params: reason; the field that is wrong stands beside it, with what would be right. */
  'access.pass_invalid': 422,
  'access.pass_over': 409,
  'access.pass_taken': 409,
  /** params: limit. */
  'access.too_many_invitations': 409,
  'access.not_invited_by_you': 403,
  /** params: spaces. */
  'access.car_park_full': 409,
  'access.parcel_over': 409,
  'access.parcel_code': 422,
  'access.slip_invalid': 422,
  'access.slip_early': 409,
  'access.slip_over': 409,
  'access.entry_invalid': 422,
  'access.entry_over': 409,
  'access.appeal_already': 409,
  'access.appeal_none': 409,
  /** Nobody answers an appeal against what they wrote themselves. */
  'access.appeal_own': 403,
} as const satisfies ErrorTable;
