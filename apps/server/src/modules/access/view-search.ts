import type { Searcher } from '../../platform/search/search.ts';
import { compoundsAsked, homesAsked } from '../places/index.ts';
import { normalisePlate, passState } from './domain/issuing.ts';
import { vehiclesOfHomes, vehiclesPlated } from './queries-search.ts';

/** By the whole plate, or by the home; the plate stays masked, as in the list of passes. */
export const vehicleSearcher: Searcher = {
  kind: 'vehicles',
  permission: 'pass.read',
  async find({ crypto }, q, acting, asked) {
    const [homes, scopes] = await Promise.all([
      homesAsked(q, acting, asked),
      compoundsAsked(q, acting, asked),
    ]);
    const plate = normalisePlate(asked.text);
    const [byPlate, byHome] = await Promise.all([
      plate === null ? [] : vehiclesPlated(q, crypto, scopes, plate, asked.limit),
      homes.length === 0 ? [] : vehiclesOfHomes(q, homes, asked.limit),
    ]);
    return [...byPlate, ...byHome].slice(0, asked.limit).map((one) => ({
      id: one.id,
      scopeId: one.scopeId,
      title: one.plateMasked ?? '',
      words: one.householdLabel,
      place: one.scopeName,
      state: passState(
        { ...one, validFrom: one.validFrom.getTime(), validTo: one.validTo?.getTime() ?? null },
        asked.now.getTime(),
      ),
      householdId: one.householdId,
    }));
  },
};
