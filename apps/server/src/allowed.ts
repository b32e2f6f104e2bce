/**
 * Which module may reach which, always through the other's index.ts. What is not listed is forbidden, and the list
 * has no circle (test/architecture). Cross-schema foreign keys follow it too.
 */
export const allowed: Readonly<Record<string, readonly string[]>> = {
  access: ['identity', 'places'],
  billing: ['heating', 'identity', 'ledger', 'metering', 'places', 'work-orders'],
  dispatch: ['identity', 'places', 'work-orders'],
  forms: ['identity', 'places', 'work-orders'],
  heating: ['places'],
  hotline: ['identity', 'places', 'work-orders'],
  identity: ['places'],
  ledger: ['identity', 'places'],
  metering: ['identity', 'ledger', 'places', 'work-orders'],
  open311: ['identity', 'places', 'work-orders'],
  overview: ['places', 'work-orders'],
  patrol: ['identity', 'places', 'sensing', 'work-orders'],
  payments: ['billing', 'identity', 'ledger', 'metering', 'places'],
  places: [],
  sensing: ['identity', 'places', 'work-orders'],
  reports: ['hotline', 'identity', 'places', 'work-orders'],
  prevention: ['hotline', 'identity', 'places', 'work-orders'],
  telephony: ['identity', 'places'],
  wechat: ['identity', 'places'],
  'work-orders': ['identity', 'places'],
};
