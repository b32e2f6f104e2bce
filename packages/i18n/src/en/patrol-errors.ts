import type { Labels } from '../message.ts';
import type { patrolErrors as chinese } from '../zh-CN/patrol-errors.ts';

export const patrolErrors: Labels<typeof chinese> = {
  'errors.patrol.stale': 'Somebody has just changed this: reload and change it again.',
  'errors.patrol.not_here': 'Patrol routes lie in compounds.',
  'errors.patrol.place_unknown': 'There is no such building or facility.',
  'errors.patrol.device_unknown': 'There is no such sensor, or it was retired.',
  'errors.patrol.retired': 'This was given up.',
  'errors.patrol.timetable_invalid':
    'These times do not work: from early to late, with time to walk one round before the next.',
  'errors.patrol.needs_approver': 'Fewer rounds are for the company or the street to decide.',
  'errors.patrol.round_closed': 'This round is over.',
  'errors.patrol.already_done': '{by} has just looked at this.',
  'errors.patrol.spared': 'A sensor watches this one this time.',
  'errors.patrol.wrong_label': 'The label you scanned hangs somewhere else.',
  'errors.patrol.not_offered': 'No such order can be opened here: please report it like any other trouble.',
  'errors.patrol.lowering_open': 'Fewer rounds were already asked for here.',
  'errors.patrol.lowering_over': 'This has come to its end.',
  'errors.patrol.lowering_decided': 'Somebody has decided already.',
  'errors.patrol.needs_second_person': 'Nobody approves what they asked for themselves.',
  'errors.patrol.not_watched': 'No sensor is watching here: none, never heard, or silent.',
  'sources.patrol': 'Found on patrol',
  'inbox.patrol_round.missed': {
    one: 'Patrol missed in {scopeName}: 1 checkpoint of the round of {date} was not seen',
    other: 'Patrol missed in {scopeName}: {count} checkpoints of the round of {date} were not seen',
  },
};
