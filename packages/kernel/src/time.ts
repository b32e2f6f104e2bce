/**
 * Time as the product keeps it: an instant is epoch milliseconds (UTC), a local date is 'YYYY-MM-DD', and the
 * bridge between them is an IANA zone through Intl (the code runs on Node 24, which has no global Temporal).
 * Nothing here reads a clock.
 */

export type Instant = number;
/** 'YYYY-MM-DD' in some zone. */
export type LocalDate = string;

export const CHINA = 'Asia/Shanghai';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export interface LocalDateTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
}

/**
 * What to do with a local time that does not exist or exists twice (summer time).
 * 'compatible', the default, is Temporal's: in a gap move forward by the gap's length (02:30 → 03:30), in an
 * overlap take the first of the two. 'earlier' and 'later' pick the other candidates; 'reject' throws.
 */
export type Disambiguation = 'compatible' | 'earlier' | 'later' | 'reject';

// China has kept +08:00 without summer time since 1991-09-15, so the default zone needs no Intl after that.
const CHINA_FIXED_SINCE = Date.UTC(1992, 0, 1);
const CHINA_OFFSET = 8 * HOUR;

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'iso8601',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formatters.set(zone, formatter);
  }
  return formatter;
}

/** True when this runtime knows the zone. */
export function isZone(zone: string): boolean {
  try {
    formatterOf(zone);
    return true;
  } catch {
    return false;
  }
}

function floorMod(a: number, b: number): number {
  return ((a % b) + b) % b;
}

/** Local time minus UTC, in ms, at an instant: +28_800_000 in China. */
export function offsetAt(instant: Instant, zone: string = CHINA): number {
  if (zone === 'UTC') return 0;
  if (zone === CHINA && instant >= CHINA_FIXED_SINCE) return CHINA_OFFSET;
  let year = 0;
  let month = 1;
  let day = 1;
  let hour = 0;
  let minute = 0;
  let second = 0;
  let isBeforeChrist = false;
  for (const part of formatterOf(zone).formatToParts(instant)) {
    if (part.type === 'year') year = Number(part.value);
    else if (part.type === 'month') month = Number(part.value);
    else if (part.type === 'day') day = Number(part.value);
    else if (part.type === 'hour') hour = Number(part.value);
    else if (part.type === 'minute') minute = Number(part.value);
    else if (part.type === 'second') second = Number(part.value);
    else if (part.type === 'era') isBeforeChrist = part.value.startsWith('B');
  }
  const local = utcMillis({
    year: isBeforeChrist ? 1 - year : year,
    month,
    day,
    hour,
    minute,
    second,
    millisecond: 0,
  });
  return local - (instant - floorMod(instant, SECOND));
}

/** Reads the fields as if they were UTC. Unlike Date.UTC it takes years below 100 at their word. */
function utcMillis(t: LocalDateTime): number {
  const date = new Date(0);
  date.setUTCFullYear(t.year, t.month - 1, t.day);
  date.setUTCHours(t.hour, t.minute, t.second, t.millisecond);
  return date.getTime();
}

/** The wall clock of a zone at an instant. */
export function toLocal(instant: Instant, zone: string = CHINA): LocalDateTime {
  const date = new Date(instant + offsetAt(instant, zone));
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    millisecond: date.getUTCMilliseconds(),
  };
}

/** The instant at which a zone's wall clock shows this. Fields past their range roll over, as Date does. */
export function toInstant(
  local: Partial<LocalDateTime> & { readonly year: number; readonly month: number; readonly day: number },
  zone: string = CHINA,
  disambiguation: Disambiguation = 'compatible',
): Instant {
  const naive = utcMillis({ hour: 0, minute: 0, second: 0, millisecond: 0, ...local });
  if (zone === CHINA && naive - DAY >= CHINA_FIXED_SINCE) return naive - CHINA_OFFSET;
  const before = offsetAt(naive - DAY, zone);
  const after = offsetAt(naive + DAY, zone);
  const candidates = [...new Set([naive - before, naive - after])]
    .filter((instant) => instant + offsetAt(instant, zone) === naive)
    .sort((a, b) => a - b);
  const first = candidates[0];
  const last = candidates.at(-1);
  if (first === undefined || last === undefined) {
    // A gap: the clock jumped over this time.
    if (disambiguation === 'reject') throw new RangeError(`no such local time in ${zone}`);
    return disambiguation === 'earlier' ? naive - after : naive - before;
  }
  if (first !== last && disambiguation === 'reject') throw new RangeError(`two such local times in ${zone}`);
  return disambiguation === 'later' ? last : first;
}

const LOCAL_DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

function two(n: number): string {
  return n.toString().padStart(2, '0');
}

/** Reading and writing a date costs half a microsecond; a year's worth of them is asked for again and again. */
const rememberedDays = 4_096;
const millisOf = new Map<LocalDate, number>();
const dateOf = new Map<number, LocalDate>();

function remember<K, V>(memory: Map<K, V>, key: K, value: V): V {
  if (memory.size >= rememberedDays) memory.clear();
  memory.set(key, value);
  return value;
}

/** UTC midnight of a local date: a plain number for counting days with. Throws on what is no date (2025-02-30). */
function dayNumberMillis(date: LocalDate): number {
  const known = millisOf.get(date);
  if (known !== undefined) return known;
  const found = LOCAL_DATE.exec(date);
  const millis = found ? Date.UTC(Number(found[1]), Number(found[2]) - 1, Number(found[3])) : Number.NaN;
  if (Number.isNaN(millis) || new Date(millis).toISOString().slice(0, 10) !== date) {
    throw new RangeError(`not a date: ${date}`);
  }
  return remember(millisOf, date, millis);
}

/** The date of an instant that is read as if it were UTC. */
function dateOfUtc(millis: number): LocalDate {
  const day = Math.floor(millis / DAY);
  return dateOf.get(day) ?? remember(dateOf, day, new Date(millis).toISOString().slice(0, 10));
}

export function isLocalDate(text: string): boolean {
  try {
    dayNumberMillis(text);
    return true;
  } catch {
    return false;
  }
}

/** The date on the wall calendar of a zone at an instant. */
export function localDate(instant: Instant, zone: string = CHINA): LocalDate {
  return dateOfUtc(instant + offsetAt(instant, zone));
}

/** Calendar arithmetic on dates: no zone, no hours. */
export function addDays(date: LocalDate, days: number): LocalDate {
  return dateOfUtc(dayNumberMillis(date) + days * DAY);
}

/** Whole days from a to b; negative when b is earlier. */
export function daysBetween(a: LocalDate, b: LocalDate): number {
  return (dayNumberMillis(b) - dayNumberMillis(a)) / DAY;
}

/** ISO weekday: 1 Monday … 7 Sunday. */
export function weekdayOf(date: LocalDate): number {
  return new Date(dayNumberMillis(date)).getUTCDay() || 7;
}

/** The instant of a date at `minuteOfDay` on the wall clock (0 … 1440; 1440 is the next midnight). */
export function instantOn(date: LocalDate, minuteOfDay: number, zone: string = CHINA): Instant {
  const day = new Date(dayNumberMillis(date));
  return toInstant(
    {
      year: day.getUTCFullYear(),
      month: day.getUTCMonth() + 1,
      day: day.getUTCDate(),
      hour: Math.floor(minuteOfDay / 60),
      minute: minuteOfDay % 60,
    },
    zone,
  );
}

/** Midnight of a local date; where a zone skips midnight, the first instant of that day. */
export function startOfDay(date: LocalDate, zone: string = CHINA): Instant {
  return instantOn(date, 0, zone);
}

/** '2026-11-21T14:20:00.000+08:00': the instant with the zone's offset (seconds of old offsets are dropped). */
export function toIso(instant: Instant, zone: string = CHINA): string {
  const offset = offsetAt(instant, zone);
  const abs = Math.abs(offset);
  const sign = offset < 0 ? '-' : '+';
  const local = new Date(instant + offset).toISOString().slice(0, -1);
  return `${local}${sign}${two(Math.floor(abs / HOUR))}:${two(Math.floor((abs % HOUR) / MINUTE))}`;
}

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?$/i;

/**
 * Reads an ISO 8601 date-time. With an offset or Z it says which instant; without one it is that zone's wall clock.
 * Null when the text is no such thing or names an impossible date or hour.
 */
export function parseIso(text: string, zone: string = CHINA): Instant | null {
  const found = ISO.exec(text.trim());
  if (!found || !isLocalDate(`${found[1]}-${found[2]}-${found[3]}`)) return null;
  const local = {
    year: Number(found[1]),
    month: Number(found[2]),
    day: Number(found[3]),
    hour: Number(found[4]),
    minute: Number(found[5]),
    second: Number(found[6] ?? 0),
    millisecond: Number((found[7] ?? '').slice(0, 3).padEnd(3, '0')),
  };
  if (local.hour > 23 || local.minute > 59 || local.second > 59) return null;
  const suffix = found[8];
  if (suffix === undefined) return toInstant(local, zone);
  if (suffix.toUpperCase() === 'Z') return utcMillis(local);
  const sign = suffix.startsWith('-') ? -1 : 1;
  const digits = suffix.slice(1).replace(':', '').padEnd(4, '0');
  return utcMillis(local) - sign * (Number(digits.slice(0, 2)) * HOUR + Number(digits.slice(2)) * MINUTE);
}
