import {
  CHINA,
  DAY,
  daysBetween,
  HOUR,
  type Instant,
  localDate,
  MINUTE,
  SECOND,
  toLocal,
} from '@gongzhi/kernel/time.ts';
import { type Locale, thin } from './message.ts';

/** Instants as the API sends them (ISO text), as the kernel keeps them, or as a Date. */
export type When = Instant | string | Date;

function millis(when: When): Instant {
  return typeof when === 'number' ? when : new Date(when).getTime();
}

function two(n: number): string {
  return n.toString().padStart(2, '0');
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/**
 * A time as people say it, seen from `now`: 刚刚 · 3 分钟前 · 12 分钟后 · 今天 14:20 · 昨天 · 明天 · 11月3日 14:20 ·
 * 2025年11月3日 14:20. Minutes are said within the hour; further off, the clock is. The zone is where the order is.
 */
export function formatWhen(locale: Locale, when: When, now: When, zone: string = CHINA): string {
  const at = millis(when);
  const seen = millis(now);
  const ago = seen - at;
  const zh = locale === 'zh-CN';
  if (Math.abs(ago) < MINUTE) return zh ? (ago >= 0 ? '刚刚' : '马上') : ago >= 0 ? 'just now' : 'any moment';
  if (Math.abs(ago) < HOUR) {
    const minutes = Math.floor(Math.abs(ago) / MINUTE);
    if (zh) return thin(`${minutes} 分钟${ago > 0 ? '前' : '后'}`);
    return ago > 0 ? `${minutes} min ago` : `in ${minutes} min`;
  }
  const local = toLocal(at, zone);
  const clock = `${two(local.hour)}:${two(local.minute)}`;
  const days = daysBetween(localDate(seen, zone), localDate(at, zone));
  if (days === 0) return zh ? thin(`今天 ${clock}`) : `today ${clock}`;
  if (days === -1) return zh ? thin(`昨天 ${clock}`) : `yesterday ${clock}`;
  if (days === 1) return zh ? thin(`明天 ${clock}`) : `tomorrow ${clock}`;
  return formatDated(locale, at, seen, zone);
}

/** A date as one writes it: 11月3日 · 2025年11月3日 when it is of another year than `now`; without a `now` no year is said. */
function dateOf(locale: Locale, at: Instant, now: Instant | null, zone: string): string {
  const { year, month, day } = toLocal(at, zone);
  const isOtherYear = now !== null && year !== toLocal(now, zone).year;
  if (locale === 'zh-CN') return `${isOtherYear ? `${year}年` : ''}${month}月${day}日`;
  return `${day} ${MONTHS[month - 1]}${isOtherYear ? ` ${year}` : ''}`;
}

/**
 * The date and the clock, for what is sent to somebody and read at another hour: there "today" is another day and "in 12
 * minutes" has long been.
 */
export function formatDated(locale: Locale, when: When, now: When, zone: string = CHINA): string {
  const at = millis(when);
  const { hour, minute } = toLocal(at, zone);
  const date = dateOf(locale, at, millis(now), zone);
  const clock = `${two(hour)}:${two(minute)}`;
  return locale === 'zh-CN' ? thin(`${date} ${clock}`) : `${date}, ${clock}`;
}

/**
 * From when until when: 明天 9:00–12:00 · 11月24日 9:00–12:00 · 今天 15:31–明天 9:00 · 2027年1月2日 9:00–12:00. Hours of the clock
 * at both ends, however near they are: "today 15:31 to in 47 min" is nothing anybody says. Without a `now` the date is said,
 * for sentences that are read on another day.
 */
export function formatSpan(
  locale: Locale,
  from: When,
  to: When,
  now: When | null,
  zone: string = CHINA,
): string {
  const seen = now === null ? null : millis(now);
  const zh = locale === 'zh-CN';
  const clock = (at: Instant): string => {
    const { hour, minute } = toLocal(at, zone);
    return `${hour}:${two(minute)}`;
  };
  const day = (at: Instant): string => {
    const away = seen === null ? null : daysBetween(localDate(seen, zone), localDate(at, zone));
    if (away === 0) return zh ? '今天 ' : 'today ';
    if (away === 1) return zh ? '明天 ' : 'tomorrow ';
    return zh ? `${dateOf(locale, at, seen, zone)} ` : `${dateOf(locale, at, seen, zone)}, `;
  };
  const [start, end] = [millis(from), millis(to)];
  const isOneDay = localDate(start, zone) === localDate(end, zone);
  const text = `${day(start)}${clock(start)}–${isOneDay ? '' : day(end)}${clock(end)}`;
  return zh ? thin(text) : text;
}

/** The exact time, shown on tap and in title attributes: 2026年11月3日 14:20:05 */
export function formatExact(locale: Locale, when: When, zone: string = CHINA): string {
  const local = toLocal(millis(when), zone);
  const clock = `${two(local.hour)}:${two(local.minute)}:${two(local.second)}`;
  if (locale === 'zh-CN') return thin(`${local.year}年${local.month}月${local.day}日 ${clock}`);
  return `${local.day} ${MONTHS[local.month - 1]} ${local.year}, ${clock}`;
}

/**
 * A length of time in at most two units, rounded down: 45 秒 · 12 分钟 · 1 小时 30 分钟 · 3 天 4 小时.
 * A negative length is said as its size: whoever shows it adds 已超 or 'late'.
 */
export function formatDuration(locale: Locale, duration: number): string {
  const ms = Math.abs(duration);
  const zh = locale === 'zh-CN';
  const units: readonly (readonly [size: number, zh: string, en: string])[] = [
    [DAY, '天', 'd'],
    [HOUR, '小时', 'h'],
    [MINUTE, '分钟', 'min'],
    [SECOND, '秒', 's'],
  ];
  if (ms < SECOND) return zh ? thin('0 秒') : '0 s';
  const index = units.findIndex(([size]) => ms >= size);
  const [size, zhUnit, enUnit] = units[index]!;
  const say = (n: number, zhName: string, enName: string): string =>
    zh ? `${n} ${zhName}` : `${n} ${enName}`;
  const parts = [say(Math.floor(ms / size), zhUnit, enUnit)];
  const next = units[index + 1];
  // Minutes and seconds together are a stopwatch; nobody speaks so.
  if (next && size > MINUTE) {
    const rest = Math.floor((ms % size) / next[0]);
    if (rest > 0) parts.push(say(rest, next[1], next[2]));
  }
  const text = parts.join(' ');
  return zh ? thin(text) : text;
}
