import { describe, expect, it } from 'vitest';
import { shapeOf } from './plot.ts';

const at = (minute: number, least: number, most = least) => ({ at: minute * 60_000, least, most });
const hour = { from: 0, to: 3_600_000 };

describe('a plot of readings', () => {
  it('spreads values and limits over its height, and time over its width', () => {
    const { low, high, lines } = shapeOf([at(0, 10), at(30, 20), at(60, 10)], { ...hour, levels: [30] });
    expect([low, high]).toEqual([8, 32]);
    const [line] = lines;
    expect(line!.map(([x]) => x)).toEqual([0, 0.5, 1]);
    expect(line!.map(([, y]) => Math.round(y * 24))).toEqual([22, 12, 22]);
  });
  it('shows a silence as a gap', () => {
    const { lines } = shapeOf(
      [0, 1, 2, 3, 30, 31].map((minute) => at(minute, 1)),
      hour,
    );
    expect(lines.map((line) => line.length)).toEqual([4, 2]);
  });
  it('lets a state stay until it changes', () => {
    const { low, high, lines } = shapeOf([at(0, 0), at(30, 1), at(60, 0)], { ...hour, isState: true });
    expect([low, high]).toEqual([0, 1]);
    expect(lines).toEqual([
      [
        [0, 1],
        [0.5, 1],
        [0.5, 0],
        [1, 0],
        [1, 1],
      ],
    ]);
  });
  it('keeps the peak of a piece, whichever way the line comes', () => {
    const ys = (points: Parameters<typeof shapeOf>[0]) =>
      shapeOf(points, { ...hour, levels: [0, 10] }).lines[0]!.map(([, y]) => 11 - Math.round(y * 12));
    expect(ys([at(0, 1), at(30, 2, 9)])).toEqual([1, 2, 9]);
    expect(ys([at(0, 8), at(30, 2, 9)])).toEqual([8, 9, 2]);
  });
  it('of nothing, or of what never moves, is still a plot', () => {
    expect(shapeOf([], hour)).toEqual({ low: 0, high: 1, lines: [] });
    const { low, high, lines } = shapeOf([at(0, 5), at(10, 5)], hour);
    expect(low).toBeLessThan(5);
    expect(high).toBeGreaterThan(5);
    expect(lines[0]!.map(([, y]) => y)).toEqual([0.5, 0.5]);
  });
});
