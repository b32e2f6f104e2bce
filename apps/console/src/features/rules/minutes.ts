/** Limits as people write them: 90 is 90 minutes, 1440 is 24 hours, 10080 is 7 days. */
export type Unit = 'minutes' | 'hours' | 'days';
export const UNITS = ['minutes', 'hours', 'days'] as const;
const SIZE: Readonly<Record<Unit, number>> = { minutes: 1, hours: 60, days: 1440 };

/** The largest unit in which it is a whole number. */
export function splitMinutes(minutes: number): { value: number; unit: Unit } {
  if (minutes % SIZE.days === 0) return { value: minutes / SIZE.days, unit: 'days' };
  if (minutes % SIZE.hours === 0) return { value: minutes / SIZE.hours, unit: 'hours' };
  return { value: minutes, unit: 'minutes' };
}

/** Null for what is no whole number above zero. */
export function joinMinutes(value: string, unit: Unit): number | null {
  if (!/^\d{1,6}$/.test(value.trim())) return null;
  const minutes = Number(value) * SIZE[unit];
  return minutes > 0 ? minutes : null;
}
