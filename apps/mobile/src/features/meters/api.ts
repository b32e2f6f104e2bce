import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { http } from '../../api.ts';
import type { Answer, Body, Query } from '../../api-types.ts';
import { keep, remembered } from '../../app/seen.ts';
import type { WaitingReading } from './queue.ts';

export type OwnMeter = Answer<'listOwnMeters'>['items'][number];

export type RoundAnswer = Answer<'getMeterRound'>;
export type RoundLine = RoundAnswer['items'][number];

export const METERS = ['meters'] as const;

export const metersApi = {
  own: (householdId: string) =>
    http.call<Answer<'listOwnMeters'>>('GET', '/meters/own', { query: { householdId } }),
  restore: (scopeId: string, id: string, key: string) =>
    http.call<Answer<'restoreMeter'>>('POST', `/meters/${id}/restore`, { query: { scopeId }, key }),
  record: (
    scopeId: string,
    id: string,
    body: Body<'recordMeterReading'>,
    key: string,
    isQuiet = false,
    as?: string,
  ) =>
    http.call<Answer<'recordMeterReading'>>('POST', `/meters/${id}/readings`, {
      query: { scopeId },
      body,
      key,
      isQuiet,
      as,
    }),
  round: (query: Query<'getMeterRound'>) =>
    http.call<Answer<'getMeterRound'>>('GET', '/meters/round', { query }),
  buildings: (scopeId: string) =>
    http.call<Answer<'listBuildings'>>('GET', `/places/scopes/${encodeURIComponent(scopeId)}/buildings`),
};

const roundName = (scopeId: string, buildingId: string, kind: string) =>
  `round ${scopeId} ${buildingId} ${kind}`;

/** A round, as it was fetched last: it is walked in cellars. */
export const roundOf = (scopeId: string | undefined, buildingId: string, kind: string) =>
  queryOptions({
    queryKey: [...METERS, 'round', scopeId ?? null, buildingId, kind],
    queryFn: (asking) =>
      remembered(roundName(scopeId ?? '', buildingId, kind), asking, () =>
        metersApi.round({
          scopeId: scopeId ?? '',
          ...(buildingId === '' ? {} : { buildingId }),
          ...(kind === '' ? {} : { kind: kind as 'power' }),
        }),
      ),
    enabled: scopeId !== undefined,
  });

/**
 * What went out is read from now on, though the network goes before the round could be asked for anew: the meter after it
 * stays the one in front of who reads, and no figure is written down on the meter before.
 */
export function countInRounds(client: QueryClient, { meterId, value, madeAt }: WaitingReading): void {
  const isReadToday = new Date(madeAt).toDateString() === new Date().toDateString();
  const lastAt = new Date(madeAt).toISOString();
  for (const [key, round] of client.getQueriesData<RoundAnswer>({ queryKey: [...METERS, 'round'] })) {
    if (round?.items.some(({ meter }) => meter.id === meterId) !== true) continue;
    const items = round.items.map((line) =>
      line.meter.id === meterId
        ? { ...line, isReadToday, meter: { ...line.meter, lastValue: value, lastAt } }
        : line,
    );
    const counted = { ...round, items };
    client.setQueryData(key, counted);
    const [, , scopeId, buildingId, kind] = key as string[];
    void keep(roundName(scopeId ?? '', buildingId ?? '', kind ?? ''), counted);
  }
}

export const buildingsOf = (scopeId: string | undefined) =>
  queryOptions({
    queryKey: ['places', 'buildings', scopeId ?? null],
    queryFn: (asking) => remembered(`buildings ${scopeId}`, asking, () => metersApi.buildings(scopeId ?? '')),
    enabled: scopeId !== undefined,
  });

export const ownMeters = (householdId: string | undefined) =>
  queryOptions({
    queryKey: [...METERS, 'own', householdId ?? null],
    queryFn: (asking) => remembered(`meters ${householdId}`, asking, () => metersApi.own(householdId ?? '')),
    enabled: householdId !== undefined,
  });
