import { queryOptions } from '@tanstack/react-query';
import { http } from '../../api.ts';
import type { Answer, Body } from '../../api-types.ts';
import { remembered } from '../../app/seen.ts';

export type Own = Answer<'getOwnPassage'>;
export type Pass = Own['passes'][number];
export type Invitation = Answer<'invite'>;
export type Parcel = Answer<'listParcels'>['items'][number];
export type GoodsSlip = Answer<'listGoodsSlips'>['items'][number];
export type PhoneKey = Answer<'keyPhone'>;

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
      remembered(`passage ${scopeId}`, asking, async (): Promise<Seen> => {
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
