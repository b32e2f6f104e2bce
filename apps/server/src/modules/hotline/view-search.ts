import type { Searcher } from '../../platform/search/search.ts';
import { Problem } from '../../platform/http/problem.ts';
import { cityOf } from './facts.ts';
import { listCases } from './queries-list.ts';
import { itemOf } from './view.ts';

/** Numbers of the hotline are its own: whatever has four characters, a figure among them, and no words around. */
const isNumber = (text: string): boolean => /^(?=.*\d)[A-Za-z0-9][A-Za-z0-9/_-]{3,39}$/.test(text);

export const caseSearcher: Searcher = {
  kind: 'cases',
  permission: 'hotline.read',
  async find(_house, q, acting, asked) {
    if (!isNumber(asked.text)) return [];
    const city = await cityOf(q, acting).catch((error: unknown) => {
      // Whoever lies in no city has no hotline.
      if (error instanceof Problem && error.code === 'hotline.no_city') return null;
      throw error;
    });
    if (city === null) return [];
    const rows = await listCases(q, acting, city.scopeId, { begins: asked.text }, null, asked.limit);
    return rows.map((row) => {
      const item = itemOf(row, acting, asked.now);
      return {
        id: item.id,
        scopeId: item.scopeId,
        title: item.number,
        words: item.topic,
        place: item.placeText,
        state: item.status,
        householdId: null,
      };
    });
  },
};
