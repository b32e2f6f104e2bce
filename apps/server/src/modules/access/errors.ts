import type { ConstraintTable, ErrorTable } from '../../platform/http/problem.ts';

export const errors = {
  /** Name and secret of a device do not belong together, or it was taken away. */
  'access.credentials_wrong': 401,
  /** More than a device may send, or an address that guesses. */
  'access.too_many': 429,
  /** Nothing of what was sent could be taken; the fields say why. */
  'access.checks_refused': 422,
  /** Changed since the page was loaded; params: version. */
  'access.stale': 409,
  'access.not_here': 422,
  'access.place_unknown': 422,
  'access.code_taken': 409,
  'access.hours_wrong': 422,
  'access.gate_retired': 409,
  'access.device_revoked': 409,
  /** A measure without what makes it one; params: fault. */
  'access.measure_invalid': 422,
  /** Nobody may seal a fire exit, a door or a gate. */
  'access.measure_seals': 422,
  'access.measure_over': 409,
  /** What was stopped there: too long ago, or never, or already put right. */
  'access.nothing_to_override': 409,
  /** Whoever may put this right is somebody else; params: who. */
  'access.override_not_yours': 403,
  'access.purpose_missing': 422,
} as const satisfies ErrorTable;

export const constraints = {
  gate_code: 'access.code_taken',
  gate_opening_one: 'access.opening_waiting',
} as const satisfies ConstraintTable;
