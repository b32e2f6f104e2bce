import { http } from '../../api.ts';
import type { Answer, Query } from '../../api-types.ts';

export type Overview = Answer<'getOverview'>;
export type OverviewQuery = Query<'getOverview'>;
export type OverviewFigures = Overview['now'];
export type OverviewStanding = Overview['places'][number]['standing'];
export type OverviewGroup = Overview['places'][number];
export type OverviewGrid = NonNullable<Overview['grids']>[number];
export type OverviewCategory = Overview['categories'][number];
export type OverviewFilter = Overview['filter'];

export const overviewApi = {
  get: (query: OverviewQuery, read: { signal?: AbortSignal } = {}) =>
    http.call<Overview>('GET', '/overview', { query, ...read }),
};

export const overviewKeys = {
  all: ['overview'] as const,
  of: ({ scopeId, from, to, sort, per, by }: OverviewQuery) =>
    ['overview', scopeId ?? null, from, to, sort ?? null, per ?? null, by ?? null] as const,
};
