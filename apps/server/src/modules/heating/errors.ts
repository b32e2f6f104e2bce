import type { ErrorTable } from '../../platform/http/problem.ts';

export const errors = {
  /** Measured on a day on which nobody has to heat; params: firstDay, lastDay of the season that was looked at. */
  'heating.not_in_season': 422,
  /** A measurement that cannot be; params: reason. */
  'heating.invalid': 422,
} as const satisfies ErrorTable;
