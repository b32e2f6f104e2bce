import type { ConstraintTable, ErrorTable } from '../../platform/http/problem.ts';

export const errors = {
  /** The order changed since the page was loaded; params: version, status. */
  'work_order.stale': 409,
  /** The order or the actor does not allow this action; params: action, status, reason. */
  'work_order.not_allowed': 409,
  /** The action is allowed, what came with it is not; params: action, reason. */
  'work_order.invalid': 422,
  'work_order.category_unknown': 422,
  'work_order.category_not_here': 422,
  /** Found on a round: a resident does not report it, and a resident's report does not become it. */
  'work_order.category_of_staff': 422,
  'work_order.household_unknown': 422,
  'work_order.building_unknown': 422,
  'work_order.facility_unknown': 422,
  'work_order.assignee_unknown': 422,
  /** Nobody is known who could be called: staff reported it themselves, or no phone is on record. */
  'work_order.contact_unknown': 404,
  /** It is over, one's own, or not shown to neighbours. */
  'work_order.not_followable': 409,
  /** Whom a complaint is about could not be found: not one of the order's workers, or not staff here. */
  'work_order.accused_unknown': 422,
  'work_order.number_taken': 409,
  /** No compound of this city that a company serves. */
  'work_order.move_unknown': 422,
  /** Within one company a matter is passed on, not moved. */
  'work_order.move_same_company': 422,
  'work_order.move_decider': 422,
  /** The building is another unit's. */
  'work_order.move_not_owner': 422,
  /** Something of the desk's own changed since the page was loaded; params: version, name. */
  'desk.stale': 409,
  /** No order of this number within reach. */
  'work_order.number_unknown': 422,
  /** A photo that did not come with the report. */
  'work_order.photo_unknown': 422,
  /** Somebody else is making this call; params: name. */
  'work_order.callback_claimed': 409,
  'work_order.no_callback': 409,
  /** An answer that the script does not ask for, or in a form it does not have. */
  'work_order.answer_unknown': 422,
  'work_order.script_stale': 409,
  'work_order.script_invalid': 422,
  /** What was agreed to is not what it costs any more; params: quoteNo, total. */
  'work_order.quote_changed': 409,
  'work_order.price_unknown': 422,
  'work_order.price_scope': 422,
  'work_order.price_day': 422,
  /** Somebody else has set a new price since; params: version. */
  'work_order.price_stale': 409,
  'work_order.link_unknown': 404,
  /** Guessed, run out, revoked: not said which. */
  'job.link_invalid': 404,
  'job.not_now': 409,
  'handover.not_yours': 409,
  'handover.answered': 409,
  'handover.taker_unknown': 422,
  'handover.nothing': 409,
} as const satisfies ErrorTable;

export const constraints = {
  work_order_number: 'work_order.number_taken',
  step_position: 'work_order.stale',
  saved_filter_pk: 'desk.stale',
  answer_template_pk: 'desk.stale',
  category_version_pk: 'desk.stale',
  calendar_version_pk: 'desk.stale',
  duty_version_pk: 'desk.stale',
  receiver_version_pk: 'desk.stale',
  visit_position: 'work_order.stale',
  price_version: 'work_order.price_stale',
} as const satisfies ConstraintTable;
