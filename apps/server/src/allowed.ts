/**
 * Which module may reach which, always through the other's index.ts. What is not listed is forbidden, and the list
 * has no circle (test/architecture). Cross-schema foreign keys follow it too.
 */
export const allowed: Readonly<Record<string, readonly string[]>> = {
  access: ['identity', 'places'],
  dispatch: ['identity', 'places', 'work-orders'],
  heating: ['places'],
  hotline: ['identity', 'places', 'work-orders'],
  identity: ['places'],
  open311: ['identity', 'places', 'work-orders'],
  patrol: ['identity', 'places', 'sensing', 'work-orders'],
  places: [],
  sensing: ['identity', 'places', 'work-orders'],
  prevention: ['hotline', 'identity', 'places', 'work-orders'],
  telephony: ['identity', 'places'],
  wechat: ['identity', 'places'],
  'work-orders': ['identity', 'places'],
};
