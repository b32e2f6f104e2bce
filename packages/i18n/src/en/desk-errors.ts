import type { Labels } from '../message.ts';
import type { deskErrorLabels as zh } from '../zh-CN/desk-errors.ts';

export const deskErrorLabels = {
  'errors.desk.stale':
    'Somebody has just changed this; it is version {version} now. What you wrote is still here: look, then save again',
  'events.work_order.dues_moved': 'The working calendar has changed; the time left was counted again',
  'inbox.work_order.dues_moved': 'The limits of “{title}” were counted again by the new working calendar',
  'fieldErrors.too_early': 'From {earliest} at the earliest',
  'fieldErrors.calendar_past': 'From {earliest} at the earliest; days that have begun are not changed',
  'fieldErrors.calendar_hours': 'Hours must follow one another and not overlap',
  'fieldErrors.calendar_day': 'There is no such day, or it lies before the first day of the change',
  'fieldErrors.slower_than_city': 'The city allows at most {limit} minutes; you may only be faster',
  'fieldErrors.visit': 'Whether somebody has to go there belongs to the category and cannot be changed',
  'fieldErrors.emergency': 'An emergency knows no working hours and waits for no photo',
  'duty.title': 'Whose matter',
  'duty.sentence.inside_home':
    'What is inside a home is paid for by its owner; the price is told before work begins',
  'duty.sentence.common_in_warranty':
    'Common parts still under warranty are the developer’s to pay for; the property company arranges it',
  'duty.sentence.common_out_of_warranty':
    'Common parts out of warranty are paid for by all owners, from the maintenance fund',
  'duty.sentence.utility':
    'Mains of water, power, gas and heating belong to the utility, which repairs them; the property company passes it on',
  'duty.sentence.upstairs_neighbour':
    'Whoever caused the damage makes it good; the property company stops the harm first, then helps both sides agree',
  'duty.sentence.property_service': 'This is part of the property service; nothing is charged',
  'duty.sentence.not_property':
    'This is not the property company’s matter; we tell you whose it is, and pass it on',
  'fieldErrors.placeholder': 'There is no placeholder called “{name}”',
} as const satisfies Labels<typeof zh>;
