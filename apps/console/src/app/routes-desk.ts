import type { Query } from '../api-types.ts';
import { compact, date, one, text, yesNo } from './search-words.ts';

/** What is in the query of the desk: a part of routes.ts, which is long enough. */
export const queues = [
  'unassigned',
  'due_hour',
  'late',
  'callback',
  'disputed',
  'waiting_resident',
  'open',
  'mine',
  'all',
] as const;
export type Queue = (typeof queues)[number];

export const priorities = ['normal', 'high', 'urgent'] as const;

export const sorts = ['due', 'created'] as const;
export type Sort = (typeof sorts)[number];

export type Figure = NonNullable<Query<'listWorkOrders'>['figure']>;
export const figures = [
  'all',
  'done',
  'on_time',
  'late',
  'first_time',
  'reopened',
  'second_visit',
  'rated',
  'satisfied',
  'basically_satisfied',
  'unsatisfied',
] as const satisfies readonly Figure[];

export interface DeskSearch {
  queue?: Queue | undefined;
  /** Comma-separated statuses. */
  status?: string | undefined;
  category?: string | undefined;
  scope?: string | undefined;
  late?: boolean | undefined;
  /** Narrowed by a figure of a comparison: where, and what it counted. */
  building?: string | undefined;
  grid?: string | undefined;
  figure?: Figure | undefined;
  /** Dates, yyyy-mm-dd; `to` is the last day that counts. */
  from?: string | undefined;
  to?: string | undefined;
  q?: string | undefined;
  /** Words of the description or the place. */
  words?: string | undefined;
  priority?: (typeof priorities)[number] | undefined;
  assigneeId?: string | undefined;
  /** The saved queue one came from. */
  saved?: string | undefined;
  sort?: Sort | undefined;
  /** The order open beside the table, and the scope that holds it. */
  order?: string | undefined;
  in?: string | undefined;
}

export function readDesk(raw: Record<string, unknown>): DeskSearch {
  return compact({
    queue: one(raw['queue'], queues),
    status: text(raw['status']),
    category: text(raw['category']),
    scope: text(raw['scope']),
    late: yesNo(raw['late']),
    building: text(raw['building']),
    grid: text(raw['grid']),
    figure: one(raw['figure'], figures),
    from: date(raw['from']),
    to: date(raw['to']),
    q: text(raw['q']),
    words: text(raw['words']),
    priority: one(raw['priority'], priorities),
    assigneeId: text(raw['assigneeId']),
    saved: text(raw['saved']),
    sort: one(raw['sort'], sorts),
    order: text(raw['order']),
    in: text(raw['in']),
  });
}
