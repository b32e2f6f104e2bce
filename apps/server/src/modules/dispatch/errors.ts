import type { ConstraintTable, ErrorTable } from '../../platform/http/problem.ts';

export const errors = {
  /** The pattern changed since the page was loaded. */
  'dispatch.stale': 409,
  /** Somebody else has said something since the page was loaded; params: version, name. */
  'dispatch.rule_stale': 409,
  /** Hours that end before they begin, or are longer than a day. */
  'dispatch.span_wrong': 422,
  'dispatch.shift_overlaps': 422,
  'dispatch.no_shift_that_day': 422,
  'dispatch.already_on_shift': 422,
  'dispatch.same_person': 422,
  /** Not one of the department's staff. */
  'dispatch.person_unknown': 422,
  /** A file of shifts as a whole; params: reason, limit, fields. */
  'dispatch.file_unreadable': 422,
  'dispatch.too_many_rows': 422,
  'dispatch.columns_missing': 422,
  'dispatch.pattern_unknown': 422,
  'dispatch.place_unknown': 422,
  /** One's position is kept for a shift only. */
  'dispatch.not_on_shift': 409,
  /** Somebody else was quicker, or the desk has given it; params: name. */
  'dispatch.taken': 409,
  /** The countdown has run out, or one has answered already. */
  'dispatch.offer_gone': 409,
  'dispatch.not_asked': 404,
  /** Nobody has to see to it any more. */
  'dispatch.not_watched': 409,
  /** Who holds it up has been told that nobody has it. */
  'dispatch.not_told': 409,
  /** Somebody has held up this step already. */
  'dispatch.held_already': 409,
  /** That day has been taken off or given away already. */
  'dispatch.day_changed_already': 409,
} as const satisfies ErrorTable;

export const constraints = {
  dispatch_rule_version_pk: 'dispatch.rule_stale',
  shift_day_hours_once: 'dispatch.already_on_shift',
  shift_change_day_once: 'dispatch.day_changed_already',
} as const satisfies ConstraintTable;
