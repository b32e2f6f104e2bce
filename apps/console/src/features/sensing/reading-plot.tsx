import { useText } from '../../app/text.ts';
import type { DeviceDetail, Plot } from './api.ts';
import { type PlotPoint, shapeOf } from './plot.ts';
import css from './sensing.module.css';
import { useSensingWords } from './words.ts';

const WIDTH = 460;
const HEIGHT = 180;
const LEFT = 78;
const TOP = 10;
const BOTTOM = 26;

/** What a device said over a time: a line, the limits of its rules, and its alarms as bands. */
export function ReadingPlot({ detail, plot }: { detail: DeviceDetail; plot: Plot }) {
  const { t, locale } = useText();
  const words = useSensingWords();
  const { device, rules, alarms, measures } = detail;
  const from = Date.parse(plot.from);
  const to = Date.parse(plot.to);
  const points: PlotPoint[] = plot.points.map(({ at, least, most }) => ({ at: Date.parse(at), least, most }));
  const isState = measures === 'state';
  const limits = isState
    ? []
    : rules.flatMap(({ code, condition, isActive }) =>
        isActive && condition.is !== 'silent' ? [{ code, value: condition.raiseAt }] : [],
      );
  const shape = shapeOf(points, { from, to, isState, levels: limits.map(({ value }) => value) });
  const x = (share: number): number => LEFT + share * (WIDTH - LEFT - 8);
  const y = (share: number): number => TOP + share * (HEIGHT - TOP - BOTTOM);
  const level = (value: number): number => y(1 - (value - shape.low) / (shape.high - shape.low));
  const within = (at: number): number => x(Math.min(1, Math.max(0, (at - from) / (to - from))));
  const day = new Intl.DateTimeFormat(locale, {
    ...(to - from > 86_400_000 ? { month: 'numeric', day: 'numeric' } : {}),
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const values = points.flatMap(({ least, most }) => [least, most]);
  const ticks = isState ? [0, 1] : [Math.min(...values), Math.max(...values)];
  const label = t('sensing.plotOf', {
    device: device.label,
    from: day.format(from),
    to: day.format(to),
    least: words.value(device.kind, Math.min(...values)),
    most: words.value(device.kind, Math.max(...values)),
  });
  return (
    <svg className={css.plot} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      {alarms
        .filter(
          ({ raisedAt, endedAt }) =>
            Date.parse(raisedAt) < to && (endedAt === null || Date.parse(endedAt) > from),
        )
        .map(({ id, since, clearedAt, endedAt }) => {
          const start = within(Date.parse(since));
          const end = within(Date.parse(clearedAt ?? endedAt ?? plot.to));
          return (
            <rect
              key={id}
              className={css.band}
              x={start}
              y={TOP}
              width={Math.max(2, end - start)}
              height={HEIGHT - TOP - BOTTOM}
            />
          );
        })}
      <line className={css.axis} x1={LEFT} x2={WIDTH - 8} y1={HEIGHT - BOTTOM} y2={HEIGHT - BOTTOM} />
      {limits.map(({ code, value }) => (
        <line key={code} className={css.limit} x1={LEFT} x2={WIDTH - 8} y1={level(value)} y2={level(value)}>
          <title>
            {t('sensing.limit', { rule: words.rule(code), value: words.value(device.kind, value) })}
          </title>
        </line>
      ))}
      {shape.lines.map((line) => (
        <polyline
          key={line[0]?.[0]}
          className={css.trace}
          points={line.map(([px, py]) => `${x(px).toFixed(1)},${y(py).toFixed(1)}`).join(' ')}
        />
      ))}
      {[...new Set(ticks)].map((value) => (
        <text key={value} className={css.tick} x={LEFT - 8} y={level(value) + 4} textAnchor="end">
          {words.value(device.kind, value)}
        </text>
      ))}
      {[0, 0.5, 1].map((share) => (
        <text
          key={share}
          className={css.tick}
          x={x(share)}
          y={HEIGHT - 8}
          textAnchor={share === 0 ? 'start' : share === 1 ? 'end' : 'middle'}
        >
          {day.format(from + share * (to - from))}
        </text>
      ))}
    </svg>
  );
}
