import { DAY, HOUR } from '@gongzhi/kernel';
import { describe, expect, it } from 'vitest';
import { isFull, freeSpaces, monthsBetween } from './car-park.ts';
import { answerFault, appealFault, type Entry, entryFault, entryState } from './lists.ts';
import { parcelFault, sixDigits, slipFault, slipState, waitedDays } from './parcels.ts';

const now = Date.parse('2026-11-23T02:00:00Z');

describe('a parcel', () => {
  const parcel = { state: 'waiting', code: '042107' } as const;
  it.each([
    ['handed out against its code', { action: 'collect', by: 'staff', code: '042107' }, null],
    ['not against another', { action: 'collect', by: 'staff', code: '042108' }, 'code'],
    ['not against none', { action: 'collect', by: 'staff', code: null }, 'code'],
    ['taken by its household', { action: 'collect', by: 'household', code: null }, null],
    ['sent back by who keeps it', { action: 'return', by: 'staff', code: null }, null],
    ['but not by the household', { action: 'return', by: 'household', code: null }, 'not_household'],
  ] as const)('%s', (_, act, fault) => expect(parcelFault(parcel, act)).toBe(fault));
  it('is handed out once', () => {
    for (const state of ['collected', 'returned'] as const)
      expect(parcelFault({ ...parcel, state }, { action: 'collect', by: 'staff', code: '042107' })).toBe(
        'over',
      );
  });
  it('has waited whole days', () => {
    expect(waitedDays(now, now + DAY - 1)).toBe(0);
    expect(waitedDays(now, now + DAY)).toBe(1);
  });
  it('has a code of six digits, leading noughts and all', () => {
    expect(sixDigits(7_000_042)).toBe('000042');
    expect(sixDigits(4_294_967_295)).toBe('967295');
  });
});

describe('a slip for goods', () => {
  const items = [{ what: '冰箱' }];
  it.each([
    ['for an afternoon', { from: now, until: now + 6 * HOUR, items }, null],
    ['for exactly as long as one may', { from: now, until: now + 24 * HOUR, items }, null],
    ['for longer', { from: now, until: now + 24 * HOUR + 1, items }, 'hours_most'],
    ['for the past', { from: now - HOUR, until: now, items }, 'time_past'],
    ['the wrong way round', { from: now + 2 * HOUR, until: now + HOUR, items }, 'time_backwards'],
    ['for nothing', { from: now, until: now + HOUR, items: [{ what: ' ' }] }, 'nothing'],
  ])('%s', (_, wish, fault) => expect(slipFault(wish, now, 24)).toBe(fault));
  it('runs out by itself, and only while nobody has looked at it', () => {
    expect(slipState('open', now, now - 1)).toBe('open');
    expect(slipState('open', now, now)).toBe('over');
    expect(slipState('passed', now, now + DAY)).toBe('passed');
  });
});

describe('an entry of a list', () => {
  const entry: Entry = {
    startsAt: now,
    endsAt: now + 30 * DAY,
    liftedAt: null,
    appealedAt: null,
    answeredAt: null,
    authorAccountId: 'author',
  };
  it('holds to its last moment and not a moment longer', () => {
    expect([now - 1, now, now + 30 * DAY - 1, now + 30 * DAY].map((at) => entryState(entry, at))).toEqual([
      'coming',
      'standing',
      'standing',
      'over',
    ]);
    expect(entryState({ ...entry, liftedAt: now }, now)).toBe('lifted');
  });
  it.each([
    ['about somebody, for a while', {}, null],
    ['about nobody', { hasSubject: false }, 'subject'],
    ['to keep somebody out of their home', { isResident: true }, 'lives_here'],
    ['to look out for who lives here', { isResident: true, kind: 'watch' as const }, null],
    ['for exactly the longest', { endsAt: now + 90 * DAY }, null],
    ['for longer', { endsAt: now + 90 * DAY + 1 }, 'days_most'],
    ['until now', { endsAt: now }, 'time_past'],
    ['isolation on nobody’s authority', { kind: 'isolation' as const }, 'authority'],
    ['isolation under a measure', { kind: 'isolation' as const, hasMeasure: true, isResident: true }, null],
  ])('%s', (_, more, fault) => {
    const wish = {
      kind: 'deny' as const,
      endsAt: now + DAY,
      hasSubject: true,
      isResident: false,
      hasMeasure: false,
      ...more,
    };
    expect(entryFault(wish, now, 90)).toBe(fault);
  });
  it('is appealed against once, and answered by another than its author', () => {
    const appealed = { ...entry, appealedAt: now };
    expect(appealFault(entry, now)).toBe(null);
    expect(appealFault(appealed, now)).toBe('already');
    expect(appealFault(entry, now + 30 * DAY)).toBe('over');
    expect(answerFault(entry, 'other', now)).toBe('none');
    expect(answerFault(appealed, 'author', now)).toBe('own');
    expect(answerFault(appealed, 'other', now)).toBe(null);
    expect(answerFault({ ...appealed, answeredAt: now }, 'other', now)).toBe('already');
    expect(answerFault({ ...appealed, liftedAt: now }, 'other', now)).toBe('over');
  });
});

describe('a car park', () => {
  it('is full at its last space, and never where nobody has counted', () => {
    expect(isFull({ spaces: 2, monthlyFeeFen: 0 }, 1)).toBe(false);
    expect(isFull({ spaces: 2, monthlyFeeFen: 0 }, 2)).toBe(true);
    expect(isFull({ spaces: 0, monthlyFeeFen: 0 }, 0)).toBe(true);
    expect(isFull({ spaces: null, monthlyFeeFen: 0 }, 500)).toBe(false);
    expect(freeSpaces({ spaces: 2, monthlyFeeFen: 0 }, 5)).toBe(0);
  });
  it.each([
    ['2026-11-23', '2026-12-23', 1],
    ['2026-11-23', '2026-12-24', 2],
    ['2026-11-23', '2026-11-24', 1],
    ['2026-11-23', '2027-11-23', 12],
    ['2026-01-31', '2026-02-28', 1],
  ])('a begun month counts: %s to %s', (from, until, months) =>
    expect(monthsBetween(from, until)).toBe(months),
  );
});
