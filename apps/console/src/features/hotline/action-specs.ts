import type { HotlineCase } from './api.ts';

export type CaseAction = HotlineCase['actions'][number]['action'];

/** What the steps of a case ask for. The names are the form's own; `action-form.tsx` puts them into the command. */
export type FieldName =
  | 'to'
  | 'note'
  | 'how'
  | 'category'
  | 'description'
  | 'kind'
  | 'ask'
  | 'text'
  | 'objection'
  | 'dismissal'
  | 'exclusion'
  | 'reason'
  | 'until'
  | 'told'
  | 'review'
  | 'number'
  | 'approve'
  | 'callback';

export interface ActionSpec {
  readonly fields: readonly FieldName[];
  readonly optional?: readonly FieldName[];
  /** Takes the case away from somebody, or ends it. */
  readonly isGrave?: boolean;
  /** A rule that is better read before than refused after. */
  readonly isExplained?: boolean;
}

/** In the order in which a case usually needs them. */
export const specs: Readonly<Record<CaseAction, ActionSpec>> = {
  sign: { fields: [] },
  pass: { fields: ['to', 'note'], optional: ['note'] },
  contact: { fields: ['how', 'note'], optional: ['note'] },
  open_order: { fields: ['category', 'description'], optional: ['description'] },
  call_in: { fields: ['kind', 'to', 'ask'] },
  joint_done: { fields: ['text'] },
  answer: { fields: ['text'] },
  reply: { fields: ['text'] },
  record_callback: { fields: ['callback'] },
  uphold: { fields: ['reason'], isGrave: true },
  overrule: { fields: ['reason'] },
  decide_exclusion: { fields: ['approve', 'reason'] },
  extend: { fields: ['until', 'reason', 'told'], isExplained: true },
  object: { fields: ['objection', 'reason'], isGrave: true, isExplained: true },
  hang: { fields: ['reason', 'review'], isExplained: true },
  review: { fields: ['note', 'review'] },
  resume: { fields: ['until'] },
  send_back: { fields: ['reason'] },
  ask_exclusion: { fields: ['exclusion', 'reason'], isExplained: true },
  link_repeat: { fields: ['number'] },
  unlink_repeat: { fields: ['reason'] },
  note: { fields: ['text'] },
  dismiss: { fields: ['dismissal', 'reason'], isGrave: true, isExplained: true },
};

const order = Object.keys(specs);

/** Reasons that say nothing to who reads them: another's step, or one that nobody would look for now. */
const SILENT: ReadonlySet<string> = new Set([
  'not_yours',
  'case_ended',
  'wrong_status',
  'not_linked',
  'no_exclusion',
]);

/** What may be done now, as a case needs it; and what may not, gathered under each reason. */
export function offered(actions: HotlineCase['actions']): {
  allowed: CaseAction[];
  refused: Map<string, CaseAction[]>;
} {
  const sorted = [...actions].sort((one, other) => order.indexOf(one.action) - order.indexOf(other.action));
  const refused = new Map<string, CaseAction[]>();
  for (const { action, isAllowed, reasonCode } of sorted) {
    if (isAllowed || reasonCode === null) continue;
    if (SILENT.has(reasonCode)) continue;
    refused.set(reasonCode, [...(refused.get(reasonCode) ?? []), action]);
  }
  return { allowed: sorted.filter(({ isAllowed }) => isAllowed).map(({ action }) => action), refused };
}

/** The one button that stands out: what the case waits for. */
export function mainOf(allowed: readonly CaseAction[], isContacted: boolean): CaseAction | undefined {
  const main: readonly CaseAction[] = [
    'overrule',
    'sign',
    'decide_exclusion',
    'joint_done',
    'record_callback',
    'contact',
    'answer',
    'reply',
  ];
  return main.find((action) => allowed.includes(action) && !(isContacted && action === 'contact'));
}
