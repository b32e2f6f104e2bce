import type { ConstraintTable, ErrorTable } from '../../platform/http/problem.ts';

export const errors = {
  /** The case changed since the page was loaded; params: version, status. */
  'hotline.stale': 409,
  /** The case or the actor does not allow this action; params: action, status, reason. */
  'hotline.not_allowed': 409,
  /** The action is allowed, what came with it is not; params: action, reason. */
  'hotline.invalid': 422,
  /** The city has a case of this number; params: number. */
  'hotline.number_taken': 409,
  /** Cases belong to a city, and this place lies in none. */
  'hotline.no_city': 422,
  'hotline.unit_unknown': 422,
  'hotline.place_unknown': 422,
  /** The webhook: unknown client, wrong signature or a clock that is off. One answer for all. */
  'hotline.unsigned': 401,
  'hotline.file_unreadable': 422,
  /** Required fields without a column; params: fields. */
  'hotline.mapping_incomplete': 422,
  'hotline.too_many_rows': 422,
  'hotline.month_invalid': 422,
} as const satisfies ErrorTable;

export const constraints: ConstraintTable = {
  hotline_case_number: 'hotline.number_taken',
};
