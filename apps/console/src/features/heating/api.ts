import { http } from '../../api.ts';
import type { Answer, Body, Query } from '../../api-types.ts';

export type Visit = Answer<'listHeatingVisits'>['items'][number];
export type ColdRoom = Answer<'listColdRooms'>['items'][number];

const within = (scopeId: string | undefined) => (scopeId === undefined ? {} : { scopeId });

export const heatingApi = {
  season: (scopeId: string | undefined) =>
    http.call<Answer<'getHeatingSeason'>>('GET', '/heating/season', { query: within(scopeId) }),
  visits: (query: Query<'listHeatingVisits'>) =>
    http.call<Answer<'listHeatingVisits'>>('GET', '/heating/visits', { query }),
  coldRooms: (scopeId: string | undefined) =>
    http.call<Answer<'listColdRooms'>>('GET', '/heating/cold-rooms', { query: within(scopeId) }),
  record: (body: Body<'recordHeatingVisit'>, key: string) =>
    http.call<Answer<'recordHeatingVisit'>>('POST', '/heating/visits', { body, key }),
};

export const heatingKeys = {
  season: (scopeId: string | null) => ['heating', 'season', scopeId] as const,
  visits: (scopeId: string | null) => ['heating', 'visits', scopeId] as const,
  coldRooms: (scopeId: string | null) => ['heating', 'cold-rooms', scopeId] as const,
  all: ['heating'] as const,
};
