import { cx, ToneIcon, type Tone } from '@gongzhi/ui';
import { Link } from '@tanstack/react-router';
import type { QueueCounts } from '../../api-types.ts';
import { type DeskSearch, type Queue, url } from '../../app/routes.ts';
import { useText } from '../../app/text.ts';
import { countIn } from './queues.ts';
import css from './board-strip.module.css';

const BOARD = [
  { queue: 'unassigned', tone: 'waiting' },
  { queue: 'due_hour', tone: 'due' },
  { queue: 'late', tone: 'late' },
  { queue: 'callback', tone: 'moving' },
] as const satisfies readonly { queue: Queue; tone: Tone }[];

/** Four figures that decide what comes next; each opens its queue. */
export function BoardStrip({ search, counts }: { search: DeskSearch; counts: QueueCounts | undefined }) {
  const { t, number } = useText();
  return (
    <nav className={css.strip} aria-label={t('console.board')}>
      {BOARD.map(({ queue, tone }) => {
        const count = countIn(counts, queue);
        const isCalm = count === undefined || count === 0;
        return (
          <Link
            key={queue}
            {...url.desk({ queue, scope: search.scope })}
            className={cx(css.tile, search.queue === queue && css.chosen)}
            data-tone={isCalm ? undefined : tone}
          >
            <span className={css.figure}>{count === undefined ? '–' : number(count)}</span>
            <span className={css.words}>
              <span className={css.name}>
                {!isCalm && <ToneIcon tone={tone} size="16px" />}
                {t(`queues.${queue}`)}
              </span>
              <span className={css.hint}>{t(`console.board.${queue}`)}</span>
            </span>
          </Link>
        );
      })}
    </nav>
  );
}
