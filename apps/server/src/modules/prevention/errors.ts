import type { ErrorTable } from '../../platform/http/problem.ts';

export const errors = {
  /** Changed since the page was loaded; params: version. */
  'prevention.stale': 409,
  /** Its state does not allow that; params: state. */
  'prevention.wrong_state': 409,
  'prevention.no_step': 404,
  /** Steps are still open. */
  'prevention.step_open': 409,
  /** Nothing was done yet that could be watched. */
  'prevention.nothing_done': 409,
  'prevention.too_many_steps': 409,
  /** Whoever is to do it works in the compound's department. */
  'prevention.owner_unknown': 422,
  /** A day that has not passed, within two years. */
  'prevention.due_wrong': 422,
} as const satisfies ErrorTable;
