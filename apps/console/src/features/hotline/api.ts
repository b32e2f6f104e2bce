import { newKey } from '@gongzhi/ui/client/index.ts';
import { http } from '../../api.ts';
import { queryKeys } from '../../app/query.ts';
import type { Answer, Body, Query } from '../../api-types.ts';

export type HotlineCase = Answer<'getHotlineCase'>;
export type CaseItem = Answer<'listHotlineCases'>['items'][number];
export type CaseQuery = Query<'listHotlineCases'>;
export type CallbackItem = Answer<'listHotlineCallbacks'>['items'][number];
export type CallbackQuery = Query<'listHotlineCallbacks'>;
export type Rates = Answer<'reportHotlineRates'>;
export type RateRow = Rates['rows'][number];
export type Density = Answer<'reportHotlineDensity'>;
export type FileResult = Answer<'takeHotlineFile'>;
export type Mapping = FileResult['mapping'];
export type Clients = Answer<'listHotlineClients'>;
export type Command = Body<'commandHotlineCase'>;

const casePath = (id: string): string => `/hotline/cases/${encodeURIComponent(id)}`;

/** Cases of the 12345 hotline, the ways they come in, and the figures over them. */
export const hotlineApi = {
  cases: (query: CaseQuery) => http.call<Answer<'listHotlineCases'>>('GET', '/hotline/cases', { query }),
  queues: () => http.call<Answer<'countHotlineQueues'>>('GET', '/hotline/queues'),
  case: (id: string) => http.call<HotlineCase>('GET', casePath(id)),
  enter: (body: Body<'enterHotlineCase'>, key: string) =>
    http.call<HotlineCase>('POST', '/hotline/cases', { body, key }),
  command: (id: string, body: Command, key: string) =>
    http.call<HotlineCase>('POST', `${casePath(id)}/commands`, { body, key }),
  caller: (id: string, purpose: string) =>
    http.call<Answer<'revealHotlineCaller'>>('POST', `${casePath(id)}/caller`, { body: { purpose } }),
  units: (id: string, asked: 'pass' | 'call_in') =>
    http.call<Answer<'listHotlineUnits'>>('GET', `${casePath(id)}/units`, { query: { for: asked } }),

  sendFile: (query: Query<'takeHotlineFile'>, file: Blob, key: string) =>
    http.call<FileResult>('POST', '/hotline/batches', { query, body: file, key }),
  files: () => http.call<Answer<'listHotlineFiles'>>('GET', '/hotline/batches'),
  mappings: () => http.call<Answer<'listHotlineMappings'>>('GET', '/hotline/mappings'),
  saveMapping: (name: string, body: Mapping) =>
    http.call<void>('PUT', `/hotline/mappings/${encodeURIComponent(name)}`, { body }),
  clients: () => http.call<Clients>('GET', '/hotline/clients'),
  makeClient: (body: Body<'makeHotlineClient'>) =>
    http.call<Answer<'makeHotlineClient'>>('POST', '/hotline/clients', { body, key: newKey() }),
  revokeClient: (id: string) =>
    http.call<void>('POST', `/hotline/clients/${encodeURIComponent(id)}/revoke`, { key: newKey() }),

  rates: (query: Query<'reportHotlineRates'>) => http.call<Rates>('GET', '/hotline/rates', { query }),
  callbacks: (query: CallbackQuery) =>
    http.call<Answer<'listHotlineCallbacks'>>('GET', '/hotline/callbacks', { query }),
  density: (month: string | undefined) => http.call<Density>('GET', '/hotline/density', { query: { month } }),
};

/** `queues` first where the list moves by itself: what the live connection tells makes those old. */
export const hotlineKeys = {
  case: queryKeys.hotlineCase,
  queues: ['queues', 'hotline'] as const,
  cases: (query: CaseQuery) => ['queues', 'hotline-cases', query] as const,
  callbacks: (query: CallbackQuery) => ['hotline-callbacks', query] as const,
  units: (id: string, asked: string) => ['hotline-units', id, asked] as const,
  rates: (by: string, month: string | null) => ['hotline-rates', by, month] as const,
  density: (month: string | null) => ['hotline-density', month] as const,
  files: ['hotline-files'] as const,
  mappings: ['hotline-mappings'] as const,
  clients: ['hotline-clients'] as const,
};
