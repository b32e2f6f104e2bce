import { expect, test } from 'vitest';
import { comparedMonth } from './compare.ts';

const day = (on: string) => ({ day: on, value: 1, isSpread: false });
const months = [
  { month: '2026-09', value: 90, yearBefore: 100 },
  { month: '2026-10', value: 110, yearBefore: 100 },
  { month: '2026-11', value: 3, yearBefore: 100 },
];

test.each([
  ['on the third only what is over is compared', '2026-11-03', { month: '2026-10', percent: 10 }],
  ['nor is a month that was not read to its end', '2026-10-30', { month: '2026-09', percent: -10 }],
  ['its last day makes it whole', '2026-10-31', { month: '2026-10', percent: 10 }],
  ['the year turns', '2026-11-30', { month: '2026-11', percent: -97 }],
])('%s', (_what, known, said) => {
  expect(comparedMonth({ days: [day(known)], months })).toEqual(said);
});

test('nothing is said where nothing is known of the year before, or of this one', () => {
  const without = months.map((month) => ({ ...month, yearBefore: null }));
  expect(comparedMonth({ days: [day('2026-11-03')], months: without })).toBeNull();
  expect(comparedMonth({ days: [], months })).toBeNull();
});
