import { chinaWorking, DAY, HOUR, MINUTE } from '@gongzhi/kernel';
import { describe, expect, it } from 'vitest';
import {
  areDuesCovered,
  duesOf,
  isDueWithinHour,
  isLate,
  isMarkedLate,
  isOnTime,
  resolveClock,
  settle,
} from './clocks.ts';
import { allowedActions, markDue } from './decide.ts';
import {
  aReport,
  at,
  category,
  FRIDAY_10,
  kinds,
  lamp,
  leak,
  li,
  minutes,
  type Story,
  tap,
} from './fixtures.ts';
import { defaultSettings } from './types.ts';

const mark = (s: Story) => markDue(s.order, { now: s.now, category: s.facts, settings: defaultSettings });

describe('due times at creation', () => {
  it('run round the clock or in working hours, as the category says', () => {
    expect(aReport(leak).order).toMatchObject({
      respondDueAt: at('2026-11-20 10:15'),
      arriveDueAt: at('2026-11-20 11:00'),
      resolveDueAt: at('2026-11-21 10:00'),
      nextDueAt: at('2026-11-20 10:15'),
    });
    // 30, 240 and 1080 working minutes from Friday 16:00: Friday, Monday, and Tuesday at 16:00
    expect(aReport(tap, at('2026-11-20 16:00')).order).toMatchObject({
      respondDueAt: at('2026-11-20 16:30'),
      arriveDueAt: at('2026-11-23 11:00'),
      resolveDueAt: at('2026-11-24 16:00'),
    });
  });

  it('put an emergency on site in twenty minutes, at any hour', () => {
    const trapped = aReport(category('lift.trapped'), at('2026-02-17 03:00'), { place: 'public' });
    expect(trapped.order).toMatchObject({
      priority: 'urgent',
      respondDueAt: at('2026-02-17 03:02'),
      arriveDueAt: at('2026-02-17 03:20'),
      resolveDueAt: at('2026-02-17 04:00'),
    });
  });

  it('pass over Spring Festival', () => {
    // Two working days from Saturday 14 February 2026 (a make-up workday), noon
    const s = aReport(lamp, at('2026-02-14 12:00'));
    expect(s.order.resolveDueAt).toBe(at('2026-02-25 12:00'));
  });

  it('say when the holidays of that time are not known', () => {
    const late = at('2026-12-31 17:00');
    expect(areDuesCovered(late, duesOf(aReport(tap, late).order, tap).resolveDueAt, tap)).toBe(false);
    expect(aReport(tap, late).last.events[0]?.params).toMatchObject({ isCalendarKnown: false });
    expect(aReport(leak, late).last.events[0]?.params).not.toHaveProperty('isCalendarKnown');
    expect(aReport(tap).last.events[0]?.params).not.toHaveProperty('isCalendarKnown');
  });

  it('end no later than a special need is needed', () => {
    const s = aReport(category('special.oxygen'), FRIDAY_10, { neededBy: FRIDAY_10 + minutes(5) });
    expect(s.order).toMatchObject({
      respondDueAt: FRIDAY_10 + minutes(5),
      arriveDueAt: FRIDAY_10 + minutes(5),
      resolveDueAt: FRIDAY_10 + minutes(5),
    });
  });
});

describe('exactly on the threshold', () => {
  it('is on time at the due instant, and late a millisecond later', () => {
    const onTime = aReport().assigned();
    onTime.now = onTime.order.respondDueAt!;
    onTime.does('assignee', { action: 'accept' });
    expect(onTime.order.respondLateAt).toBeNull();

    const late = aReport().assigned();
    late.now = late.order.respondDueAt! + 1;
    late.does('assignee', { action: 'accept' });
    expect(kinds(late.last)).toEqual(['respond_overdue', 'accepted']);
    expect(late.order.respondLateAt).toBe(late.order.respondDueAt);
    expect(isLate(late.order, late.now)).toBe(false); // met, though late: nothing is waiting now
  });

  it('marks nothing at the due instant, once a millisecond later, and not again', () => {
    const s = aReport();
    s.now = s.order.respondDueAt!;
    expect(mark(s).events).toEqual([]);
    s.now += 1;
    const first = mark(s);
    expect(kinds(first)).toEqual(['respond_overdue']);
    expect(first.order.nextDueAt).toBe(s.order.arriveDueAt);
    s.order = first.order;
    s.now += DAY;
    expect(kinds(mark(s))).toEqual(['arrive_overdue', 'resolve_overdue'].slice(0, mark(s).events.length));
    expect(kinds(mark(s))).not.toContain('respond_overdue');
  });

  it('marks everything that ran out in one claim', () => {
    const s = aReport().after(3 * 1440);
    const decision = mark(s);
    expect(kinds(decision)).toEqual(['respond_overdue', 'arrive_overdue', 'resolve_overdue']);
    expect(decision.order.nextDueAt).toBeNull();
    expect(decision.notifications.map((n) => n.to)).toEqual(['desk', 'desk', 'desk']);
    expect(isMarkedLate(decision.order)).toBe(true);
  });

  it('judges the import by closed ≤ target', () => {
    expect(isOnTime(1000, 1000)).toBe(true);
    expect(isOnTime(1001, 1000)).toBe(false);
    expect(isOnTime(null, 1000)).toBeNull();
    expect(isOnTime(1000, null)).toBeNull();
  });
});

describe('the resolve clock stands still', () => {
  it('while paused, with what was left kept for all to see', () => {
    const s = aReport().working().after(60);
    s.does('assignee', { action: 'pause', reason: 'waiting_parts', note: '角阀', until: s.now + 2 * HOUR });
    expect(s.order).toMatchObject({
      status: 'paused',
      pausedFrom: 'in_progress',
      resolveDueAt: null,
      resolveRemainingMs: 23 * HOUR,
      nextDueAt: s.now + 2 * HOUR,
    });
    expect(s.last.events[0]?.params).toMatchObject({
      isClockStopped: true,
      reason: 'waiting_parts',
      note: '角阀',
    });
    s.after(120);
    expect(kinds(mark(s))).toEqual(['pause_ended']);
    s.after(180).does('assignee', { action: 'resume' });
    expect(s.order).toMatchObject({
      status: 'in_progress',
      resolveDueAt: s.order.createdAt + 29 * HOUR,
      resolveRemainingMs: null,
      pauses: [{ from: s.order.createdAt + HOUR, to: s.now }],
    });
  });

  it('on the working calendar too: Friday 17:00 to Monday 10:00 costs two hours, not sixty-five', () => {
    const s = aReport(tap, at('2026-11-20 09:00')).working().until('2026-11-20 17:00');
    s.does('desk', { action: 'pause', reason: 'waiting_resident' });
    expect(s.order.resolveRemainingMs).toBe((1080 - 480) * MINUTE);
    s.until('2026-11-23 10:00').does('assignee', { action: 'resume' });
    // 600 working minutes from Monday 10:00: eight hours that day, two on Tuesday
    expect(s.order.resolveDueAt).toBe(at('2026-11-24 11:00'));
  });

  it('goes back to where the pause began', () => {
    const s = aReport().accepted().does('assignee', { action: 'pause', reason: 'night_quiet' });
    expect(s.does('desk', { action: 'resume' }).order.status).toBe('accepted');
  });

  it('is due at the very end of the pause when nothing was left', () => {
    const s = aReport(tap, at('2026-11-20 16:00')).working().until('2026-11-24 16:00');
    s.does('assignee', { action: 'pause', reason: 'waiting_parts' });
    expect(s.order).toMatchObject({ resolveLateAt: null, resolveRemainingMs: 0 });
    s.until('2026-11-28 12:00').does('assignee', { action: 'resume' }); // a Saturday
    expect(s.order.resolveDueAt).toBe(s.now);
    s.now += 1;
    expect(kinds(mark(s))).toEqual(['resolve_overdue']);
  });

  it('but not once it has run out', () => {
    const s = aReport().working().after(1440);
    s.now += 1;
    s.does('assignee', { action: 'pause', reason: 'waiting_parts' });
    expect(kinds(s.last)).toEqual(['resolve_overdue', 'paused']);
    expect(s.order).toMatchObject({ resolveDueAt: at('2026-11-21 10:00'), resolveRemainingMs: null });
    expect(s.last.events[1]?.params).toMatchObject({ isClockStopped: false });
    s.after(60).does('assignee', { action: 'resume' });
    expect(s.order.resolveLateAt).toBe(s.order.resolveDueAt);
  });

  it('and never for a special need', () => {
    const s = aReport(category('special.oxygen'), FRIDAY_10, { neededBy: FRIDAY_10 + DAY }).working();
    s.does('assignee', { action: 'pause', reason: 'waiting_third_party' });
    expect(s.order).toMatchObject({ resolveDueAt: FRIDAY_10 + DAY, resolveRemainingMs: null });
    s.now = FRIDAY_10 + DAY + 1;
    expect(kinds(mark(s))).toEqual(['resolve_overdue']);
  });

  it('between finishing and a dispute: the answer’s time is nobody’s delay', () => {
    const s = aReport().working().after(60).does('assignee', { action: 'finish', workDone: 'x' });
    s.after(2 * 1440).does('reporter', { action: 'dispute', reason: '还在滴' });
    expect(s.order).toMatchObject({ finishedAt: null, resolveDueAt: s.now + 23 * HOUR, resolveLateAt: null });
  });

  it('gives a special need that is reopened after its hour the category’s limit', () => {
    const s = aReport(category('special.oxygen'), FRIDAY_10, { neededBy: FRIDAY_10 + HOUR })
      .after(30)
      .confirmed();
    s.until('2026-11-22 10:00').does('reporter', { action: 'rate', score: 'satisfied' });
    s.does('reporter', { action: 'reopen', reason: '又用完了' });
    expect(s.order.resolveDueAt).toBe(s.now + minutes(1440));
  });
});

describe('resolveClock', () => {
  it('walks the spans between the stops', () => {
    const clock = (pauses: { from: number; to: number | null }[]) => resolveClock(0, 10, pauses, 'always');
    const m = minutes;
    expect(clock([])).toEqual({ dueAt: m(10), remainingMs: null });
    expect(clock([{ from: m(4), to: m(6) }])).toEqual({ dueAt: m(12), remainingMs: null });
    expect(clock([{ from: m(4), to: null }])).toEqual({ dueAt: null, remainingMs: m(6) });
    expect(clock([{ from: m(10), to: m(20) }])).toEqual({ dueAt: m(20), remainingMs: null });
    expect(clock([{ from: m(10) + 1, to: m(20) }])).toEqual({ dueAt: m(10), remainingMs: null });
    expect(
      clock([
        { from: m(2), to: m(3) },
        { from: m(5), to: m(9) },
      ]),
    ).toEqual({ dueAt: m(15), remainingMs: null });
    // Friday 17:00, two hours; stopped from 18:00 to Saturday noon, when nobody works anyway
    const friday = at('2026-11-20 17:00');
    const stop = { from: at('2026-11-20 18:00'), to: at('2026-11-21 12:00') };
    expect(resolveClock(friday, 120, [stop], chinaWorking)).toEqual({
      dueAt: at('2026-11-23 10:00'),
      remainingMs: null,
    });
  });
});

describe('what time brings by itself', () => {
  it('wants a call three days after finishing', () => {
    const s = aReport().finished();
    s.now += 72 * HOUR - 1;
    expect(kinds(mark(s))).toEqual([]);
    s.now += 1;
    const due = mark(s);
    expect(kinds(due)).toEqual(['callback_wanted']);
    expect(due.events[0]?.isInternal).toBe(true);
    expect(due.order).toMatchObject({
      status: 'finished',
      callbackWantedAt: s.now,
      callbackDueAt: null,
      nextDueAt: null,
    });
    expect(due.notifications.map((n) => n.to)).toEqual(['desk']);
    // Noticed a day late, it is wanted since the same hour.
    const wantedAt = s.now;
    s.now += DAY;
    expect(mark(s).order.callbackWantedAt).toBe(wantedAt);
  });

  it('closes a confirmed order seven days later, unrated', () => {
    const s = aReport()
      .confirmed()
      .after(7 * 1440 + 99);
    const closed = mark(s);
    expect(kinds(closed)).toEqual(['closed']);
    expect(closed.order).toMatchObject({
      status: 'closed',
      outcome: 'confirmed',
      rating: null,
      closedAt: s.order.confirmedAt! + 7 * DAY,
    });
    // What may be done is judged as if the claim had run.
    const allowed = allowedActions(s.order, ['reporter'], s.now, defaultSettings);
    expect(allowed.find((a) => a.action === 'reopen')?.isAllowed).toBe(true);
  });

  it('closes unanswered what staff found, as unconfirmed', () => {
    const s = aReport(category('building.crack')).working();
    s.does('assignee', { action: 'finish', workDone: 'x', photoIds: ['p'] }).after(3 * 1440);
    expect(settle(s.order, s.now).order).toMatchObject({ status: 'closed', outcome: 'unconfirmed' });
  });

  it('leaves ended orders alone: nobody is late on a cancelled one', () => {
    const s = aReport().does('reporter', { action: 'cancel' }).after(99_999);
    expect(mark(s)).toMatchObject({ events: [], order: { respondLateAt: null, nextDueAt: null } });
    const referred = aReport().does('desk', { action: 'refer', receiver: '自来水公司' }).after(99_999);
    expect(mark(referred).events).toEqual([]);
  });

  it('knows what is due within the hour', () => {
    const s = aReport(tap).does('desk', { action: 'assign', assignee: li });
    expect(isDueWithinHour(s.order, s.now)).toBe(true);
    expect(isDueWithinHour(s.order, s.order.respondDueAt! - HOUR)).toBe(true);
    expect(isDueWithinHour(s.order, s.order.respondDueAt! - HOUR - 1)).toBe(false);
    expect(isDueWithinHour(s.order, s.order.respondDueAt! + 1)).toBe(false);
  });
});
