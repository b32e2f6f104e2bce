import { cx, ToneIcon, type Tone } from '@gongzhi/ui';
import { Link } from '@tanstack/react-router';
import type { QueueCounts } from '../../api-types.ts';
import { type DeskSearch, type Queue, queues, url } from '../../app/routes.ts';
import { useText } from '../../app/text.ts';
import { SavedFilters } from '../desk/saved-filters.tsx';
import { countIn, DEFAULT_QUEUE } from './queues.ts';
import css from './queues-column.module.css';

const toneOfQueue: Partial<Record<Queue, Tone>> = { late: 'late', disputed: 'late', due_hour: 'due' };

/** The saved queues with their counts. The place one looks at stays chosen when the queue changes. */
export function QueuesColumn({ search, counts }: { search: DeskSearch; counts: QueueCounts | undefined }) {
  const { t, number } = useText();
  const chosen = search.queue ?? DEFAULT_QUEUE;
  return (
    <nav className={css.column} aria-label={t('console.queues')}>
      <ul className={css.list}>
        {queues.map((queue) => {
          const count = countIn(counts, queue);
          const tone = toneOfQueue[queue];
          const isPressing = tone !== undefined && (count ?? 0) > 0;
          return (
            <li key={queue}>
              <Link
                {...url.desk({ queue, scope: search.scope })}
                className={cx(css.queue, queue === chosen && search.saved === undefined && css.chosen)}
                aria-current={queue === chosen && search.saved === undefined ? 'true' : undefined}
              >
                <span className={css.name} title={t(`queues.${queue}`)}>
                  {t(`queues.${queue}`)}
                </span>
                {isPressing && <ToneIcon tone={tone} size="14px" />}
                {count !== undefined && (
                  <span className={css.count} data-tone={isPressing ? tone : undefined}>
                    {number(count)}
                  </span>
                )}
              </Link>
            </li>
          );
        })}
      </ul>
      <SavedFilters search={search} />
    </nav>
  );
}
