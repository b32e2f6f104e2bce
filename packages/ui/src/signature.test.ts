import { describe, expect, it } from 'vitest';
import { draw, isWritten, type Pen, SIGNATURE, type Stroke } from './signature.ts';

const line = (...points: readonly (readonly [number, number])[]): Stroke =>
  points.map(([x, y]) => ({ x, y }));

describe('a signature', () => {
  it.each<[string, Stroke[], boolean]>([
    ['nothing', [], false],
    ['a dot', [line([0.5, 0.5])], false],
    ['a slip of the finger', [line([0.5, 0.5], [0.6, 0.5])], false],
    ['just short of a fifth of the width', [line([0, 0.5], [0.199, 0.5])], false],
    ['a fifth of the width', [line([0, 0.5], [0.2, 0.5])], true],
    ['half the height, as long on paper', [line([0.5, 0], [0.5, 0.5])], true],
    ['less than half the height', [line([0.5, 0], [0.5, 0.49])], false],
    ['many short strokes', [line([0, 0], [0.1, 0]), line([0.25, 0], [0.5, 0])], true],
  ])('%s', (_, strokes, expected) => {
    expect(isWritten(strokes)).toBe(expected);
  });

  it('is drawn through every point, at the size of the surface', () => {
    const calls: [string, ...number[]][] = [];
    const note =
      (name: string) =>
      (...at: number[]) => {
        calls.push([name, ...at]);
      };
    const pen = {
      beginPath: note('begin'),
      moveTo: note('move'),
      lineTo: note('line'),
      quadraticCurveTo: note('curve'),
      stroke: note('stroke'),
    } as unknown as Pen;
    draw(pen, [line([0, 0], [0.5, 0.5], [1, 1]), []], { width: 200, height: 100, ink: 'black' });
    expect(calls).toEqual([
      ['begin'],
      ['move', 0, 0],
      ['curve', 0, 0, 50, 25],
      ['curve', 100, 50, 150, 75],
      ['line', 200, 100],
      ['stroke'],
    ]);
    expect([pen.lineWidth, pen.strokeStyle]).toEqual([(SIGNATURE.line * 200) / SIGNATURE.width, 'black']);
  });
});
