import { addDays } from '@gongzhi/kernel';

/** Where the lunar days and the solar term fall. */
export interface LunarCalendar {
  clear(year: number): string;
  /** `month-day` of the lunar year that begins in this one. */
  lunar(year: number, monthAndDay: string): string;
}

/**
 * The days off by law: the regulation on public holidays as amended on 2024-11-10 (State Council decree 795, in force since
 * 2025), article 2. Which days are swapped with a weekend the yearly notice says, and nobody before it.
 */
export function statutoryDays(from: number, to: number, { clear, lunar }: LunarCalendar): string[] {
  const years = Array.from({ length: to - from + 1 }, (_, at) => from + at);
  const days = years.flatMap((year) => {
    const spring = lunar(year, '01-01');
    return [
      `${year}-01-01`,
      // From the lunar New Year's Eve to the third day.
      addDays(spring, -1),
      spring,
      addDays(spring, 1),
      addDays(spring, 2),
      clear(year),
      `${year}-05-01`,
      `${year}-05-02`,
      lunar(year, '05-05'),
      lunar(year, '08-15'),
      `${year}-10-01`,
      `${year}-10-02`,
      `${year}-10-03`,
    ];
  });
  return [...new Set(days)].sort();
}
