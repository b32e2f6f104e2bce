import type { Satisfaction } from './words.ts';

/**
 * The three rates and the score of 12345 (rules.md section 1; one district's ranking of 2025). Denominator of all
 * three: valid callbacks that were not excluded. Weights, the worth of "basically" and the calendar are dated settings.
 */
export interface RateWeights {
  readonly contacted: number;
  readonly solved: number;
  readonly satisfied: number;
  readonly basically: number;
}

export interface RateCounts {
  readonly received: number;
  readonly replied: number;
  readonly called: number;
  readonly excluded: number;
  readonly valid: number;
  readonly contacted: number;
  readonly solved: number;
  readonly satisfied: number;
  readonly basically: number;
}

export const noCounts: RateCounts = {
  received: 0,
  replied: 0,
  called: 0,
  excluded: 0,
  valid: 0,
  contacted: 0,
  solved: 0,
  satisfied: 0,
  basically: 0,
};

/** Null where nobody valid was called back: nothing is known, and nothing is not nought. */
export interface Rates {
  readonly response: number | null;
  readonly solution: number | null;
  readonly satisfaction: number | null;
  readonly score: number | null;
}

export const noRates: Rates = { response: null, solution: null, satisfaction: null, score: null };

/** One callback as it counts: a call that reached nobody is called, and in no rate. */
export function countCallback(answer: {
  readonly isValid: boolean;
  readonly isExcluded: boolean;
  readonly wasContacted: boolean | null;
  readonly isSolved: boolean | null;
  readonly satisfaction: Satisfaction | null;
}): RateCounts {
  const counts = answer.isValid && !answer.isExcluded;
  const one = (is: boolean) => (counts && is ? 1 : 0);
  return {
    ...noCounts,
    called: 1,
    excluded: answer.isExcluded ? 1 : 0,
    valid: one(true),
    contacted: one(answer.wasContacted === true),
    solved: one(answer.isSolved === true),
    satisfied: one(answer.satisfaction === 'satisfied'),
    basically: one(answer.satisfaction === 'basically_satisfied'),
  };
}

export function addCounts(a: RateCounts, b: RateCounts): RateCounts {
  return Object.fromEntries(
    (Object.keys(noCounts) as (keyof RateCounts)[]).map((key) => [key, a[key] + b[key]]),
  ) as unknown as RateCounts;
}

/** Binary fractions fall a hair short of the halves that people round up. */
function oneDecimal(value: number): number {
  return Math.round(value * 10 + 1e-7) / 10;
}

export function ratesOf(counts: RateCounts, weights: RateWeights): Rates {
  const { valid } = counts;
  if (valid === 0) return noRates;
  const response = counts.contacted / valid;
  const solution = counts.solved / valid;
  const satisfaction = (counts.satisfied + weights.basically * counts.basically) / valid;
  const share = weights.contacted * response + weights.solved * solution + weights.satisfied * satisfaction;
  return { response, solution, satisfaction, score: oneDecimal(share * 100) };
}

/** The official total row: the mean of the units' rates, one unit one voice; units without any are not in it. */
export function meanOf(rows: readonly Rates[]): Rates {
  const mean = (key: keyof Rates) => {
    const known = rows.flatMap((row) => row[key] ?? []);
    return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
  };
  const score = mean('score');
  return {
    response: mean('response'),
    solution: mean('solution'),
    satisfaction: mean('satisfaction'),
    score: score === null ? null : oneDecimal(score),
  };
}

/** By score, then by how many valid callbacks stand behind it; who has none comes last and has no rank. */
export function ranked<
  Row extends { readonly counts: RateCounts; readonly rates: Rates; readonly name: string },
>(rows: readonly Row[]): (Row & { readonly rank: number | null })[] {
  const volume = (row: Row) => row.counts.valid;
  const sorted = rows.toSorted((a, b) => {
    const byScore = (b.rates.score ?? -1) - (a.rates.score ?? -1);
    return byScore !== 0 ? byScore : volume(b) - volume(a) || (a.name < b.name ? -1 : 1);
  });
  return sorted.map((row, i) => ({ ...row, rank: row.rates.score === null ? null : i + 1 }));
}
