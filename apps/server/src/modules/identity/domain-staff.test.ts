import { expect, test } from 'vitest';
import { factorDuty, normaliseRecoveryCode, stepOf } from './domain-second-factor.ts';
import { endedTerm, grantableRoles, hasLeft } from './domain-staff.ts';

test.each([
  ['manager', 'department', ['worker', 'steward', 'desk', 'manager', 'guard']],
  ['manager', 'company', []],
  ['manager', 'compound', []],
  ['company', 'department', ['worker', 'steward', 'desk', 'manager', 'guard']],
  ['company', 'company', ['company']],
  ['company', 'street', []],
  ['committee', 'community', ['social_worker', 'committee']],
  ['committee', 'street', []],
  ['street', 'community', ['social_worker', 'committee']],
  ['street', 'street', ['street']],
  ['street', 'department', []],
  ['city', 'city', ['city']],
  ['city', 'street', ['street']],
  ['city', 'department', []],
  ['desk', 'department', []],
  ['steward', 'department', []],
  ['resident', 'compound', []],
])('a %s may give at a %s: %j', (actor, kind, roles) => {
  expect(grantableRoles(actor, kind)).toEqual(roles);
});

test('a term ends with its last day; yesterday ends it at once', () => {
  const term = { startsOn: '2026-03-01', endsOn: null };
  expect(endedTerm(term, '2026-11-30', '2026-11-21')).toEqual({
    startsOn: '2026-03-01',
    endsOn: '2026-12-01',
  });
  const atOnce = endedTerm(term, '2026-11-20', '2026-11-21')!;
  expect([atOnce.endsOn, hasLeft(atOnce, '2026-11-21'), hasLeft(atOnce, '2026-11-20')]).toEqual([
    '2026-11-21',
    true,
    false,
  ]);
  expect(endedTerm(term, '2026-11-19', '2026-11-21')).toBeNull();
  expect(endedTerm({ ...term, endsOn: '2026-12-01' }, null, '2026-11-21')!.endsOn).toBeNull();
});

test('who was taken on today by mistake is gone at once, and the term is not empty', () => {
  const term = endedTerm({ startsOn: '2026-11-21', endsOn: null }, '2026-11-20', '2026-11-21')!;
  expect(term).toEqual({ startsOn: '2026-11-20', endsOn: '2026-11-21' });
});

const facts = { role: 'desk', isEnrolled: false, roles: ['desk', 'manager'], graceDays: 14 };
test.each([
  ['the last day of grace', { ruleFrom: '2026-11-01', startsOn: '2020-01-01', today: '2026-11-14' }, false],
  ['the first day after it', { ruleFrom: '2026-11-01', startsOn: '2020-01-01', today: '2026-11-15' }, true],
  [
    'who came later has the grace too',
    { ruleFrom: '2026-11-01', startsOn: '2026-11-10', today: '2026-11-23' },
    false,
  ],
  ['until it is over', { ruleFrom: '2026-11-01', startsOn: '2026-11-10', today: '2026-11-24' }, true],
])('a second factor must be there: %s', (_name, days, mustEnrol) => {
  expect(factorDuty({ ...facts, ...days }).mustEnrol).toBe(mustEnrol);
  expect(factorDuty({ ...facts, ...days, isEnrolled: true }).mustEnrol).toBe(false);
  expect(factorDuty({ ...facts, ...days, role: 'worker' })).toEqual({
    isRequired: false,
    requiredFrom: null,
    mustEnrol: false,
  });
});

test('steps are thirty seconds; recovery codes are read as people write them', () => {
  expect([stepOf(59_000), stepOf(60_000), stepOf(1_111_111_109_000)]).toEqual([1, 2, 37_037_036]);
  expect(normaliseRecoveryCode(' 4k7o-il2M ')).toBe('4K70112M');
});
