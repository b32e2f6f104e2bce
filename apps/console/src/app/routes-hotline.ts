import type { Query } from '../api-types.ts';

/** What stands after the question mark on the pages of the hotline and of the heating season. */
export const hotlineQueues = [
  'mine',
  'unsigned',
  'late',
  'objected',
  'hanging',
  'to_reply',
  'to_call',
  'exclusion',
  'open',
  'all',
] as const satisfies readonly NonNullable<Query<'listHotlineCases'>['queue']>[];
export type HotlineQueue = (typeof hotlineQueues)[number];
export const hotlineFigures = [
  'received',
  'replied',
  'called',
  'excluded',
  'valid',
  'contacted',
  'solved',
  'satisfied',
  'basically',
] as const satisfies readonly (
  | NonNullable<Query<'listHotlineCases'>['figure']>
  | NonNullable<Query<'listHotlineCallbacks'>['figure']>
)[];
export interface HotlineSearch {
  queue?: HotlineQueue | undefined;
  number?: string | undefined;
  /** What a figure of the rates has counted, in which month and for whom; `-` stands for what has no name. */
  figure?: (typeof hotlineFigures)[number] | undefined;
  month?: string | undefined;
  unit?: string | undefined;
  street?: string | undefined;
  topic?: string | undefined;
}

export const heatingViews = ['cold', 'visits'] as const;
export interface HeatingSearch {
  view?: (typeof heatingViews)[number] | undefined;
  scope?: string | undefined;
}

export type HotlineBy = NonNullable<Query<'reportHotlineRates'>['by']>;
export const hotlineGroups = ['unit', 'street', 'topic', 'month'] as const satisfies readonly HotlineBy[];
export interface HotlineRatesSearch {
  by?: HotlineBy | undefined;
  month?: string | undefined;
}
