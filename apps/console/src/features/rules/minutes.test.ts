import { describe, expect, it } from 'vitest';
import { joinMinutes, splitMinutes } from './minutes.ts';

describe('limits as people write them', () => {
  it.each([
    [1, { value: 1, unit: 'minutes' }],
    [59, { value: 59, unit: 'minutes' }],
    [60, { value: 1, unit: 'hours' }],
    [90, { value: 90, unit: 'minutes' }],
    [1440, { value: 1, unit: 'days' }],
    [1500, { value: 25, unit: 'hours' }],
    [10_080, { value: 7, unit: 'days' }],
  ])('%i', (minutes, parts) => {
    expect(splitMinutes(minutes)).toEqual(parts);
    expect(joinMinutes(String(parts.value), parts.unit as 'minutes')).toBe(minutes);
  });

  it.each(['', '0', '-1', '1.5', 'x', '12345678'])('refuses %j', (value) => {
    expect(joinMinutes(value, 'hours')).toBe(null);
  });
});
