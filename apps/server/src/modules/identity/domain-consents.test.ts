import { describe, expect, it } from 'vitest';
import { consentFault, consentState, endingOf, wholePurposes } from './domain-consents.ts';

const today = '2026-11-23';
const wish = (endsOn: string, purposes: Parameters<typeof wholePurposes>[0] = ['report']) => ({
  endsOn,
  purposes,
});

describe('identity 10: consent is limited', () => {
  it.each([
    ['today: not one day', wish('2026-11-23'), 'past'],
    ['tomorrow: one day', wish('2026-11-24'), null],
    ['yesterday', wish('2026-11-22'), 'past'],
    ['the longest', wish('2027-11-24'), null],
    ['a day longer', wish('2027-11-25'), 'too_long'],
    ['no such day', wish('2026-02-30'), 'no_date'],
    ['for nothing', wish('2026-12-01', []), 'no_purpose'],
  ])('%s', (_, given, fault) => {
    expect(consentFault(given, today, 366)).toBe(fault);
  });

  it.each([
    ['follow is always in', ['report'], ['follow', 'report']],
    ['each once, in one order', ['pay', 'report', 'pay', 'confirm'], ['follow', 'report', 'confirm', 'pay']],
    ['following alone', ['follow'], ['follow']],
  ] as const)('%s', (_, wished, whole) => {
    expect(wholePurposes(wished)).toEqual(whole);
  });

  it.each([
    ['before its first day', '2026-11-24', '2026-12-01', null, 'coming'],
    ['on its first day', '2026-11-23', '2026-12-01', null, 'standing'],
    ['on its last day', '2026-11-01', '2026-11-24', null, 'standing'],
    ['on the first day without it', '2026-11-01', '2026-11-23', null, 'over'],
    ['withdrawn', '2026-11-01', '2026-12-01', new Date('2026-11-02'), 'revoked'],
    ['withdrawn and over', '2026-11-01', '2026-11-10', new Date('2026-11-02'), 'revoked'],
  ])('%s', (_, startsOn, endsOn, revokedAt, state) => {
    expect(consentState({ startsOn, endsOn, revokedAt }, today)).toBe(state);
  });

  it.each([
    ['eight days before', '2026-01-01', '2026-12-01', false, null],
    ['a week before', '2026-01-01', '2026-11-30', false, 'ending'],
    ['a week before, told already', '2026-01-01', '2026-11-30', true, null],
    ['on its last day', '2026-01-01', '2026-11-24', false, 'ending'],
    ['on the first day without it', '2026-01-01', '2026-11-23', true, 'ended'],
    ['long over, and never told', '2026-01-01', '2026-03-01', false, 'ended'],
    ['given for a week', '2026-11-20', '2026-11-27', false, null],
    ['given for eight days', '2026-11-22', '2026-11-30', false, 'ending'],
  ] as const)('its end is told: %s', (_, startsOn, endsOn, isWarned, ending) => {
    expect(endingOf({ startsOn, endsOn, isWarned }, today)).toBe(ending);
  });
});
