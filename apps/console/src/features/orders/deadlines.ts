import type { Order } from '../../api-types.ts';
import type { DueKind } from './status.ts';

export interface Deadline {
  kind: DueKind;
  /** Null while the clock stands. */
  dueAt: string | null;
  /** When it was met; null while it is not. */
  doneAt: string | null;
  state: 'met' | 'missed' | 'running' | 'late' | 'stopped' | 'void';
}

const OVER: ReadonlySet<string> = new Set(['confirmed', 'closed', 'cancelled']);

/** The order's three deadlines against what happened, like a timetable with its actual times. */
export function deadlinesOf(order: Order, now: number): Deadline[] {
  const isStopped = order.resolveRemainingSeconds !== null;
  const all: { kind: DueKind; dueAt: string | null; doneAt: string | null }[] = [
    { kind: 'respond', dueAt: order.respondDueAt, doneAt: order.acceptedAt },
    { kind: 'arrive', dueAt: order.arriveDueAt, doneAt: order.arrivedAt },
    { kind: 'resolve', dueAt: order.resolveDueAt, doneAt: order.finishedAt },
  ];
  return all
    .filter(({ kind, dueAt }) => dueAt !== null || (kind === 'resolve' && isStopped))
    .map((deadline) => ({ ...deadline, state: stateOf(order, deadline, now) }));
}

function stateOf(
  order: Order,
  { dueAt, doneAt }: { dueAt: string | null; doneAt: string | null },
  now: number,
): Deadline['state'] {
  if (dueAt === null) return 'stopped';
  // Exactly at the due instant is on time.
  if (doneAt !== null) return Date.parse(doneAt) <= Date.parse(dueAt) ? 'met' : 'missed';
  if (OVER.has(order.status)) return 'void';
  return Date.parse(dueAt) < now ? 'late' : 'running';
}
