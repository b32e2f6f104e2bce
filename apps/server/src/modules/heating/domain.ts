import { addDays, daysBetween, type LocalDate } from '@gongzhi/kernel';

/** The heating season and what was measured in it: pure rules, days and tenths of a degree passed in. */

export interface SeasonRule {
  readonly startMonth: number;
  readonly startDay: number;
  readonly endMonth: number;
  readonly endDay: number;
}

export interface Season {
  /** 2026-2027, or 2026 where it lies within one year. */
  readonly name: string;
  readonly firstDay: LocalDate;
  /** Still heated. */
  readonly lastDay: LocalDate;
}

const two = (n: number) => String(n).padStart(2, '0');

/** The season that begins in this year. */
export function seasonFrom(year: number, rule: SeasonRule): Season {
  const firstDay = `${year}-${two(rule.startMonth)}-${two(rule.startDay)}`;
  const isWithin = rule.endMonth * 100 + rule.endDay > rule.startMonth * 100 + rule.startDay;
  const endYear = isWithin ? year : year + 1;
  return {
    name: isWithin ? String(year) : `${year}-${endYear}`,
    firstDay,
    lastDay: `${endYear}-${two(rule.endMonth)}-${two(rule.endDay)}`,
  };
}

/** In which season a day lies; null where nobody has to heat. */
export function seasonOn(day: LocalDate, rule: SeasonRule): Season | null {
  const year = Number(day.slice(0, 4));
  const found = [seasonFrom(year - 1, rule), seasonFrom(year, rule)].find(
    ({ firstDay, lastDay }) => firstDay <= day && day <= lastDay,
  );
  return found ?? null;
}

/** The season a day lies in, or else the one before it: what a page shows in summer. */
export function latestSeason(day: LocalDate, rule: SeasonRule): Season {
  const year = Number(day.slice(0, 4));
  const current = seasonFrom(year, rule);
  return current.firstDay <= day ? current : seasonFrom(year - 1, rule);
}

export interface RoomReading {
  readonly room: string;
  readonly tenths: number;
}

/** The coldest room is what counts: a home is not warm on the average. */
export function coldestOf(rooms: readonly RoomReading[]): number {
  return Math.min(...rooms.map(({ tenths }) => tenths));
}

/** 18.0 is warm, 17.9 is cold. */
export const isCold = (tenths: number, standardTenths: number): boolean => tenths < standardTenths;

/** One measurement of a home, as far as the record of cold rooms needs it. */
export interface Measured {
  readonly visitId: string;
  readonly day: LocalDate;
  /** Within a day the later one stands. */
  readonly at: number;
  readonly tenths: number;
  readonly isCold: boolean;
  /** By both sides. What only one has signed proves nothing to the other. */
  readonly isSigned: boolean;
}

export interface ColdSpell {
  readonly from: LocalDate;
  /** The first day that is warm again, or the day after the season or after today. */
  readonly until: LocalDate;
  readonly days: number;
  readonly coldestTenths: number;
  /** Nobody has measured it warm again. */
  readonly isOpen: boolean;
  readonly visitIds: readonly string[];
}

/**
 * From the day it was measured cold, signed by both, until the day it was measured warm, signed by both; at most to the
 * season's end, and not beyond today.
 */
export function coldSpells(measured: readonly Measured[], season: Season, today: LocalDate): ColdSpell[] {
  const known = measured
    .filter(({ day, isSigned }) => isSigned && day >= season.firstDay && day <= season.lastDay)
    .sort((a, b) => a.at - b.at || (a.visitId < b.visitId ? -1 : 1));
  const lastDay = today < season.lastDay ? today : season.lastDay;
  const spells: ColdSpell[] = [];
  let held = null as { from: LocalDate; coldest: number; visitIds: string[] } | null;
  const end = (until: LocalDate, isOpen: boolean): void => {
    if (held === null) return;
    spells.push({
      from: held.from,
      until,
      days: daysBetween(held.from, until),
      coldestTenths: held.coldest,
      isOpen,
      visitIds: held.visitIds,
    });
    held = null;
  };
  for (const one of known) {
    if (one.isCold) {
      held = {
        from: held?.from ?? one.day,
        coldest: Math.min(held?.coldest ?? one.tenths, one.tenths),
        visitIds: [...(held?.visitIds ?? []), one.visitId],
      };
    } else end(one.day, false);
  }
  end(addDays(lastDay, 1), true);
  // Cold and warm again on one day is no day without heat.
  return spells.filter(({ days }) => days > 0);
}
