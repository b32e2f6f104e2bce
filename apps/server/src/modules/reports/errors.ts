import type { ErrorTable } from '../../platform/http/problem.ts';

export const errors = {
  /** Changed since the page was loaded; params: version. */
  'reports.stale': 409,
  /** More than anybody looks at; params: most. */
  'reports.too_many': 409,
  /** Kept as long as was wished, and then deleted. */
  'reports.file_gone': 404,
  /** A wish for a turn that never comes. */
  'reports.never_due': 422,
} as const satisfies ErrorTable;
