import { DAY } from './time.ts';

/**
 * Whether what somebody read on a meter can be so: one rule for the server, which decides, and for the phone, which says it
 * at once and without a network. Quantities are whole thousandths of the meter's unit.
 */

export const METER_KINDS = ['power', 'water', 'gas', 'heat'] as const;
export type MeterKind = (typeof METER_KINDS)[number];

export const DOUBTS = ['lower', 'may_have_rolled', 'far_more', 'far_less', 'nothing_used'] as const;
export type Doubt = (typeof DOUBTS)[number];
/** What somebody says to a doubt: it is so; the counter began anew; the reading before was the wrong one. */
export const ANSWERS = ['sure', 'rolled_over', 'earlier_wrong'] as const;
export type DoubtAnswer = (typeof ANSWERS)[number];

/** More than a home of this kind needs in a day, while nobody knows what it usually needs. */
const mostOfAHome: Readonly<Record<MeterKind, number>> = {
  power: 60_000,
  water: 3_000,
  gas: 10_000,
  heat: 150_000,
};
/** So little that no comparison means anything. */
const small: Readonly<Record<MeterKind, number>> = {
  power: 3_000,
  water: 300,
  gas: 500,
  heat: 5_000,
};

export const capacityOf = (digits: number): number => 10 ** digits * 1000;

/** What it showed at a moment. */
export interface Shown {
  readonly at: number;
  readonly milli: number;
}

export interface Judged {
  readonly doubts: readonly Doubt[];
  /** What was used if it is so; null where it cannot be so. */
  readonly usedMilli: number | null;
  /** What was used if the counter began anew. */
  readonly rolledMilli: number | null;
  readonly expectedMilli: number | null;
}

export interface PlausibilityRule {
  /** How many times what is usual is far from it. */
  readonly farTimes: number;
}

/**
 * Whether a reading can be what it says, seen from the one before it. Exactly `farTimes` what is usual is not far yet.
 * Nothing is ever corrected here: a doubt is put to whoever reads.
 */
export function judgeReading(
  meter: { readonly kind: MeterKind; readonly digits: number; readonly usualMilliDay: number | null },
  before: Shown | null,
  now: Shown,
  rule: PlausibilityRule,
): Judged {
  if (before === null) return { doubts: [], usedMilli: null, rolledMilli: null, expectedMilli: null };
  const days = Math.max(now.at - before.at, DAY / 24) / DAY;
  const usual = meter.usualMilliDay;
  const expectedMilli = usual === null ? null : Math.round(usual * days);
  const farMore = (used: number) =>
    usual === null
      ? used > mostOfAHome[meter.kind] * Math.max(days, 1)
      : used > Math.max(usual * days * rule.farTimes, small[meter.kind]);
  if (now.milli < before.milli) {
    const capacity = capacityOf(meter.digits);
    const rolled = capacity - before.milli + now.milli;
    const mayRoll = before.milli >= capacity * 0.9 && !farMore(rolled);
    return {
      doubts: mayRoll ? ['lower', 'may_have_rolled'] : ['lower'],
      usedMilli: null,
      rolledMilli: mayRoll ? rolled : null,
      expectedMilli,
    };
  }
  const used = now.milli - before.milli;
  const doubts: Doubt[] = [];
  if (farMore(used)) doubts.push('far_more');
  else if (expectedMilli !== null && expectedMilli > small[meter.kind]) {
    if (used === 0) doubts.push('nothing_used');
    else if (used * rule.farTimes < expectedMilli) doubts.push('far_less');
  }
  return { doubts, usedMilli: used, rolledMilli: null, expectedMilli };
}

/** Whether an answer fits the doubts: nobody says "sure" to a counter that runs backwards. */
export function fitsDoubts(doubts: readonly Doubt[], answer: DoubtAnswer | null): boolean {
  if (doubts.length === 0) return true;
  if (answer === null) return false;
  if (doubts.includes('lower'))
    return answer === 'earlier_wrong' || (answer === 'rolled_over' && doubts.includes('may_have_rolled'));
  return answer === 'sure';
}

/** What can be said to these doubts, for whoever is asked. */
export function answersTo(doubts: readonly string[]): readonly DoubtAnswer[] {
  if (!doubts.includes('lower')) return ['sure'];
  return doubts.includes('may_have_rolled') ? ['rolled_over', 'earlier_wrong'] : ['earlier_wrong'];
}

/** What somebody typed as a meter's figure: at most three decimals; null for what is none. */
export function figureOf(words: string): number | null {
  const plain = words.trim();
  return /^\d{1,9}(?:\.\d{1,3})?$/.test(plain) ? Number(plain) : null;
}
