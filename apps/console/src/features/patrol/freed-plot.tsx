import { useText } from '../../app/text.ts';
import type { Freed } from './api.ts';
import css from '../../components/matters.module.css';

const WIDTH = 640;
const HEIGHT = 180;
const LEFT = 44;
const TOP = 12;
const FLOOR = 150;

/** Week by week what was planned, and how much of it sensors spared; the table beside it says the same. */
export function FreedPlot({ freed }: { freed: Freed }) {
  const { t, number } = useText();
  const most = Math.max(1, ...freed.weeks.map(({ plannedHours }) => plannedHours));
  const step = (WIDTH - LEFT - 8) / freed.weeks.length;
  const height = (hours: number): number => (hours / most) * (FLOOR - TOP);
  const width = Math.min(44, step * 0.6);
  return (
    <svg
      className={css.plot}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={t('patrol.freed.title')}
    >
      {freed.weeks.map(({ week, plannedHours, sparedHours }, at) => {
        const x = LEFT + at * step + (step - width) / 2;
        return (
          <g key={week}>
            <title>
              {t('patrol.freed.week', { week, hours: number(sparedHours), planned: number(plannedHours) })}
            </title>
            <rect
              className={css.planned}
              x={x}
              y={FLOOR - height(plannedHours)}
              width={width}
              height={height(plannedHours)}
            />
            <rect
              className={css.spared}
              x={x}
              y={FLOOR - height(sparedHours)}
              width={width}
              height={height(sparedHours)}
            />
            <text className={css.tick} x={x + width / 2} y={FLOOR + 18} textAnchor="middle">
              {week.slice(5)}
            </text>
          </g>
        );
      })}
      <line className={css.axis} x1={LEFT} x2={WIDTH - 8} y1={FLOOR} y2={FLOOR} />
      <text className={css.tick} x={LEFT - 6} y={TOP + 6} textAnchor="end">
        {number(most)}
      </text>
      <text className={css.tick} x={LEFT - 6} y={FLOOR} textAnchor="end">
        {number(0)}
      </text>
    </svg>
  );
}
