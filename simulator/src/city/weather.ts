import { addDays, DAY, type LocalDate } from '@gongzhi/kernel';
import { Random } from '../random.ts';

/** One day's weather, as far as it breaks things. */
export interface Weather {
  /** Daily mean in °C. */
  readonly temperature: number;
  /** Millimetres; as snow when it freezes. */
  readonly rain: number;
  /** Days since the district heating was switched on; null outside of the season. */
  readonly heatingDay: number | null;
}

/** A northern plain: the warmest days in late July, the coldest in mid January; assumed (docs/simulated-city.md). */
const mean = 12.5;
const swing = 15.5;
const warmestDay = 206;
const wetDays = [0.06, 0.09, 0.12, 0.16, 0.2, 0.32, 0.45, 0.38, 0.22, 0.15, 0.1, 0.06];
const dayMillimetres = [2, 2, 4, 6, 9, 14, 22, 18, 10, 7, 4, 2];

/** Heat is on from 15 November to 15 March, both included, in most cities of the north. */
const heatingFrom = '11-15';
const heatingTo = '03-15';
/** The first cold spell falls into the first week of heating: what the peak of the year comes from. */
const coldSpell = 7;

export function heatingDay(date: LocalDate): number | null {
  const day = date.slice(5);
  if (day < heatingFrom && day > heatingTo) return null;
  const year = Number(date.slice(0, 4)) - (day <= heatingTo ? 1 : 0);
  return Math.round((Date.parse(date) - Date.parse(`${year}-${heatingFrom}`)) / DAY);
}

/** The weather of every day between two dates, both included: the same for the same seed, whatever the span. */
export function weatherBetween(
  seed: string,
  from: LocalDate,
  to: LocalDate,
): ReadonlyMap<LocalDate, Weather> {
  const days = new Map<LocalDate, Weather>();
  const random = new Random(`${seed}/weather`);
  const luckOf = (date: LocalDate): number => random.fork(date).normal();
  for (let date = from; date <= to; date = addDays(date, 1)) {
    const own = random.fork(date);
    const chill = own.normal();
    const month = Number(date.slice(5, 7)) - 1;
    const dayOfYear = (Date.parse(date) - Date.parse(`${date.slice(0, 4)}-01-01`)) / DAY;
    const season = mean + swing * Math.cos((2 * Math.PI * (dayOfYear - warmestDay)) / 365);
    // Cold and warm spells last: a day takes after the three before it.
    const spell = [1, 2, 3].reduce((sum, back) => sum + luckOf(addDays(date, -back)), chill) * 1.6;
    const heating = heatingDay(date);
    const temperature = season + spell - (heating !== null && heating < coldSpell ? 6 : 0);
    const isWet = own.chance(wetDays[month]!);
    days.set(date, {
      temperature,
      rain: isWet ? dayMillimetres[month]! * own.lognormal(0.8, 0.7) : 0,
      heatingDay: heating,
    });
  }
  return days;
}
