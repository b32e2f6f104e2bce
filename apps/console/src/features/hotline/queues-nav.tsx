import { cx, ToneIcon, type Tone } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type HotlineQueue, hotlineQueues, url } from '../../app/routes.ts';
import { useText } from '../../app/text.ts';
import { hotlineApi, hotlineKeys } from './api.ts';
import css from './queue.module.css';

const tones: Partial<Record<HotlineQueue, Tone>> = { late: 'late', objected: 'due', exclusion: 'due' };

/** The queues with how many wait in each. */
export function QueuesNav({ chosen }: { chosen: HotlineQueue | undefined }) {
  const { t, number } = useText();
  const counts = useQuery({
    queryKey: hotlineKeys.queues,
    queryFn: hotlineApi.queues,
    // Shares run out by the clock, without an event.
    refetchInterval: 60_000,
  });
  const countOf = (queue: HotlineQueue) => counts.data?.items.find((one) => one.queue === queue)?.count;
  return (
    <nav className={css.queues} aria-label={t('console.queues')}>
      <ul>
        {hotlineQueues.map((queue) => {
          const count = queue === 'all' ? undefined : countOf(queue);
          const tone = tones[queue];
          const isPressing = tone !== undefined && (count ?? 0) > 0;
          return (
            <li key={queue}>
              <Link
                {...url.hotline({ queue })}
                className={cx(css.queue, queue === chosen && css.chosen)}
                aria-current={queue === chosen ? 'true' : undefined}
              >
                <span className={css.name}>{t(`hotline.queue.${queue}`)}</span>
                {isPressing && <ToneIcon tone={tone} size="14px" />}
                {count !== undefined && <span className={css.count}>{number(count)}</span>}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
