import type { ListKind } from '@gongzhi/gate';
import { DAY, type Instant } from '@gongzhi/kernel';

/**
 * Lists of who is refused or looked out for. Nobody stays on one past its date; the reason and who answers for it are
 * written down; an appeal is answered by somebody else than who wrote the entry.
 */

export const SUBJECT_KINDS = ['pass', 'person', 'household', 'plate'] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

/** `upheld`: whoever appealed was right, and the entry is lifted. */
export const APPEAL_STATES = ['none', 'open', 'upheld', 'rejected'] as const;
export type AppealState = (typeof APPEAL_STATES)[number];

export const ENTRY_STATES = ['coming', 'standing', 'over', 'lifted'] as const;
export type EntryState = (typeof ENTRY_STATES)[number];

export interface Entry {
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly liftedAt: Instant | null;
  readonly appealedAt: Instant | null;
  readonly answeredAt: Instant | null;
  readonly authorAccountId: string;
}

export function entryState(entry: Pick<Entry, 'startsAt' | 'endsAt' | 'liftedAt'>, now: Instant): EntryState {
  if (entry.liftedAt !== null) return 'lifted';
  if (now >= entry.endsAt) return 'over';
  return now < entry.startsAt ? 'coming' : 'standing';
}

export type EntryFault = 'time_past' | 'days_most' | 'subject' | 'lives_here' | 'authority';

/**
 * A property company keeps nobody out of their home: who lives there is never on the deny list. A notice of isolation
 * belongs to a measure in force, and goes with it.
 */
export function entryFault(
  wish: {
    readonly kind: ListKind;
    readonly endsAt: Instant;
    readonly hasSubject: boolean;
    readonly isResident: boolean;
    /** It stands under a measure in force, with its authority and document. */
    readonly hasMeasure: boolean;
  },
  now: Instant,
  longestDays: number,
): EntryFault | null {
  if (!wish.hasSubject) return 'subject';
  if (wish.kind === 'deny' && wish.isResident) return 'lives_here';
  if (wish.kind === 'isolation' && !wish.hasMeasure) return 'authority';
  if (wish.endsAt <= now) return 'time_past';
  return wish.endsAt - now > longestDays * DAY ? 'days_most' : null;
}

export type AppealFault = 'over' | 'already' | 'none' | 'own';

export function appealFault(entry: Entry, now: Instant): AppealFault | null {
  const state = entryState(entry, now);
  if (state === 'over' || state === 'lifted') return 'over';
  return entry.appealedAt === null ? null : 'already';
}

/** By another person than the author: nobody judges what was said against their own decision. */
export function answerFault(entry: Entry, answeredBy: string, now: Instant): AppealFault | null {
  const state = entryState(entry, now);
  if (state === 'over' || state === 'lifted') return 'over';
  if (entry.appealedAt === null) return 'none';
  if (entry.answeredAt !== null) return 'already';
  return entry.authorAccountId === answeredBy ? 'own' : null;
}
