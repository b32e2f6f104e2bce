import { Link } from '@tanstack/react-router';
import { url } from '../../app/routes.ts';
import type { OverviewPer } from '../../app/routes-overview.ts';
import { useText } from '../../app/text.ts';
import type { Overview, OverviewFigures } from './api.ts';
import { useFigure } from './figure.tsx';
import { behind, countPer, headline, type Measure, trend } from './measures.ts';
import css from './overview.module.css';
import { listOf } from './rows.ts';

/** The whole, each figure beside the period before. */
export function Headline({ found, per }: { found: Overview; per: OverviewPer }) {
  const { t, tk } = useText();
  const figure = useFigure();
  const shown = (measure: Measure, figures: OverviewFigures): string =>
    figure(
      measure.kind,
      measure.kind === 'count' ? countPer(figures[measure.key] ?? 0, per, found) : figures[measure.key],
    );
  return (
    <section className={css.part} aria-labelledby="overview-period">
      <h2 id="overview-period" className={css.heading}>
        {t('overview.period')}
      </h2>
      <ul className={css.tiles}>
        {headline.map((measure) => {
          const way = trend(measure, found.now, found.before);
          const list = behind(measure, found.now) === 0 ? null : listOf(found, found.filter, measure.figure);
          const tile = (
            <>
              <span className={css.label}>{t(`overview.measure.${measure.key}`)}</span>
              <strong className={css.big}>{shown(measure, found.now)}</strong>
              <span className={css.before} data-trend={way ?? undefined}>
                {t('overview.before', { figure: shown(measure, found.before) })}
                {way !== null && ` · ${tk(`overview.trend.${way}`)}`}
              </span>
            </>
          );
          return (
            <li key={measure.key}>
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
      <p className={css.note}>
        {t('overview.compared', {
          from: found.from,
          to: found.to,
          previousFrom: found.previousFrom,
          previousTo: found.previousTo,
        })}{' '}
        {t('console.compare.few')}
      </p>
    </section>
  );
}
