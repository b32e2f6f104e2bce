import type { Executor } from '../../platform/db/database.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { type PeriodSums, periodMeasures, sumsByPlace, sumsByRegion } from '../work-orders/index.ts';
import { sumOf } from './domain.ts';
import type { By } from './domain-groups.ts';
import { type PartRow, type Parts, type PartsInput, readParts } from './queries.ts';

/**
 * The parts of a whole city, without what was reported in the period at each of its thousands of places: streets and
 * companies have sums of their own, and where the first is who has most that is late, what stands now says among which
 * they are. It tells what `readParts` tells, in half the time.
 */

/** As many as are likely to share the last place that is told; of more, all are added up at once. */
const MOST_CANDIDATES = 1_500;
/** A city's streets, a city's companies. */
const ALL = 100_000;

/** Null where it is no whole city, has no more places than are told, or has to be ranked by what was reported. */
export async function readCityParts(
  q: Executor,
  acting: Acting,
  input: PartsInput,
  asked: By | undefined,
): Promise<Parts | null> {
  const { sums, today, most, sort } = input;
  const region = asked === 'street' || asked === 'company' ? asked : null;
  const isByPlace = asked === 'place' || asked === 'grid';
  if (acting.actor.kind !== 'city' || sums.scope !== null) return null;
  if (region === null && asked !== 'category' && !(isByPlace && sort === 'late')) return null;
  const parts = await readParts(q, acting, {
    ...input,
    adds: 'standing',
    told: region !== null ? [region] : isByPlace ? ['place'] : [],
    placesUpTo: null,
    most: region === null ? most : ALL,
  });
  const { counts, first } = parts;
  if (counts.place <= most || (region !== null && counts[region] < 2)) return null;
  const told = (region === null ? first.place : first[region]) ?? [];
  if (told.length === 0) return { ...parts, adds: 'all' };
  if (region === null && told.length > MOST_CANDIDATES) return null;
  const only = told.map(({ scopeId }) => scopeId);
  const reported =
    region === null
      ? await sumsByPlace(q, acting, { ...sums, only }, today, periodMeasures)
      : await sumsByRegion(q, acting, region, sums, today);
  return { ...parts, adds: 'all', first: { [region ?? 'place']: withReported(told, reported) } };
}

function withReported(
  rows: readonly PartRow[],
  reported: readonly (PeriodSums & { readonly scopeId: string })[],
): PartRow[] {
  const of = Map.groupBy(reported, ({ scopeId }) => scopeId);
  return rows.map((row) => ({ ...row, ...sumOf(of.get(row.scopeId) ?? []) }));
}
