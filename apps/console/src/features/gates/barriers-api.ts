import { http } from '../../api.ts';
import type { Answer, Body } from '../../api-types.ts';

export type Barrier = Answer<'listBarriers'>['items'][number];
export type Opening = Answer<'listOpenings'>['items'][number];
export type OpenReason = Body<'openBarrier'>['reason'];
export type AnswerBody = Body<'answerOpening'>;

const one = encodeURIComponent;

/** Barriers, and residents who ask for one. */
export const barriersApi = {
  list: (scopeId: string, gateId: string) =>
    http.call<Answer<'listBarriers'>>('GET', '/access/barriers', { query: { scopeId, gateId } }),
  open: (scopeId: string, id: string, reason: OpenReason, key: string) =>
    http.call<Barrier>('POST', `/access/barriers/${one(id)}/open`, {
      query: { scopeId },
      body: { reason },
      key,
    }),
  openings: (scopeId: string | undefined) =>
    http.call<Answer<'listOpenings'>>('GET', '/access/openings', {
      query: scopeId === undefined ? {} : { scopeId },
    }),
  answer: (scopeId: string, id: string, body: AnswerBody) =>
    http.call<Answer<'answerOpening'>>('POST', `/access/openings/${one(id)}/answer`, {
      query: { scopeId },
      body,
    }),
};
