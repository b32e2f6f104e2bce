import { describe, expect, it } from 'vitest';
import { clockOf, instantOf, shiftOf } from './days.ts';

describe('hours of a shift', () => {
  it('end the next day when they do not end later', () => {
    expect(shiftOf('08:00', '17:00')).toEqual({ from: 480, to: 1020 });
    expect(shiftOf('20:00', '08:00')).toEqual({ from: 1200, to: 1920 });
    expect(shiftOf('08:00', '08:00')).toEqual({ from: 480, to: 1920 });
    expect(shiftOf('', '08:00')).toBeNull();
  });
  it('are shown as a clock shows them', () => {
    expect([480, 1439, 1440, 1920].map(clockOf)).toEqual(['08:00', '23:59', '00:00', '08:00']);
  });
  it('are the place’s, not the reader’s', () => {
    expect(instantOf('2026-11-23T08:00', 'Asia/Shanghai')).toBe('2026-11-23T00:00:00.000Z');
    expect(instantOf('', 'Asia/Shanghai')).toBeUndefined();
  });
});
