import type { Rating } from './words.ts';

/**
 * The three rates of 12345 (rules.md, section 1; one district's table of 2025): answered, solved and satisfied, all
 * over the valid callbacks. A call that reached nobody is not valid and is in no figure, so it is never satisfaction.
 * Weights and the worth of "basically" change by city and year: passed in, kept as a dated setting.
 */
export interface CallbackFact {
  readonly isReached: boolean;
  readonly wasContacted: boolean;
  readonly isSolved: boolean;
  readonly satisfaction: Rating | null;
}

export interface RateWeights {
  readonly contacted: number;
  readonly solved: number;
  readonly satisfied: number;
  /** What "basically satisfied" is worth beside "satisfied". */
  readonly basically: number;
}

export const district2025: RateWeights = { contacted: 0.1, solved: 0.5, satisfied: 0.4, basically: 0.9 };

export interface RateCounts {
  readonly valid: number;
  readonly contacted: number;
  readonly solved: number;
  readonly satisfied: number;
  readonly basicallySatisfied: number;
}

export interface Rates {
  /** Null where there is no valid callback: nothing is known, and nothing is not nought. */
  readonly contacted: number | null;
  readonly solved: number | null;
  readonly satisfied: number | null;
  /** Of a hundred, to one decimal. */
  readonly score: number | null;
}

export function countsOf(facts: readonly CallbackFact[]): RateCounts {
  const valid = facts.filter((fact) => fact.isReached);
  const count = (is: (fact: CallbackFact) => boolean) => valid.filter(is).length;
  return {
    valid: valid.length,
    contacted: count((fact) => fact.wasContacted),
    solved: count((fact) => fact.isSolved),
    satisfied: count((fact) => fact.satisfaction === 'satisfied'),
    basicallySatisfied: count((fact) => fact.satisfaction === 'basically_satisfied'),
  };
}

export function ratesOf(counts: RateCounts, weights: RateWeights = district2025): Rates {
  const { valid } = counts;
  if (valid === 0) return { contacted: null, solved: null, satisfied: null, score: null };
  const contacted = counts.contacted / valid;
  const solved = counts.solved / valid;
  const satisfied = (counts.satisfied + weights.basically * counts.basicallySatisfied) / valid;
  const share = weights.contacted * contacted + weights.solved * solved + weights.satisfied * satisfied;
  return { contacted, solved, satisfied, score: oneDecimal(share * 100) };
}

/** The total row: the mean of the units that have a score, not all calls thrown together. */
export function meanOfScores(units: readonly Rates[]): number | null {
  const scores = units.flatMap(({ score }) => (score === null ? [] : [score]));
  return scores.length === 0
    ? null
    : oneDecimal(scores.reduce((sum, score) => sum + score, 0) / scores.length);
}

/** Binary fractions fall a hair short of the halves that people round up. */
function oneDecimal(value: number): number {
  return Math.round(value * 10 + 1e-9) / 10;
}
