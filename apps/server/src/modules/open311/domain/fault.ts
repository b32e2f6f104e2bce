/** What is wrong with a request, in data; the sentence for the user is in packages/i18n, `open311.faults.<code>`. */
export interface Fault {
  readonly status: 400 | 403 | 404;
  readonly code: FaultCode;
  readonly params?: Readonly<Record<string, string | number>>;
}

export const FAULTS = {
  form_type: 400,
  form_broken: 400,
  too_large: 400,
  too_long: 400,
  jurisdiction_missing: 400,
  jurisdiction_unknown: 404,
  key_wrong: 403,
  key_may_not: 403,
  service_missing: 400,
  service_unknown: 404,
  request_missing: 400,
  request_unknown: 404,
  token_unknown: 404,
  path_unknown: 404,
  location_missing: 400,
  point_broken: 400,
  point_far: 400,
  address_id_unknown: 400,
  address_unknown: 400,
  attribute_required: 400,
  attribute_wrong: 400,
  description_html: 400,
  media_url: 400,
  date_broken: 400,
  dates_both: 400,
  span_reversed: 400,
  span_long: 400,
  status_unknown: 400,
  page_broken: 400,
  update_empty: 400,
} as const satisfies Record<string, Fault['status']>;
export type FaultCode = keyof typeof FAULTS;

export function fault(code: FaultCode, params?: Fault['params']): Fault {
  return { status: FAULTS[code], code, ...(params === undefined ? {} : { params }) };
}
