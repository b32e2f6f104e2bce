import { parseIso } from '@gongzhi/kernel';

/** Minutes of the day as a clock shows them; beyond midnight it is the next day's. */
export function clockOf(minutes: number): string {
  const left = minutes % 1440;
  return `${String(Math.floor(left / 60)).padStart(2, '0')}:${String(left % 60).padStart(2, '0')}`;
}

/** A clock's hours as a shift: an end that is not later belongs to the next day. Null when either is no time. */
export function shiftOf(from: string, to: string): { from: number; to: number } | null {
  const [begin, end] = [minutesOf(from), minutesOf(to)];
  if (begin === null || end === null) return null;
  return { from: begin, to: end > begin ? end : end + 1440 };
}

function minutesOf(clock: string): number | null {
  const found = /^(\d{2}):(\d{2})$/.exec(clock);
  return found === null ? null : Number(found[1]) * 60 + Number(found[2]);
}

/** What a field for date and time holds, by the place's clock. */
export function instantOf(local: string, zone: string): string | undefined {
  const at = local === '' ? null : parseIso(local, zone);
  return at === null ? undefined : new Date(at).toISOString();
}
