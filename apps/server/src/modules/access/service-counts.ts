import { localDate, uuidv7 } from '@gongzhi/kernel';
import { audit } from '../../platform/audit/audit.ts';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope, type Wall } from '../places/index.ts';
import { type Counted, freeOf, insideOf, recounted, shownInside } from './domain.ts';
import { scopesOver } from './domain/scopes.ts';
import { policiesWithin } from './queries-bundle.ts';
import {
  buildingsWithGates,
  type CountKey,
  type CountRow,
  gateOfPlace,
  type GateTotals,
  lockCounts,
  readCounts,
  storeFound,
  totalsOf,
} from './queries-counts.ts';
import { tellOfGate } from './service-gates.ts';

/** How many are inside, as the desk sees it, and the counts by hand that keep it true. */

export interface PlaceCount {
  readonly what: Counted;
  readonly buildingId: string | null;
  readonly buildingName: string | null;
  /** Null: nobody has counted yet. */
  readonly inside: number | null;
  /** More have left than came: the gates have missed some. */
  readonly isShort: boolean;
  readonly since: 'count' | 'day' | null;
  readonly found: number | null;
  readonly drift: number | null;
  readonly countedAt: string | null;
  readonly countedByName: string | null;
  /** The least that a measure in force lets in. */
  readonly most: number | null;
  readonly spaces: number | null;
  readonly free: number | null;
}

const same = (a: CountKey, b: CountKey): boolean => a.what === b.what && a.placeId === b.placeId;

function viewOf(
  tallied: GateTotals,
  row: CountRow | undefined,
  building: { readonly id: string; readonly name: string } | null,
  most: number | null,
): PlaceCount {
  const { what, total, today, spaces } = tallied;
  const base = row?.base ?? null;
  const inside = insideOf(what, { base, total, today });
  const isCars = what === 'vehicles';
  return {
    what,
    buildingId: building?.id ?? null,
    buildingName: building?.name ?? null,
    inside: inside === null ? null : shownInside(inside),
    isShort: inside !== null && inside < 0,
    since: base !== null ? 'count' : inside === null ? null : 'day',
    found: row?.found ?? null,
    drift: row?.drift ?? null,
    countedAt: row?.countedAt?.toISOString() ?? null,
    countedByName: row?.countedByName ?? null,
    most,
    spaces: isCars ? spaces : null,
    free: !isCars || spaces === null || inside === null ? null : freeOf(spaces, inside),
  };
}

export async function listCounts(q: Executor, wall: Wall, now: Date): Promise<PlaceCount[]> {
  const { scopeId, timeZone } = wall;
  const [buildings, policies] = await Promise.all([
    buildingsWithGates(q, scopeId),
    policiesWithin(q, scopesOver(wall), now, new Date(now.getTime() + 1)),
  ]);
  const keys: CountKey[] = [
    { scopeId, what: 'vehicles', placeId: scopeId },
    { scopeId, what: 'people', placeId: scopeId },
    ...buildings.map(({ id }): CountKey => ({ scopeId, what: 'people', placeId: id })),
  ];
  const [rows, totals] = await Promise.all([
    readCounts(q, keys),
    totalsOf(q, keys, new Map([[scopeId, localDate(now.getTime(), timeZone)]])),
  ]);
  return keys.map((key) => {
    const building = buildings.find(({ id }) => id === key.placeId) ?? null;
    const caps = policies.flatMap(({ buildingId, content }) =>
      key.what === 'people' && (buildingId ?? scopeId) === key.placeId
        ? (content.checks.capacity?.most ?? [])
        : [],
    );
    const tallied = totals.find((one) => same(one, key))!;
    return viewOf(
      tallied,
      rows.find((row) => same(row, key)),
      building,
      caps.length === 0 ? null : Math.min(...caps),
    );
  });
}

/** Somebody has gone and counted: from now on the gates count on from there. */
export async function recount(
  tx: Tx,
  acting: Acting,
  body: {
    readonly scopeId: string;
    readonly what: Counted;
    readonly buildingId: string | null;
    readonly found: number;
  },
  now: Date,
): Promise<PlaceCount[]> {
  const wall = await accessScope(tx, acting, body.scopeId);
  const { scopeId, cityId, streetId, companyId, timeZone } = wall;
  const buildings = await buildingsWithGates(tx, scopeId);
  const isKnown = body.buildingId === null || buildings.some(({ id }) => id === body.buildingId);
  // Cars come in at the gates of the compound.
  if (!isKnown || (body.what === 'vehicles' && body.buildingId !== null))
    throw new Problem('validation.failed', {}, [{ path: '/buildingId', code: 'unknown', params: {} }]);
  const key: CountKey = { scopeId, what: body.what, placeId: body.buildingId ?? scopeId };
  const [row] = await lockCounts(tx, [key], new Map([[scopeId, wall]]));
  const [tallied] = await totalsOf(tx, [key], new Map([[scopeId, localDate(now.getTime(), timeZone)]]));
  const found = recounted({ base: row?.base ?? null, ...tallied! }, body.found);
  storeFound(tx, key, found, acting, now);
  audit(tx, {
    auditId: uuidv7(now.getTime()),
    scopeId,
    wall: { cityId, streetId, companyId },
    accountId: acting.accountId,
    action: 'gate.recounted',
    objectType: 'place_count',
    objectId: key.placeId,
    detail: { what: body.what, found: found.found, drift: found.drift },
    at: now,
  });
  const gateId = await gateOfPlace(tx, scopeId, body.buildingId);
  // Other desks, and the phones at the gates, go on from what was found.
  if (gateId !== null) tellOfGate(tx, wall, 'gate.recounted', gateId, now);
  return listCounts(tx, wall, now);
}
