import type { QueueCounts } from '../../api-types.ts';
import type { DeskSearch, Queue, Sort } from '../../app/routes.ts';
import type { OrderQuery } from '../../api.ts';

/** The queue somebody sees who has chosen none: what is not finished yet, the most pressing first. */
export const DEFAULT_QUEUE: Queue = 'open';

const countOf: Partial<Record<Queue, keyof QueueCounts>> = {
  unassigned: 'unassigned',
  due_hour: 'dueHour',
  late: 'late',
  callback: 'callback',
  disputed: 'disputed',
  waiting_resident: 'waitingResident',
  open: 'open',
};

/** How many are in a queue; the server counts no `mine` and no `all`. */
export function countIn(counts: QueueCounts | undefined, queue: Queue): number | undefined {
  const key = countOf[queue];
  return key === undefined ? undefined : counts?.[key];
}

/** What is done with is looked up by when it came in; all else is worked through by when it is due. */
export function sortOf(search: DeskSearch): Sort {
  return search.sort ?? (search.queue === 'all' || search.queue === 'waiting_resident' ? 'created' : 'due');
}

/** The address as a question to the server. */
export function queryOf(search: DeskSearch): OrderQuery {
  return {
    queue: search.queue ?? DEFAULT_QUEUE,
    scopeId: search.scope,
    status: search.status,
    category: search.category,
    late: search.late,
    building: search.building,
    // A grid lies in a compound; without it the server would not know where to look.
    grid: search.scope === undefined ? undefined : search.grid,
    figure: search.figure,
    from: search.from === undefined ? undefined : startOfDay(search.from),
    to: search.to === undefined ? undefined : startOfDay(nextDay(search.to)),
    q: search.q,
    words: search.words,
    priority: search.priority,
    assigneeId: search.assigneeId,
    sort: sortOf(search),
  };
}

/** What narrows a queue down beyond the queue itself. */
export const narrowing = [
  'scope',
  'status',
  'category',
  'late',
  'building',
  'grid',
  'figure',
  'from',
  'to',
  'q',
  'words',
  'priority',
  'assigneeId',
] as const satisfies readonly (keyof DeskSearch)[];

/** Days are the compound's days, wherever the desk happens to sit. */
const CHINA = '+08:00';

export function startOfDay(date: string): string {
  return new Date(`${date}T00:00:00${CHINA}`).toISOString();
}

export function nextDay(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 24 * 60 * 60_000).toISOString().slice(0, 10);
}
