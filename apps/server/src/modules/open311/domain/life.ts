/**
 * How far a matter is, in words for everybody. Each word has one extended status of the update extension; `status` of a
 * request itself is only ever open or closed.
 */
export const EXTENDED = [
  'OPEN',
  'CLOSED',
  'FIXED',
  'IN_PROGRESS',
  'ACTION_SCHEDULED',
  'INVESTIGATING',
  'DUPLICATE',
  'NOT_COUNCILS_RESPONSIBILITY',
  'NO_FURTHER_ACTION',
  'INTERNAL_REFERRAL',
  'FOR_TRIAGE',
  'CANCELLED',
  'REOPEN',
] as const;
export type Extended = (typeof EXTENDED)[number];

/** Its sentence is `open311.words.<word>`. */
export const WORDS = {
  received: 'FOR_TRIAGE',
  looking: 'INVESTIGATING',
  scheduled: 'ACTION_SCHEDULED',
  accepted: 'ACTION_SCHEDULED',
  coming: 'IN_PROGRESS',
  working: 'IN_PROGRESS',
  waiting: 'IN_PROGRESS',
  checking: 'IN_PROGRESS',
  again: 'INVESTIGATING',
  split: 'IN_PROGRESS',
  reopened: 'REOPEN',
  fixed: 'FIXED',
  ended: 'NO_FURTHER_ACTION',
  cancelled: 'CANCELLED',
  referred: 'NOT_COUNCILS_RESPONSIBILITY',
  moved: 'INTERNAL_REFERRAL',
  duplicate: 'DUPLICATE',
} as const satisfies Record<string, Extended>;
export type Word = keyof typeof WORDS;

/** What of an order's story strangers are told. What is missing here is nobody's business outside. */
export const WORD_OF: Readonly<Record<string, Word>> = {
  'work_order.triaged': 'looking',
  'work_order.refused': 'looking',
  'work_order.unmerged': 'looking',
  'work_order.assigned': 'scheduled',
  'work_order.transferred': 'scheduled',
  'work_order.accepted': 'accepted',
  'work_order.departed': 'coming',
  'work_order.arrived': 'working',
  'work_order.started': 'working',
  'work_order.resumed': 'working',
  'work_order.paused': 'waiting',
  'work_order.finished': 'checking',
  'work_order.disputed': 'again',
  'work_order.confirmed': 'fixed',
  'work_order.closed': 'fixed',
  'work_order.parts_closed': 'fixed',
  'work_order.parts_reopened': 'reopened',
  'work_order.reopened': 'reopened',
  'work_order.split': 'split',
  'work_order.force_closed': 'ended',
  'work_order.cancelled': 'cancelled',
  'work_order.referred': 'referred',
  'work_order.moved': 'moved',
  'work_order.merged': 'duplicate',
};

/** Of an order whose story is not told here: brought in from an older system. */
const WORD_OF_OUTCOME: Readonly<Record<string, Word>> = {
  confirmed: 'fixed',
  unconfirmed: 'fixed',
  split: 'fixed',
  imported: 'fixed',
  forced: 'ended',
  cancelled: 'cancelled',
  referred: 'referred',
  moved: 'moved',
  duplicate: 'duplicate',
};

export interface Moment {
  readonly eventId: string;
  readonly kind: string;
  readonly at: Date;
}

export interface Told {
  readonly updateId: string;
  readonly word: Word;
  readonly at: Date;
}

/** The story as strangers are told it: a line that says what the one before said is left out. In order of time. */
export function storyOf(moments: readonly Moment[]): Told[] {
  const told: Told[] = [];
  for (const { eventId, kind, at } of moments) {
    const word = WORD_OF[kind];
    if (word !== undefined && told.at(-1)?.word !== word) told.push({ updateId: eventId, word, at });
  }
  return told;
}

export interface Standing {
  readonly status: 'open' | 'closed';
  readonly word: Word;
  readonly updatedAt: Date;
}

/** How it stands now. Closed is told with the time of its end, as the specification wants. */
export function standingOf(
  order: { readonly createdAt: Date; readonly endedAt: Date | null; readonly outcome: string | null },
  told: readonly Told[],
): Standing {
  const last = told.at(-1);
  if (order.endedAt !== null) {
    const word = WORD_OF_OUTCOME[order.outcome ?? 'confirmed'] ?? 'ended';
    return { status: 'closed', word, updatedAt: order.endedAt };
  }
  return { status: 'open', word: last?.word ?? 'received', updatedAt: last?.at ?? order.createdAt };
}

/** Unique in a street, as the number alone is in a compound; begins with what the desk says on the phone. */
export function requestIdOf(order: { readonly number: string; readonly scopeId: string }): string {
  return `${order.number}-${order.scopeId.slice(-4)}`;
}
