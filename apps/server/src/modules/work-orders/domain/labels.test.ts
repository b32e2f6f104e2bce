import { has } from '@gongzhi/i18n';
import { expect, it } from 'vitest';
import { ANSWER_WAYS, CHARGE_PAYERS, CHARGE_STATES, LINE_KINDS } from './charges.ts';
import { SAFETY_ANSWERS, SAFETY_STATES } from './safety.ts';
import { QUEUES } from './view.ts';
import { WORKING_ACTIONS } from './working-words.ts';
import {
  ACTIONS,
  ASPECTS,
  CALLBACK_REASONS,
  CALLBACK_RESULTS,
  CLOCKS,
  DUTIES,
  EVENT_KINDS,
  GROUPS,
  KINDS,
  LINK_KINDS,
  OUTCOMES,
  PAUSE_REASONS,
  PRIORITIES,
  RATINGS,
  REASONS,
  RELATIONS,
  SKILLS,
  STATUSES,
  STEP_RESULTS,
} from './types.ts';

it.each([
  ['kinds', KINDS],
  ['statuses', STATUSES],
  ['stations', ['0', '1', '2', '3', '4']],
  ['actions', ACTIONS],
  ['outcomes', OUTCOMES],
  ['ratings', RATINGS],
  ['priorities', PRIORITIES],
  ['queues', QUEUES],
  ['clocks', CLOCKS],
  ['groups', GROUPS],
  ['duties', DUTIES],
  ['skills', SKILLS],
  ['places', ['home', 'public', 'both']],
  ['calendars', ['always', 'working']],
  ['pauseReasons', PAUSE_REASONS],
  ['callbackResults', CALLBACK_RESULTS],
  ['callbackReasons', CALLBACK_REASONS],
  ['aspects', ASPECTS],
  ['linkKinds', LINK_KINDS],
  ['stepResults', STEP_RESULTS],
  ['relations', RELATIONS],
  ['reasons', Object.keys(REASONS)],
  ['events', EVENT_KINDS],
  ['workingActions', WORKING_ACTIONS],
  ['payers', CHARGE_PAYERS],
  ['chargeStates', CHARGE_STATES],
  ['lineKinds', LINE_KINDS],
  ['answerWays', ANSWER_WAYS],
  ['safetyAnswers', SAFETY_ANSWERS],
  ['safetyStates', SAFETY_STATES],
])('every one of %s has a label', (prefix, words) => {
  expect(words.filter((word) => !has(`${prefix}.${word}`))).toEqual([]);
});
