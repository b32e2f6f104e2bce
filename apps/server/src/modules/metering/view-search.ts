import type { Searcher } from '../../platform/search/search.ts';
import { compoundsAsked, homesAsked } from '../places/index.ts';
import { metersNumbered, metersOfHomes } from './queries-search.ts';

/** By the number on the meter, or by the home. */
export const meterSearcher: Searcher = {
  kind: 'meters',
  permission: 'meter.read',
  async find(_house, q, acting, asked) {
    const [homes, scopes] = await Promise.all([
      homesAsked(q, acting, asked),
      compoundsAsked(q, acting, asked),
    ]);
    const isSerial = /^(?=.*\d)[A-Za-z0-9-]{4,40}$/.test(asked.text);
    const [byHome, bySerial] = await Promise.all([
      homes.length === 0 ? [] : metersOfHomes(q, homes, asked.limit),
      isSerial ? metersNumbered(q, scopes, asked.text, asked.limit) : [],
    ]);
    const found = new Map([...bySerial, ...byHome].map((meter) => [meter.id, meter]));
    return [...found.values()].slice(0, asked.limit).map((meter) => ({
      id: meter.id,
      scopeId: meter.scopeId,
      title: meter.serial,
      words: meter.householdLabel ?? meter.spot,
      place: meter.scopeName,
      state: meter.kind,
      householdId: meter.householdId,
    }));
  },
};
