import { ApiProblem } from '@gongzhi/ui/client/index.ts';
import { http } from '../../api.ts';
import type { Answer, Body, Query } from '../../api-types.ts';
import type { Text } from '../../app/text.ts';

export type Pass = Answer<'listPasses'>['items'][number];
export type Issued = Answer<'issuePass'>;
export type Entry = Answer<'listListEntries'>['items'][number];
export type Parcel = Answer<'listParcels'>['items'][number];
export type Slip = Answer<'listGoodsSlips'>['items'][number];
export type PlaceCount = Answer<'getPlaceCounts'>['items'][number];
export type CarPark = Answer<'getCarPark'>;

const at = (scopeId: string) => ({ query: { scopeId } });

export const passesApi = {
  passes: (query: Query<'listPasses'>) => http.call<Answer<'listPasses'>>('GET', '/access/passes', { query }),
  search: (body: Body<'searchPasses'>, key: string) =>
    http.call<Answer<'searchPasses'>>('POST', '/access/pass-searches', { body, key }),
  issue: (body: Body<'issuePass'>, key: string) => http.call<Issued>('POST', '/access/passes', { body, key }),
  command: ({ scopeId, id }: Pass, body: Body<'commandPass'>, key: string) =>
    http.call<Pass>('POST', `/access/passes/${id}/commands`, { ...at(scopeId), body, key }),
  carPark: (scopeId: string) => http.call<CarPark>('GET', '/access/car-park', at(scopeId)),
  setCarPark: (body: Body<'setCarPark'>) => http.call<CarPark>('PUT', '/access/car-park', { body }),
  counts: (scopeId: string) => http.call<Answer<'getPlaceCounts'>>('GET', '/access/counts', at(scopeId)),
  recount: (body: Body<'recountPlace'>, key: string) =>
    http.call<Answer<'getPlaceCounts'>>('POST', '/access/counts', { body, key }),
  entries: (query: Query<'listListEntries'>) =>
    http.call<Answer<'listListEntries'>>('GET', '/access/list-entries', { query }),
  addEntry: (body: Body<'addListEntry'>, key: string) =>
    http.call<{ id: string }>('POST', '/access/list-entries', { body, key }),
  onEntry: (
    { scopeId, id, version }: Entry,
    act: 'lift' | 'appeal' | 'answer',
    body: Readonly<Record<string, unknown>>,
    key: string,
  ) =>
    http.call<{ id: string }>('POST', `/access/list-entries/${id}/${act}`, {
      ...at(scopeId),
      body: { expectedVersion: version, ...body },
      key,
    }),
  parcels: (query: Query<'listParcels'>) =>
    http.call<Answer<'listParcels'>>('GET', '/access/parcels', { query }),
  takeIn: (body: Body<'takeInParcel'>, key: string) =>
    http.call<Parcel>('POST', '/access/parcels', { body, key }),
  onParcel: ({ scopeId, id }: Parcel, body: Body<'commandParcel'>, key: string) =>
    http.call<Parcel>('POST', `/access/parcels/${id}/commands`, { ...at(scopeId), body, key }),
  slips: (query: Query<'listGoodsSlips'>) =>
    http.call<Answer<'listGoodsSlips'>>('GET', '/access/goods-slips', { query }),
  check: ({ scopeId, id }: Slip, body: Body<'checkGoodsSlip'>, key: string) =>
    http.call<Slip>('POST', `/access/goods-slips/${id}/check`, { ...at(scopeId), body, key }),
};

/** Every query here begins with it: a change of any is told by one word. */
export const PASSES = 'gate-passes';

/** The sentences beside the fields, by the field's name. */
export function fieldTexts(error: unknown, { tk }: Text): Record<string, string> {
  const found: Record<string, string> = {};
  if (!(error instanceof ApiProblem)) return found;
  for (const { path, code, params } of error.fields)
    found[path.split('/').at(-1) ?? ''] ??= tk(`fieldErrors.${code}`, params, 'fieldErrors.invalid');
  return found;
}
