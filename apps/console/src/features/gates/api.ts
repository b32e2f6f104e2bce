import { http } from '../../api.ts';
import type { Answer, Body, Query } from '../../api-types.ts';

export type Gates = Answer<'listGates'>;
export type Gate = Gates['items'][number];
export type GateDevice = Gate['devices'][number];
export type Measure = Answer<'listMeasures'>['items'][number];
export type MeasureBody = Body<'orderMeasure'>;
export type Checks = Measure['checks'];
export type Passage = Answer<'listPassages'>['items'][number];
export type Flow = Answer<'getGateFlow'>;
export type FollowUps = Answer<'listFollowUps'>;
export type FollowUp = FollowUps['items'][number];
export type Tracings = Answer<'listTracings'>;
export type Tracing = Tracings['items'][number];
export type BlindSpots = Answer<'listBlindSpots'>;
export type ChainReport = Answer<'checkGateChain'>;

const one = encodeURIComponent;

/** Gates, measures, and who went through. */
export const gatesApi = {
  gates: (scopeId: string | undefined) =>
    http.call<Gates>('GET', '/access/gates', { query: scopeId === undefined ? {} : { scopeId } }),
  setUp: (body: Body<'setUpGate'>, key: string) => http.call<Gate>('POST', '/access/gates', { body, key }),
  command: (scopeId: string, id: string, body: Body<'commandGate'>, key: string) =>
    http.call<Gate>('POST', `/access/gates/${one(id)}/commands`, { query: { scopeId }, body, key }),
  addDevice: (scopeId: string, id: string, body: Body<'addGateDevice'>, key: string) =>
    http.call<Gate>('POST', `/access/gates/${one(id)}/devices`, { query: { scopeId }, body, key }),
  commandDevice: (scopeId: string, id: string, body: Body<'commandGateDevice'>, key: string) =>
    http.call<Gate>('POST', `/access/devices/${one(id)}/commands`, { query: { scopeId }, body, key }),
  /** Each call makes the key before void: never sent again by itself. */
  issueKey: (scopeId: string, id: string) =>
    http.call<Answer<'issueGateKey'>>('POST', `/access/devices/${one(id)}/credentials`, {
      query: { scopeId },
    }),
  chain: (scopeId: string, id: string, after: number | null) =>
    http.call<ChainReport>('GET', `/access/gates/${one(id)}/chain`, {
      query: { scopeId, ...(after === null ? {} : { after }) },
    }),
  measures: (scopeId: string | undefined) =>
    http.call<Answer<'listMeasures'>>('GET', '/access/measures', {
      query: scopeId === undefined ? {} : { scopeId },
    }),
  order: (body: MeasureBody, key: string) => http.call<Measure>('POST', '/access/measures', { body, key }),
  commandMeasure: (scopeId: string, id: string, body: Body<'commandMeasure'>, key: string) =>
    http.call<Measure>('POST', `/access/measures/${one(id)}/commands`, { query: { scopeId }, body, key }),
  passages: (query: Query<'listPassages'>) =>
    http.call<Answer<'listPassages'>>('GET', '/access/passages', { query }),
  search: (body: Body<'searchPassages'>) =>
    http.call<Answer<'searchPassages'>>('POST', '/access/passages/search', { body }),
  flow: (query: Query<'getGateFlow'>) => http.call<Flow>('GET', '/access/flow', { query }),
  override: (scopeId: string, gateId: string, body: Body<'overrideAtGate'>) =>
    http.call<Answer<'overrideAtGate'>>('POST', `/access/gates/${one(gateId)}/overrides`, {
      query: { scopeId },
      body,
    }),
  blindSpots: (scopeId: string) =>
    http.call<BlindSpots>('GET', '/access/blind-spots', { query: { scopeId } }),
  followUps: (scopeId: string) => http.call<FollowUps>('GET', '/access/follow-ups', { query: { scopeId } }),
  declareReturn: (body: Body<'declareReturn'>, key: string) =>
    http.call<FollowUps>('POST', '/access/follow-ups', { body, key }),
  settleFollowUp: (body: Body<'settleFollowUp'>, key: string) =>
    http.call<FollowUps>('POST', '/access/follow-ups/done', { body, key }),
  tracings: (scopeId: string) => http.call<Tracings>('GET', '/access/tracings', { query: { scopeId } }),
  askTracing: (body: Body<'askTracing'>, key: string) =>
    http.call<Tracing>('POST', '/access/tracings', { body, key }),
  decideTracing: (scopeId: string, id: string, body: Body<'decideTracing'>, key: string) =>
    http.call<Tracing>('POST', `/access/tracings/${one(id)}/decision`, { query: { scopeId }, body, key }),
  withdrawTracing: (scopeId: string, id: string, body: Body<'withdrawTracing'>, key: string) =>
    http.call<Tracing>('POST', `/access/tracings/${one(id)}/withdrawal`, { query: { scopeId }, body, key }),
  /** That the list was opened is on record. */
  tracingList: (scopeId: string, id: string) =>
    http.call<Answer<'openTracing'>>('GET', `/access/tracings/${one(id)}/list`, { query: { scopeId } }),
  exportTracing: (scopeId: string, id: string, locale: 'zh-CN' | 'en') =>
    http.download('POST', `/access/tracings/${one(id)}/export`, { query: { scopeId }, body: { locale } }),
  certificate: (scopeId: string, id: string) =>
    http.call<Answer<'getDestruction'>>('GET', `/access/destructions/${one(id)}`, { query: { scopeId } }),
  destroyed: (scopeId: string) =>
    http.call<Answer<'listDestructions'>>('GET', '/access/destructions', { query: { scopeId } }),
};
