import { addDays, daysBetween, isLocalDate, localDate, startOfDay } from '@gongzhi/kernel';
import type { Executor } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { App } from '../../platform/http/app.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope, countGrids, gridPartsOf, scopesAbove, type Wall, wallsOf } from '../places/index.ts';
import {
  countListed,
  periodMeasures,
  standingByGrid,
  sumsByDayAndCategory,
  sumsByGrid,
  sumsByPlace,
  type SumsInput,
} from '../work-orders/index.ts';
import { areGridsTold, seriesFrom } from './domain.ts';
import { type By, chosenBy, PLACED, type PartCounts, type PlacedBy } from './domain-groups.ts';
import { type PartsInput, readParts } from './queries.ts';
import { readCityParts } from './queries-city.ts';
import { type GridAnswer, Overview, OverviewQuery } from './schemas.ts';
import {
  categoriesView,
  type Facts,
  periodFilter,
  seriesView,
  sizeView,
  standingFilter,
  standingOf,
  totalsView,
} from './view.ts';
import { gridsView, groupsView, MOST_GROUPS, ranksOf, withRows } from './view-groups.ts';

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
        const basically = (await house.settings.get(q, chain, 'work_order.rate_weights', now)).basically;
        const partsInput: PartsInput = {
          sums: input,
          today,
          sort,
          per,
          most,
          // Asked for by these, nothing but places is told of what they add up to, and of the first of them the rest is read.
          isRankOnly: asked === 'place' || asked === 'grid' || asked === 'category',
          basically,
          ...toBeTold(asked, most),
        };
        const [cells, { isRankOnly, counts: placed, whole, first: parts }, dueHour] = await Promise.all([
          sumsByDayAndCategory(q, acting, input, { previous: previousFrom, first, at: at(first) }, today),
          readCityParts(q, acting, partsInput, asked).then((of) => of ?? readParts(q, acting, partsInput)),
          countListed(q, acting, { filter: { queue: 'due_hour' }, scope, statuses: [], now }, all),
        ]);
        const totals = totalsView({ cells, basically });
        const canTellGrids = isByGrid && areGridsTold(totals.now.total, whole.households);
        const gridCount = canTellGrids ? await countGrids(q, acting, scope) : null;
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
          walls: await wallsAround(q, Object.values(parts).flat()),
          categoryNames: await categoryNames(
            q,
            cells.flatMap(({ category }) => category ?? []),
          ),
          sort,
          per,
        };
        const counts: PartCounts = { ...placed, grid: gridCount };
        const by = asked === undefined ? null : chosenBy(counts, asked);
        const grids =
          canTellGrids && (by === null || by === 'grid') ? await gridsAround(q, acting, input, facts) : null;
        const ranks = ranksOf(facts, parts, toldOf(by, counts, most), most);
        const only = (ranks.place ?? []).map(({ wall }) => wall.scopeId);
        const ranking =
          isRankOnly && only.length > 0
            ? withRows(
                ranks,
                await sumsByPlace(q, acting, { ...input, only }, today, periodMeasures),
                basically,
              )
            : ranks;
        // An order may stand in the open of a street or a city itself, as an import from elsewhere does.
        const above = await scopesAbove(
          q,
          (ranks.place ?? []).map(({ wall }) => wall),
        );
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
          standing: { ...standingOf([whole]), dueHour },
          standingFilter: standingFilter(facts),
          ...sizeView(whole, totals.now.total),
          ...seriesView(facts),
          categories: categoriesView(facts),
          by,
          counts,
          ...groupsView(facts, ranking, above),
          grids,
        };
      });
    },
  );
}

/** A place's own tile is drawn beside whatever is ranked, unless only a part of them could be. */
function toldOf(by: By | null, { place }: PartCounts, most: number): readonly PlacedBy[] {
  if (by === null) return PLACED;
  return PLACED.filter((one) => one === by || (one === 'place' && place <= most));
}

/** The same before it is known how many places there are, and whether there is more than one of what is asked for. */
function toBeTold(asked: By | undefined, most: number): Pick<PartsInput, 'told' | 'placesUpTo'> {
  if (asked === undefined || asked === 'place' || asked === 'grid')
    return { told: asked === undefined ? PLACED : ['place'], placesUpTo: null };
  const few = { most, unless: asked === 'category' ? null : asked };
  return { told: asked === 'category' ? ['place'] : [asked, 'place'], placesUpTo: few };
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
  const [parts, counted, standing] = await Promise.all([
    gridPartsOf(q, acting, input.scope),
    sumsByGrid(q, acting, input),
    standingByGrid(q, acting, input),
  ]);
  const walls = new Map([...facts.walls, ...(await wallsAround(q, parts))]);
  return gridsView({ ...facts, walls }, { parts, counted, standing });
}

/** Of every place that is spoken of, and of the community it lies in. */
async function wallsAround(q: Executor, rows: readonly { readonly scopeId: string }[]) {
  const walls = new Map<string, Wall>();
  const add = async (ids: ReadonlySet<string>) => {
    for (const wall of await wallsOf(q, [...ids])) walls.set(wall.scopeId, wall);
  };
  await add(new Set(rows.map(({ scopeId }) => scopeId)));
  const communities = [...walls.values()].flatMap(({ communityId }) => communityId ?? []);
  await add(new Set(communities.filter((id) => !walls.has(id))));
  return walls;
}

async function categoryNames(q: Executor, codes: readonly string[]) {
  const rows = await q.query<{ code: string; zh: string; en: string }>(
    sql`select c.code, c.name_zh as zh, c.name_en as en from work_orders.category c where c.code = any (${[...new Set(codes)]}::text[])`,
  );
  return new Map(rows.map((row) => [row.code, row]));
}
