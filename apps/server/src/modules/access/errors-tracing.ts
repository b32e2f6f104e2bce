import type { ErrorTable } from '../../platform/http/problem.ts';

export const tracingErrors = {
  /** Not under this measure, not so wide, not so long; params: reason. */
  'access.tracing_refused': 422,
  /** Who asked, or a colleague of the same office, cannot authorise it. */
  'access.tracing_second_person': 403,
  /** It was decided, withdrawn, or there is no list. */
  'access.tracing_closed': 409,
  /** Its date has passed: the list is destroyed. */
  'access.tracing_over': 409,
  /** No measure in force here says that anybody is looked after. */
  'access.no_follow_up_measure': 409,
  'access.follow_up_there': 409,
  /** They are back meanwhile. */
  'access.follow_up_over': 409,
} as const satisfies ErrorTable;
