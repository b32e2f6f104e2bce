import type { Labels } from '../message.ts';
import type { patrolMobileLabels as chinese } from '../zh-CN/patrol-mobile.ts';

export const patrolMobileLabels: Labels<typeof chinese> = {
  'mobile.patrol.link': 'Patrols',
  'mobile.patrol.title': 'My patrols',
  'mobile.patrol.open': { one: '{count} round', other: '{count} rounds' },
  'mobile.patrol.late': 'Late',
  'mobile.patrol.none': 'No round to walk now',
  'mobile.patrol.noneWords': 'Rounds appear here when their time has come.',
  'mobile.patrol.due': 'Due {time}',
  'mobile.patrol.closes': 'Late; closes {time}',
  'mobile.patrol.progress': '{done} of {all} seen',
  'mobile.patrol.spared': {
    one: '{count} checkpoint is watched by a sensor this time',
    other: '{count} checkpoints are watched by sensors this time',
  },
  'mobile.patrol.well': 'All well',
  'mobile.patrol.trouble': 'Trouble',
  'mobile.patrol.note': 'What did you see?',
  'mobile.patrol.send': 'Report it',
  'mobile.patrol.done': 'Seen',
  'mobile.patrol.reported': 'Reported; an order was opened',
  'mobile.patrol.doneBy': 'Seen by {name}',
  'mobile.patrol.order': 'Order {number}',
  'mobile.patrol.wrong': 'This label is not of this round',
  'mobile.patrol.scanned': 'Scanned: {name}',
  'mobile.patrol.photos': 'Photos',
  'mobile.patrol.all': 'This round is done',
};
