import { addDays, daysBetween, isLocalDate, localDate, startOfDay } from '@gongzhi/kernel';
import type { Executor } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { App } from '../../platform/http/app.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope, countGrids, gridSizesOf, sizesOf, type Wall, wallsOf } from '../places/index.ts';
import {
  countListed,
  periodMeasures,
  RANKING,
  standingByGrid,
  standingByPlace,
  type StandingRow,
  sumsByDayAndCategory,
  sumsByGrid,
  sumsByPlace,
  type SumsInput,
} from '../work-orders/index.ts';
import { areGridsTold, seriesFrom } from './domain.ts';
import { type By, chosenBy, PLACED, type PartCounts, type PlacedBy } from './domain-groups.ts';
import { type GridAnswer, Overview, OverviewQuery } from './schemas.ts';
import {
  categoriesView,
  type Facts,
  periodFilter,
  seriesView,
  sizeOf,
  sizeView,
  standingFilter,
  standingOf,
  totalsView,
} from './view.ts';
import { countsView, gridsView, groupsView, MOST_GROUPS, ranksOf, withRows } from './view-groups.ts';

const MOST_DAYS = 732;
const all = 1_000_000;

/** A whole city, street, company or department on one page, from sums that are always those of the orders. */
export function routes(app: App, house: House): void {
  app.get(
    '/overview',
    {
      config: { permission: 'overview.read' },
      schema: {
        tags: ['overview'],
        operationId: 'getOverview',
        summary:
          'Figures, trends and ranking of all that is within reach, each with the filter of its orders',
        querystring: OverviewQuery,
        response: { 200: Overview },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { scopeId, from, to, sort = 'late', per = 'count', by: asked } = request.query;
      const { most = MOST_GROUPS, grids: isByGrid = true } = request.query;
      const days = spanOf(from, to);
      const now = house.clock.now();
      return house.db.read(acting.actor, async (q) => {
        const home = await accessScope(q, acting, scopeId ?? acting.homeScopeId);
        const scope = scopeId === undefined ? null : home;
        const { timeZone } = home;
        const at = (day: string) => new Date(startOfDay(day, timeZone));
        const previousFrom = addDays(from, -days);
        const drawnFrom = seriesFrom(from, to);
        const first = drawnFrom < previousFrom ? drawnFrom : previousFrom;
        const input = { scope, from, to, fromAt: at(from), toAt: at(addDays(to, 1)), timeZone, now };
        const chain = [home.scopeId, home.companyId, home.streetId, home.cityId].filter((id) => id !== null);
        const today = localDate(now.getTime(), timeZone);
        // Asked for by these, nothing but places is told of what they add up to, and of the first of them the rest is read.
        const isRankOnly = asked === 'place' || asked === 'category';
        const [cells, places, standing, sizes, dueHour, { basically }] = await Promise.all([
          sumsByDayAndCategory(q, acting, input, {
            previous: previousFrom,
            first,
            at: at(first),
          }),
          sumsByPlace(q, acting, input, today, isRankOnly ? RANKING : periodMeasures),
          standingByPlace(q, acting, input),
          sizesOf(q, acting, scope),
          countListed(q, acting, { filter: { queue: 'due_hour' }, scope, statuses: [], now }, all),
          house.settings.get(q, chain, 'work_order.rate_weights', now),
        ]);
        const total = places.reduce((sum, place) => sum + place.total, 0);
        const canTellGrids = isByGrid && areGridsTold(total, sizeOf(sizes).households);
        const gridCount = canTellGrids ? await countGrids(q, acting, scope) : null;
        const walls = await wallsAround(q, [...places, ...standing], sizes);
        const facts: Facts = {
          actor: acting.actor,
          narrowed: scopeId ?? null,
          from,
          to,
          fromAt: input.fromAt,
          toAt: input.toAt,
          timeZone,
          basically,
          cells,
          places,
          standing,
          sizes,
          walls,
          categoryNames: await categoryNames(
            q,
            cells.flatMap(({ category }) => category ?? []),
          ),
          sort,
          per,
        };
        const totals = totalsView(facts);
        const counts: PartCounts = { ...countsView(facts), grid: gridCount };
        const by = asked === undefined ? null : chosenBy(counts, asked);
        const grids =
          canTellGrids && (by === null || by === 'grid') ? await gridsAround(q, acting, input, facts) : null;
        const ranks = ranksOf(facts, toldOf(by, counts), most);
        const only = (ranks.place ?? []).map(({ wall }) => wall.scopeId);
        const ranking =
          isRankOnly && only.length > 0
            ? withRows(
                ranks,
                await sumsByPlace(q, acting, { ...input, only }, today, periodMeasures),
                basically,
              )
            : ranks;
        return {
          at: now.toISOString(),
          today,
          scope: { scopeId: home.scopeId, name: home.name, kind: home.kind },
          from,
          to,
          previousFrom,
          previousTo: addDays(from, -1),
          ...totals,
          filter: periodFilter(facts),
          standing: { ...standingOf(standing), dueHour },
          standingFilter: standingFilter(facts),
          ...sizeView(sizeOf(sizes), totals.now.total),
          ...seriesView(facts),
          categories: categoriesView(facts),
          by,
          counts,
          ...groupsView(facts, ranking),
          grids,
        };
      });
    },
  );
}

/** A place's own tile is drawn beside whatever is ranked, unless only a part of them could be. */
function toldOf(by: By | null, { place }: PartCounts): readonly PlacedBy[] {
  if (by === null) return PLACED;
  return PLACED.filter((one) => one === by || (one === 'place' && place <= MOST_GROUPS));
}

function spanOf(from: string, to: string): number {
  for (const [name, day] of Object.entries({ from, to }))
    if (!isLocalDate(day) || day < '1900-01-01' || day > '2999-12-31')
      throw new Problem('validation.failed', {}, [
        { path: `querystring/${name}`, code: 'date', params: { value: day } },
      ]);
  const days = daysBetween(from, to) + 1;
  if (days < 1 || days > MOST_DAYS)
    throw new Problem('validation.failed', {}, [
      { path: 'querystring/to', code: 'invalid', params: { limit: MOST_DAYS } },
    ]);
  return days;
}

async function gridsAround(
  q: Executor,
  acting: Acting,
  input: SumsInput,
  facts: Facts,
): Promise<GridAnswer[]> {
  const [sizes, counted, standing] = await Promise.all([
    gridSizesOf(q, acting, input.scope),
    sumsByGrid(q, acting, input),
    standingByGrid(q, acting, input),
  ]);
  // A place of which nothing was ever reported has grids all the same.
  const walls = new Map([...facts.walls, ...(await wallsAround(q, [], sizes))]);
  return gridsView({ ...facts, walls }, { sizes, counted, standing });
}

/** Of every place that is spoken of, and of what it belongs to. */
async function wallsAround(
  q: Executor,
  rows: readonly Pick<StandingRow, 'scopeId' | 'streetId' | 'companyId'>[],
  sizes: readonly { readonly scopeId: string }[],
) {
  // Of thousands of places, for every request: without lists in between.
  const ids = new Set<string>();
  for (const { scopeId } of rows) ids.add(scopeId);
  for (const { scopeId } of sizes) ids.add(scopeId);
  const walls = new Map<string, Wall>();
  for (const wall of await wallsOf(q, [...ids])) walls.set(wall.scopeId, wall);
  const above = new Set<string>();
  const add = (id: string | null) => {
    if (id !== null && !walls.has(id)) above.add(id);
  };
  for (const { streetId, companyId } of rows) {
    add(streetId);
    add(companyId);
  }
  for (const { departmentId, communityId, streetId, companyId } of walls.values()) {
    add(departmentId);
    add(communityId);
    add(streetId);
    add(companyId);
  }
  for (const wall of await wallsOf(q, [...above])) walls.set(wall.scopeId, wall);
  return walls;
}

async function categoryNames(q: Executor, codes: readonly string[]) {
  const rows = await q.query<{ code: string; zh: string; en: string }>(
    sql`select c.code, c.name_zh as zh, c.name_en as en from work_orders.category c where c.code = any (${[...new Set(codes)]}::text[])`,
  );
  return new Map(rows.map((row) => [row.code, row]));
}
