import { http } from '../../api.ts';
import type { Answer, Body, Query } from '../../api-types.ts';

export type Route = Answer<'listPatrolRoutes'>['items'][number];
export type Checkpoint = Route['checkpoints'][number];
export type Round = Answer<'listPatrolRounds'>['items'][number];
export type Lowering = Answer<'listPatrolLowerings'>['items'][number];
export type Freed = Answer<'getPatrolFreed'>;
export type NewRoute = Body<'layOutPatrolRoute'>;

const within = (scopeId: string | undefined) => (scopeId === undefined ? {} : { scopeId });
const lowering = (id: string): string => `/patrol/lowerings/${encodeURIComponent(id)}`;

/** Rounds that somebody walks, and where a sensor spares them some. */
export const patrolApi = {
  routes: (query: Query<'listPatrolRoutes'>) =>
    http.call<Answer<'listPatrolRoutes'>>('GET', '/patrol/routes', { query }),
  layOut: (body: NewRoute, key: string) =>
    http.call<Answer<'layOutPatrolRoute'>>('POST', '/patrol/routes', { body, key }),
  commandRoute: ({ id, scopeId }: Route, body: Body<'commandPatrolRoute'>, key: string) =>
    http.call<Answer<'commandPatrolRoute'>>('POST', `/patrol/routes/${encodeURIComponent(id)}/commands`, {
      query: { scopeId },
      body,
      key,
    }),
  commandCheckpoint: (scopeId: string, id: string, body: Body<'commandPatrolCheckpoint'>, key: string) =>
    http.call<Answer<'commandPatrolCheckpoint'>>(
      'POST',
      `/patrol/checkpoints/${encodeURIComponent(id)}/commands`,
      { query: { scopeId }, body, key },
    ),
  rounds: (query: Query<'listPatrolRounds'>) =>
    http.call<Answer<'listPatrolRounds'>>('GET', '/patrol/rounds', { query }),
  lowerings: (scopeId: string | undefined) =>
    http.call<Answer<'listPatrolLowerings'>>('GET', '/patrol/lowerings', { query: within(scopeId) }),
  propose: (body: Body<'proposePatrolLowering'>, key: string) =>
    http.call<Answer<'proposePatrolLowering'>>('POST', '/patrol/lowerings', { body, key }),
  decide: ({ id, scopeId }: Lowering, body: Body<'decidePatrolLowering'>, key: string) =>
    http.call<Answer<'decidePatrolLowering'>>('POST', `${lowering(id)}/decide`, {
      query: { scopeId },
      body,
      key,
    }),
  withdraw: ({ id, scopeId, version }: Lowering, key: string) =>
    http.call<Answer<'withdrawPatrolLowering'>>('POST', `${lowering(id)}/withdraw`, {
      query: { scopeId },
      body: { expectedVersion: version },
      key,
    }),
  freed: (scopeId: string | undefined) =>
    http.call<Freed>('GET', '/patrol/freed', { query: within(scopeId) }),
};
