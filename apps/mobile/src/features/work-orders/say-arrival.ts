import { formatDuration, formatWhen } from '@gongzhi/i18n/when.ts';
import type { Arrival } from '../../api-types.ts';
import type { Words } from '../../app/words.ts';

const HOUR_MS = 3_600_000;

/** By when somebody takes it, or when they are there, as it was here before. */
export function expectedWords(
  { t, locale }: Words,
  { what, from, likely, to }: NonNullable<Arrival['expected']>,
  now: number,
): string {
  const left = (at: string): number => Math.max(1, Math.round((Date.parse(at) - now) / 60_000));
  const isSoon = Date.parse(to) - now < HOUR_MS;
  if (what === 'take')
    return isSoon
      ? t('mobile.arrival.takeWithin', { span: formatDuration(locale, left(to) * 60_000) })
      : t('mobile.arrival.takeBy', { when: formatWhen(locale, to, now) });
  if (!isSoon) return t('mobile.arrival.likely', { when: formatWhen(locale, likely, now) });
  const [low, high] = [left(from), left(to)];
  return low === high
    ? t('mobile.arrival.minutes', { minutes: high })
    : t('mobile.arrival.between', { low, high });
}
