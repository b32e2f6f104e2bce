import { useText } from '../../app/text.ts';
import css from './prevention.module.css';

const WIDTH = 12;
const GAP = 3;
const HEIGHT = 40;

/** How many each week, the last one on the right and darker: the two weeks a rise is judged by. */
export function WeekBars({ weeks }: { weeks: readonly number[] }) {
  const { t } = useText();
  const most = Math.max(1, ...weeks);
  const whole = weeks.length * (WIDTH + GAP) - GAP;
  return (
    <svg
      className={css.bars}
      viewBox={`0 0 ${Math.max(1, whole)} ${HEIGHT}`}
      width={whole}
      height={HEIGHT}
      role="img"
      aria-label={t('prevention.weeks', { counts: weeks.join(', ') })}
    >
      {weeks.map((count, at) => {
        const height = count === 0 ? 1 : Math.max(3, (count / most) * HEIGHT);
        return (
          <rect
            // oxlint-disable-next-line react/no-array-index-key -- a week has no name but its place
            key={at}
            className={at >= weeks.length - 2 ? css.barNew : css.bar}
            x={at * (WIDTH + GAP)}
            y={HEIGHT - height}
            width={WIDTH}
            height={height}
          />
        );
      })}
    </svg>
  );
}
