import { useText } from '../../app/text.ts';
import type { MeterPage } from './api.ts';
import css from './metering.module.css';
import { useMeterWords } from './words.ts';

const WIDTH = 420;
const HEIGHT = 120;
const FOOT = 18;

/** The last thirty days as bars, and months beside those of the year before. */
export function UsePlots({ page }: { page: MeterPage }) {
  const { t } = useText();
  const { use } = page;
  if (use.months.length === 0) return <p className={css.quiet}>{t('metering.page.noUse')}</p>;
  return (
    <>
      {use.days.length > 0 && <Days page={page} />}
      <Months page={page} />
    </>
  );
}

function Days({ page }: { page: MeterPage }) {
  const { t, number } = useText();
  const words = useMeterWords();
  const { days } = page.use;
  const most = Math.max(...days.map(({ value }) => value), 0.001);
  const step = WIDTH / 31;
  const last = days.at(-1)?.day ?? '';
  const indexOf = (day: string) => 30 - Math.round((Date.parse(last) - Date.parse(day)) / 86_400_000);
  return (
    <figure className={css.figure}>
      <figcaption>
        {t('metering.page.days')} · {words.amount(most, page.meter.kind)}
      </figcaption>
      <svg
        className={css.plot}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={days.map(({ day, value }) => `${day} ${number(value)}`).join(', ')}
      >
        {days.map(({ day, value, isSpread }) => {
          const height = (value / most) * (HEIGHT - FOOT);
          return (
            <rect
              key={day}
              className={isSpread ? css.spread : css.bar}
              x={indexOf(day) * step + 1}
              y={HEIGHT - FOOT - height}
              width={step - 2}
              height={Math.max(height, 1)}
            />
          );
        })}
        <text className={css.tick} x={0} y={HEIGHT - 4}>
          {days[0]?.day.slice(5)}
        </text>
        <text className={css.tick} x={WIDTH} y={HEIGHT - 4} textAnchor="end">
          {last.slice(5)}
        </text>
      </svg>
      {days.some(({ isSpread }) => isSpread) && <p className={css.quiet}>{t('metering.page.spread')}</p>}
    </figure>
  );
}

function Months({ page }: { page: MeterPage }) {
  const { t, number } = useText();
  const words = useMeterWords();
  const { months } = page.use;
  const most = Math.max(...months.flatMap(({ value, yearBefore }) => [value, yearBefore ?? 0]), 0.001);
  const step = WIDTH / Math.max(months.length, 6);
  const height = (value: number) => (value / most) * (HEIGHT - FOOT);
  return (
    <figure className={css.figure}>
      <figcaption>
        {t('metering.page.months')} · {words.amount(most, page.meter.kind)}
      </figcaption>
      <svg
        className={css.plot}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={months.map(({ month, value }) => `${month} ${number(value)}`).join(', ')}
      >
        {months.map(({ month, value, yearBefore }, index) => (
          <g key={month}>
            {yearBefore !== null && (
              <rect
                className={css.before}
                x={index * step + 2}
                y={HEIGHT - FOOT - height(yearBefore)}
                width={step / 2 - 3}
                height={height(yearBefore)}
              />
            )}
            <rect
              className={css.bar}
              x={index * step + step / 2}
              y={HEIGHT - FOOT - height(value)}
              width={step / 2 - 3}
              height={Math.max(height(value), 1)}
            />
            <text className={css.tick} x={index * step + step / 2} y={HEIGHT - 4} textAnchor="middle">
              {Number(month.slice(5))}
            </text>
          </g>
        ))}
      </svg>
      <p className={css.quiet}>
        <span className={css.keyNow} aria-hidden="true" /> {t('metering.page.thisYear')}{' '}
        <span className={css.keyBefore} aria-hidden="true" /> {t('metering.page.lastYear')}
      </p>
    </figure>
  );
}
