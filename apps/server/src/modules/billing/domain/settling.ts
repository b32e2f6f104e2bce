import type { LocalDate } from '@gongzhi/kernel';

/** What is open of a line, and what closes it on a day: whoever pays early pays less, and then it is closed. */
export interface Settleable {
  readonly amountFen: number;
  readonly settledFen: number;
  readonly earlyUntil: LocalDate | null;
  readonly earlyFen: number;
  readonly isVoided: boolean;
}

export const openOf = (line: Settleable): number =>
  line.isVoided ? 0 : Math.max(0, line.amountFen - line.settledFen);

/** Only of a line nobody has paid anything of yet, and paid whole. */
const earlyOn = (line: Settleable, on: LocalDate): number =>
  line.settledFen === 0 && line.earlyUntil !== null && on <= line.earlyUntil ? line.earlyFen : 0;

/** What closes it that day. */
export const dueNow = (line: Settleable, on: LocalDate): number => {
  const open = openOf(line);
  return Math.max(0, open - Math.min(open, earlyOn(line, on)));
};

export interface Settled {
  /** Of the money, so much fitted. */
  readonly takenFen: number;
  /** Taken off for paying early. */
  readonly earlyFen: number;
  /** What no longer fits: somebody else paid meanwhile, or it was taken back. */
  readonly leftFen: number;
  readonly openFen: number;
}

export function settleWith(line: Settleable, amountFen: number, on: LocalDate): Settled {
  const open = openOf(line);
  const early = Math.min(open, earlyOn(line, on));
  if (early > 0 && amountFen >= open - early)
    return { takenFen: open - early, earlyFen: early, leftFen: amountFen - (open - early), openFen: 0 };
  const takenFen = Math.min(open, amountFen);
  return { takenFen, earlyFen: 0, leftFen: amountFen - takenFen, openFen: open - takenFen };
}
