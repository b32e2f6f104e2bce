import { queryOptions } from '@tanstack/react-query';
import { http } from '../../api.ts';
import type { Answer, Body } from '../../api-types.ts';
import { remembered } from '../../app/seen.ts';

export type Own = Answer<'getOwnPassage'>;
export type Pass = Own['passes'][number];
export type Invitation = Answer<'invite'>;
export type Parcel = Answer<'listParcels'>['items'][number];
export type GoodsSlip = Answer<'listGoodsSlips'>['items'][number];
export type OwnOpening = Answer<'listOwnOpenings'>['items'][number];
export type OwnHealth = Answer<'getOwnHealth'>;
/** `heardAt`: when it came, by this phone's clock. */
export type HealthCode = Answer<'makeHealthCode'> & { readonly heardAt: number };
export type PhoneKey = Answer<'keyPhone'>;

const heardNow = (made: Answer<'makeHealthCode'>): HealthCode => ({ ...made, heardAt: Date.now() });

/** Everything somebody asks the gate from home. */
export const passageApi = {
  own: (scopeId: string) => http.call<Own>('GET', '/access/own', { query: { scopeId } }),
  ownPass: (scopeId: string, householdId: string, key: string) =>
    http.call<Pass>('POST', '/access/own/passes', {
      body: { scopeId, householdId } satisfies Body<'getOwnPass'>,
      key,
    }),
  keyPhone: (scopeId: string, id: string, key: string) =>
    http.call<PhoneKey>('POST', `/access/own/passes/${id}/key`, { query: { scopeId }, key }),
  health: (scopeId: string) => http.call<OwnHealth>('GET', '/access/own/health', { query: { scopeId } }),
  declareHealth: async (body: Body<'declareHealth'>): Promise<HealthCode> =>
    heardNow(await http.call<Answer<'declareHealth'>>('POST', '/access/own/health/declarations', { body })),
  healthCode: async (body: Body<'makeHealthCode'>): Promise<HealthCode> =>
    heardNow(await http.call<Answer<'makeHealthCode'>>('POST', '/access/own/health/codes', { body })),
  openings: (scopeId: string) =>
    http.call<Answer<'listOwnOpenings'>>('GET', '/access/own/openings', { query: { scopeId } }),
  askOpening: (body: Body<'askOpening'>, key: string) =>
    http.call<OwnOpening>('POST', '/access/own/openings', { body, key }),
  withdrawOpening: ({ scopeId, id }: OwnOpening, key: string) =>
    http.call<OwnOpening>('POST', `/access/own/openings/${id}/withdraw`, { query: { scopeId }, key }),
  invitations: (scopeId: string) =>
    http.call<Answer<'listInvitations'>>('GET', '/access/invitations', { query: { scopeId } }),
  invite: (body: Body<'invite'>, key: string) =>
    http.call<Invitation>('POST', '/access/invitations', { body, key }),
  revoke: (scopeId: string, id: string, key: string) =>
    http.call<Pass>('POST', `/access/invitations/${id}/revoke`, { query: { scopeId }, key }),
  visits: (scopeId: string) =>
    http.call<Answer<'listVisits'>>('GET', '/access/visits', { query: { scopeId } }),
  parcels: (scopeId: string) =>
    http.call<Answer<'listParcels'>>('GET', '/access/parcels', { query: { scopeId, limit: 50 } }),
  haveParcel: ({ scopeId, id, version }: Parcel, key: string) =>
    http.call<Parcel>('POST', `/access/parcels/${id}/commands`, {
      query: { scopeId },
      body: { action: 'collect', expectedVersion: version } satisfies Body<'commandParcel'>,
      key,
    }),
  slips: (scopeId: string) =>
    http.call<Answer<'listGoodsSlips'>>('GET', '/access/goods-slips', { query: { scopeId, limit: 50 } }),
  askSlip: (body: Body<'askGoodsSlip'>, key: string) =>
    http.call<GoodsSlip>('POST', '/access/goods-slips', { body, key }),
  cancelSlip: ({ scopeId, id, version }: GoodsSlip, key: string) =>
    http.call<GoodsSlip>('POST', `/access/goods-slips/${id}/cancel`, {
      query: { scopeId },
      body: { expectedVersion: version },
      key,
    }),
};

/** What a change of any of them moves: the key of every query here begins with it. */
export const PASSAGE = 'passage';

/** A phone whose clock is off makes codes by ours: how far ours is ahead. */
export interface Seen extends Own {
  aheadMs: number;
}

export const ownQuery = (scopeId: string) =>
  queryOptions({
    queryKey: [PASSAGE, 'own', scopeId],
    queryFn: (asking) =>
      remembered(`own passage ${scopeId}`, asking, async (): Promise<Seen> => {
        const asked = Date.now();
        const own = await passageApi.own(scopeId);
        // The answer was made about half-way between asking and hearing it.
        return { ...own, aheadMs: Math.round(Date.parse(own.now) - (asked + Date.now()) / 2) };
      }),
  });

export const invitationsQuery = (scopeId: string) =>
  queryOptions({
    queryKey: [PASSAGE, 'invitations', scopeId],
    queryFn: (asking) => remembered(`invitations ${scopeId}`, asking, () => passageApi.invitations(scopeId)),
  });
export const visitsQuery = (scopeId: string) =>
  queryOptions({ queryKey: [PASSAGE, 'visits', scopeId], queryFn: () => passageApi.visits(scopeId) });
export const parcelsQuery = (scopeId: string) =>
  queryOptions({
    queryKey: [PASSAGE, 'parcels', scopeId],
    queryFn: (asking) => remembered(`parcels ${scopeId}`, asking, () => passageApi.parcels(scopeId)),
  });
export const slipsQuery = (scopeId: string) =>
  queryOptions({
    queryKey: [PASSAGE, 'slips', scopeId],
    queryFn: (asking) => remembered(`slips ${scopeId}`, asking, () => passageApi.slips(scopeId)),
  });

/** Whoever waits at the gate hears it within two seconds, whether or not the live line stands. */
export const openingsQuery = (scopeId: string) =>
  queryOptions({
    queryKey: [PASSAGE, 'openings', scopeId],
    queryFn: () => passageApi.openings(scopeId),
    refetchInterval: ({ state }) => {
      const last = state.data?.items[0]?.state;
      return last === 'waiting' || last === 'opening' ? 2_000 : false;
    },
  });

/** A measure may begin and end while somebody stands there: looked at again every minute. */
export const healthQuery = (scopeId: string) =>
  queryOptions({
    queryKey: [PASSAGE, 'health', scopeId],
    queryFn: () => passageApi.health(scopeId),
    refetchInterval: 60_000,
  });
