import type { Labels } from '../message.ts';
import type { guardSharedLabels as zh } from '../zh-CN/guard-shared.ts';

/** At the gate: what is refused. */
export const guardSharedLabels = {
  'errors.access.pairing_unknown': 'This code is wrong or has run out. Ask the manager for another',
  'errors.access.too_many_searches':
    'At most {limit} searches an hour. Ask the resident to confirm, or ask the manager',
  'gate.say.no_list': 'Check the paper',
  'gate.remedy.no_list':
    'This phone has no list to go by: use the paper one, or ask the resident to confirm.',
  'fieldErrors.last_four': 'The last four digits of the phone number',
  'fieldErrors.home': 'Building, unit and room, for example 3-2-601',
} as const satisfies Labels<typeof zh>;
