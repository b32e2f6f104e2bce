import { DAY } from '@gongzhi/kernel';
import type { Executor } from '../../platform/db/database.ts';
import type { House } from '../../platform/house.ts';
import type { Wall } from '../places/index.ts';
import { catalogueOf, type ReportedMatter, reportedMatters } from '../work-orders/index.ts';
import { partsOf, type Risk, type RiskPlace, risksOf, WEEK, weeksOf, YEAR } from './domain.ts';
import { rulesOf } from './facts.ts';
import { gridsOfCompound, type PlaceNames, placeNames } from './queries.ts';

/** Per grid: places and matters likely to bring complaints. Counted when it is asked for; nothing of it is stored. */

const WEEKS = 8;
const AHEAD = 28 * DAY;

const keyOf = (one: Pick<RiskPlace, 'buildingId' | 'facilityId' | 'category'>) =>
  [one.facilityId, one.buildingId, one.category].join(' ');

/** The picture of a moment, from what had been reported until then. */
function placesAt(matters: readonly ReportedMatter[], at: number, hasYear: boolean): RiskPlace[] {
  const groups = Map.groupBy(
    matters.filter(({ createdAt, buildingId, facilityId }) => {
      const known = createdAt.getTime() <= at;
      // Without a place nobody can be sent anywhere.
      return known && (buildingId !== null || facilityId !== null);
    }),
    keyOf,
  );
  return [...groups.values()].flatMap((group) => {
    const [one] = group;
    if (one === undefined) return [];
    const since = group.filter(({ createdAt }) => createdAt.getTime() > at - WEEKS * WEEK);
    const yearAgo = group.filter(({ createdAt }) => {
      const then = createdAt.getTime();
      return then > at - YEAR && then <= at - YEAR + AHEAD;
    });
    const seen = [...since, ...yearAgo];
    return [
      {
        buildingId: one.buildingId,
        facilityId: one.facilityId,
        category: one.category,
        weeks: weeksOf(
          since.map(({ createdAt }) => createdAt.getTime()),
          at,
          WEEKS,
        ),
        lastYear: hasYear ? yearAgo.length : null,
        tellers: new Set(seen.flatMap(({ teller }) => teller ?? [])).size,
        inHomes: seen.some(({ isHome }) => isHome),
        open: since.filter(({ isOpen }) => isOpen).length,
        late: since.filter(({ isOpen, isLate }) => isOpen && isLate).length,
      },
    ];
  });
}

/** In how many of its lines the list of four weeks ago was right. */
function pastOf(
  matters: readonly ReportedMatter[],
  now: number,
  kept: number,
  rules: Parameters<typeof risksOf>[1],
): { listed: number; came: number } | null {
  const then = now - AHEAD;
  if (kept > then - WEEKS * WEEK) return null;
  // What is late now was not late then: that alone is not told of the past.
  const listed = risksOf(
    placesAt(matters, then, kept <= then - YEAR).map((place) => ({ ...place, late: 0, open: 0 })),
    rules,
  );
  const after = new Set(matters.filter(({ createdAt }) => createdAt.getTime() > then).map(keyOf));
  return { listed: listed.length, came: listed.filter((risk) => after.has(keyOf(risk))).length };
}

function buildingOf(risk: Risk, names: PlaceNames) {
  const facility = risk.facilityId === null ? undefined : names.facilities.get(risk.facilityId);
  const id = risk.buildingId ?? facility?.buildingId ?? null;
  return { facility, building: id === null ? undefined : names.buildings.get(id) };
}

export async function risksOfCompound(house: House, q: Executor, wall: Wall, kept: Date | null, now: Date) {
  const at = now.getTime();
  const { scopeId } = wall;
  const [known, catalogue, names, grids, near, yearAgo] = await Promise.all([
    rulesOf(house, q, wall, now),
    catalogueOf(q),
    placeNames(q, scopeId),
    gridsOfCompound(q, scopeId),
    reportedMatters(q, scopeId, new Date(at - AHEAD - WEEKS * WEEK), new Date(at + 1)),
    reportedMatters(q, scopeId, new Date(at - YEAR - AHEAD), new Date(at - YEAR + AHEAD)),
  ]);
  const keptAt = kept?.getTime() ?? at;
  const matters = [...yearAgo, ...near];
  const risks = risksOf(placesAt(matters, at, keptAt <= at - YEAR), known.rules);
  const lines = risks.map((risk) => {
    const { facility, building } = buildingOf(risk, names);
    const category = catalogue.get(risk.category);
    const { weeks, open, late, reasons } = risk;
    return {
      gridIds: building?.gridIds ?? [],
      line: {
        facilityLabel: facility?.label ?? null,
        buildingName: building?.name ?? null,
        categoryNameZh: category?.nameZh ?? risk.category,
        categoryNameEn: category?.nameEn ?? risk.category,
        expected: Math.round(10 * risk.expected) / 10,
        chance: Math.round(100 * risk.chance) / 100,
        weeks: [...weeks],
        open,
        late,
        reasons: reasons.map(partsOf),
      },
    };
  });
  const inGrids = new Set(grids.map(({ id }) => id));
  const listed = grids.map(({ id, code, name, stewardName }) => ({
    gridId: id as string | null,
    code,
    name,
    stewardName,
    risks: lines.filter(({ gridIds }) => gridIds.includes(id)).map(({ line }) => line),
  }));
  const rest = lines.filter(({ gridIds }) => !gridIds.some((id) => inGrids.has(id))).map(({ line }) => line);
  if (rest.length > 0) listed.push({ gridId: null, code: '', name: '', stewardName: null, risks: rest });
  return { grids: listed, past: pastOf(matters, at, keptAt, known.rules) };
}
