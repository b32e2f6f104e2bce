import type { ErrorTable } from '../../platform/http/problem.ts';

export const importErrors = {
  'import.too_large': 413,
  /** This list does not go into that kind of place, or not by this role. */
  'import.not_here': 422,
  /** It is being checked, refused or done already; params: state. */
  'import.not_checked': 409,
  /** Some rows are wrong and nobody said to leave them out; params: count. */
  'import.has_rejected': 409,
} as const satisfies ErrorTable;
