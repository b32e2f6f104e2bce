import type { Tone } from '@gongzhi/ui';
import type { OrderRow, OrderStatus } from '../../api-types.ts';

/** The tone of each status; the word always stands beside it. */
export const statusTone: Record<OrderStatus, Tone> = {
  submitted: 'waiting',
  triaged: 'waiting',
  assigned: 'waiting',
  accepted: 'moving',
  departed: 'moving',
  arrived: 'moving',
  in_progress: 'moving',
  paused: 'waiting',
  finished: 'done',
  confirmed: 'done',
  closed: 'done',
  disputed: 'late',
  split: 'moving',
  cancelled: 'waiting',
};

export const orderStatuses = Object.keys(statusTone) as OrderStatus[];

/** A status from a newer server than this page still gets a chip. */
export function toneOf(status: string): Tone {
  return statusTone[status as OrderStatus] ?? 'waiting';
}

const SOON_MS = 60 * 60_000;

export type DueKind = 'respond' | 'arrive' | 'resolve';

export type Due =
  /** No clock runs: over, or waiting for the resident. */
  | { state: 'none'; wasLate: boolean }
  /** The clock stands; late already if it had run out before. */
  | { state: 'paused'; wasLate: boolean }
  /** Done, the resident hasn't answered: when somebody ought to call. */
  | { state: 'waiting'; at: number }
  /** `share`: how much of the time is used up, 0 to 1. */
  | { state: 'fine' | 'soon' | 'late'; kind: DueKind; at: number; leftMs: number; share: number };

type DueFields = Pick<
  OrderRow,
  'status' | 'createdAt' | 'nextDueAt' | 'respondDueAt' | 'arriveDueAt' | 'resolveDueAt' | 'isLate'
> & { acceptedAt?: string | null };

/** Which of the three clocks still run in each status. */
const RUNNING: Partial<Record<OrderStatus, readonly DueKind[]>> = {
  submitted: ['respond', 'arrive', 'resolve'],
  triaged: ['respond', 'arrive', 'resolve'],
  assigned: ['respond', 'arrive', 'resolve'],
  accepted: ['arrive', 'resolve'],
  departed: ['arrive', 'resolve'],
  arrived: ['resolve'],
  in_progress: ['resolve'],
  disputed: ['resolve'],
};

/** The server marks what ran out within moments; a due older than this that it hasn't marked was met. */
const MARKED_WITHIN_MS = 2 * 60_000;

/** The deadline that presses most at `now`: the one missed first, else the one that comes next. */
export function dueOf(row: DueFields, now: number): Due {
  if (row.status === 'paused') return { state: 'paused', wasLate: row.isLate };
  if (row.status === 'finished' && row.nextDueAt !== null)
    return { state: 'waiting', at: Date.parse(row.nextDueAt) };
  const clocks = (RUNNING[row.status] ?? []).flatMap((kind) => {
    const due = { respond: row.respondDueAt, arrive: row.arriveDueAt, resolve: row.resolveDueAt }[kind];
    return due === null ? [] : [{ kind, at: Date.parse(due) }];
  });
  const open = clocks.filter(({ kind, at }) => {
    // Handed from one worker to another after it was accepted: the first clock is long met.
    if (kind === 'respond' && row.acceptedAt != null) return false;
    return row.isLate || at > now - MARKED_WITHIN_MS;
  });
  const next = open.reduce<(typeof open)[number] | null>(
    (first, due) => (first === null || due.at < first.at ? due : first),
    null,
  );
  if (next === null) return { state: 'none', wasLate: row.isLate };
  const leftMs = next.at - now;
  const start = Date.parse(row.createdAt);
  return {
    state: leftMs < 0 ? 'late' : leftMs <= SOON_MS ? 'soon' : 'fine',
    kind: next.kind,
    at: next.at,
    leftMs,
    share: Math.min(1, Math.max(0, (now - start) / Math.max(1, next.at - start))),
  };
}
