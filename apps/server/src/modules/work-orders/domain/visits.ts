import { CHINA, DAY, HOUR, instantOn, type Instant, localDate, MINUTE } from '@gongzhi/kernel';
import { stopResolveClock } from './clocks.ts';
import { type Draft, notify, set, tell } from './draft.ts';
import type { Command, Context, ReasonCode, Visit, Window, WorkOrderSettings } from './types.ts';

/**
 * Somebody must be at home. The resident offers windows; staff makes an appointment; inside a window offered it is
 * agreed at once, otherwise the resident agrees. An agreed appointment moves the arrive clock to its end, unless that
 * clock had run out before. It moves no other clock (who has to wait pauses), and none of an emergency or special need.
 */

export const MOST_WINDOWS = 5;
const SHORTEST = 30 * MINUTE;
const LONGEST = 12 * HOUR;
/** Nobody knows a weekday's plans further ahead. */
const FURTHEST = 30 * DAY;

/** What keeps a window from being offered, or null. It lies within one day's hours for visits, by the place's time. */
export function windowFault(
  window: Window,
  now: Instant,
  settings: Pick<WorkOrderSettings, 'visitFromHour' | 'visitToHour'>,
  zone: string = CHINA,
): ReasonCode | null {
  const { from, to } = window;
  if (to - from < SHORTEST || to - from > LONGEST) return 'window_length';
  // One that has begun is good as long as somebody can still come in it.
  if (to < now + SHORTEST) return 'window_past';
  if (from > now + FURTHEST) return 'window_too_far';
  const day = localDate(from, zone);
  const opens = instantOn(day, settings.visitFromHour * 60, zone);
  const closes = instantOn(day, settings.visitToHour * 60, zone);
  return from < opens || to > closes ? 'window_hours' : null;
}

export function windowsFault(
  windows: readonly Window[],
  ctx: Pick<Context, 'now' | 'settings' | 'timeZone'>,
): ReasonCode | null {
  if (windows.length === 0 || windows.length > MOST_WINDOWS) return 'windows_required';
  for (const window of windows) {
    const fault = windowFault(window, ctx.now, ctx.settings, ctx.timeZone);
    if (fault !== null) return fault;
  }
  return null;
}

type VisitCommand = Extract<
  Command,
  { action: 'offer_windows' | 'make_appointment' | 'agree_appointment' | 'nobody_home' }
>;

export function visitCommand(draft: Draft, command: VisitCommand, ctx: Context): ReasonCode | null {
  switch (command.action) {
    case 'offer_windows':
      return offer(draft, command.windows, command.reason ?? null, ctx);
    case 'make_appointment':
      return appoint(draft, command, ctx);
    case 'agree_appointment': {
      const { appointment } = draft.order.visit;
      if (appointment === null) return 'nothing_to_agree';
      agree(draft, appointment, ctx);
      tell(draft, 'work_order.appointment_agreed', spanOf(appointment));
      notify(draft, ctx, 'work_order.appointment_agreed', ['assignee', 'desk'], spanOf(appointment));
      return null;
    }
    case 'nobody_home':
      return nobodyHome(draft, command.photoIds ?? [], ctx);
  }
}

function offer(
  draft: Draft,
  windows: readonly Window[],
  reason: string | null,
  ctx: Context,
): ReasonCode | null {
  const fault = windowsFault(windows, ctx);
  if (fault !== null) return fault;
  const { visit } = draft.order;
  const why = reason?.trim() || null;
  const isReschedule = visit.appointment !== null;
  if (isReschedule && why === null) return 'reason_required';
  const sorted = [...windows].sort((a, b) => a.from - b.from);
  // Who asks for another day cannot be late in being visited before it.
  if (visit.appointment?.isAgreed === true) moveArrival(draft, Math.max(...windows.map(({ to }) => to)), ctx);
  setVisit(draft, {
    windows: sorted,
    appointment: null,
    rescheduleCount: visit.rescheduleCount + Number(isReschedule),
  });
  const first = sorted[0] as Window;
  const params = { ...spanOf(first), count: sorted.length };
  tell(draft, 'work_order.windows_offered', { ...params, reason: why });
  notify(draft, ctx, 'work_order.windows_offered', ['assignee', 'desk'], params);
  return null;
}

function appoint(
  draft: Draft,
  command: Extract<Command, { action: 'make_appointment' }>,
  ctx: Context,
): ReasonCode | null {
  const window = { from: command.from, to: command.to };
  const fault = windowFault(window, ctx.now, ctx.settings, ctx.timeZone);
  if (fault !== null) return fault;
  const { visit } = draft.order;
  const why = command.reason?.trim() || null;
  if (visit.appointment !== null && why === null) return 'reason_required';
  const isOffered = visit.windows.some(({ from, to }) => window.from >= from && window.to <= to);
  const isAgreed = isOffered || command.isByPhone === true;
  const appointment = { ...window, isAgreed };
  setVisit(draft, {
    appointment,
    rescheduleCount: visit.rescheduleCount + Number(visit.appointment !== null),
  });
  if (isAgreed) agree(draft, appointment, ctx);
  const params = { ...spanOf(window), isAgreed };
  tell(draft, 'work_order.appointment_made', {
    ...params,
    isByPhone: command.isByPhone === true,
    reason: why,
  });
  notify(draft, ctx, 'work_order.appointment_made', ['reporter', 'assignee'], params);
  return null;
}

function agree(draft: Draft, window: Window, ctx: Context): void {
  setVisit(draft, { appointment: { ...window, isAgreed: true } });
  moveArrival(draft, window.to, ctx);
  // Who waits for the resident is reminded when the visit begins.
  if (
    draft.order.status === 'paused' &&
    draft.order.pausedReason === 'waiting_resident' &&
    window.from > ctx.now
  )
    set(draft, { pausedUntil: window.from });
}

/** The worker stood at the door: that is an arrival. The matter rests until the resident names another hour. */
function nobodyHome(draft: Draft, photoIds: readonly string[], ctx: Context): ReasonCode | null {
  if (photoIds.length === 0) return 'photos_required';
  const { now, category, working } = ctx;
  const order = draft.order;
  draft.order = stopResolveClock(order, now, category, working);
  set(draft, {
    status: 'paused',
    arrivedAt: order.arrivedAt ?? now,
    departedAt: null,
    // He sets out anew.
    pausedFrom: 'accepted',
    pausedReason: 'waiting_resident',
    pausedNote: null,
    pausedUntil: null,
  });
  setVisit(draft, { windows: [], appointment: null, missedCount: order.visit.missedCount + 1 });
  draft.stepChanges.push({ type: 'arrive', at: now }, { type: 'pause', at: now });
  tell(
    draft,
    'work_order.nobody_home',
    { assigneeAccountId: order.assigneeAccountId, isClockStopped: draft.order.resolveDueAt === null },
    { photoIds },
  );
  notify(draft, ctx, 'work_order.nobody_home', ['reporter', 'desk']);
  return null;
}

/** Not when it is met, and not once it has run out. */
function moveArrival(draft: Draft, to: Instant, ctx: Context): void {
  const { arriveDueAt, arrivedAt } = draft.order;
  if (arriveDueAt === null || arrivedAt !== null || ctx.now > arriveDueAt) return;
  set(draft, { arriveDueAt: to });
}

function setVisit(draft: Draft, part: Partial<Visit>): void {
  set(draft, { visit: { ...draft.order.visit, ...part } });
}

function spanOf(window: Window): { from: string; to: string } {
  return { from: new Date(window.from).toISOString(), to: new Date(window.to).toISOString() };
}
