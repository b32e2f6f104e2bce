import type { Labels } from '../message.ts';
import type { carParkLabels as zh } from '../zh-CN/carpark.ts';

/** At the desk: how many people and vehicles are inside, and counting them. */
export const carParkLabels: Labels<typeof zh> = {
  'counts.title': 'Inside now',
  'counts.place': 'Where',
  'counts.people': 'People: the compound',
  'counts.peopleOf': 'People: {building}',
  'counts.vehicles': 'Vehicles: the compound',
  'counts.inside': 'Now',
  'counts.limit': 'Limit',
  'counts.spaces': '{spaces} spaces, {free} free',
  'counts.spacesOnly': '{spaces} spaces',
  'counts.most': 'At most {most} people by order',
  'counts.since': 'Counted since',
  'counts.sinceDay': 'Midnight, from who went in and out',
  'counts.sinceCount': '{name} counted {found}, {when}; in and out since',
  'counts.never': 'Never counted',
  'counts.neverText':
    'Until somebody counts, free spaces are unknown: no vehicle is stopped, it is only reported.',
  'counts.drift': 'Last difference',
  'counts.driftMore': '{count} more',
  'counts.driftFewer': '{count} fewer',
  'counts.driftNone': 'None',
  'counts.short': 'More have left than came in: the gates have missed some, please count',
  'counts.count': 'Count',
  'counts.countAt': 'Count: {place}',
  'counts.found': 'Found',
  'counts.words':
    'Go and count, then fill it in. From this moment the gates count on from it; how far off they were is kept.',
  'counts.save': 'Save',
  'counts.saved': 'Saved; counting on from here',
};
