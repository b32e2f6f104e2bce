import { isUuid, type Point } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import type { House } from '../../platform/house.ts';
import { buildingPoints, buildingsAround, type CompoundPoint, compoundsOfStreet } from '../places/index.ts';
import { type Fault, fault, type Location, namedIn, nearest, plainWords, squareAround } from './domain.ts';
import type { Jurisdiction } from './service-jurisdictions.ts';

/** Where a report belongs: a building, or a compound alone. */
export interface FoundPlace {
  readonly scopeId: string;
  readonly buildingId: string | null;
}

/** Must be called as who reaches the street. */
export async function placeOf(
  house: House,
  tx: Tx,
  { streetId, cityId }: Jurisdiction,
  location: Location,
  now: Date,
): Promise<FoundPlace | Fault> {
  const compounds = await compoundsOfStreet(tx, streetId);
  if (location.by === 'id') return byId(tx, compounds, location.id);
  if (location.by === 'words') return byWords(tx, compounds, location.words);
  const chain = [streetId, cityId].filter((id) => id !== null);
  const [toBuilding, toGate] = await Promise.all([
    house.settings.get(tx, chain, 'open311.building_metres', now),
    house.settings.get(tx, chain, 'open311.gate_metres', now),
  ]);
  return byPoint(tx, compounds, location.point, toBuilding, toGate);
}

async function byPoint(
  tx: Tx,
  compounds: readonly CompoundPoint[],
  point: Point,
  toBuilding: number,
  toGate: number,
): Promise<FoundPlace | Fault> {
  const { southWest, northEast } = squareAround(point, toBuilding);
  const scopeIds = compounds.map(({ scopeId }) => scopeId);
  const building = nearest(await buildingsAround(tx, scopeIds, southWest, northEast), point, toBuilding);
  if (building !== null) return { scopeId: building.scopeId, buildingId: building.id };
  const compound = nearest(compounds, point, toGate);
  return compound === null
    ? fault('point_far', { metres: Math.max(toBuilding, toGate) })
    : { scopeId: compound.scopeId, buildingId: null };
}

async function byId(tx: Tx, compounds: readonly CompoundPoint[], id: string): Promise<FoundPlace | Fault> {
  const compound = compounds.find(({ code, scopeId }) => code === id || scopeId === id.toLowerCase());
  if (compound !== undefined) return { scopeId: compound.scopeId, buildingId: null };
  if (!isUuid(id)) return fault('address_id_unknown');
  const buildings = await buildingPoints(
    tx,
    compounds.map(({ scopeId }) => scopeId),
  );
  const building = buildings.find((one) => one.id === id.toLowerCase());
  return building === undefined
    ? fault('address_id_unknown')
    : { scopeId: building.scopeId, buildingId: building.id };
}

async function byWords(
  tx: Tx,
  compounds: readonly CompoundPoint[],
  words: string,
): Promise<FoundPlace | Fault> {
  const compound =
    namedIn(compounds, words) ??
    namedIn(
      compounds.flatMap((one) => (one.address === null ? [] : [{ ...one, name: one.address }])),
      words,
    );
  if (compound === null) return fault('address_unknown');
  // What is left when the compound's own name is taken away: its number is no building's.
  const rest = [compound.name, compound.address ?? ''].reduce(
    (text, name) => (name === '' ? text : text.replace(plainWords(name), '|')),
    plainWords(words),
  );
  const building = namedIn(await buildingPoints(tx, [compound.scopeId]), rest);
  return { scopeId: compound.scopeId, buildingId: building?.id ?? null };
}
