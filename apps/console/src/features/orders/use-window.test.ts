import { describe, expect, it } from 'vitest';
import { rangeOf } from './use-window.ts';

describe('which rows are drawn', () => {
  it('are what is seen and a margin, however many there are', () => {
    expect(rangeOf(0, 800, 10_000, 40, 32)).toEqual({ start: 0, end: 32 });
    const middle = rangeOf(200_000, 800, 10_000, 40, 32);
    expect(middle.start).toBeLessThan(5000);
    expect(middle.end).toBeGreaterThan(5020);
    expect(middle.end - middle.start).toBeLessThan(60);
  });

  it('never reach beyond the list', () => {
    expect(rangeOf(400_000, 800, 10_000, 40, 32)).toMatchObject({ end: 10_000 });
    expect(rangeOf(5000, 800, 3, 40, 32)).toEqual({ start: 3, end: 3 });
    expect(rangeOf(0, 800, 0, 40, 32)).toEqual({ start: 0, end: 0 });
  });
});
