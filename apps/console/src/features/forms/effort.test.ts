import { describe, expect, it } from 'vitest';
import { noEffort, said, touched } from './effort.ts';

const at = (...times: number[]) => times.reduce(touched, noEffort);

describe('the time a page is worked on', () => {
  it('lies between one touch and the next', () => {
    expect(at(1_000).milliseconds).toBe(0);
    expect(at(1_000, 3_500, 4_000).milliseconds).toBe(3_000);
  });

  it('ends when somebody goes away, and begins when they come back', () => {
    expect(at(0, 60_000).milliseconds).toBe(60_000);
    expect(at(0, 60_001).milliseconds).toBe(0);
    expect(at(0, 10_000, 500_000, 501_000).milliseconds).toBe(11_000);
  });

  it('is not less when a clock is set back', () => {
    expect(at(10_000, 5_000, 6_000).milliseconds).toBe(1_000);
  });

  it('is said in whole seconds, once there are enough, and the rest is kept', () => {
    const effort = { milliseconds: 90_400, touchedAt: 7 };
    expect(said(effort, 90)).toEqual({ seconds: 90, rest: { milliseconds: 400, touchedAt: 7 } });
    expect(said({ ...effort, milliseconds: 89_999 }, 90).seconds).toBe(0);
    expect(said({ ...effort, milliseconds: 999 }, 0).seconds).toBe(0);
    expect(said({ ...effort, milliseconds: 1_000 }, 0).seconds).toBe(1);
  });
});
