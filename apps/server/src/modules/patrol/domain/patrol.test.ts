import { DAY, instantOn, MINUTE, weekdayOf } from '@gongzhi/kernel';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  decideLowering,
  effectiveRounds,
  faultOfTimetable,
  freedByWeek,
  hoursOf,
  isThinner,
  type Listener,
  type Lowering,
  lookAtLowering,
  mondayOf,
  nextLook,
  openingAfter,
  standing,
  type TimetableVersion,
  turn,
} from '../domain.ts';

const china = 'Asia/Shanghai';
const at = (day: string, hour: number, minute = 0, zone = china) => instantOn(day, hour * 60 + minute, zone);
const daily = (more: Partial<TimetableVersion> = {}): TimetableVersion => ({
  version: 1,
  validFrom: '2026-11-23',
  everyDays: 1,
  times: [8 * 60, 20 * 60],
  withinMinutes: 120,
  ...more,
});

describe('a timetable', () => {
  test.each([
    ['before it has begun', at('2026-11-01', 0), '2026-11-23', 8],
    ['a millisecond before', at('2026-11-23', 8) - 1, '2026-11-23', 8],
    ['exactly then the next', at('2026-11-23', 8), '2026-11-23', 20],
    ['over midnight', at('2026-11-23', 20), '2026-11-24', 8],
  ] as const)('opens its rounds: %s', (_, after, day, hour) => {
    expect(openingAfter([daily()], after, china)?.opensAt).toBe(at(day, hour));
  });

  it('gives each its time, and twice that until it was missed', () => {
    const opening = openingAfter([daily()], at('2026-11-23', 7), china);
    expect(opening).toEqual({
      opensAt: at('2026-11-23', 8),
      dueAt: at('2026-11-23', 10),
      closesAt: at('2026-11-23', 12),
    });
    // The next one opens sooner: that ends it.
    const close = daily({ times: [480, 630] });
    expect(openingAfter([close], at('2026-11-23', 7), china)?.closesAt).toBe(at('2026-11-23', 10, 30));
  });

  it('is another from the day on that another one says, and counts its days from there', () => {
    const versions = [
      daily({ everyDays: 3, times: [480] }),
      daily({ version: 2, validFrom: '2026-12-01', everyDays: 7, times: [540] }),
    ];
    const days: string[] = [];
    let after = at('2026-11-22', 0);
    for (let i = 0; i < 5; i++) {
      after = openingAfter(versions, after, china)!.opensAt;
      days.push(new Date(after + 8 * 3_600_000).toISOString().slice(0, 16));
    }
    expect(days).toEqual([
      '2026-11-23T08:00',
      '2026-11-26T08:00',
      '2026-11-29T08:00',
      '2026-12-01T09:00',
      '2026-12-08T09:00',
    ]);
    // Two written for one day: the later written.
    expect(
      openingAfter([...versions, daily({ version: 3, times: [600] })], at('2026-11-22', 0), china)?.opensAt,
    ).toBe(at('2026-11-23', 10));
    expect(openingAfter([], 0, china)).toBeNull();
  });

  it('keeps to the wall clock where the clock is changed', () => {
    const zone = 'Europe/Berlin';
    const night = daily({ validFrom: '2026-03-01', times: [150] });
    // 29 March 2026 has no half past two: the round opens, once, an hour later by that clock.
    const opened = openingAfter([night], at('2026-03-28', 12, 0, zone), zone)!;
    expect(new Date(opened.opensAt).toISOString()).toBe('2026-03-29T01:30:00.000Z');
    expect(openingAfter([night], opened.opensAt, zone)!.opensAt).toBe(at('2026-03-30', 2, 30, zone));
  });

  test.each([
    [{}, null],
    [{ times: [] }, 'no_times'],
    [{ times: [600, 600] }, 'times_not_ascending'],
    [{ times: [600, 500] }, 'times_not_ascending'],
    [{ times: [600, 720] }, null],
    [{ times: [600, 719] }, 'too_close'],
    // From the evening to the next morning counts too.
    [{ times: [30, 1_430], withinMinutes: 60 }, 'too_close'],
    [{ times: [30, 1_430], withinMinutes: 60, everyDays: 2 }, null],
  ] as const)('%j is %s', (more, fault) => {
    expect(faultOfTimetable(daily(more))).toBe(fault);
  });

  it('is thinner when fewer rounds come of it, however they are written', () => {
    expect(isThinner(null, daily())).toBe(false);
    expect(isThinner(daily(), daily({ times: [480] }))).toBe(true);
    expect(isThinner(daily(), daily({ everyDays: 2 }))).toBe(true);
    expect(isThinner(daily({ times: [480] }), daily({ everyDays: 2 }))).toBe(false);
  });

  it('comes to every round once, in order, and none closes after the next has opened', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            start: fc.integer({ min: 0, max: 40 }),
            everyDays: fc.integer({ min: 1, max: 31 }),
            times: fc.uniqueArray(fc.integer({ min: 0, max: 1_439 }), { minLength: 1, maxLength: 4 }),
          }),
          { minLength: 1, maxLength: 3 },
        ),
        fc.integer({ min: 0, max: 50 * 1_440 }),
        (written, start) => {
          const origin = at('2026-01-01', 0);
          const versions = written.map((one, index) =>
            daily({
              version: index + 1,
              validFrom: new Date(origin + one.start * DAY + 8 * 3_600_000).toISOString().slice(0, 10),
              everyDays: one.everyDays,
              times: one.times.toSorted((a, b) => a - b),
            }),
          );
          let after = origin + start * MINUTE;
          let last = openingAfter(versions, after, china);
          for (let i = 0; i < 8 && last !== null; i++) {
            expect(last.opensAt).toBeGreaterThan(after);
            // Wherever one asks from in between, it is the same.
            const middle = Math.floor((after + last.opensAt) / 2);
            expect(openingAfter(versions, middle, china)).toEqual(last);
            after = last.opensAt;
            const next = openingAfter(versions, after, china);
            if (next !== null) expect(last.closesAt).toBeLessThanOrEqual(next.opensAt);
            last = next;
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('a round', () => {
  const times = { dueAt: 100, closesAt: 200 };
  const check = (state: 'open' | 'done' | 'missed' | 'spared', doneAt: number | null = null) => ({
    state,
    doneAt,
  });
  test.each([
    ['at the limit is still in time', [check('open')], 100, 'open', 101],
    ['is late right after it', [check('open')], 101, 'late', 201],
    ['may be finished until it closes', [check('open'), check('done', 50)], 200, 'late', 201],
    ['is missed after that', [check('open'), check('done', 50)], 201, 'missed', null],
    ['is done in time', [check('done', 100), check('spared')], 500, 'done', null],
    ['is done late by its last check', [check('done', 50), check('done', 101)], 500, 'done_late', null],
    ['asks nothing when all is spared', [check('spared')], 50, 'spared', null],
  ] as const)('%s', (_, checks, now, state, markAt) => {
    expect(standing(times, checks, now)).toEqual({ state, markAt });
  });

  it('spares all but every n-th, and takes in at once what is no longer spared', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 80 }),
        (frequencies) => {
          let sinceLast: number | null = null;
          let sparedInARow = 0;
          for (const everyRounds of frequencies) {
            const done = turn({ everyRounds, sinceLast });
            if (everyRounds === 1) expect(done.isIn).toBe(true);
            sparedInARow = done.isIn ? 0 : sparedInARow + 1;
            expect(sparedInARow).toBeLessThan(everyRounds);
            sinceLast = done.sinceLast;
          }
        },
      ),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 100 }), (every, rounds) => {
        let sinceLast: number | null = null;
        let asked = 0;
        for (let i = 0; i < rounds; i++) {
          const done = turn({ everyRounds: every, sinceLast });
          if (done.isIn) asked += 1;
          sinceLast = done.sinceLast;
        }
        expect(asked).toBe(Math.ceil(rounds / every));
      }),
    );
  });
});

describe('sparing by a sensor', () => {
  const heard: Listener = { isRetired: false, heardUntil: 1_000, isSilent: false };
  const proposed: Lowering = { state: 'proposed', everyRounds: 4, untilAt: 5_000, proposedBy: 'manager' };
  const approved: Lowering = { ...proposed, state: 'approved' };
  const by = (accountId: string) => ({ accountId });

  test.each([
    ['a second person approves', proposed, 'approve', 'company', heard, 1_000, 'approved'],
    ['never the proposer', proposed, 'approve', 'manager', heard, 10, 'patrol.needs_second_person'],
    ['nor declines the own', proposed, 'decline', 'manager', heard, 10, 'patrol.needs_second_person'],
    ['not while it is silent', proposed, 'approve', 'company', heard, 1_001, 'patrol.not_watched'],
    [
      'not with its alarm open',
      proposed,
      'approve',
      'company',
      { ...heard, isSilent: true },
      10,
      'patrol.not_watched',
    ],
    [
      'not one never heard',
      proposed,
      'approve',
      'company',
      { ...heard, heardUntil: null },
      10,
      'patrol.not_watched',
    ],
    ['not without a device', proposed, 'approve', 'company', null, 10, 'patrol.not_watched'],
    ['may be declined', proposed, 'decline', 'company', null, 10, 'declined'],
    [
      'not when its day has come',
      proposed,
      'approve',
      'company',
      { ...heard, heardUntil: 9_000 },
      5_000,
      'patrol.lowering_over',
    ],
    ['once', approved, 'approve', 'company', heard, 10, 'patrol.lowering_decided'],
    ['is taken back by whoever proposed it', approved, 'withdraw', 'manager', heard, 10, 'ended'],
    [
      'what is over stays over',
      { ...proposed, state: 'ended' },
      'withdraw',
      'manager',
      heard,
      10,
      'patrol.lowering_over',
    ],
    [
      'what was declined too',
      { ...proposed, state: 'declined' },
      'approve',
      'company',
      heard,
      10,
      'patrol.lowering_over',
    ],
  ] as const)('%s', (_, lowering, action, who, listener, now, outcome) => {
    const done = decideLowering(lowering, action, by(who), listener, now);
    expect(done.ok ? done.value.state : done.error.code).toBe(outcome);
  });

  test.each([
    ['holds while it is heard', approved, heard, 1_000, null],
    ['is suspended when it is silent', approved, heard, 1_001, { state: 'suspended', ended: null }],
    [
      'holds again when it is heard again',
      { ...approved, state: 'suspended' },
      heard,
      900,
      { state: 'approved', ended: null },
    ],
    [
      'ends with its device',
      approved,
      { ...heard, isRetired: true },
      10,
      { state: 'ended', ended: 'retired' },
    ],
    ['ends without one', approved, null, 10, { state: 'ended', ended: 'unwatched' }],
    [
      'ends on its day',
      { ...approved, state: 'suspended' },
      heard,
      5_000,
      { state: 'ended', ended: 'expired' },
    ],
    ['a proposal waits through silence', proposed, heard, 4_999, null],
    ['a proposal ends on its day', proposed, heard, 5_000, { state: 'ended', ended: 'expired' }],
    ['what was declined is left', { ...proposed, state: 'declined' }, null, 9_000, null],
  ] as const)('%s', (_, lowering, listener, now, outcome) => {
    expect(lookAtLowering(lowering, listener, now)).toEqual(outcome);
  });

  it('never spares anything unless two people agreed and the device is heard', () => {
    const action = fc.constantFrom('approve', 'decline', 'withdraw', 'look', 'look', 'look');
    const who = fc.constantFrom('manager', 'company', 'street');
    const listener = fc.option(
      fc.record({
        isRetired: fc.boolean(),
        isSilent: fc.boolean(),
        heardUntil: fc.option(fc.integer({ min: 0, max: 6_000 }), { nil: null }),
      }),
      { nil: null },
    );
    fc.assert(
      fc.property(
        fc.array(fc.record({ action, who, listener, passes: fc.integer({ min: 0, max: 900 }) }), {
          maxLength: 30,
        }),
        (steps) => {
          let lowering = proposed;
          let now = 0;
          let approvers = 0;
          for (const step of steps) {
            now += step.passes;
            const looked = lookAtLowering(lowering, step.listener, now);
            if (looked !== null) lowering = { ...lowering, state: looked.state };
            if (step.action !== 'look') {
              const done = decideLowering(lowering, step.action, by(step.who), step.listener, now);
              if (done.ok && done.value.state === 'approved') approvers += step.who === 'manager' ? 0 : 1;
              if (done.ok) lowering = { ...lowering, state: done.value.state };
            }
            if (effectiveRounds(lowering) > 1) {
              expect(approvers).toBe(1);
              expect(now).toBeLessThan(lowering.untilAt);
              expect(step.listener).toMatchObject({ isRetired: false, isSilent: false });
              expect(step.listener!.heardUntil).toBeGreaterThanOrEqual(now);
            }
            // Whatever is still open is looked at again, later and not after its last day.
            const next = nextLook(lowering, step.listener, now);
            if (next !== null) {
              expect(next).toBeGreaterThan(now);
              expect(next).toBeLessThanOrEqual(lowering.untilAt);
            }
          }
        },
      ),
    );
  });
});

describe('hours freed', () => {
  it('are summed by weeks from Monday, with the weeks in which nothing was', () => {
    expect(weekdayOf('2026-11-23')).toBe(1);
    expect([mondayOf('2026-11-23'), mondayOf('2026-11-29')]).toEqual(['2026-11-23', '2026-11-23']);
    const day = (name: string, plannedMinutes: number, sparedMinutes: number) => ({
      day: name,
      plannedMinutes,
      sparedMinutes,
      sparedChecks: sparedMinutes / 5,
    });
    expect(
      freedByWeek(
        [
          day('2026-11-22', 900, 900),
          day('2026-11-23', 60, 15),
          day('2026-11-29', 60, 45),
          day('2026-12-07', 30, 0),
        ],
        '2026-11-23',
        '2026-12-09',
      ),
    ).toEqual([
      { week: '2026-11-23', plannedMinutes: 120, sparedMinutes: 60, sparedChecks: 12 },
      { week: '2026-11-30', plannedMinutes: 0, sparedMinutes: 0, sparedChecks: 0 },
      { week: '2026-12-07', plannedMinutes: 30, sparedMinutes: 0, sparedChecks: 0 },
    ]);
    expect([0, 3, 59, 60, 93].map(hoursOf)).toEqual([0, 0.1, 1, 1, 1.6]);
  });
});
