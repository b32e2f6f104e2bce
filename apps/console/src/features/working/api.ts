import { http } from '../../api.ts';
import type { Answer, Body, Query } from '../../api-types.ts';

const path = (id: string): string => `/work-orders/${encodeURIComponent(id)}`;

export type JobSheet = Answer<'getJobSheet'>;
export type Price = Answer<'listPrices'>['items'][number];

/** The work itself, at the desk. */
export const workingApi = {
  sheet: (scopeId: string, id: string) =>
    http.call<JobSheet>('GET', `${path(id)}/working`, { query: { scopeId } }),
  act: (scopeId: string, id: string, body: Body<'commandWorking'>, key: string) =>
    http.call<Answer<'commandWorking'>>('POST', `${path(id)}/working`, { query: { scopeId }, body, key }),
  link: (scopeId: string, id: string, linkId: string) =>
    http.call<Answer<'getContractorLink'>>('GET', `${path(id)}/contractor-links/${linkId}`, {
      query: { scopeId },
    }),
  prices: (query: Query<'listPrices'>) =>
    http.call<Answer<'listPrices'>>('GET', '/work-orders/prices', { query }),
  addPrice: (body: Body<'addPrice'>, key: string) =>
    http.call<Answer<'addPrice'>>('POST', '/work-orders/prices', { body, key }),
};
