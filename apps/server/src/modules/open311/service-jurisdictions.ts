import type { Executor } from '../../platform/db/database.ts';
import { findStreetByCode, wallOf } from '../places/index.ts';
import { fault, type Fault } from './domain.ts';
import { publishingStreets } from './queries.ts';

/** A jurisdiction is a street; its id is the code it bears in the register of administrative divisions. */
export interface Jurisdiction {
  readonly streetId: string;
  readonly cityId: string | null;
}

/**
 * The street that is meant. Need not be named where one street alone publishes anything; where none does, there is
 * nothing to be asked about.
 */
export async function jurisdictionOf(q: Executor, code: string | null): Promise<Jurisdiction | Fault | null> {
  if (code !== null) {
    const street = await findStreetByCode(q, code);
    return street === null
      ? fault('jurisdiction_unknown', { id: code.slice(0, 60) })
      : { streetId: street.scopeId, cityId: street.cityId };
  }
  const streets = await publishingStreets(q);
  if (streets.length > 1) return fault('jurisdiction_missing');
  const [streetId] = streets;
  if (streetId === undefined) return null;
  const wall = await wallOf(q, streetId);
  return { streetId, cityId: wall?.cityId ?? null };
}
