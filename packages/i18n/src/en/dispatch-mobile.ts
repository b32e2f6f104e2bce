import type { Labels } from '../message.ts';
import type { dispatchMobileLabels as zh } from '../zh-CN/dispatch-mobile.ts';

export const dispatchMobileLabels = {
  'mobile.shift.on': 'On shift until {until}',
  'mobile.shift.standby': 'On call until {until}',
  'mobile.shift.next': 'Next shift: {from}',
  'mobile.shift.away': 'On leave',
  'mobile.shift.none': 'No shift in the coming days',
  'mobile.offer.title': 'Will you take it?',
  'mobile.offer.urgent': 'Emergency',
  'mobile.offer.asked': 'Asked',
  'mobile.offer.emergency': 'Whoever takes it first goes',
  'mobile.offer.grab': 'Whoever takes it first has it',
  'mobile.offer.turn': 'You are asked first',
  'mobile.offer.left': '{time} left',
  'mobile.offer.travel': 'about {minutes} min away',
  'mobile.offer.take': 'Take it',
  'mobile.offer.leave': 'Not now',
  'mobile.offer.reason': 'Why not',
  'mobile.offer.reasons.busy': 'Busy with another job',
  'mobile.offer.reasons.far': 'Too far away',
  'mobile.offer.reasons.tools': 'Tools or parts are missing',
  'mobile.offer.reasons.off': 'About to finish the shift',
  'mobile.offer.taken': 'It is yours',
  'mobile.offer.declined': 'All right, somebody else is asked',
  'mobile.offer.private': 'Confidential: you see it once it is yours',
} as const satisfies Labels<typeof zh>;
