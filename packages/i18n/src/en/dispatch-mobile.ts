import type { Labels } from '../message.ts';
import type { dispatchMobileLabels as zh } from '../zh-CN/dispatch-mobile.ts';

export const dispatchMobileLabels = {
  'mobile.shift.on': 'On shift until {until}',
  'mobile.shift.standby': 'On call until {until}',
  'mobile.shift.next': 'Next shift: {from}',
  'mobile.shift.away': 'On leave',
  'mobile.shift.none': 'No shift in the coming days',
} as const satisfies Labels<typeof zh>;
