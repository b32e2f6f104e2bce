import type { ConstraintTable, ErrorTable } from '../../platform/http/problem.ts';

export const errors = {
  /** What cannot be; params: reason. */
  'billing.invalid': 422,
  /** More movements than one answer, or one paper, holds; params: most. */
  'billing.too_long': 422,
  /** One key for two different things; params: key. */
  'billing.key_reused': 409,
  /** More is to be taken off a line than was put on it; params: settledFen. */
  'billing.not_settled': 409,
  /** There is a run of that month. */
  'billing.run_exists': 409,
  /** Another month is being looked at or posted. */
  'billing.run_open': 409,
  /** It is being calculated, decided or given up. */
  'billing.run_not_ready': 409,
  'billing.needs_second_person': 403,
  /** Somebody was faster. */
  'billing.stale': 409,
  /** Its formula is wrong; params: fault, what. */
  'billing.formula': 422,
  /** Billed already; taken back it may be billed anew. */
  'billing.billed_before': 409,
  /** A line that was taken back. */
  'billing.line_voided': 409,
  /** A correction of this line waits already. */
  'billing.correction_open': 409,
  /** Decided already; params: state. */
  'billing.correction_over': 409,
} as const satisfies ErrorTable;

export const constraints: ConstraintTable = {
  run_period: 'billing.run_exists',
  run_open: 'billing.run_open',
  bill_line_source: 'billing.billed_before',
  correction_open: 'billing.correction_open',
};
