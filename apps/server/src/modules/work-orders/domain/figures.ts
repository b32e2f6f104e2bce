import { isMarkedLate, isOnTime } from './clocks.ts';
import type { OrderState } from './types.ts';
import { QUEUE_STATUSES } from './view.ts';

/** What is told of workers, places and kinds side by side. */
export const COMPARED = [
  'total',
  'done',
  'onTime',
  // Decided late: finished late, or marked. What has run out unmarked since is added by who reads (queries-sums.ts).
  'late',
  'firstTime',
  'reopened',
  'secondVisit',
  'rated',
  'satisfied',
  'basicallySatisfied',
  'unsatisfied',
] as const;
/**
 * An order's part in every figure that is kept summed up. What an order counts for is told by its state alone, so what a
 * command changes is the part after it less the part before: the sums are those of the orders at any instant.
 *
 * What an order counts for as work done is told of the day it was reported; a report that was split is told by its parts,
 * a duplicate by the order it was merged into (queries-figures.ts). What stands in a queue is counted beside that.
 */
export const MEASURES = [
  ...COMPARED,
  // Standing in these queues now.
  'open',
  'unassigned',
  'openLate',
  // Sums of milliseconds by the clock, and of how many orders: of both a mean is told.
  'acceptMs',
  'accepted',
  'resolveMs',
  'resolved',
] as const;
/** Standing in these queues beside those; kept of the moment alone, not by day. */
export const QUEUED = ['callback', 'disputed', 'waitingResident'] as const;
/** What is kept by day. */
export type DayMeasure = (typeof MEASURES)[number];
export type QueuedMeasure = (typeof QUEUED)[number];
export type Measure = DayMeasure | QueuedMeasure;
/** All that an order counts for. */
export const COUNTED: readonly Measure[] = [...MEASURES, ...QUEUED];
/** Of the moment, whenever it was reported; all others are of a period. */
export const STANDING = ['open', 'unassigned', 'openLate'] as const satisfies readonly DayMeasure[];
export type StandingMeasure = (typeof STANDING)[number];
export const isStanding = (measure: Measure): measure is StandingMeasure =>
  STANDING.some((standing) => standing === measure);
export type Part = Readonly<Record<Measure, number>>;

export function partOf(order: OrderState): Part {
  const isCounted = order.partCount === 0 && order.duplicateOfId === null;
  const one = (is: boolean): number => (is ? 1 : 0);
  const counted = (is: boolean): number => one(isCounted && is);
  const isDone = order.finishedAt !== null;
  const verdict = order.resolveLateAt === null ? isOnTime(order.finishedAt, order.resolveDueAt) : false;
  const accept = isCounted ? took(order.clockStartAt, order.acceptedAt) : null;
  const resolve = isCounted ? took(order.clockStartAt, order.finishedAt) : null;
  return {
    total: counted(true),
    done: counted(isDone),
    onTime: counted(verdict === true),
    late: counted(verdict === false),
    firstTime: counted(isDone && order.disputeCount === 0 && order.reopenCount === 0),
    reopened: counted(order.reopenCount > 0),
    secondVisit: counted(order.disputeCount > 0),
    rated: counted(order.rating !== null),
    satisfied: counted(order.rating === 'satisfied'),
    basicallySatisfied: counted(order.rating === 'basically_satisfied'),
    unsatisfied: counted(order.rating === 'unsatisfied'),
    open: one(QUEUE_STATUSES.open.includes(order.status)),
    unassigned: one(QUEUE_STATUSES.unassigned.includes(order.status)),
    openLate: one(QUEUE_STATUSES.late.includes(order.status) && isMarkedLate(order)),
    acceptMs: accept ?? 0,
    accepted: one(accept !== null),
    resolveMs: resolve ?? 0,
    resolved: one(resolve !== null),
    callback: one(order.callbackWantedAt !== null),
    disputed: one(QUEUE_STATUSES.disputed.includes(order.status)),
    waitingResident: one(
      order.status === 'paused'
        ? order.pausedReason === 'waiting_resident'
        : order.status === 'finished' && order.callbackWantedAt === null,
    ),
  };
}

/** A duration that a bad clock made negative is none. */
function took(from: number, to: number | null): number | null {
  return to === null || to < from ? null : to - from;
}

/** `after` less `before`; null where nothing differs. */
export function differenceOf(before: Part | null, after: Part | null): Part | null {
  const entries = COUNTED.map(
    (measure) => [measure, (after?.[measure] ?? 0) - (before?.[measure] ?? 0)] as const,
  );
  return entries.some(([, amount]) => amount !== 0) ? (Object.fromEntries(entries) as unknown as Part) : null;
}
