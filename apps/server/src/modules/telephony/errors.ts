import type { ConstraintTable, ErrorTable } from '../../platform/http/problem.ts';

export const errors = {
  /** The webhook: unknown line, wrong signature or a clock that is off. One answer for all. */
  'telephony.unsigned': 401,
  /** A line belongs to the desk of a project department. */
  'telephony.no_desk': 422,
  /** Somebody else is calling back; params: name. */
  'telephony.claimed': 409,
  /** The task is done; params: outcome. */
  'telephony.done': 409,
  /** One calls back first, and says then what came of it. */
  'telephony.not_claimed': 409,
  /** They have rung again meanwhile: what is said is not said of that call. */
  'telephony.rang_again': 409,
  /** The same person sat down at two telephones at once. */
  'telephony.seat_moved': 409,
} as const satisfies ErrorTable;

export const constraints: ConstraintTable = {
  seat_account: 'telephony.seat_moved',
};
