import { formatDuration, formatWhen } from '@gongzhi/i18n/when.ts';
import { StatusChip } from '@gongzhi/ui/Status.tsx';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api.ts';
import type { Arrival, Order } from '../../api-types.ts';
import { useWords, type Words } from '../../app/words.ts';
import css from './ArrivalLines.module.css';
import { retry } from './queries.ts';

const WAITED_FOR: readonly Order['status'][] = [
  'submitted',
  'triaged',
  'assigned',
  'accepted',
  'departed',
  'arrived',
  'in_progress',
];
const HOUR_MS = 3_600_000;
const AGAIN_MS = 30_000;

/** Who comes, what they have done here, and when as a rule; it moves while one waits. Nothing where nothing is known. */
export function ArrivalLines({ order, now }: { order: Order; now: number }) {
  const words = useWords();
  const { t, locale } = words;
  const isAsked = WAITED_FOR.includes(order.status);
  const { data } = useQuery({
    // Under the order's own key: what makes it read anew makes this read anew.
    queryKey: ['order', order.id, order.scopeId, 'arrival'],
    queryFn: () => api.arrival(order.scopeId, order.id),
    enabled: isAsked,
    refetchInterval: AGAIN_MS,
    retry,
  });
  if (!isAsked || data === undefined) return null;
  const { person, expected } = data;
  const said = expected === null ? null : expectedWords(words, expected, now);
  return (
    <>
      {said !== null && (
        <p className={css.expected}>
          {said}{' '}
          <span className={css.quiet}>{t('mobile.arrival.learned', { count: expected?.count ?? 0 })}</span>
        </p>
      )}
      {data.isLongerThanUsual && <StatusChip tone="due" word={t('mobile.arrival.longer')} />}
      {person !== null && person.jobsDone > 0 && (
        <p className={css.quiet}>
          {t('mobile.arrival.done', { count: person.jobsDone })}
          {person.satisfiedShare !== null &&
            ` · ${t('mobile.arrival.satisfied', {
              share: new Intl.NumberFormat(locale, { style: 'percent' }).format(person.satisfiedShare),
              count: person.rated,
            })}`}
        </p>
      )}
    </>
  );
}

function expectedWords(
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
