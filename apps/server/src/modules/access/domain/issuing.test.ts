import { DAY, HOUR, MINUTE } from '@gongzhi/kernel';
import { describe, expect, it } from 'vitest';
import {
  entriesOf,
  fourteenthBirthday,
  type IssuingRules,
  maskPlate,
  normalisePlate,
  passState,
  residentKindOf,
  turn,
  type Wish,
  wishFault,
} from './issuing.ts';

const rules: IssuingRules = {
  visitorHours: 72,
  visitorEntries: 10,
  slotMinutes: 120,
  helperDays: 366,
  contractorDays: 90,
  staffDays: 366,
  temporaryVehicleDays: 7,
  aheadDays: 30,
  invitationsAtOnce: 20,
};
const now = Date.parse('2026-11-23T02:00:00Z');
const today = '2026-11-23';
const wish = (more: Partial<Wish>): Wish => ({
  kind: 'visitor',
  from: now,
  until: now + 2 * HOUR,
  entries: 1,
  plate: null,
  vehicleKind: null,
  hasHours: false,
  permitNumber: null,
  bornOn: null,
  hasGuardian: false,
  ...more,
});
const faultOf = (more: Partial<Wish>): string | null => {
  const fault = wishFault(wish(more), now, today, rules);
  return fault === null
    ? null
    : `${fault.field} ${fault.code}${fault.limit === undefined ? '' : ` ${fault.limit}`}`;
};

describe('a wish for a pass', () => {
  const cases: readonly (readonly [string, Partial<Wish>, string | null])[] = [
    ['a visitor for two hours', {}, null],
    ['for exactly the longest', { until: now + 72 * HOUR }, null],
    [
      'a millisecond longer than that and the slack',
      { until: now + 72 * HOUR, from: now - 10 * MINUTE },
      'until hours_most 72',
    ],
    ['three days from tomorrow', { from: now + DAY, until: now + 4 * DAY }, null],
    [
      'three days and a second from tomorrow',
      { from: now + DAY, until: now + 4 * DAY + 1000 },
      'until hours_most 72',
    ],
    ['as far ahead as one may', { from: now + 30 * DAY, until: now + 30 * DAY + HOUR }, null],
    ['further', { from: now + 30 * DAY + 1, until: now + 31 * DAY }, 'from days_ahead 30'],
    ['an end that is now', { until: now }, 'until time_past'],
    ['an end before its beginning', { from: now + 2 * HOUR, until: now + HOUR }, 'until time_backwards'],
    ['a visitor without an end', { until: null }, 'until required'],
    ['ten entries', { entries: 10 }, null],
    ['eleven', { entries: 11 }, 'entries entries_most 10'],
    ['as often as wanted', { entries: null }, 'entries required 10'],
    ['a courier in his slot', { kind: 'courier', until: now + 2 * HOUR, entries: null }, null],
    [
      'a courier for the afternoon',
      { kind: 'courier', until: now + 3 * HOUR, entries: null },
      'until hours_most 2',
    ],
    ['a helper without hours', { kind: 'helper', until: now + 30 * DAY }, 'hours required'],
    ['a helper on Tuesdays', { kind: 'helper', until: now + 30 * DAY, hasHours: true }, null],
    ['a helper without an end', { kind: 'helper', until: null, hasHours: true }, 'until required'],
    [
      'a contractor without a permit',
      { kind: 'contractor', until: now + DAY, hasHours: true },
      'permitNumber required',
    ],
    [
      'a contractor with one',
      { kind: 'contractor', until: now + 90 * DAY, hasHours: true, permitNumber: '施-12' },
      null,
    ],
    ['a vehicle of no kind', { kind: 'vehicle', plate: '京A12345' }, 'vehicleKind required'],
    ['a vehicle without a plate', { kind: 'vehicle', vehicleKind: 'monthly' }, 'plate required'],
    [
      'a resident’s car without an end',
      { kind: 'vehicle', vehicleKind: 'resident', plate: '京A12345', until: null },
      null,
    ],
    [
      'a month without an end',
      { kind: 'vehicle', vehicleKind: 'monthly', plate: '京A12345', until: null },
      'until required',
    ],
    [
      'eight days of a temporary car',
      { kind: 'vehicle', vehicleKind: 'temporary', plate: '京A12345', until: now + 8 * DAY },
      'until days_most 7',
    ],
    ['a child without a guardian', { kind: 'minor', bornOn: '2016-01-01', until: null }, 'personId required'],
    ['a child without a birthday', { kind: 'minor', hasGuardian: true, until: null }, 'bornOn required'],
    [
      'a child of thirteen years and 364 days',
      { kind: 'minor', hasGuardian: true, bornOn: '2012-11-24', until: null },
      null,
    ],
    [
      'who is fourteen today',
      { kind: 'minor', hasGuardian: true, bornOn: '2012-11-23', until: null },
      'bornOn not_under_fourteen',
    ],
    [
      'who is born tomorrow',
      { kind: 'minor', hasGuardian: true, bornOn: '2026-11-24', until: null },
      'bornOn invalid',
    ],
    ['a card for nobody', { kind: 'card', until: null }, 'personId required'],
    ['a card for somebody', { kind: 'card', hasGuardian: true, until: null }, null],
  ];
  it.each(cases)('%s', (_, more, fault) => expect(faultOf(more)).toBe(fault));

  it('a child born on 29 February is fourteen on the first of March', () => {
    expect(fourteenthBirthday('2012-02-29')).toBe('2026-03-01');
    expect(fourteenthBirthday('2012-11-23')).toBe('2026-11-23');
  });
  it('comes in once where nothing else was said', () => {
    expect(
      ['visitor', 'courier', 'delivery', 'helper'].map((kind) => entriesOf(kind as 'visitor', null)),
    ).toEqual([1, 1, 1, null]);
    expect(entriesOf('visitor', 3)).toBe(3);
  });
});

it('a home’s people have the pass of their strongest relation', () => {
  expect(residentKindOf(['family', 'owner'])).toBe('resident');
  expect(residentKindOf(['family', 'tenant'])).toBe('tenant');
  expect(residentKindOf(['family'])).toBe('family');
  expect(residentKindOf([])).toBe(null);
});

describe('a plate', () => {
  it.each([
    ['京a 12345', '京A12345'],
    ['京A·12345', '京A12345'],
    ['京ＡＤ１２３４５', '京AD12345'],
    ['沪B1234警', '沪B1234警'],
    ['粤Z1234港', '粤Z1234港'],
    ['京AI2345', null],
    ['AB12345', null],
    ['京A1234', null],
    ['京AD123456', null],
    ['', null],
  ])('%s', (typed, plate) => expect(normalisePlate(typed)).toBe(plate));
  it('shows no more than it needs', () => expect(maskPlate('京AD12345')).toBe('京A***45'));
});

describe('the life of a pass', () => {
  it('is suspended and taken up again, and revoked for good', () => {
    expect(turn('active', 'suspend')).toBe('suspended');
    expect(turn('suspended', 'resume')).toBe('active');
    expect(turn('suspended', 'revoke')).toBe('revoked');
    for (const action of ['suspend', 'resume', 'revoke'] as const) expect(turn('revoked', action)).toBe(null);
    expect(turn('active', 'resume')).toBe(null);
  });
  const pass = {
    status: 'active',
    validFrom: now,
    validTo: now + HOUR,
    entriesAllowed: 2,
    entriesUsed: 0,
  } as const;
  it.each([
    ['a moment before', {}, now - 1, 'coming'],
    ['from its first moment', {}, now, 'standing'],
    ['to its last', {}, now + HOUR - 1, 'standing'],
    ['and then no more', {}, now + HOUR, 'over'],
    ['until its entries are used', { entriesUsed: 2 }, now, 'used_up'],
    ['suspended', { status: 'suspended' as const }, now, 'suspended'],
    ['revoked, whatever else', { status: 'revoked' as const }, now + DAY, 'revoked'],
  ])('%s', (_, more, at, state) => expect(passState({ ...pass, ...more }, at)).toBe(state));
});
