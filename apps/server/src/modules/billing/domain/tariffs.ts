import { type Fen, multiplyFen, type Result, err, ok } from '@gongzhi/kernel';

/**
 * What an item costs, as data. Rates are ten-thousandths of a yuan (0.4883 yuan is 4883), areas hundredths of a square
 * metre, quantities thousandths of what a meter counts: nothing is a float, and a line is rounded once, half up.
 */
export const RULE_KINDS = [
  'area',
  'fixed',
  'metered',
  'tiered',
  'shared',
  'parking',
  'rent',
  'deposit',
  'heating',
  'formula',
  'none',
] as const;
export type RuleKind = (typeof RULE_KINDS)[number];

export const METERS = ['power', 'water', 'gas', 'heat'] as const;
export type MeterKind = (typeof METERS)[number];

export interface Step {
  /** In thousandths of a unit, inclusive; the last has none. */
  readonly upToMilli: number | null;
  readonly rateE4: number;
}

/** What is paid back for a day on which a home was measured cold: below so many tenths, so much of that day's fee. */
export interface ColdBand {
  readonly belowTenths: number;
  readonly shareBp: number;
}

export type Rule =
  | { readonly kind: 'area'; readonly rateE4: number }
  | { readonly kind: 'fixed'; readonly amountFen: number }
  | { readonly kind: 'metered'; readonly meter: MeterKind; readonly rateE4: number }
  | { readonly kind: 'tiered'; readonly meter: MeterKind; readonly steps: Step[] }
  | { readonly kind: 'shared'; readonly by: 'area' | 'household' }
  | { readonly kind: 'parking'; readonly amountFen: number }
  | { readonly kind: 'rent' }
  | { readonly kind: 'deposit'; readonly amountFen: number }
  | {
      readonly kind: 'heating';
      readonly rateE4: number;
      /** The month in which the season's fee is billed. */
      readonly month: number;
      readonly cold: ColdBand[];
    }
  | { readonly kind: 'formula'; readonly expression: string; readonly meter?: MeterKind }
  | { readonly kind: 'none' };

/** What the contract says beside the price. */
export interface Terms {
  /** Days after the bill's day until it is due. */
  readonly dueDays: number;
  /** What is paid of it while a home stands empty, in ten-thousandths. */
  readonly vacantBp?: number;
  readonly early?: { readonly withinDays: number; readonly shareBp: number };
  readonly surcharge?: SurchargeTerms;
}

export interface SurchargeTerms {
  /** Of what is open, for each day, in hundred-thousandths: 0.5 ‰ is 50. */
  readonly perDayE5: number;
  readonly graceDays: number;
  /** Never more than this part of what was owed, in ten-thousandths. */
  readonly capBp: number;
}

export type Faults = { readonly path: string; readonly code: string }[];

const whole = (value: number, least: number, most: number): boolean =>
  Number.isSafeInteger(value) && value >= least && value <= most;

/** What a schema cannot say of a rule: steps that rise, one end, bands that do not overlap. */
export function faultsOf(rule: Rule, terms: Terms): Faults {
  const faults: Faults = [];
  if (rule.kind === 'tiered') {
    let below = 0;
    rule.steps.forEach(({ upToMilli }, at) => {
      const isLast = at === rule.steps.length - 1;
      if (isLast !== (upToMilli === null) || (upToMilli !== null && upToMilli <= below))
        faults.push({ path: `/rule/steps/${at}/upToMilli`, code: 'must_rise' });
      below = upToMilli ?? below;
    });
  }
  if (rule.kind === 'heating')
    rule.cold.forEach(({ belowTenths }, at) => {
      if (at > 0 && belowTenths >= rule.cold[at - 1]!.belowTenths)
        faults.push({ path: `/rule/cold/${at}/belowTenths`, code: 'must_fall' });
    });
  if (terms.early !== undefined && terms.early.withinDays > terms.dueDays)
    faults.push({ path: '/terms/early/withinDays', code: 'after_due' });
  return faults;
}

/** Rate × quantity: rates in 1/10000 yuan are 1/100 fen. */
export function rateTimes(rateE4: number, quantity: number, scale: number): Fen {
  return multiplyFen(BigInt(rateE4), BigInt(quantity), 100n * BigInt(scale));
}

export interface StepUsed {
  readonly usedMilli: number;
  readonly rateE4: number;
  readonly amountFen: number;
}

/**
 * Annual steps: what was used this year before decides where this quantity begins. The line is rounded once, as a whole;
 * the parts shown are those of a division with the largest remainder, so that they make the whole.
 */
export function tiered(
  steps: readonly Step[],
  usedBeforeMilli: number,
  usedMilli: number,
): { readonly amountFen: number; readonly parts: StepUsed[] } {
  let from = usedBeforeMilli;
  let left = usedMilli;
  const used: { readonly milli: number; readonly rateE4: number }[] = [];
  for (const { upToMilli, rateE4 } of steps) {
    if (left <= 0) break;
    const room = upToMilli === null ? left : Math.max(0, upToMilli - from);
    const here = Math.min(room, left);
    if (here > 0) used.push({ milli: here, rateE4 });
    from += here;
    left -= here;
  }
  // Exact in 1/100000 fen; rounded once.
  const exact = used.map(({ milli, rateE4 }) => BigInt(milli) * BigInt(rateE4));
  const total = multiplyFen(
    exact.reduce((sum, one) => sum + one, 0n),
    1n,
    100_000n,
  );
  const parts = exact.map((one) => one / 100_000n);
  let rest = total - parts.reduce((sum, one) => sum + one, 0n);
  const order = exact
    .map((one, at) => ({ at, rest: one % 100_000n }))
    .sort((a, b) => (a.rest === b.rest ? a.at - b.at : a.rest > b.rest ? -1 : 1));
  for (const { at } of order) {
    if (rest <= 0n) break;
    parts[at] = parts[at]! + 1n;
    rest -= 1n;
  }
  return {
    amountFen: Number(total),
    parts: used.map(({ milli, rateE4 }, at) => ({
      usedMilli: milli,
      rateE4,
      amountFen: Number(parts[at]!),
    })),
  };
}

/** A reading lower than the last is asked about, never billed: as a turn of the counter only metering may say it. */
export function usedBetween(fromMilli: number, toMilli: number): Result<number, 'reading_lower'> {
  return toMilli < fromMilli ? err('reading_lower') : ok(toMilli - fromMilli);
}

/** So many of ten thousand, half up. */
export const partOf = (fen: number, bp: number): number =>
  Number(multiplyFen(BigInt(fen), BigInt(bp), 10_000n));

export const MOST_FEN = 100_000_000_00;

/** Whether it is an amount that a line may have. */
export const isAmount = (fen: number): boolean => whole(Math.abs(fen), 0, MOST_FEN);
