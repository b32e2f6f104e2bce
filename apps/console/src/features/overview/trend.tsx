import { Link } from '@tanstack/react-router';
import { url } from '../../app/routes.ts';
import { useText } from '../../app/text.ts';
import type { Overview } from './api.ts';
import css from './overview.module.css';
import { listOf } from './rows.ts';

/** So many dates can be read beneath the columns. */
const MOST_DATES = 8;

/** How much came in when and how it went: a column for each day, week or month, each the door to its orders. */
export function Trend({ found }: { found: Overview }) {
  const { t, number } = useText();
  const { series } = found;
  const most = Math.max(1, ...series.map(({ figures }) => figures.total));
  const share = (count: number): string => `${(count / most) * 100}%`;
  const every = Math.max(1, Math.ceil(series.length / MOST_DATES));
  return (
    <section className={css.part} aria-labelledby="overview-trend">
      <h2 id="overview-trend" className={css.heading}>
        {t(`overview.trendBy.${found.seriesBy}`)}
      </h2>
      <p className={css.legend}>
        <span className={css.key} data-part="onTime" aria-hidden="true" /> {t('lateness.onTime')}
        <span className={css.key} data-part="rest" aria-hidden="true" /> {t('console.report.undecided')}
        <span className={css.key} data-part="late" aria-hidden="true" /> {t('lateness.late')}
        <span className={css.most}>{t('overview.most', { count: number(most) })}</span>
      </p>
      <ol className={css.columns}>
        {series.map(({ from, to, figures, filter }, at) => {
          const label = t('overview.column', {
            when: from === to ? from : `${from} – ${to}`,
            total: number(figures.total),
            onTime: number(figures.onTime),
            late: number(figures.late),
          });
          const list = figures.total === 0 ? null : listOf({ from, to }, filter, 'all');
          const bars = (
            <span className={css.stack}>
              <span data-part="late" style={{ height: share(figures.late) }} />
              <span
                data-part="rest"
                style={{ height: share(Math.max(0, figures.total - figures.onTime - figures.late)) }}
              />
              <span data-part="onTime" style={{ height: share(figures.onTime) }} />
            </span>
          );
          return (
            <li key={from} className={css.column}>
              {list === null ? (
                <span className={css.stackBox} role="img" aria-label={label} title={label}>
                  {bars}
                </span>
              ) : (
                <Link {...url.desk(list)} className={css.stackBox} aria-label={label} title={label}>
                  {bars}
                </Link>
              )}
              <span className={css.date} aria-hidden="true">
                {at % every === 0 ? from.slice(5) : ''}
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
