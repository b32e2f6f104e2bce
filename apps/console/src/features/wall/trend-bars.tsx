import { useText } from '../../app/text.ts';
import type { OverviewData } from './api.ts';
import { trendOf } from './derive.ts';
import { Panel } from './panel.tsx';
import css from './parts.module.css';

/** A bar for each day: what was reported, and within it, narrower, what of it was late. */
export function TrendBars({ overview }: { overview: OverviewData }) {
  const { t, locale, number } = useText();
  const { days, most, least, today } = trendOf(overview);
  const scale = 100 / Math.max(1, most);
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'narrow', timeZone: 'UTC' });
  return (
    <Panel area="trend" title={t('wall.trend.title')} aside={t('wall.trend.most', { number: number(most) })}>
      <svg
        className={css.bars}
        viewBox={`0 0 ${days.length} 100`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t('wall.trend.words', { least: number(least), most: number(most), today: number(today) })}
      >
        {days.map(({ day, total, late }, i) => (
          <g key={day}>
            <rect
              className={css.bar}
              x={i + 0.1}
              width={0.8}
              y={100 - total * scale}
              height={total * scale}
            />
            <rect
              className={css.lateBar}
              x={i + 0.35}
              width={0.3}
              y={100 - late * scale}
              height={late * scale}
            />
          </g>
        ))}
      </svg>
      <ol className={css.weekdays} aria-hidden="true">
        {days.map(({ day }) => (
          <li key={day}>{weekday.format(Date.parse(day))}</li>
        ))}
      </ol>
      <p className={css.legend} aria-hidden="true">
        <span data-bar="reported">{t('wall.trend.reported')}</span>
        <span data-bar="late">{t('wall.trend.late')}</span>
      </p>
    </Panel>
  );
}
