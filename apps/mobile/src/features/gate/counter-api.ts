import { http } from '../../api.ts';
import type { Answer, Body } from '../../api-types.ts';
import type { GoodsSlip, Parcel } from '../passage/api.ts';

/** What a guard does about parcels and slips. */
export const counterApi = {
  parcels: (scopeId: string, code: string) =>
    http.call<Answer<'listParcels'>>('GET', '/access/parcels', {
      query: { scopeId, state: 'waiting', code },
    }),
  slips: (scopeId: string, code: string) =>
    http.call<Answer<'listGoodsSlips'>>('GET', '/access/goods-slips', {
      query: { scopeId, isOpen: true, code },
    }),
  hand: ({ scopeId, id, version }: Parcel, code: string, key: string) =>
    http.call<Parcel>('POST', `/access/parcels/${id}/commands`, {
      query: { scopeId },
      body: { action: 'collect', expectedVersion: version, code } satisfies Body<'commandParcel'>,
      key,
    }),
  check: ({ scopeId, id, version }: GoodsSlip, why: string | null, key: string) =>
    http.call<GoodsSlip>('POST', `/access/goods-slips/${id}/check`, {
      query: { scopeId },
      body: (why === null
        ? { action: 'pass', expectedVersion: version }
        : { action: 'hold', expectedVersion: version, note: why }) satisfies Body<'checkGoodsSlip'>,
      key,
    }),
  takeIn: (
    scopeId: string,
    { home, carrier, tail, shelf }: { home: string; carrier: string; tail: string; shelf: string },
    key: string,
  ) =>
    http.call<Parcel>('POST', '/access/parcels', {
      body: {
        scopeId,
        home: home.trim(),
        carrier: carrier.trim(),
        shelf: shelf.trim(),
        ...(tail.trim() === '' ? {} : { tail: tail.trim() }),
      } satisfies Body<'takeInParcel'>,
      key,
    }),
};
