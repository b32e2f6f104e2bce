import { addDays, type Instant, localDate, startOfDay } from '@gongzhi/kernel';

/** What a certificate is of: a measure's data, a day's passages, a traced list, who passed, what was noted beside passages. */
export const DESTRUCTION_KINDS = ['measure', 'day', 'export', 'person', 'note'] as const;
export type DestructionKind = (typeof DESTRUCTION_KINDS)[number];

/** The nearest of a place's chain that says something decides; the default where none does. */
export function keptDaysOf(
  chain: readonly (string | null)[],
  written: ReadonlyMap<string, number>,
  otherwise: number,
): number {
  for (const id of chain) {
    const days = id === null ? undefined : written.get(id);
    if (days !== undefined) return days;
  }
  return otherwise;
}

/** Before this moment nobody may be known any more: whole days of the place, today not counted. */
export function forgetBefore(now: Instant, days: number, timeZone: string): Instant {
  return startOfDay(addDays(localDate(now, timeZone), -days), timeZone);
}
