import { expect, test } from 'vitest';
import { addMonths, nextStepOn, takeoverFault, type TakeoverFacts } from './domain-takeover.ts';

const facts: TakeoverFacts = {
  role: 'street',
  kind: 'contract',
  effectiveOn: '2026-12-01',
  endsOn: null,
  today: '2026-11-23',
  fromDepartmentId: 'a',
  toDepartmentId: 'b',
  servedSince: '2020-01-01',
  emergencyMonths: 6,
};

test.each([
  ['as planned', {}, null],
  ['today', { effectiveOn: '2026-11-23' }, null],
  ['yesterday', { effectiveOn: '2026-11-22' }, 'takeover.not_before_today'],
  ['730 days ahead', { effectiveOn: '2028-11-22' }, null],
  ['731 days ahead', { effectiveOn: '2028-11-23' }, 'takeover.too_far'],
  ['the day after the present company began', { servedSince: '2026-11-30' }, null],
  ['on the day it began', { servedSince: '2026-12-01' }, 'takeover.before_predecessor'],
  ['when nobody is on record', { servedSince: null }, null],
  ['from nobody', { fromDepartmentId: null }, 'takeover.nobody_serves'],
  ['to the same', { toDepartmentId: 'a' }, 'takeover.same_department'],
  ['an emergency of six months to the day (article 77)', { kind: 'emergency', endsOn: '2027-06-01' }, null],
  ['one day more', { kind: 'emergency', endsOn: '2027-06-02' }, 'takeover.emergency_too_long'],
  ['of no day', { kind: 'emergency', endsOn: '2026-12-01' }, 'takeover.emergency_too_long'],
  [
    'by a company',
    { kind: 'emergency', endsOn: '2027-01-01', role: 'company' },
    'takeover.emergency_not_yours',
  ],
] as const)('a takeover %s', (_name, more, code) => {
  expect(takeoverFault({ ...facts, ...more })?.code ?? null).toBe(code);
});

test.each([
  ['2026-08-31', 6, '2027-02-28'],
  ['2027-08-31', 6, '2028-02-29'],
  ['2026-11-30', 3, '2027-02-28'],
  ['2026-12-15', 1, '2027-01-15'],
  ['2026-01-31', 12, '2027-01-31'],
] as const)('%s and %i months is %s', (date, months, then) => {
  expect(addMonths(date, months)).toBe(then);
});

test('both sides are told the day before, then it is the day', () => {
  expect([nextStepOn('2026-12-01', false), nextStepOn('2026-12-01', true)]).toEqual([
    '2026-11-30',
    '2026-12-01',
  ]);
});
