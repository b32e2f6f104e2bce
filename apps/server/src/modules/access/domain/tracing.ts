import type { PassKind } from '@gongzhi/gate';
import { DAY, type Instant, MINUTE } from '@gongzhi/kernel';

/**
 * Contact tracing: a health authority's written request, under a measure that allows it, asked for by one person and
 * authorised by another of another office; the list lives until its date.
 */

export interface TracingLimits {
  readonly windowMinutes: number;
  readonly spanDays: number;
  readonly keepDays: number;
}

/** The measure it is asked for under; null: there is none of that name here. */
export type TracedMeasure = {
  readonly from: Instant;
  readonly to: Instant;
  readonly allowsTracing: boolean;
} | null;

export type TracingFault =
  | 'no_measure'
  | 'not_allowed'
  | 'measure_over'
  | 'window'
  | 'span'
  | 'outside'
  | 'future'
  | 'keep';

export function measureFault(measure: TracedMeasure, now: Instant): TracingFault | null {
  if (measure === null) return 'no_measure';
  if (now < measure.from || now >= measure.to) return 'measure_over';
  return measure.allowsTracing ? null : 'not_allowed';
}

export interface TracingWish {
  readonly from: Instant;
  readonly to: Instant;
  readonly windowMinutes: number;
  readonly destroyAt: Instant;
}

/** Null: it may be asked for. */
export function wishFault(
  wish: TracingWish,
  measure: TracedMeasure,
  { windowMinutes, spanDays, keepDays }: TracingLimits,
  now: Instant,
): TracingFault | null {
  const ofMeasure = measureFault(measure, now);
  if (ofMeasure !== null) return ofMeasure;
  const { from, to, destroyAt } = wish;
  if (to <= from || to - from > spanDays * DAY) return 'span';
  if (to > now + MINUTE) return 'future';
  // What was recorded before the measure was recorded for something else.
  if (from < measure!.from) return 'outside';
  if (wish.windowMinutes > windowMinutes) return 'window';
  return destroyAt <= now || destroyAt > now + keepDays * DAY ? 'keep' : null;
}

export type DecisionFault = 'own' | 'same_office' | 'closed' | 'over';

/** Whether this person may authorise or decline it: never who asked, never a colleague of the same office. */
export function decisionFault(
  tracing: {
    readonly state: string;
    readonly askedBy: string;
    readonly askedRole: string;
    readonly destroyAt: Instant;
  },
  by: { readonly accountId: string; readonly role: string },
  now: Instant,
): DecisionFault | null {
  if (tracing.state !== 'asked') return 'closed';
  if (now >= tracing.destroyAt) return 'over';
  if (tracing.askedBy === by.accountId) return 'own';
  return tracing.askedRole === by.role ? 'same_office' : null;
}

export interface Seen {
  readonly gateId: string;
  readonly at: Instant;
}
export interface Meeting extends Seen {
  readonly passId: string;
}
export interface Contact {
  readonly passId: string;
  readonly times: number;
  /** The closest: where, when, and how far from the one it is about. */
  readonly gateId: string;
  readonly at: Instant;
  readonly apart: number;
}

/** Passes that say who somebody is; a guest's or a courier's names the home that asked. */
export const OWN_KINDS: readonly PassKind[] = ['resident', 'family', 'tenant', 'staff', 'card', 'vehicle'];

/** What a pass says of who holds it. */
export interface HeldPass {
  readonly id: string;
  readonly kind: PassKind;
  readonly personId: string | null;
  readonly accountId: string | null;
  readonly householdId: string | null;
  /** As it is indexed. */
  readonly plate: string | null;
  /** Of a child, whose pass is held by its guardian's record. */
  readonly name: string | null;
}

function namesOf({ kind, personId, accountId, householdId, plate, name }: HeldPass): string[] {
  if (kind === 'minor') return personId === null || name === null ? [] : [`child ${personId} ${name}`];
  if (!OWN_KINDS.includes(kind)) return [];
  return [
    ...(personId === null ? [] : [`person ${personId}`]),
    ...(accountId === null ? [] : [`account ${accountId}`]),
    ...(kind !== 'vehicle' || plate === null || householdId === null ? [] : [`car ${householdId} ${plate}`]),
  ];
}

/** Which of these passes are one holder's: by the person, the account, a car of a home, a child of a guardian. */
export function holdersOf(passes: readonly HeldPass[]): ReadonlyMap<string, string> {
  const above = new Map<string, string>();
  const top = (of: string): string => {
    let at = of;
    for (let next = above.get(at); next !== undefined; next = above.get(at)) at = next;
    return at;
  };
  const join = (one: string, other: string) => {
    const [a, b] = [top(one), top(other)];
    if (a !== b) above.set(a, b);
  };
  for (const pass of passes) for (const name of namesOf(pass)) join(pass.id, name);
  return new Map(passes.map(({ id }) => [id, top(id)]));
}

/**
 * Who went through the same gate within the window, one line for each holder however many passes they showed: with their
 * closest meeting, the closest first.
 */
export function contactsOf(
  subject: readonly Seen[],
  others: readonly Meeting[],
  windowMinutes: number,
  holders: ReadonlyMap<string, string> = new Map(),
): Contact[] {
  const window = windowMinutes * MINUTE;
  const byGate = new Map<string, number[]>();
  for (const { gateId, at } of subject) {
    const times = byGate.get(gateId);
    if (times === undefined) byGate.set(gateId, [at]);
    else times.push(at);
  }
  const found = new Map<string, Contact>();
  for (const { passId, gateId, at } of others) {
    let apart = Number.POSITIVE_INFINITY;
    for (const own of byGate.get(gateId) ?? []) apart = Math.min(apart, Math.abs(own - at));
    if (apart > window) continue;
    const holder = holders.get(passId) ?? passId;
    const known = found.get(holder);
    const times = (known?.times ?? 0) + 1;
    found.set(
      holder,
      known === undefined || apart < known.apart ? { passId, times, gateId, at, apart } : { ...known, times },
    );
  }
  return [...found.values()].sort((a, b) => a.apart - b.apart || a.passId.localeCompare(b.passId));
}
