import { http } from '../../api.ts';
import type { Answer, Body, Query } from '../../api-types.ts';

export type Gates = Answer<'listGates'>;
export type Gate = Gates['items'][number];
export type GateDevice = Gate['devices'][number];
export type GateKey = Answer<'issueGateKey'>;
export type Measure = Answer<'listMeasures'>['items'][number];
export type MeasureBody = Body<'orderMeasure'>;
export type Checks = Measure['checks'];
export type Passage = Answer<'listPassages'>['items'][number];
export type Flow = Answer<'getGateFlow'>;
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
    http.call<GateKey>('POST', `/access/devices/${one(id)}/credentials`, { query: { scopeId } }),
  chain: (scopeId: string, id: string) =>
    http.call<ChainReport>('GET', `/access/gates/${one(id)}/chain`, { query: { scopeId } }),
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
  destroyed: (scopeId: string) =>
    http.call<Answer<'listDestructions'>>('GET', '/access/destructions', { query: { scopeId } }),
};
