import type { LocalDate } from '@gongzhi/kernel';

/** Spaces of a car park, and what a vehicle's pass costs: for billing, which collects it. */

export interface CarPark {
  /** Null: nobody counted them, and none is refused for want of one. */
  readonly spaces: number | null;
  readonly monthlyFeeFen: number;
}

export const freeSpaces = (park: CarPark, held: number): number | null =>
  park.spaces === null ? null : Math.max(0, park.spaces - held);

export const isFull = (park: CarPark, held: number): boolean => park.spaces !== null && held >= park.spaces;

/** Months from a day to the day before another; a begun month counts whole. */
export function monthsBetween(from: LocalDate, until: LocalDate): number {
  const [year = 0, month = 0, day = 0] = from.split('-').map(Number);
  const [endYear = 0, endMonth = 0, endDay = 0] = until.split('-').map(Number);
  const whole = (endYear - year) * 12 + (endMonth - month);
  return Math.max(1, endDay > day ? whole + 1 : whole);
}
