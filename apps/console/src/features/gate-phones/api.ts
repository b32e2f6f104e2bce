import { http } from '../../api.ts';
import type { Answer, Body, Query } from '../../api-types.ts';

export type Gate = Answer<'listGates'>['items'][number];
export type Flag = Answer<'listPassageFlags'>['items'][number];
export type Pairing = Answer<'registerGuardPhone'>;

export const gatePhonesApi = {
  gates: (query: Query<'listGates'>) => http.call<Answer<'listGates'>>('GET', '/access/gates', { query }),
  register: (gateId: string, body: Body<'registerGuardPhone'>, key: string) =>
    http.call<Pairing>('POST', `/access/gates/${gateId}/guard-phones`, { body, key }),
  flags: (query: Query<'listPassageFlags'>) =>
    http.call<Answer<'listPassageFlags'>>('GET', '/access/flags', { query }),
  settle: (scopeId: string, id: string, key: string) =>
    http.call<Flag>('POST', `/access/flags/${id}/seen`, { query: { scopeId }, key }),
};
