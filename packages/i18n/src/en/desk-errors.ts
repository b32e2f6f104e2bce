import type { Labels } from '../message.ts';
import type { deskErrorLabels as zh } from '../zh-CN/desk-errors.ts';

export const deskErrorLabels = {
  'errors.desk.stale':
    'Somebody has just changed this; it is version {version} now. What you wrote is still here: look, then save again',
  'events.work_order.dues_moved': 'The working calendar has changed; the time left was counted again',
  'inbox.work_order.dues_moved': 'The limits of “{title}” were counted again by the new working calendar',
  'fieldErrors.placeholder': 'There is no placeholder called “{name}”',
} as const satisfies Labels<typeof zh>;
