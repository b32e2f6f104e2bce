import css from './Plots.module.css';
import { boxOf, lanesOf } from './plots.ts';
import type { Tone } from './tone.ts';

/** Small pictures of our own, beside a table or a sentence that says the same. All styling is attributes and classes. */

/** What a whole consists of, in one bar. `label` is its sentence for who listens. */
export function ShareBar({
  label,
  parts,
}: {
  label: string;
  parts: readonly { tone: Tone; value: number }[];
}) {
  const whole = parts.reduce((sum, { value }) => sum + value, 0);
  const starts = parts.map((_, at) => parts.slice(0, at).reduce((sum, { value }) => sum + value, 0));
  return (
    <svg className={css.share} viewBox="0 0 100 14" preserveAspectRatio="none" role="img" aria-label={label}>
      {parts.map(({ tone, value }, at) =>
        value === 0 ? null : (
          <rect
            key={tone}
            className={css[tone]}
            x={((starts[at] ?? 0) / whole) * 100}
            y={0}
            // A hair between two of them, so that they part without colour too.
            width={Math.max(0.4, (value / whole) * 100 - 0.6)}
            height={14}
          />
        ),
      )}
    </svg>
  );
}

export interface StripPoint {
  readonly key: string;
  readonly value: number;
  /** Who or what it is and how much: shown by the browser when one points at it. */
  readonly title: string;
}

const WIDTH = 480;
const HEIGHT = 132;
const SIDE = 16;
const LANE = 10;
const MIDDLE = 56;
const FLOOR = 104;

/** Where each stands among all: a dot for each, the middle half as a box, the median as a line. */
export function StripPlot({
  label,
  points,
  format,
  most,
}: {
  label: string;
  points: readonly StripPoint[];
  format: (value: number) => string;
  /** The end of the axis; else the largest. */
  most?: number;
}) {
  const values = points.map(({ value }) => value);
  const end = Math.max(most ?? 0, ...values, Number.EPSILON);
  const x = (value: number): number => SIDE + (value / end) * (WIDTH - 2 * SIDE);
  const box = boxOf(values);
  const lanes = lanesOf(values.map(x), 2 * LANE - 6);
  return (
    <svg className={css.strip} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      {box !== null && (
        <rect
          className={css.box}
          x={x(box.lower)}
          y={12}
          width={Math.max(1, x(box.upper) - x(box.lower))}
          height={88}
          rx={4}
        />
      )}
      <line className={css.axis} x1={SIDE} x2={WIDTH - SIDE} y1={FLOOR} y2={FLOOR} />
      {points.map((point, at) => (
        <circle
          key={point.key}
          className={css.dot}
          cx={x(point.value)}
          cy={MIDDLE + (lanes[at] ?? 0) * LANE}
          r={6}
        >
          <title>{point.title}</title>
        </circle>
      ))}
      {box !== null && (
        <line className={css.median} x1={x(box.median)} x2={x(box.median)} y1={8} y2={FLOOR} />
      )}
      <text className={css.tick} x={SIDE} y={122} textAnchor="start">
        {format(0)}
      </text>
      {box !== null && (
        <text
          className={css.tick}
          x={Math.min(WIDTH - 110, Math.max(90, x(box.median)))}
          y={122}
          textAnchor="middle"
        >
          {format(box.median)}
        </text>
      )}
      <text className={css.tick} x={WIDTH - SIDE} y={122} textAnchor="end">
        {format(end)}
      </text>
    </svg>
  );
}
