import { describe, expect, it, test } from 'vitest';
import { aReport, at, category, FRIDAY_10, lamp, leak, minutes, person, tap } from './fixtures.ts';
import { defaultSettings } from './types.ts';
import { windowFault } from './visits.ts';

const span = (from: string, to: string) => ({ from: at(from), to: at(to) });
/** Working hours on a Friday: 30, 240, 1080 minutes. */
const anAppointment = () =>
  aReport(tap, FRIDAY_10, { windows: [span('2026-11-21 09:00', '2026-11-21 12:00')] });
const offered = span('2026-11-21 09:00', '2026-11-21 12:00');

test.each([
  ['half an hour', '2026-11-21 09:00', '2026-11-21 09:30', null],
  ['a minute less', '2026-11-21 09:00', '2026-11-21 09:29', 'window_length'],
  ['the wrong way round', '2026-11-21 12:00', '2026-11-21 09:00', 'window_length'],
  ['twelve hours', '2026-11-21 08:00', '2026-11-21 20:00', null],
  ['a minute more', '2026-11-21 08:00', '2026-11-21 20:01', 'window_length'],
  ['begun, with half an hour left', '2026-11-20 08:00', '2026-11-20 10:30', null],
  ['begun, with less', '2026-11-20 08:00', '2026-11-20 10:29', 'window_past'],
  ['from the opening hour until the closing hour', '2026-11-21 18:00', '2026-11-21 21:00', null],
  ['a minute after it', '2026-11-21 18:00', '2026-11-21 21:01', 'window_hours'],
  ['a minute before the opening hour', '2026-11-21 07:59', '2026-11-21 09:00', 'window_hours'],
  ['over midnight', '2026-11-21 20:00', '2026-11-22 08:00', 'window_hours'],
  ['thirty days ahead', '2026-12-20 10:00', '2026-12-20 12:00', null],
  ['and a minute', '2026-12-20 10:01', '2026-12-20 12:00', 'window_too_far'],
])('a window of %s', (_name, from, to, fault) => {
  expect(windowFault(span(from, to), FRIDAY_10, defaultSettings)).toBe(fault);
});

it('counts the hours where the people live', () => {
  // Eight in the morning in Ürümqi's own time is ten in Beijing.
  const window = { from: Date.parse('2026-11-21T02:00:00Z'), to: Date.parse('2026-11-21T03:00:00Z') };
  expect(windowFault(window, FRIDAY_10, { visitFromHour: 9, visitToHour: 21 }, 'Asia/Urumqi')).toBe(
    'window_hours',
  );
  expect(windowFault(window, FRIDAY_10, { visitFromHour: 9, visitToHour: 21 })).toBeNull();
});

describe('an appointment', () => {
  it('inside an offered window is agreed at once, and moves the arrive clock to its end', () => {
    const s = anAppointment().accepted();
    const before = { respond: s.order.respondDueAt, resolve: s.order.resolveDueAt };
    s.does('assignee', { action: 'make_appointment', ...span('2026-11-21 09:00', '2026-11-21 10:00') });
    expect(s.order.visit.appointment).toEqual({
      ...span('2026-11-21 09:00', '2026-11-21 10:00'),
      isAgreed: true,
    });
    expect(s.order.arriveDueAt).toBe(at('2026-11-21 10:00'));
    expect({ respond: s.order.respondDueAt, resolve: s.order.resolveDueAt }).toEqual(before);
    // On time exactly at its end.
    s.until('2026-11-21 10:00').does('assignee', { action: 'arrive' });
    expect(s.order.arriveLateAt).toBeNull();
  });

  it('outside of it waits for the resident, and until then moves nothing', () => {
    const s = anAppointment().accepted();
    const due = s.order.arriveDueAt;
    s.does('desk', { action: 'make_appointment', ...span('2026-11-21 14:00', '2026-11-21 16:00') });
    expect([s.order.visit.appointment?.isAgreed, s.order.arriveDueAt]).toEqual([false, due]);
    expect(s.last.notifications.map(({ to }) => to)).toEqual(['reporter', 'assignee']);
    expect(s.refused('assignee', { action: 'agree_appointment' })).toBe('not_yours');
    s.does('reporter', { action: 'agree_appointment' });
    expect([s.order.visit.appointment?.isAgreed, s.order.arriveDueAt]).toEqual([
      true,
      at('2026-11-21 16:00'),
    ]);
    expect(s.refused('reporter', { action: 'agree_appointment' })).toBe('nothing_to_agree');
  });

  it('agreed on the phone is agreed', () => {
    const s = aReport(tap).accepted();
    s.does('desk', { action: 'make_appointment', ...offered, isByPhone: true });
    expect(s.order.arriveDueAt).toBe(offered.to);
  });

  it('does not take back that somebody is late already', () => {
    const s = anAppointment().assigned();
    s.now = s.order.arriveDueAt! + 1;
    const due = s.order.arriveDueAt;
    s.does('desk', { action: 'make_appointment', ...offered });
    expect([s.order.arriveDueAt, s.order.arriveLateAt]).toEqual([due, due]);
    const onTime = anAppointment().assigned();
    onTime.now = onTime.order.arriveDueAt!;
    onTime.does('desk', { action: 'make_appointment', ...offered });
    expect([onTime.order.arriveDueAt, onTime.order.arriveLateAt]).toEqual([offered.to, null]);
  });

  it('is changed with a reason, by either side, and that is counted', () => {
    const s = anAppointment()
      .accepted()
      .does('assignee', { action: 'make_appointment', ...offered });
    const later = span('2026-11-22 09:00', '2026-11-22 12:00');
    expect(s.refused('assignee', { action: 'make_appointment', ...later })).toBe('reason_required');
    expect(s.refused('reporter', { action: 'offer_windows', windows: [later], reason: ' ' })).toBe(
      'reason_required',
    );
    s.does('reporter', { action: 'offer_windows', windows: [later], reason: '要去医院' });
    // Who is asked to come another day cannot be late before it.
    expect(s.order.visit).toEqual({
      windows: [later],
      appointment: null,
      rescheduleCount: 1,
      missedCount: 0,
    });
    expect(s.order.arriveDueAt).toBe(later.to);
    s.does('assignee', { action: 'make_appointment', ...later });
    s.does('desk', { action: 'make_appointment', ...offered, reason: '师傅请假', isByPhone: true });
    expect([s.order.visit.rescheduleCount, s.order.arriveDueAt]).toEqual([2, offered.to]);
  });

  it('is never made for an emergency, a special need, a public place or an answer on the phone', () => {
    const why = (s: ReturnType<typeof aReport>) =>
      s.refused('desk', { action: 'make_appointment', ...offered });
    const burst = category('water.burst');
    expect(why(aReport(burst))).toBe('emergency_no_appointment');
    expect(
      why(aReport(category('special.medicine'), FRIDAY_10, { neededBy: FRIDAY_10 + minutes(600) })),
    ).toBe('emergency_no_appointment');
    expect(why(aReport(category('gate.fault')))).toBe('not_at_home');
    expect(() => aReport(burst, FRIDAY_10, { windows: [offered] })).toThrow('emergency_no_appointment');
    expect(() => aReport(category('gate.fault'), FRIDAY_10, { windows: [offered] })).toThrow('not_at_home');
  });

  it('stands when the category is corrected, but gives way to an emergency', () => {
    const s = anAppointment()
      .accepted()
      .does('assignee', { action: 'make_appointment', ...offered });
    s.does('desk', { action: 'change_category', category: leak });
    expect(s.order.arriveDueAt).toBe(offered.to);
    s.does('desk', { action: 'change_category', category: category('water.burst') });
    expect(s.order.arriveDueAt).toBeLessThan(offered.to);
  });

  it('is forgotten when the order is opened again', () => {
    const s = anAppointment()
      .accepted()
      .does('assignee', { action: 'make_appointment', ...offered });
    s.does('assignee', { action: 'start' }).does('assignee', { action: 'finish', workDone: '好了' });
    s.does('reporter', { action: 'confirm' }).does('reporter', { action: 'rate', score: 'satisfied' });
    s.does('reporter', { action: 'reopen', reason: '又滴了' });
    expect(s.order.visit).toMatchObject({ windows: [], appointment: null });
  });
});

describe('nobody at home', () => {
  it('is an arrival with a picture; the matter rests until the resident names another hour', () => {
    const s = anAppointment().accepted().does('assignee', { action: 'depart' }).after(30);
    expect(s.refused('assignee', { action: 'nobody_home' })).toBe('photos_required');
    expect(s.refused('desk', { action: 'nobody_home', photoIds: ['p'] })).toBe('not_yours');
    s.does('assignee', { action: 'nobody_home', photoIds: ['p'] });
    expect(s.order).toMatchObject({
      status: 'paused',
      pausedFrom: 'accepted',
      pausedReason: 'waiting_resident',
      arrivedAt: s.now,
      resolveDueAt: null,
      visit: { windows: [], appointment: null, missedCount: 1 },
    });
    expect(s.last.events.at(-1)).toMatchObject({ kind: 'work_order.nobody_home', photoIds: ['p'] });
    expect(s.last.notifications.map(({ to }) => to)).toEqual(['reporter', 'desk']);
    s.does('reporter', { action: 'offer_windows', windows: [offered] });
    s.does('desk', { action: 'make_appointment', ...offered });
    // A reminder is due when the visit begins.
    expect([s.order.status, s.order.pausedUntil]).toEqual(['paused', offered.from]);
    s.until('2026-11-21 09:00').does('assignee', { action: 'resume' });
    expect(s.order.status).toBe('accepted');
    s.does('assignee', { action: 'start' });
    expect(s.order.arriveLateAt).toBeNull();
  });

  it('is no matter of a public place', () => {
    const s = aReport(lamp).accepted();
    expect(s.refused('assignee', { action: 'nobody_home', photoIds: ['p'] })).toBe('not_at_home');
  });
});

describe('a complaint about a member of staff', () => {
  const complaint = category('service.attitude');
  const about = (accusedAccountId: string) =>
    aReport(complaint, FRIDAY_10, { place: 'public', accusedAccountId });

  it('is told to the manager and not to the desk', () => {
    const s = about('li-account');
    expect(s.last.notifications).toMatchObject([{ to: 'manager', accountId: 'li-account' }]);
    expect(s.last.notifications.some(({ to }) => to === 'desk')).toBe(false);
  });

  it('is handled by a manager who is not meant, and by nobody below', () => {
    const s = about('li-account');
    const assign = (accountId: string, isManager: boolean) =>
      s.refused('desk', { action: 'assign', assignee: { ...person(accountId), isManager } });
    expect(assign('li-account', true)).toBe('assignee_is_accused');
    expect(assign('wang-account', false)).toBe('accused_needs_manager');
    expect(assign('wang-account', true)).toBeNull();
  });

  it('stays where it is', () => {
    const facts = { action: 'move' } as unknown as Parameters<ReturnType<typeof about>['refused']>[1];
    expect(about('li-account').refused('desk', facts)).toBe('accused_not_moved');
  });

  it('stays confidential', () => {
    expect(
      about('li-account').refused('desk', { action: 'change_category', category: category('gate.fault') }),
    ).toBe('accused_stays_confidential');
    expect(() => aReport(category('gate.fault'), FRIDAY_10, { accusedAccountId: 'li-account' })).toThrow(
      'accused_not_used',
    );
  });
});
