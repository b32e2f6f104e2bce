import type { ConstraintTable, ErrorTable } from '../../platform/http/problem.ts';

export const errors = {
  /** Somebody else changed it since the page was loaded; params: version. */
  'place.stale': 409,
  'grid.code_taken': 409,
  /** That half of the pair is the other side's to name. */
  'grid.half_not_yours': 403,
  /** No such steward works for the department, or no such social worker for the community, today. */
  'grid.half_unknown': 422,
  'grid.building_unknown': 422,
  /** There is one on its way already. */
  'takeover.planned_already': 409,
  /** Applied or cancelled: it cannot be changed any more; params: state. */
  'takeover.over': 409,
  'takeover.department_unknown': 422,
  'takeover.same_department': 422,
  'takeover.not_before_today': 422,
  'takeover.too_far': 422,
  /** Before the present company has begun; params: startsOn. */
  'takeover.before_predecessor': 422,
  /** An emergency service needs a last day, at most so many months ahead; params: months. */
  'takeover.emergency_too_long': 422,
  'takeover.emergency_not_yours': 403,
  /** The compound has no company or department to take it over from. */
  'takeover.nobody_serves': 422,
  'owner.organisation_unknown': 422,
  /** The city has one of that kind and name already. */
  'organisation.exists': 409,
  /** Who lives there has changed since the page was loaded; params: version. */
  'residence.stale': 409,
  'residence.person_unknown': 422,
  'residence.relation_unknown': 422,
  'residence.end_not_after_start': 422,
  'residence.already_ended': 409,
  'residence.overlap': 409,
  'residence.buyer_owns': 409,
  'residence.owned_later': 409,
  'residence.date_out_of_range': 422,
  /** params: startsOn */
  'owner.before_predecessor': 422,
  'person.erased_already': 409,
  /** Somebody else corrected it meanwhile; params: version. */
  'person.stale': 409,
  'person.nothing_corrected': 422,
  /** Somebody of this name and phone is there already. */
  'person.entered_already': 409,
  /** params: count */
  'person.erasure_open_orders': 409,
  /** params: count */
  'person.erasure_lives_here': 409,
} as const satisfies ErrorTable;

export const constraints = {
  grid_code: 'grid.code_taken',
  takeover_open: 'takeover.planned_already',
} as const satisfies ConstraintTable;
