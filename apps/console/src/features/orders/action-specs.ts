import type { OrderAction } from '../../api-types.ts';

/** What an action asks for before it can be done. `?` in the server's contract is `isOptional` here. */
export type FieldName =
  | 'staff'
  | 'category'
  | 'reason'
  | 'note'
  | 'receiver'
  | 'reference'
  | 'result'
  | 'score'
  | 'priority'
  | 'pauseReason'
  | 'until'
  | 'number'
  | 'text';

export interface FieldSpec {
  name: FieldName;
  isOptional?: boolean;
}

export interface ActionSpec {
  fields: readonly FieldSpec[];
  /** Ends or undoes something others rely on. */
  isGrave?: boolean;
}

const reason: FieldSpec = { name: 'reason' };
const note: FieldSpec = { name: 'note', isOptional: true };

/** The desk's own actions, in the order in which an order usually needs them. */
export const deskActions = {
  assign: { fields: [{ name: 'staff' }] },
  triage: { fields: [{ name: 'category' }, { name: 'priority' }] },
  record_callback: { fields: [{ name: 'result' }, { name: 'score', isOptional: true }, note] },
  close: { fields: [note] },
  transfer: { fields: [{ name: 'staff' }, reason] },
  change_category: { fields: [{ name: 'category' }] },
  resume: { fields: [] },
  pause: { fields: [{ name: 'pauseReason' }, { name: 'until', isOptional: true }, note] },
  refer: { fields: [{ name: 'receiver' }, { name: 'reference', isOptional: true }, note] },
  reopen: { fields: [reason] },
  cancel: { fields: [{ name: 'reason', isOptional: true }], isGrave: true },
  force_close: { fields: [reason], isGrave: true },
} as const satisfies Record<string, ActionSpec>;

/**
 * Others' actions, shown only to who may do them: a steward who goes himself, a street that urges. What needs a
 * photograph or a resident's own word is done on the phone.
 */
const othersActions = {
  reply_rating: { fields: [{ name: 'text' }] },
  split: { fields: [] },
  move: { fields: [] },
  merge: { fields: [{ name: 'number' }] },
  unmerge: { fields: [reason] },
  link: { fields: [{ name: 'number' }] },
  unlink: { fields: [{ name: 'number' }] },
  urge: { fields: [] },
  accept: { fields: [] },
  refuse: { fields: [reason], isGrave: true },
  depart: { fields: [] },
  arrive: { fields: [] },
  start: { fields: [] },
} as const satisfies Record<string, ActionSpec>;

const specs: Readonly<Record<string, ActionSpec>> = { ...deskActions, ...othersActions };

export function specOf(action: string): ActionSpec | undefined {
  return specs[action];
}

export interface Offered {
  allowed: OrderAction[];
  /** Not now; each with its reason. */
  refused: OrderAction[];
}

/** The server's list in the desk's order. The comment has a box of its own under the timeline. */
export function offered(actions: readonly OrderAction[]): Offered {
  const known = Object.keys(specs);
  const sorted = actions
    .filter(({ action }) => specs[action] !== undefined)
    .sort((one, other) => known.indexOf(one.action) - known.indexOf(other.action));
  return {
    allowed: sorted.filter(({ isAllowed }) => isAllowed),
    refused: sorted.filter(({ action, isAllowed }) => !isAllowed && Object.hasOwn(deskActions, action)),
  };
}

export function mayDo(actions: readonly OrderAction[], action: string): boolean {
  return actions.some((offer) => offer.action === action && offer.isAllowed);
}

/** The one button that stands out: what this order most likely waits for. */
export function mainAction(allowed: readonly OrderAction[]): string | undefined {
  return ['assign', 'record_callback', 'close'].find((action) =>
    allowed.some((offer) => offer.action === action),
  );
}
