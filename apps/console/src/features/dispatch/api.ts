import { http } from '../../api.ts';
import type { Answer, Body, Query } from '../../api-types.ts';

export type Roster = Answer<'getRoster'>;
export type Person = Roster['people'][number];
export type Pattern = Roster['patterns'][number];
export type Candidate = Answer<'rankCandidates'>['items'][number];
export type Change = Roster['changes'][number];

export type BoardData = Answer<'getBoard'>;
export type BoardWaiting = BoardData['waiting'][number];
export type BoardLane = BoardData['people'][number];
export type BoardBlock = BoardLane['blocks'][number];
export type SitePlanData = Answer<'getSitePlan'>;

const id = encodeURIComponent;

/** Who works when, and who is sent. */
export const dispatchApi = {
  candidates: (scopeId: string, order: string) =>
    http.call<Answer<'rankCandidates'>>('GET', `/dispatch/orders/${id(order)}/candidates`, {
      query: { scopeId },
    }),
  dispatch: (scopeId: string, order: string) =>
    http.call<Answer<'getDispatch'>>('GET', `/dispatch/orders/${id(order)}`, { query: { scopeId } }),
  acknowledge: (scopeId: string, order: string, key: string) =>
    http.call<Answer<'acknowledgeOrder'>>('POST', `/dispatch/orders/${id(order)}/acknowledge`, {
      query: { scopeId },
      key,
    }),
  board: (query: Query<'getBoard'>) => http.call<BoardData>('GET', '/dispatch/board', { query }),
  plan: (query: Query<'getSitePlan'>) => http.call<SitePlanData>('GET', '/dispatch/plan', { query }),
  estimates: (scopeId: string) =>
    http.call<Answer<'listEstimates'>>('GET', '/dispatch/estimates', { query: { scopeId } }),
  roster: (query: Query<'getRoster'>) => http.call<Roster>('GET', '/dispatch/roster', { query }),
  addPattern: (scopeId: string, body: Body<'addShiftPattern'>, key: string) =>
    http.call<Answer<'addShiftPattern'>>('POST', '/dispatch/patterns', { query: { scopeId }, body, key }),
  changePattern: (scopeId: string, pattern: string, body: Body<'changeShiftPattern'>, key: string) =>
    http.call<Answer<'changeShiftPattern'>>('POST', `/dispatch/patterns/${id(pattern)}`, {
      query: { scopeId },
      body,
      key,
    }),
  put: (scopeId: string, body: Body<'putOnRoster'>, key: string) =>
    http.call<Answer<'putOnRoster'>>('POST', '/dispatch/rosters', { query: { scopeId }, body, key }),
  end: (scopeId: string, roster: string, body: Body<'endRoster'>, key: string) =>
    http.call<Answer<'endRoster'>>('POST', `/dispatch/rosters/${id(roster)}/end`, {
      query: { scopeId },
      body,
      key,
    }),
  addChange: (scopeId: string, body: Body<'addShiftChange'>, key: string) =>
    http.call<Answer<'addShiftChange'>>('POST', '/dispatch/changes', { query: { scopeId }, body, key }),
  withdraw: (scopeId: string, change: string, key: string) =>
    http.call<Answer<'withdrawShiftChange'>>('POST', `/dispatch/changes/${id(change)}/withdraw`, {
      query: { scopeId },
      key,
    }),
};
