import { addDays, chinaWorking, isWorkday, type LocalDate, weekdayOf } from '@gongzhi/kernel';
import { matters, weekdayFactor } from '../data/matters.ts';
import type { Category } from '../rules.ts';
import type { Weather } from './weather.ts';

/** How much more or less of a matter a day brings than an ordinary day: all of it assumed, and said so in docs/simulated-city.md. */

export interface Day {
  readonly date: LocalDate;
  readonly weather: Weather;
  /** Rain of the two days before: a roof goes on dripping. */
  readonly wetBefore: number;
  readonly isHoliday: boolean;
}

export function dayOf(date: LocalDate, weather: ReadonlyMap<LocalDate, Weather>): Day {
  const before = [1, 2].reduce((sum, back) => sum + (weather.get(addDays(date, -back))?.rain ?? 0), 0);
  return {
    date,
    weather: weather.get(date)!,
    wetBefore: before,
    isHoliday: chinaWorking.holidays.days[date] === 'holiday',
  };
}

/** The week when radiators stay cold brings ten times the calls about them; after a month the season is an ordinary one. */
function heatingFactor(code: string, { weather }: Day): number {
  const day = weather.heatingDay;
  if (day === null) return 0;
  const cold = 1 + Math.max(0, -weather.temperature) * 0.06;
  const beginning = 11 * Math.exp(-day / 6);
  return code === 'heating.leak' ? cold * (1 + beginning * 0.6) : cold * (1 + beginning);
}

/** Pipes are filled and pressed in the fortnight before: only leaks show then. */
function fillingFactor(code: string, { date }: Day): number {
  const isFilling = date.slice(5) >= '11-01' && date.slice(5) < '11-15';
  return isFilling && code === 'heating.leak' ? 2 : 0;
}

const inRain: Readonly<Record<string, number>> = {
  'water.roof': 12,
  'water.wall': 9,
  'greening.puddle': 12,
  'greening.fallen': 8,
  'water.sewage': 4,
  'building.facade': 3,
  'building.manhole': 3,
  'power.light.street': 1.4,
  'power.spark': 1.6,
  'lift.fault': 1.3,
};
const afterRain: Readonly<Record<string, number>> = {
  'water.roof': 5,
  'water.wall': 5,
  'greening.puddle': 4,
};
const inHeat: Readonly<Record<string, number>> = {
  'power.trip': 2.4,
  'power.out.home': 2,
  'power.out.building': 3,
  'cleaning.odour': 2.5,
  'cleaning.pests': 2.6,
  'cleaning.rubbish': 1.5,
  'noise.outside': 1.7,
  'neighbour.dog': 1.4,
  'lift.fault': 1.3,
};
const inFrost: Readonly<Record<string, number>> = { 'water.burst': 5, 'water.meter': 3, 'water.none': 2 };
const onHolidays: Readonly<Record<string, number>> = {
  'noise.renovation': 0.15,
  'noise.neighbour': 1.4,
  'noise.outside': 1.4,
  'security.stranger': 1.3,
  'parking.lease': 0.1,
};

export function factorOf(category: Category, day: Day): number {
  const matter = matters[category.code]!;
  const { temperature, rain } = day.weather;
  const { code } = category;
  let factor = weekdayFactor[weekdayOf(day.date) - 1]!;
  if (code.startsWith('heating.')) return factor * (heatingFactor(code, day) + fillingFactor(code, day));
  if (matter.months !== undefined && !matter.months.includes(Number(day.date.slice(5, 7)))) return 0;
  if (code === 'cleaning.snow') return temperature < 0 && rain > 0 ? 12 : day.wetBefore > 0 ? 3 : 0;
  if (rain >= 5 && temperature >= 0) factor *= inRain[code] ?? 1;
  else if (day.wetBefore >= 8) factor *= afterRain[code] ?? 1;
  if (temperature >= 27) factor *= inHeat[code] ?? 1;
  if (temperature < 0) factor *= inFrost[code] ?? 1;
  // What needs an office waits for one; in the holidays half of the town is elsewhere.
  if (matter.rhythm === 'office' && !isWorkday(day.date, chinaWorking)) factor *= day.isHoliday ? 0.2 : 0.45;
  if (day.isHoliday) factor *= onHolidays[code] ?? 0.82;
  return factor;
}
