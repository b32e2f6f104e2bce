import { expect, test } from 'vitest';
import { reportView } from './view.ts';

/** So many streets as a large city has forms before them. */
const COUNT = 300;

test('a report looks at each sum once, however many there are', () => {
  let looks = 0;
  const sums = Array.from({ length: COUNT }, (_, i) => ({
    get formId() {
      looks++;
      return `form ${i % 10}`;
    },
    streetId: i === 0 ? null : `street ${i}`,
    streetName: null,
    title: '',
    revision: 1,
    dueOn: '2026-12-10',
    columns: [],
    tasks: 1,
    states: { open: 0, submitted: 0, returned: 0, accepted: 1, withdrawn: 0 },
    typed: i,
    corrected: 0,
    reasked: 0,
    reused: i,
    week: '2026-11-23',
    seconds: 60 * i,
  }));
  const report = reportView(
    { tasks: sums, answers: sums, reuse: sums, effort: sums },
    '2026-11-16',
    2,
    COUNT,
  );
  expect(report.items.map(({ typed, reused, minutes }) => [typed, reused, minutes])).toEqual(
    sums.map((_, i) => [i, i, [0, i]]),
  );
  expect(report.isCut).toBe(false);
  expect(looks).toBeLessThan(COUNT * 12);
});
