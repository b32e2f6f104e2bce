import { StatusChip } from '@gongzhi/ui/Status.tsx';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api.ts';
import type { Order } from '../../api-types.ts';
import { useWords } from '../../app/words.ts';
import css from './ArrivalLines.module.css';
import { expectedWords } from './say-arrival.ts';
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
