import { parseIso } from '@gongzhi/kernel/time.ts';

/** What a datetime field says, by the clock on the wall at the place, wherever the browser stands; '' where it says nothing. */
export function wallInstant(wall: string): string {
  const at = parseIso(wall);
  return at === null ? '' : new Date(at).toISOString();
}
