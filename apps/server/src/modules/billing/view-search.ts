import type { Searcher } from '../../platform/search/search.ts';
import { compoundsAsked, homesAsked } from '../places/index.ts';
import { billsNumbered, billsOfHomes } from './queries-search.ts';

/** By the number on the bill, or the latest of a home. */
export const billSearcher: Searcher = {
  kind: 'bills',
  permission: 'bill.run',
  async find(_house, q, acting, asked) {
    const [homes, scopes] = await Promise.all([
      homesAsked(q, acting, asked),
      compoundsAsked(q, acting, asked),
    ]);
    const isNumber = /^20\d{4}(?:\d\d)?(?:-[0-9A-Fa-f]{0,12})?$/.test(asked.text);
    const [byNumber, byHome] = await Promise.all([
      isNumber ? billsNumbered(q, scopes, asked.text.toLowerCase(), asked.limit) : [],
      homes.length === 0 ? [] : billsOfHomes(q, homes, asked.limit),
    ]);
    return [...byNumber, ...byHome].slice(0, asked.limit).map((bill) => ({
      id: bill.id,
      scopeId: bill.scopeId,
      title: bill.number,
      words: bill.householdLabel,
      place: bill.scopeName,
      state: bill.period,
      householdId: bill.householdId,
    }));
  },
};
