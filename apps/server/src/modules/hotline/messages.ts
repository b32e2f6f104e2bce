import type { MessageKinds } from '../../platform/notify/messages.ts';
import type { EventKind } from './domain.ts';

/** Of a case its number leaves the house, never what it is about or who called. */
const number = ['number'] as const;
const action = { urgency: 'action', outside: number } as const;

export const TOLD = [
  'hotline_case.received',
  'hotline_case.passed',
  'hotline_case.called_in',
  'hotline_case.joint_done',
  'hotline_case.objected',
  'hotline_case.upheld',
  'hotline_case.overruled',
  'hotline_case.answered',
  'hotline_case.sent_back',
  'hotline_case.resumed',
  'hotline_case.redone',
  'hotline_case.exclusion_asked',
  'hotline_case.hand_late',
  'hotline_case.late',
  'hotline_case.review_due',
] as const satisfies readonly EventKind[];

export const messages: MessageKinds = Object.fromEntries(TOLD.map((kind) => [kind, action]));
