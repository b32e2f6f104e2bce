import { type Tone, ToneIcon } from '@gongzhi/ui';
import { Link } from '@tanstack/react-router';
import { type Queue, url } from '../../app/routes.ts';
import { useText } from '../../app/text.ts';
import type { Overview } from './api.ts';
import css from './overview.module.css';
import { queueOf } from './rows.ts';

const TILES = [
  { key: 'open', queue: 'open', tone: 'moving' },
  { key: 'unassigned', queue: 'unassigned', tone: 'waiting' },
  { key: 'dueHour', queue: 'due_hour', tone: 'due' },
  { key: 'late', queue: 'late', tone: 'late' },
] as const satisfies readonly { key: keyof Overview['standing']; queue: Queue; tone: Tone }[];

/** What stands in the queues at this moment, whenever it was reported. */
export function Standing({ found }: { found: Overview }) {
  const { t, number } = useText();
  return (
    <section className={css.part} aria-labelledby="overview-standing">
      <h2 id="overview-standing" className={css.heading}>
        {t('overview.standing')}
      </h2>
      <ul className={css.tiles}>
        {TILES.map(({ key, queue, tone }) => {
          const count = found.standing[key];
          const list = queueOf(found.standingFilter, queue);
          const tile = (
            <>
              <span className={css.label}>
                {count > 0 && <ToneIcon tone={tone} size="14px" />} {t(`queues.${queue}`)}
              </span>
              <strong className={css.big} data-tone={count > 0 ? tone : undefined}>
                {number(count)}
              </strong>
            </>
          );
          return (
            <li key={key}>
              {list === null ? (
                <div className={css.tile}>{tile}</div>
              ) : (
                <Link {...url.desk(list)} className={css.tile}>
                  {tile}
                </Link>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
