import { type Reason, risingOf, type Rules } from './clusters.ts';

/**
 * Where complaints are likely in the next four weeks: places and matters, never persons, each with its reasons. The weeks
 * that have passed count the more the nearer they are; the same four weeks of last year count where there are any. Pure.
 */

export interface Place {
  readonly buildingId: string | null;
  readonly facilityId: string | null;
  readonly category: string;
  /** How many in each of the last weeks, the oldest first. */
  readonly weeks: readonly number[];
  /** In the same four weeks a year ago; null: nothing was kept then. */
  readonly lastYear: number | null;
  readonly tellers: number;
  readonly inHomes: boolean;
  readonly late: number;
  readonly open: number;
}

export type RiskReason =
  | { readonly code: 'repeated'; readonly count: number; readonly weeks: number }
  | Extract<Reason, { code: 'rising' }>
  | { readonly code: 'season'; readonly count: number }
  | { readonly code: 'late'; readonly count: number };

export interface Risk extends Place {
  /** How many are expected in four weeks, and the chance that any comes. */
  readonly expected: number;
  readonly chance: number;
  readonly reasons: readonly RiskReason[];
}

const HALF_LIFE = 3;
const AHEAD = 4;
const SEASON_SHARE = 0.3;
/** Likely enough to send somebody: better than even. */
const LEAST_CHANCE = 0.5;
const MOST = 20;

export function expectedOf(weeks: readonly number[], lastYear: number | null): number {
  let sum = 0;
  let weight = 0;
  for (const [i, count] of weeks.entries()) {
    const share = 0.5 ** ((weeks.length - 1 - i) / HALF_LIFE);
    sum += share * count;
    weight += share;
  }
  const near = weight === 0 ? 0 : (AHEAD * sum) / weight;
  return lastYear === null ? near : (1 - SEASON_SHARE) * near + SEASON_SHARE * lastYear;
}

export function risksOf(places: readonly Place[], rules: Pick<Rules, 'chance' | 'riseLeast'>): Risk[] {
  return places
    .flatMap((place): Risk[] => {
      // What one home alone has told is that home's.
      if (place.inHomes && place.tellers < 2) return [];
      const expected = expectedOf(place.weeks, place.lastYear);
      const chance = 1 - Math.exp(-expected);
      if (chance < LEAST_CHANCE) return [];
      const count = place.weeks.reduce((sum, one) => sum + one, 0);
      const reasons: RiskReason[] = [];
      if (count > 1) reasons.push({ code: 'repeated', count, weeks: place.weeks.length });
      const rising = risingOf(place.weeks, rules);
      if (rising?.code === 'rising') reasons.push(rising);
      if (place.lastYear !== null && place.lastYear > 0)
        reasons.push({ code: 'season', count: place.lastYear });
      if (place.late > 0) reasons.push({ code: 'late', count: place.late });
      // Without a reason that can be said it is a guess.
      return reasons.length === 0 ? [] : [{ ...place, expected, chance, reasons }];
    })
    .sort((a, b) => b.expected - a.expected || b.late - a.late)
    .slice(0, MOST);
}

/** A code, and the numbers its sentence needs. */
export function partsOf<R extends Reason | RiskReason>(
  reason: R,
): { code: R['code']; params: Record<string, number> } {
  const { code, ...params } = reason;
  return { code, params: params as Record<string, number> };
}
