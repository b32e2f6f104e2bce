import { newKey } from '@gongzhi/ui/client/index.ts';
import { useQuery } from '@tanstack/react-query';
import { http } from '../../api.ts';
import type { Answer, Body } from '../../api-types.ts';
import type { PostView } from './post-types.ts';

export type Barrier = Answer<'listBarriers'>['items'][number];
export type Opening = Answer<'listOpenings'>['items'][number];
export type OpenReason = Body<'openBarrier'>['reason'];
export type DeclineReason = Extract<Body<'answerOpening'>, { answer: 'decline' }>['reason'];

/** By the guard's own session: without one the rest of the page goes on. */
const isQuiet = true;

export const barrierApi = {
  barriers: (scopeId: string, gateId: string) =>
    http.call<Answer<'listBarriers'>>('GET', '/access/barriers', { query: { scopeId, gateId }, isQuiet }),
  open: (scopeId: string, id: string, reason: OpenReason) =>
    http.call<Barrier>('POST', `/access/barriers/${id}/open`, {
      query: { scopeId },
      body: { reason },
      key: newKey(),
    }),
  openings: (scopeId: string, gateId: string) =>
    http.call<Answer<'listOpenings'>>('GET', '/access/openings', { query: { scopeId, gateId }, isQuiet }),
  answer: (scopeId: string, id: string, body: Body<'answerOpening'>) =>
    http.call<Answer<'answerOpening'>>('POST', `/access/openings/${id}/answer`, {
      query: { scopeId },
      body,
    }),
};

/** Whoever stands there waits: a look every three seconds while the line stands. */
const LOOKS_EVERY_MS = 3_000;

export const GATE_BARRIERS = 'gate barriers';
export const GATE_OPENINGS = 'gate openings';

function usePolled<Value>(
  name: string,
  view: PostView,
  ask: (scopeId: string, gateId: string) => Promise<Value>,
) {
  const { device, line } = view;
  return useQuery({
    queryKey: [name, device?.scopeId, device?.gateId],
    queryFn: () => ask(device!.scopeId, device!.gateId),
    enabled: device !== null && line === 'up',
    refetchInterval: LOOKS_EVERY_MS,
    retry: false,
  }).data;
}

export const useBarriers = (view: PostView) => usePolled(GATE_BARRIERS, view, barrierApi.barriers);
export const useOpenings = (view: PostView) => usePolled(GATE_OPENINGS, view, barrierApi.openings);
