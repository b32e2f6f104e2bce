import { expect, it } from 'vitest';
import { fitWithin } from './shrink.ts';

it('keeps the shape and never makes a picture larger', () => {
  expect(fitWithin(4000, 3000, 1600)).toEqual({ width: 1600, height: 1200 });
  expect(fitWithin(3000, 4000, 1600)).toEqual({ width: 1200, height: 1600 });
  expect(fitWithin(800, 600, 1600)).toEqual({ width: 800, height: 600 });
  expect(fitWithin(20_000, 3, 1600)).toEqual({ width: 1600, height: 1 });
});
