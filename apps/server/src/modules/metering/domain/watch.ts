import { DAY, HOUR, type Instant, localDate, startOfDay } from '@gongzhi/kernel';
import type { Counted } from './meters.ts';

/** What stands out in a meter's readings: water that never stops at night, a home that has become quiet. */

export interface LeakRule {
  /** How many nights in a row. */
  readonly nights: number;
  readonly fromHour: number;
  readonly toHour: number;
  /** Thousandths of a unit in an hour that no tap that drips explains. */
  readonly milliAnHour: number;
}

/**
 * Since which night water has run in every stretch of every night; null where there was one without, or where too few
 * readings say anything. A night needs two stretches.
 */
export function leakSince(
  readings: readonly Counted[],
  now: Instant,
  timeZone: string,
  rule: LeakRule,
): Instant | null {
  let since: Instant | null = null;
  const today = localDate(now, timeZone);
  const begun = startOfDay(today, timeZone);
  const last = begun + rule.toHour * HOUR <= now ? begun : begun - DAY;
  for (let night = 0; night < rule.nights; night += 1) {
    const start = last - night * DAY;
    const [from, to] = [start + rule.fromHour * HOUR, start + rule.toHour * HOUR];
    const stretches = stretchesWithin(readings, from, to);
    if (stretches.length < 2) return null;
    if (stretches.some(({ used, hours }) => used < rule.milliAnHour * hours)) return null;
    since = from;
  }
  return since;
}

/** What was used between two readings of which both lie in the night, give or take some minutes. */
function stretchesWithin(readings: readonly Counted[], from: Instant, to: Instant) {
  const slack = 15 * 60_000;
  const found: { used: number; hours: number }[] = [];
  for (let i = 1; i < readings.length; i += 1) {
    const [before, here] = [readings[i - 1]!, readings[i]!];
    if (before.at < from - slack || here.at > to + slack || here.usedMilli === null) continue;
    const hours = (here.at - before.at) / HOUR;
    if (hours >= 0.5) found.push({ used: here.usedMilli, hours });
  }
  return found;
}

export interface QuietRule {
  readonly hours: number;
  /** Less than this in all that time is nothing: a refrigerator alone is more. */
  readonly milli: number;
}

/**
 * Since when next to nothing was used, when that is as long as the rule says: by readings that came, never by readings that
 * did not. A meter that is silent itself is another matter.
 */
export function quietSince(readings: readonly Counted[], now: Instant, rule: QuietRule): Instant | null {
  const last = readings.at(-1);
  if (last === undefined || now - last.at > 6 * HOUR) return null;
  let used = 0;
  for (let i = readings.length - 1; i > 0; i -= 1) {
    const [before, here] = [readings[i - 1]!, readings[i]!];
    if (here.usedMilli === null) return null;
    used += here.usedMilli;
    if (used >= rule.milli) return null;
    if (now - before.at >= rule.hours * HOUR) return before.at;
  }
  return null;
}

/** How long a meter on a line may say nothing. */
export const isSilent = (lastSeenAt: Instant | null, since: Instant, now: Instant, hours: number): boolean =>
  now - (lastSeenAt ?? since) > hours * HOUR;
