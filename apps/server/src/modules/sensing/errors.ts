import type { ConstraintTable, ErrorTable } from '../../platform/http/problem.ts';

export const errors = {
  /** Wrong device, wrong secret, retired, or no secret at all: not said which. */
  'sensing.credentials_wrong': 401,
  /** More than a device may send; params: retryAfterSeconds. */
  'sensing.too_many': 429,
  /** A message that is no reading; params: fault, and which of them. */
  'sensing.reading_invalid': 422,
  /** Speaking for a device that is not one's own nor behind one's own gateway. */
  'sensing.device_foreign': 403,
  /** Changed since the page was loaded; params: version. */
  'sensing.stale': 409,
  'sensing.place_unknown': 422,
  'sensing.gateway_unknown': 422,
  /** It was taken out of service: nothing is changed on it any more. */
  'sensing.retired': 409,
  'sensing.rule_unknown': 404,
  'sensing.rule_invalid': 422,
  /** Devices hang in compounds. */
  'sensing.not_here': 422,
} as const satisfies ErrorTable;

export const constraints = {
  device_gateway_fk: 'sensing.gateway_unknown',
} as const satisfies ConstraintTable;
