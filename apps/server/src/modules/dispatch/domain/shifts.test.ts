import { DAY, HOUR, instantOn, MINUTE } from '@gongzhi/kernel';
import { describe, expect, test } from 'vitest';
import {
  changeFault,
  dutiesAt,
  type Pattern,
  patternFault,
  type Plan,
  type Roster,
  type ShiftChange,
  spansOf,
  workedMinutes,
} from './shifts.ts';

const zone = 'Asia/Shanghai';
const [LI, ZHAO] = ['li', 'zhao'];
const at = (date: string, hour: number, minute = 0) => instantOn(date, hour * 60 + minute, zone);
const hm = (instant: number) => new Date(instant + 8 * HOUR).toISOString().slice(5, 16);

/** Monday to Friday 8–17; two days, two nights, four free. */
const office: Pattern = {
  id: 'office',
  anchorOn: '2026-11-23',
  days: [...Array.from({ length: 5 }, () => ({ from: 480, to: 1020 })), null, null],
};
const turns: Pattern = {
  id: 'turns',
  anchorOn: '2026-11-23',
  days: [
    { from: 480, to: 1200 },
    { from: 480, to: 1200 },
    { from: 1200, to: 1920 },
    { from: 1200, to: 1920 },
    null,
    null,
    null,
    null,
  ],
};
const roster = (accountId: string, patternId = 'office', more: Partial<Roster> = {}): Roster => ({
  id: `${accountId} ${patternId}`,
  accountId,
  patternId,
  kind: 'duty',
  startsOn: '2026-11-01',
  endsOn: null,
  compoundIds: [],
  gridId: null,
  ...more,
});
const plan = (rosters: Roster[], changes: ShiftChange[] = []): Plan => ({
  patterns: [office, turns],
  rosters,
  changes,
});
const stateOf = (asked: Plan, who: string, when: number) => dutiesAt(asked, [who], when, zone).get(who)!;
const told = (asked: Plan, from: number, to: number) =>
  spansOf(asked, from, to, zone).map((span) => `${span.accountId} ${hm(span.from)}/${hm(span.to)}`);

describe('a pattern', () => {
  test('is on exactly at its beginning and off exactly at its end', () => {
    const asked = plan([roster(LI)]);
    const cases: [number, string][] = [
      [at('2026-11-23', 8) - 1, 'off'],
      [at('2026-11-23', 8), 'on'],
      [at('2026-11-23', 17) - 1, 'on'],
      [at('2026-11-23', 17), 'off'],
      [at('2026-11-28', 10), 'off'],
    ];
    expect(cases.map(([when]) => stateOf(asked, LI, when).state)).toEqual(cases.map(([, state]) => state));
  });

  test('goes round in both directions from its anchor', () => {
    // 2026-11-15 is the eighth day before the anchor: the first day of the cycle again.
    expect(told(plan([roster(LI, 'turns')]), at('2026-11-15', 0), at('2026-11-19', 0))).toEqual([
      'li 11-15T08:00/11-15T20:00',
      'li 11-16T08:00/11-16T20:00',
      'li 11-17T20:00/11-18T08:00',
      'li 11-18T20:00/11-19T08:00',
    ]);
  });

  test('a night that began yesterday still runs', () => {
    const asked = plan([roster(LI, 'turns')]);
    expect(stateOf(asked, LI, at('2026-11-26', 3))).toMatchObject({
      state: 'on',
      until: at('2026-11-26', 8),
    });
    expect(stateOf(asked, LI, at('2026-11-27', 8))).toMatchObject({ state: 'off', nextFrom: null });
  });

  test('holds from the first day to the day before the last', () => {
    const asked = plan([roster(LI, 'office', { startsOn: '2026-11-24', endsOn: '2026-11-26' })]);
    expect(told(asked, at('2026-11-23', 0), at('2026-11-30', 0))).toEqual([
      'li 11-24T08:00/11-24T17:00',
      'li 11-25T08:00/11-25T17:00',
    ]);
  });

  test.each([
    ['nothing but free days', [null, null], 'dispatch.span_wrong'],
    ['a shift of 24 hours', [{ from: 480, to: 1920 }, null], null],
    ['a shift of 24 hours and a minute', [{ from: 480, to: 1921 }, null], 'dispatch.span_wrong'],
    [
      'a shift that ends as the next begins',
      [
        { from: 1200, to: 1920 },
        { from: 480, to: 1200 },
      ],
      null,
    ],
    [
      'a shift that runs into the next',
      [
        { from: 1200, to: 1921 },
        { from: 480, to: 1200 },
      ],
      'dispatch.shift_overlaps',
    ],
    ['a cycle of one day', [{ from: 480, to: 1920 }], null],
    ['a shift that ends before it begins', [{ from: 480, to: 480 }], 'dispatch.span_wrong'],
  ])('%s', (_, days, fault) => {
    expect(patternFault(days)).toBe(fault);
  });
});

describe('changes', () => {
  const monday = '2026-11-23';
  const week = [at(monday, 0), at('2026-11-25', 0)] as const;

  test('a day off takes the shift that begins on that day, the night included', () => {
    const off = { kind: 'off', accountId: LI, onDate: '2026-11-25' } as const;
    expect(stateOf(plan([roster(LI, 'turns')], [off]), LI, at('2026-11-26', 3)).state).toBe('off');
  });

  test('leave cuts out its hours and no more', () => {
    const leave = { kind: 'leave', accountId: LI, from: at(monday, 10), to: at(monday, 12) } as const;
    expect(told(plan([roster(LI)], [leave]), ...week)).toEqual([
      'li 11-23T08:00/11-23T10:00',
      'li 11-23T12:00/11-23T17:00',
      'li 11-24T08:00/11-24T17:00',
    ]);
    expect(stateOf(plan([roster(LI)], [leave]), LI, at(monday, 11))).toMatchObject({
      state: 'away',
      nextFrom: at(monday, 12),
    });
  });

  test('a swap gives the day to the other, and their own swap is not carried on', () => {
    const asked = plan(
      [roster(LI), roster(ZHAO, 'turns', { startsOn: '2026-11-24' })],
      [
        { kind: 'swap', accountId: LI, withAccountId: ZHAO, onDate: monday },
        { kind: 'swap', accountId: ZHAO, withAccountId: LI, onDate: '2026-11-24' },
      ],
    );
    expect(told(asked, ...week)).toEqual([
      'zhao 11-23T08:00/11-23T17:00',
      'li 11-24T08:00/11-24T17:00',
      'li 11-24T08:00/11-24T20:00',
    ]);
  });

  test('overtime stands, also in leave, and makes one stretch with the shift before it', () => {
    const asked = plan(
      [roster(LI)],
      [
        { kind: 'leave', accountId: LI, from: at(monday, 17), to: at('2026-11-24', 0) },
        { kind: 'overtime', accountId: LI, from: at(monday, 17), to: at(monday, 20) },
      ],
    );
    expect(stateOf(asked, LI, at(monday, 9))).toMatchObject({ state: 'on', until: at(monday, 20) });
    expect(workedMinutes(spansOf(asked, ...week, zone), ...week)).toBe((9 + 3 + 9) * 60);
  });

  const nightAhead = roster(ZHAO, 'turns');
  const cases: [string, Plan, ShiftChange, string | null][] = [
    [
      'a day off on a free day',
      plan([roster(LI)]),
      { kind: 'off', accountId: LI, onDate: '2026-11-28' },
      'dispatch.no_shift_that_day',
    ],
    ['a day off on a day of work', plan([roster(LI)]), { kind: 'off', accountId: LI, onDate: monday }, null],
    [
      'a swap with oneself',
      plan([roster(LI)]),
      { kind: 'swap', accountId: LI, withAccountId: LI, onDate: monday },
      'dispatch.same_person',
    ],
    [
      'a swap with who is on shift',
      plan([roster(LI), nightAhead]),
      { kind: 'swap', accountId: LI, withAccountId: ZHAO, onDate: monday },
      'dispatch.already_on_shift',
    ],
    [
      'a swap with who is free',
      plan([roster(LI), nightAhead]),
      { kind: 'swap', accountId: LI, withAccountId: ZHAO, onDate: '2026-11-27' },
      null,
    ],
    [
      'leave that ends as it begins',
      plan([]),
      { kind: 'leave', accountId: LI, from: 5, to: 5 },
      'dispatch.span_wrong',
    ],
    ['overtime of twelve hours', plan([]), { kind: 'overtime', accountId: LI, from: 0, to: 12 * HOUR }, null],
    [
      'overtime longer than that',
      plan([]),
      { kind: 'overtime', accountId: LI, from: 0, to: 12 * HOUR + MINUTE },
      'dispatch.span_wrong',
    ],
    [
      'overtime that begins as the shift ends',
      plan([roster(LI)]),
      { kind: 'overtime', accountId: LI, from: at(monday, 17), to: at(monday, 19) },
      null,
    ],
    [
      'overtime within the shift',
      plan([roster(LI)]),
      { kind: 'overtime', accountId: LI, from: at(monday, 16, 59), to: at(monday, 19) },
      'dispatch.already_on_shift',
    ],
  ];
  test.each(cases)('%s', (_, before, change, fault) => {
    expect(changeFault(before, change, zone)).toBe(fault);
  });
});

describe('duty', () => {
  test('where nobody keeps a roster nothing is known', () => {
    expect(stateOf(plan([]), LI, at('2026-11-23', 9)).state).toBe('unplanned');
  });
  test('who is not on a roster that is kept is off', () => {
    expect(stateOf(plan([roster(ZHAO)]), LI, at('2026-11-23', 9)).state).toBe('off');
  });
  test('standby is no duty, and duty goes before it', () => {
    const both = [roster(LI), roster(LI, 'turns', { kind: 'standby', compoundIds: ['a'] })];
    expect(stateOf(plan(both), LI, at('2026-11-23', 9))).toMatchObject({ state: 'on', compoundIds: [] });
    expect(stateOf(plan(both), LI, at('2026-11-23', 18))).toMatchObject({
      state: 'standby',
      compoundIds: ['a'],
    });
  });
  test('duty ends where being on call begins', () => {
    const both = [roster(LI), roster(LI, 'nights', { kind: 'standby' })];
    const nights = { id: 'nights', anchorOn: '2026-11-23', days: [{ from: 1020, to: 1920 }] };
    const asked = { patterns: [office, nights], rosters: both, changes: [] };
    expect(stateOf(asked, LI, at('2026-11-23', 9))).toMatchObject({ until: at('2026-11-23', 17) });
  });
  test('the next shift is looked for three days ahead', () => {
    const friday = at('2026-11-27', 17);
    expect(stateOf(plan([roster(LI)]), LI, friday).nextFrom).toBe(at('2026-11-30', 8));
    expect(stateOf(plan([roster(LI)]), LI, friday - 9 * HOUR - DAY - 1).state).toBe('off');
  });
});
