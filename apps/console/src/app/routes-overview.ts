import { compact, date, one, text } from './search-words.ts';

/** What is in the query of the overview: a part of routes.ts, which is long enough. */
export const overviewPeriods = ['today', 'days7', 'days30', 'month'] as const;
export type OverviewPeriod = (typeof overviewPeriods)[number];
export const overviewGroups = [
  'street',
  'company',
  'department',
  'community',
  'place',
  'grid',
  'category',
] as const;
export type OverviewBy = (typeof overviewGroups)[number];
/** What a count stands against: nothing, or the size of where it comes from. */
export const overviewPer = ['count', 'households', 'area'] as const;
export type OverviewPer = (typeof overviewPer)[number];
export const overviewSorts = ['late', 'total', 'on_time', 'satisfaction'] as const;
export type OverviewSort = (typeof overviewSorts)[number];

export interface OverviewSearch {
  /** Whose overview; one's own where left out. */
  scope?: string | undefined;
  period?: OverviewPeriod | undefined;
  /** Chosen days, both counted, instead of a ready-made period. */
  from?: string | undefined;
  to?: string | undefined;
  by?: OverviewBy | undefined;
  per?: OverviewPer | undefined;
  sort?: OverviewSort | undefined;
}

export function readOverview(raw: Record<string, unknown>): OverviewSearch {
  return compact({
    scope: text(raw['scope']),
    period: one(raw['period'], overviewPeriods),
    from: date(raw['from']),
    to: date(raw['to']),
    by: one(raw['by'], overviewGroups),
    per: one(raw['per'], overviewPer),
    sort: one(raw['sort'], overviewSorts),
  });
}
