/** The arithmetic of a plot of readings. Pure. */

export interface PlotPoint {
  readonly at: number;
  readonly least: number;
  readonly most: number;
}

export interface PlotShape {
  /** The ends of the value axis. */
  readonly low: number;
  readonly high: number;
  /** Lines without a break, each a list of corners. */
  readonly lines: readonly (readonly (readonly [x: number, y: number])[])[];
}

/** Longer than so many usual distances without a reading is a gap, and nothing is drawn over it. */
const GAP = 4;

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/**
 * Where the readings lie in a field of one by one, the origin at the top left. `levels` are values that must be in view, such as
 * the limit of a rule. A state keeps its value until the next reading says otherwise; a number is joined by a line, and
 * where one piece held several, the line passes through its least and its most.
 */
export function shapeOf(
  points: readonly PlotPoint[],
  {
    from,
    to,
    levels = [],
    isState = false,
  }: { from: number; to: number; levels?: readonly number[]; isState?: boolean },
): PlotShape {
  const all = [...levels, ...points.flatMap(({ least, most }) => [least, most]), ...(isState ? [0, 1] : [])];
  const least = Math.min(...all);
  const most = Math.max(...all);
  // A line that never moves stands in the middle of something.
  const room = isState ? 0 : Math.max((most - least) * 0.1, Math.abs(most) * 0.02, 0.01);
  const [low, high] = all.length === 0 ? [0, 1] : [least - room, most + room];
  const x = (at: number): number => (at - from) / (to - from);
  const y = (value: number): number => 1 - (value - low) / (high - low);
  const usual = median(points.slice(1).map(({ at }, i) => at - (points[i]?.at ?? at)));
  const lines: [number, number][][] = [];
  for (const [i, point] of points.entries()) {
    const before = points[i - 1];
    const isBroken = before === undefined || point.at - before.at > usual * GAP;
    if (isBroken) lines.push([]);
    const line = lines.at(-1) as [number, number][];
    const last = line.at(-1);
    if (isState && last !== undefined) line.push([x(point.at), last[1]]);
    // From the nearer end to the farther, so that a peak is a peak and not a saw.
    const isRising =
      last === undefined || Math.abs(last[1] - y(point.least)) <= Math.abs(last[1] - y(point.most));
    const ends = point.least === point.most ? [point.least] : [point.least, point.most];
    for (const value of isRising ? ends : ends.toReversed()) line.push([x(point.at), y(value)]);
  }
  return { low, high, lines };
}
