import { addDays, daysBetween, type LocalDate, multiplyFen, splitFen } from '@gongzhi/kernel';
import { addYears, daysOf, daysWithin } from './months.ts';
import type { ColdBand, SurchargeTerms } from './tariffs.ts';

/** Shared to the last fen: the parts make the whole, and of two equal homes the one that stands first gets the fen more. */
export function shareOut(totalFen: number, weights: readonly number[]): number[] {
  return splitFen(BigInt(totalFen), weights.map(BigInt)).map(Number);
}

export interface RentTerms {
  readonly monthlyFen: number;
  readonly rises: {
    readonly from: LocalDate;
    readonly addFen?: number;
    readonly addBp?: number;
  }[];
}

/** The rent of a day: every rise that has begun, one upon the other, each rounded as the contract says it: to the fen. */
export function rentOn(day: LocalDate, rent: RentTerms): number {
  return rent.rises
    .filter(({ from }) => from <= day)
    .toSorted((a, b) => (a.from < b.from ? -1 : 1))
    .reduce(
      (fen, { addFen = 0, addBp = 0 }) =>
        fen + addFen + Number(multiplyFen(BigInt(fen), BigInt(addBp), 10_000n)),
      rent.monthlyFen,
    );
}

/**
 * A month of something paid by the month: whole where it was held all of it, else by its days, rounded once. A rise in
 * the middle of a month holds from the next one on.
 */
export function monthlyPart(
  monthlyFen: number,
  month: LocalDate,
  startsOn: LocalDate,
  endsOn: LocalDate | null,
): { readonly amountFen: number; readonly days: number; readonly ofDays: number } {
  const ofDays = daysOf(month);
  const days = daysWithin(month, startsOn, endsOn);
  return { amountFen: Number(multiplyFen(BigInt(monthlyFen), BigInt(days), BigInt(ofDays))), days, ofDays };
}

export interface ColdDays {
  readonly days: number;
  readonly coldestTenths: number;
}

/**
 * Cold rooms, from records that both sides signed: the season's fee by the day, of it the share of the band the coldest
 * measurement lies in. 15.9 lies below 16; 16.0 does not.
 */
export function coldRefund(
  seasonFen: number,
  seasonDays: number,
  spell: ColdDays,
  bands: readonly ColdBand[],
): { readonly amountFen: number; readonly shareBp: number } {
  const share = Math.max(
    0,
    ...bands.filter(({ belowTenths }) => spell.coldestTenths < belowTenths).map(({ shareBp }) => shareBp),
  );
  const days = Math.min(spell.days, seasonDays);
  const fen = multiplyFen(BigInt(seasonFen), BigInt(days) * BigInt(share), BigInt(seasonDays) * 10_000n);
  return { amountFen: Number(fen), shareBp: share };
}

export interface Owed {
  readonly dueOn: LocalDate;
  readonly amountFen: number;
  /** What was settled on which day. */
  readonly settled: readonly { readonly on: LocalDate; readonly fen: number }[];
}

/** A court may cut what lies more than this above the loss (Civil Code 585; Interpretation on contracts, article 65). */
export const CUT_ABOVE_BP = 3_000;

/**
 * What the contract adds for lateness, up to and including a day: on what was open at the end of each day after the
 * grace, at most the cap of what was owed. Only where the contract has it.
 */
export function surchargeOn(
  owed: Owed,
  terms: SurchargeTerms,
  until: LocalDate,
): {
  readonly amountFen: number;
  readonly days: number;
  readonly isCapped: boolean;
  readonly isHigh: boolean;
} {
  const first = addDays(owed.dueOn, terms.graceDays + 1);
  const end = addDays(until, 1);
  const changes = [
    ...new Set(owed.settled.map(({ on }) => on).filter((on) => on > first && on < end)),
  ].sort();
  const edges = [first, ...changes, end];
  let fenDays = 0n;
  let days = 0;
  for (let i = 0; i + 1 < edges.length; i++) {
    const [from, to] = [edges[i]!, edges[i + 1]!];
    const length = daysBetween(from, to);
    const paid = owed.settled.filter(({ on }) => on <= from).reduce((sum, { fen }) => sum + fen, 0);
    const open = owed.amountFen - paid;
    if (length <= 0 || open <= 0) continue;
    fenDays += BigInt(open) * BigInt(length);
    days += length;
  }
  const accrued = Number(multiplyFen(fenDays, BigInt(terms.perDayE5), 100_000n));
  const cap = Number(multiplyFen(BigInt(owed.amountFen), BigInt(terms.capBp), 10_000n));
  const amountFen = Math.min(accrued, cap);
  return {
    amountFen,
    days,
    isCapped: accrued > cap,
    isHigh: BigInt(amountFen) * 10_000n > BigInt(owed.amountFen) * BigInt(CUT_ABOVE_BP),
  };
}

/** Civil Code 188: three years; 195: a demand, or a promise of the debtor, begins them anew if it came in time. */
export const LIMITATION_YEARS = 3;
export function limitationEnds(dueOn: LocalDate, interruptions: readonly LocalDate[]): LocalDate {
  return interruptions
    .toSorted()
    .reduce(
      (ends, on) => (on > dueOn && on <= ends ? addYears(on, LIMITATION_YEARS) : ends),
      addYears(dueOn, LIMITATION_YEARS),
    );
}

export const AGES = ['not_due', 'to_30', 'to_90', 'to_180', 'to_365', 'over_365'] as const;
export type Age = (typeof AGES)[number];

/** How long it has been owed: due today is not late; the 30th day still belongs to the first month. */
export function ageOf(dueOn: LocalDate, today: LocalDate): Age {
  const late = daysBetween(dueOn, today);
  if (late <= 0) return 'not_due';
  if (late <= 30) return 'to_30';
  if (late <= 90) return 'to_90';
  if (late <= 180) return 'to_180';
  return late <= 365 ? 'to_365' : 'over_365';
}
