import {
  addWorking,
  addWorkingMillis,
  type Calendar,
  calendarOf,
  chinaWorking,
  HOUR,
  type Instant,
  isCovered,
  MINUTE,
  workingBetween,
  type WorkingCalendar,
} from '@gongzhi/kernel';
import { NO_CALL } from './callbacks.ts';
import { UNFINISHED } from './transitions.ts';
import {
  type CategoryFacts,
  type Clock,
  CLOCKS,
  type EventKind,
  type OrderEvent,
  type OrderState,
  type Pause,
} from './types.ts';

/**
 * The three clocks. Each is a pure function of what happened: when it started, its limit, and (resolve only) the
 * stops. An act exactly at the due instant is on time; one millisecond later is late.
 */

export type Limits = Pick<CategoryFacts, 'respondMinutes' | 'arriveMinutes' | 'resolveMinutes' | 'calendar'>;

/** A due time on the resolve clock, or what is left on it while it stands. */
export type ResolveClock =
  | { readonly dueAt: Instant; readonly remainingMs: null }
  | { readonly dueAt: null; readonly remainingMs: number };

/**
 * Walks the running spans between the stops. A clock that had run out before a stop began cannot be stopped any
 * more: its due time stays in the past. With nothing left at the end of a stop, it is due at that very instant.
 */
export function resolveClock(
  startAt: Instant,
  minutes: number,
  pauses: readonly Pause[],
  calendar: Calendar,
): ResolveClock {
  let left = minutes * MINUTE;
  let from = startAt;
  for (const pause of pauses) {
    const dueAt = addWorkingMillis(from, left, calendar);
    if (dueAt < pause.from) return { dueAt, remainingMs: null };
    left -= workingBetween(from, pause.from, calendar);
    if (pause.to === null) return { dueAt: null, remainingMs: left };
    from = pause.to;
  }
  return { dueAt: addWorkingMillis(from, left, calendar), remainingMs: null };
}

type Dues = Pick<OrderState, 'respondDueAt' | 'arriveDueAt' | 'resolveDueAt' | 'resolveRemainingMs'>;

/**
 * The due times of an order in this round under a category's limits. A special need is due when it is needed, and
 * nothing stops that; once it was reopened after that hour, the category's limit counts from the reopening.
 */
export function duesOf(
  order: Pick<OrderState, 'kind' | 'clockStartAt' | 'neededBy' | 'pauses'>,
  limits: Limits,
  working: WorkingCalendar = chinaWorking,
): Dues {
  const calendar = calendarOf(limits.calendar, working);
  const start = order.clockStartAt;
  const isHard = order.kind === 'special_need';
  const hard = isHard && order.neededBy !== null && order.neededBy >= start ? order.neededBy : null;
  const resolve: ResolveClock =
    hard !== null
      ? { dueAt: hard, remainingMs: null }
      : resolveClock(start, limits.resolveMinutes, isHard ? [] : order.pauses, calendar);
  const arrive = limits.arriveMinutes === null ? null : addWorking(start, limits.arriveMinutes, calendar);
  const respond = addWorking(start, limits.respondMinutes, calendar);
  return {
    // Nobody may take longer to answer, or to come, than the thing itself is due.
    respondDueAt: hard === null ? respond : Math.min(respond, hard),
    arriveDueAt: hard === null || arrive === null ? arrive : Math.min(arrive, hard),
    resolveDueAt: resolve.dueAt,
    resolveRemainingMs: resolve.remainingMs,
  };
}

/** False when the holiday data ends before the last due time: weekends only were counted there, and one must say so. */
export function areDuesCovered(
  startAt: Instant,
  resolveDueAt: Instant | null,
  limits: Limits,
  working: WorkingCalendar = chinaWorking,
): boolean {
  return isCovered(startAt, resolveDueAt ?? startAt, calendarOf(limits.calendar, working));
}

interface ClockFields {
  readonly dueAt: Instant | null;
  readonly metAt: Instant | null;
  readonly lateAt: Instant | null;
}

export function clockOf(order: OrderState, clock: Clock): ClockFields {
  switch (clock) {
    case 'respond':
      return { dueAt: order.respondDueAt, metAt: order.acceptedAt, lateAt: order.respondLateAt };
    case 'arrive':
      return { dueAt: order.arriveDueAt, metAt: order.arrivedAt, lateAt: order.arriveLateAt };
    case 'resolve':
      return { dueAt: order.resolveDueAt, metAt: order.finishedAt, lateAt: order.resolveLateAt };
  }
}

const LATE_FIELD = { respond: 'respondLateAt', arrive: 'arriveLateAt', resolve: 'resolveLateAt' } as const;

/** This round's due of the clock was missed, and that has been marked. */
function isMarked(fields: ClockFields): boolean {
  return fields.lateAt !== null && fields.lateAt === fields.dueAt;
}

/** Marks the clocks that ran out: the fact is the due time that was missed, so it is the same whenever it is noticed. */
function markLate(order: OrderState, now: Instant): { order: OrderState; events: OrderEvent[] } {
  let next = order;
  const events: OrderEvent[] = [];
  for (const clock of CLOCKS) {
    const fields = clockOf(next, clock);
    if (fields.dueAt === null || isMarked(fields)) continue;
    // A clock that was never met stops where the order ended: nobody is late on a cancelled order.
    if (fields.metAt === null && !UNFINISHED.includes(next.status)) continue;
    if ((fields.metAt ?? now) <= fields.dueAt) continue;
    next = { ...next, [LATE_FIELD[clock]]: fields.dueAt };
    events.push({
      kind: `work_order.${clock}_overdue` satisfies EventKind,
      isInternal: false,
      params: { dueAt: new Date(fields.dueAt).toISOString() },
      photoIds: [],
    });
  }
  return { order: next, events };
}

const sooner = (a: Instant | null, b: Instant | null): Instant | null =>
  a === null || (b !== null && b < a) ? b : a;

/** The earliest due that is neither met nor marked, or null. */
export function nextDueAt(order: OrderState): Instant | null {
  let earliest = sooner(sooner(order.callbackDueAt, order.autoCloseAt), order.pausedUntil);
  if (UNFINISHED.includes(order.status)) {
    for (const clock of CLOCKS) {
      const fields = clockOf(order, clock);
      if (fields.metAt === null && !isMarked(fields)) earliest = sooner(earliest, fields.dueAt);
    }
  }
  return earliest;
}

/**
 * Brings an order up to `now`: marks what ran out, asks for the call that is due, closes what nobody rated.
 * decide() settles before it decides, so a claim that came late changes nothing but the hour of the notice.
 * A due is over strictly after its instant; what the product itself does then (call, close, remind) is due at it.
 */
export function settle(order: OrderState, now: Instant): { order: OrderState; events: OrderEvent[] } {
  const marked = markLate(order, now);
  let next = marked.order;
  const events = marked.events;
  if (next.pausedUntil !== null && next.pausedUntil <= now) {
    next = { ...next, pausedUntil: null };
    events.push({ kind: 'work_order.pause_ended', isInternal: true, params: {}, photoIds: [] });
  }
  if (next.callbackDueAt !== null && next.callbackDueAt <= now) {
    next = { ...next, callbackWantedAt: next.callbackDueAt, callbackDueAt: null };
    events.push({
      kind: 'work_order.callback_wanted',
      isInternal: true,
      params: { attempts: next.callbackAttempts, because: next.callbackReason },
      photoIds: [],
    });
  }
  if (next.autoCloseAt !== null && next.autoCloseAt <= now) {
    const isConfirmed = next.status === 'confirmed';
    next = {
      ...next,
      status: 'closed',
      outcome: isConfirmed ? 'confirmed' : 'unconfirmed',
      closedAt: next.autoCloseAt,
      autoCloseAt: null,
      // A rule's call is made also about what closed by itself; silence has ended in one way or the other.
      ...(isConfirmed ? {} : NO_CALL),
    };
    events.push({
      kind: 'work_order.closed',
      isInternal: false,
      params: { isBySystem: true, outcome: next.outcome },
      photoIds: [],
    });
  }
  // Mostly nothing has changed; a copy for every command was a tenth of what playing a city takes.
  const dueAt = nextDueAt(next);
  return { order: dueAt === next.nextDueAt ? next : { ...next, nextDueAt: dueAt }, events };
}

/**
 * The due times of an order by limits or a calendar that were corrected: where an appointment moved the arrive clock
 * it stands, but not for an emergency.
 */
export function standingDues(
  order: OrderState,
  limits: Limits,
  working: WorkingCalendar = chinaWorking,
): Dues {
  const dues = duesOf(order, limits, working);
  return { ...dues, arriveDueAt: keptArrival(order, dues.arriveDueAt) };
}

function keptArrival(order: OrderState, arriveDueAt: Instant | null): Instant | null {
  const agreed = order.visit.appointment?.isAgreed === true ? order.visit.appointment.to : null;
  const isMoved = agreed !== null && order.arriveDueAt === agreed;
  return isMoved && arriveDueAt !== null && !order.isEmergency && order.kind !== 'special_need'
    ? agreed
    : arriveDueAt;
}

/**
 * A category was corrected: every clock is judged by the new limits, from where this round began. What was marked
 * late under the wrong ones is withdrawn (and named, for the timeline); settling marks again what is late under these.
 */
export function rejudge(
  order: OrderState,
  limits: Limits,
  working: WorkingCalendar = chinaWorking,
): { order: OrderState; withdrawn: Clock[] } {
  const withdrawn: Clock[] = [];
  let next = order;
  const dues = standingDues(order, limits, working);
  for (const clock of CLOCKS) {
    const fields = clockOf(order, clock);
    const dueAt = dues[`${clock}DueAt`];
    if (isMarked(fields) && fields.dueAt !== dueAt) {
      next = { ...next, [LATE_FIELD[clock]]: null };
      withdrawn.push(clock);
    }
  }
  return { order: { ...next, ...dues }, withdrawn };
}

/** The clocks of a new round: at creation and at a reopening. Late facts of earlier rounds stay. */
export function startRound(
  order: OrderState,
  now: Instant,
  limits: Limits,
  working: WorkingCalendar = chinaWorking,
): OrderState {
  const fresh: OrderState = {
    ...order,
    clockStartAt: now,
    pauses: [],
    acceptedAt: null,
    arrivedAt: null,
    departedAt: null,
    startedAt: null,
    finishedAt: null,
  };
  return { ...fresh, ...duesOf(fresh, limits, working) };
}

/**
 * A pause stops the resolve clock: no due time, and what was left is kept. Not the clock of a special need, and not
 * one that has already run out. (What is left is read off the stored due time, so a limit changed in the catalogue
 * meanwhile moves nothing; `pauses` serves a corrected category.)
 */
export function stopResolveClock(
  order: OrderState,
  now: Instant,
  limits: Limits,
  working: WorkingCalendar = chinaWorking,
): OrderState {
  const pauses = [...order.pauses, { from: now, to: null }];
  const due = order.resolveDueAt;
  if (order.kind === 'special_need' || due === null || now > due) return { ...order, pauses };
  const remaining = workingBetween(now, due, calendarOf(limits.calendar, working));
  return { ...order, pauses, resolveDueAt: null, resolveRemainingMs: remaining };
}

/** The clock runs again, with what was left on it. */
export function runResolveClock(
  order: OrderState,
  now: Instant,
  limits: Limits,
  working: WorkingCalendar = chinaWorking,
): OrderState {
  const pauses = order.pauses.map((pause) => (pause.to === null ? { from: pause.from, to: now } : pause));
  const left = order.resolveRemainingMs;
  if (left === null) return { ...order, pauses };
  const due = addWorkingMillis(now, left, calendarOf(limits.calendar, working));
  return { ...order, pauses, resolveDueAt: due, resolveRemainingMs: null };
}

/** The finish met the clock; a dispute takes that back and gives what was left, without the time the answer took. */
export function unmeetResolveClock(
  order: OrderState,
  now: Instant,
  limits: Limits,
  working: WorkingCalendar = chinaWorking,
): OrderState {
  const finishedAt = order.finishedAt;
  if (finishedAt === null) return order;
  const stopped = stopResolveClock({ ...order, finishedAt: null }, finishedAt, limits, working);
  return runResolveClock(stopped, now, limits, working);
}

/** Late now: work is still to be done and a clock that nobody met has run out; or it was finished too late. */
export function isLate(order: OrderState, now: Instant): boolean {
  if (!UNFINISHED.includes(order.status)) return order.resolveLateAt !== null;
  return CLOCKS.some((clock) => {
    const { dueAt, metAt } = clockOf(order, clock);
    return metAt === null && dueAt !== null && now > dueAt;
  });
}

/** isLate as far as it has been marked: what can be stored beside the row, and what a list filters by. */
export function isMarkedLate(order: OrderState): boolean {
  if (!UNFINISHED.includes(order.status)) return order.resolveLateAt !== null;
  return CLOCKS.some((clock) => {
    const fields = clockOf(order, clock);
    return fields.metAt === null && isMarked(fields);
  });
}

/** The report's and the import's rule: closed by its target. Null when one of the two dates is missing. */
export function isOnTime(closedAt: Instant | null, dueAt: Instant | null): boolean | null {
  return closedAt === null || dueAt === null ? null : closedAt <= dueAt;
}

/** Whether the next deadline of unfinished work falls within the hour (the desk's strip). */
export function isDueWithinHour(order: OrderState, now: Instant): boolean {
  const due = UNFINISHED.includes(order.status) ? nextDueAt(order) : null;
  return due !== null && due >= now && due <= now + HOUR;
}
