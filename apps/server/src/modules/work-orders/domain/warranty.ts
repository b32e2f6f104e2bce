import { addDays, type LocalDate } from '@gongzhi/kernel';

/** An earlier repair of the same thing, as the register has it. */
export interface EarlierRepair {
  readonly orderId: string;
  readonly number: string;
  readonly categoryGroup: string;
  /** The day it was finished, at the place. */
  readonly finishedOn: LocalDate;
  /** The longest of its lines; null: no line had one, then the scope's own rule counts. */
  readonly warrantyMonths: number | null;
}

export interface Warranty {
  readonly orderId: string;
  readonly number: string;
  readonly finishedOn: LocalDate;
  /** The last day it holds. */
  readonly until: LocalDate;
}

/**
 * The last day of a warranty of so many months that began on `from`: the same day of the month, or that month's last
 * when it has none. The day itself is still within.
 */
export function warrantyUntil(from: LocalDate, months: number): LocalDate {
  const [year, month, day] = from.split('-').map(Number) as [number, number, number];
  const index = year * 12 + (month - 1) + months;
  const first = (at: number): LocalDate =>
    `${String(Math.floor(at / 12)).padStart(4, '0')}-${String((at % 12) + 1).padStart(2, '0')}-01`;
  const last = Number(addDays(first(index + 1), -1).slice(8));
  return `${first(index).slice(0, 8)}${String(Math.min(day, last)).padStart(2, '0')}`;
}

/** The warranty that covers a new report today, the one that holds longest; null when none does. */
export function warrantyFor(
  earlier: readonly EarlierRepair[],
  categoryGroup: string,
  today: LocalDate,
  defaultMonths: number,
): Warranty | null {
  let best: Warranty | null = null;
  for (const repair of earlier) {
    const months = repair.warrantyMonths ?? defaultMonths;
    if (repair.categoryGroup !== categoryGroup || months === 0 || repair.finishedOn > today) continue;
    const until = warrantyUntil(repair.finishedOn, months);
    if (today > until || (best !== null && best.until >= until)) continue;
    best = { orderId: repair.orderId, number: repair.number, finishedOn: repair.finishedOn, until };
  }
  return best;
}
