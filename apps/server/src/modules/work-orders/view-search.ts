import { soughtIn } from '@gongzhi/kernel';
import { mayAttempt } from '../../platform/permissions/permissions.ts';
import type { Searcher } from '../../platform/search/search.ts';
import { homesAsked, type ScopeRef, wallsOf } from '../places/index.ts';
import { numberBeginning } from './domain.ts';
import { catalogueOf, categoriesOf } from './facts.ts';
import { listOrders } from './queries-list.ts';
import type { ListFilter } from './schemas.ts';
import { rowView } from './view.ts';

/** Of so many homes the orders are shown. */
const HOMES = 3;
/** A serial, a plate, a phone: not what orders say in words, and as pairs of figures in half of them. */
const namesNumber = (text: string): boolean => /[0-9]{5}/.test(text);

/** By the beginning of the number, by the home, else by words as the desk's list finds them; shown as that list shows them. */
const orders: Searcher = {
  kind: 'orders',
  permission: 'work_order.list',
  async find(_house, q, acting, asked) {
    const number = numberBeginning(asked.text);
    // Words say more than a row shows: as in the list, they are for whoever has its queues.
    if (number === null && (!mayAttempt(acting.role, 'work_order.queues') || soughtIn(asked.text) === null))
      return [];
    const among = (filter: ListFilter, scope: ScopeRef | null = null) =>
      listOrders(q, acting, {
        filter,
        scope,
        statuses: [],
        after: null,
        now: asked.now,
        limit: asked.limit - 1,
      });
    const homes = number === null ? (await homesAsked(q, acting, asked)).slice(0, HOMES) : [];
    // A home's orders are those of the home: its numbers are pairs of figures that thousands of texts hold.
    const rows =
      number !== null
        ? await among({ q: number })
        : homes.length > 0
          ? (
              await Promise.all(
                homes.map(({ id, scopeId }) => among({ householdId: id }, { scopeId, kind: 'compound' })),
              )
            ).flat()
          : namesNumber(asked.text)
            ? []
            : await among({ words: asked.text });
    const walls = await wallsOf(q, [...new Set(rows.map((row) => row.scope_id))]);
    const categoryOfRow = await categoriesOf(q, rows, walls);
    return rows.slice(0, asked.limit).map((row) => {
      const wall = walls.find(({ scopeId }) => scopeId === row.scope_id);
      const view = rowView(row, acting, categoryOfRow(row.category_code, wall, row.created_at), wall);
      return {
        id: view.id,
        scopeId: view.scopeId,
        title: view.number,
        words: view.description,
        place: [view.scopeName, view.placeLabel].filter((one) => one !== '').join(' '),
        state: view.status,
        householdId: null,
      };
    });
  },
};

/** What can be reported: leads to the orders of it. */
const categories: Searcher = {
  kind: 'categories',
  permission: 'work_order.queues',
  async find(_house, q, acting, asked) {
    const text = asked.text.toLowerCase();
    const [home] = await wallsOf(q, [acting.homeScopeId]);
    const known = [...(await catalogueOf(q)).values()];
    return known
      .filter(({ cityId }) => cityId === null || cityId === home?.cityId)
      .filter(
        ({ nameZh, nameEn, keywordsZh, keywordsEn }) =>
          nameZh.includes(text) ||
          nameEn.toLowerCase().includes(text) ||
          [...keywordsZh, ...keywordsEn].some((word) => word.toLowerCase() === text),
      )
      .slice(0, asked.limit)
      .map(({ code, nameZh, nameEn }) => ({
        id: code,
        scopeId: acting.homeScopeId,
        title: nameZh,
        words: nameEn,
        place: null,
        state: null,
        householdId: null,
      }));
  },
};

export const orderSearchers: readonly Searcher[] = [orders, categories];
