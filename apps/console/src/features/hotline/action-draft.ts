import type { ActionSpec, CaseAction, FieldName } from './action-specs.ts';
import { instantOf } from './words.ts';

export const empty = {
  to: '',
  note: '',
  how: '',
  category: '',
  categoryWords: '',
  description: '',
  kind: '',
  ask: '',
  text: '',
  ground: '',
  reason: '',
  until: '',
  told: '',
  number: '',
  approve: '',
  valid: '',
  invalid: '',
  contacted: '',
  solved: '',
  satisfaction: '',
  redo: '',
};
export type Draft = typeof empty;

const keptIn: Partial<Record<FieldName, keyof Draft>> = {
  objection: 'ground',
  dismissal: 'ground',
  exclusion: 'ground',
  review: 'until',
};

/** What is asked for and not there yet. */
export function lacking(spec: ActionSpec, draft: Draft): FieldName[] {
  return spec.fields.filter((name) => {
    if (spec.optional?.includes(name) === true) return false;
    if (name === 'callback') {
      if (draft.valid === '') return true;
      return draft.valid === 'no' ? draft.invalid === '' : draft.contacted === '' || draft.solved === '';
    }
    if (name === 'until' || name === 'review') return instantOf(draft.until) === null;
    return draft[keptIn[name] ?? (name as keyof Draft)].trim() === '';
  });
}

/** What was typed, as the command has it. */
export function paramsOf(action: CaseAction, draft: Draft): Record<string, unknown> {
  const text = (name: keyof Draft) => draft[name].trim();
  const given = (params: Record<string, string>) =>
    Object.fromEntries(Object.entries(params).filter(([, value]) => value !== ''));
  const until = instantOf(draft.until) ?? '';
  switch (action) {
    case 'sign':
      return {};
    case 'pass':
      return { toScopeId: draft.to, ...given({ note: text('note') }) };
    case 'contact':
      return { how: draft.how, ...given({ note: text('note') }) };
    case 'open_order':
      return { categoryCode: draft.category, ...given({ description: text('description') }) };
    case 'call_in':
      return { kind: draft.kind, toScopeId: draft.to, ask: text('ask') };
    case 'joint_done':
    case 'answer':
    case 'reply':
    case 'note':
      return { text: text('text') };
    case 'object':
    case 'ask_exclusion':
    case 'dismiss':
      return { ground: draft.ground, reason: text('reason') };
    case 'uphold':
    case 'overrule':
    case 'send_back':
    case 'unlink_repeat':
      return { reason: text('reason') };
    case 'extend':
      return { until, reason: text('reason'), toldCaller: text('told') };
    case 'hang':
      return { reason: text('reason'), reviewAt: until };
    case 'review':
      return { note: text('note'), reviewAt: until };
    case 'resume':
      return { until };
    case 'link_repeat':
      return { number: text('number') };
    case 'decide_exclusion':
      return { isApproved: draft.approve === 'yes', reason: text('reason') };
    case 'record_callback': {
      const note = given({ note: text('note') });
      if (draft.valid === 'no') return { isValid: false, invalidReason: draft.invalid, ...note };
      const redoUntil = draft.solved === 'no' ? instantOf(draft.redo) : null;
      return {
        isValid: true,
        wasContacted: draft.contacted === 'yes',
        isSolved: draft.solved === 'yes',
        ...given({ satisfaction: draft.satisfaction }),
        ...note,
        ...(redoUntil === null ? {} : { redoUntil }),
      };
    }
  }
}
