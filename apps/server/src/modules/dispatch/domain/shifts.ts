import {
  addDays,
  DAY,
  HOUR,
  type Instant,
  instantOn,
  type LocalDate,
  localDate,
  MINUTE,
} from '@gongzhi/kernel';

/**
 * Who is on shift when. A pattern is a cycle of days; a roster puts a person on it from–to; changes (a day off, leave,
 * a swap, overtime) are laid over what the pattern says. Nothing is stored per day: the spans are worked out, by the
 * wall clock of the place.
 */

/** Minutes of the local day; `to` may lie in the next one (night shifts), at most 24 hours later. */
export interface PatternDay {
  readonly from: number;
  readonly to: number;
}

export interface Pattern {
  readonly id: string;
  /** The day on which the cycle begins; a Monday for a weekly one. */
  readonly anchorOn: LocalDate;
  /** Null: a free day. */
  readonly days: readonly (PatternDay | null)[];
}

export const ROSTER_KINDS = ['duty', 'standby'] as const;
/** standby: at home, called for emergencies only. */
export type RosterKind = (typeof ROSTER_KINDS)[number];

export interface Roster {
  readonly id: string;
  readonly accountId: string;
  readonly patternId: string;
  readonly kind: RosterKind;
  readonly startsOn: LocalDate;
  /** The first day that is no longer covered. */
  readonly endsOn: LocalDate | null;
  /** None: every compound of the department. */
  readonly compoundIds: readonly string[];
  readonly gridId: string | null;
}

export const CHANGE_KINDS = ['off', 'leave', 'swap', 'overtime'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

export type ShiftChange =
  /** The shifts that begin on that day fall away. */
  | { readonly kind: 'off'; readonly accountId: string; readonly onDate: LocalDate }
  /** Away from–to; cuts what falls into it. */
  | { readonly kind: 'leave'; readonly accountId: string; readonly from: Instant; readonly to: Instant }
  /** The other takes the shifts that begin on that day. */
  | {
      readonly kind: 'swap';
      readonly accountId: string;
      readonly withAccountId: string;
      readonly onDate: LocalDate;
    }
  | { readonly kind: 'overtime'; readonly accountId: string; readonly from: Instant; readonly to: Instant };

/** A shift of one day by itself, as files bring it; minutes as in a pattern. */
export interface ShiftDay {
  readonly accountId: string;
  readonly onDate: LocalDate;
  readonly from: number;
  readonly to: number;
  readonly kind: RosterKind;
}

export interface Plan {
  readonly patterns: readonly Pattern[];
  readonly rosters: readonly Roster[];
  readonly days?: readonly ShiftDay[];
  readonly changes: readonly ShiftChange[];
}

export type SpanKind = RosterKind | 'overtime';

/** Somebody is there from–to; exactly at `from` they are, exactly at `to` they have gone. */
export interface Span {
  readonly accountId: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly kind: SpanKind;
  readonly compoundIds: readonly string[];
  readonly gridId: string | null;
}

function dayOf(pattern: Pattern, date: LocalDate): PatternDay | null {
  const since = (instantOn(date, 0, 'UTC') - instantOn(pattern.anchorOn, 0, 'UTC')) / DAY;
  const count = pattern.days.length;
  return pattern.days[((since % count) + count) % count] ?? null;
}

const wholeDepartment = { compoundIds: [], gridId: null } as const;

function cut(span: Span, leave: { readonly from: Instant; readonly to: Instant }): Span[] {
  if (leave.to <= span.from || span.to <= leave.from) return [span];
  const left = leave.from > span.from ? [{ ...span, to: leave.from }] : [];
  const right = leave.to < span.to ? [{ ...span, from: leave.to }] : [];
  return [...left, ...right];
}

/** Every span that touches from–to, in the order of their beginnings. */
export function spansOf(plan: Plan, from: Instant, to: Instant, zone: string): Span[] {
  const patterns = new Map(plan.patterns.map((pattern) => [pattern.id, pattern]));
  const off = new Set<string>();
  const takers = new Map<string, string>();
  const away: { accountId: string; from: Instant; to: Instant }[] = [];
  const spans: Span[] = [];
  for (const change of plan.changes) {
    if (change.kind === 'off') off.add(`${change.accountId} ${change.onDate}`);
    else if (change.kind === 'swap') takers.set(`${change.accountId} ${change.onDate}`, change.withAccountId);
    else if (change.kind === 'leave') away.push(change);
  }
  // A night shift that began the day before still runs.
  const first = addDays(localDate(from, zone), -1);
  const last = localDate(to, zone);
  for (const roster of plan.rosters) {
    const pattern = patterns.get(roster.patternId);
    if (pattern === undefined) continue;
    const begin = roster.startsOn > first ? roster.startsOn : first;
    for (let date = begin; date <= last; date = addDays(date, 1)) {
      if (roster.endsOn !== null && date >= roster.endsOn) break;
      const day = dayOf(pattern, date);
      if (day === null) continue;
      const slot = `${roster.accountId} ${date}`;
      if (off.has(slot)) continue;
      spans.push({
        // Who swaps gives the own day away; a day received is not passed on by a swap of one's own.
        accountId: takers.get(slot) ?? roster.accountId,
        from: instantOn(date, day.from, zone),
        to: instantOn(addDays(date, Math.floor(day.to / 1440)), day.to % 1440, zone),
        kind: roster.kind,
        compoundIds: roster.compoundIds,
        gridId: roster.gridId,
      });
    }
  }
  for (const day of plan.days ?? []) {
    if (day.onDate < first || day.onDate > last) continue;
    const slot = `${day.accountId} ${day.onDate}`;
    if (off.has(slot)) continue;
    spans.push({
      accountId: takers.get(slot) ?? day.accountId,
      from: instantOn(day.onDate, day.from, zone),
      to: instantOn(addDays(day.onDate, Math.floor(day.to / 1440)), day.to % 1440, zone),
      kind: day.kind,
      ...wholeDepartment,
    });
  }
  const present = spans.flatMap((span) =>
    away
      .filter(({ accountId }) => accountId === span.accountId)
      .reduce((left, leave) => left.flatMap((part) => cut(part, leave)), [span]),
  );
  // Asked for by name, so leave does not cut it.
  for (const change of plan.changes)
    if (change.kind === 'overtime')
      present.push({
        accountId: change.accountId,
        from: change.from,
        to: change.to,
        kind: 'overtime',
        ...wholeDepartment,
      });
  return present
    .filter((span) => span.from < to && from < span.to)
    .sort((a, b) => a.from - b.from || (a.accountId < b.accountId ? -1 : 1));
}

/** What somebody's shift is at a moment. */
export interface Duty {
  readonly state: 'on' | 'standby' | 'off' | 'away' | 'unplanned';
  /** On or standby: until when, shifts that follow each other without a gap being one. */
  readonly until: Instant | null;
  /** Off or away: when the next shift begins, within the days looked at. */
  readonly nextFrom: Instant | null;
  readonly compoundIds: readonly string[];
  readonly gridId: string | null;
}

const idle = { until: null, nextFrom: null, compoundIds: [], gridId: null } as const;

/** How far ahead a next shift is looked for. */
export const DAYS_AHEAD = 3;

/**
 * Of each of these people, at `now`. Where nobody keeps a roster at all everybody is 'unplanned': nothing is known, and
 * nobody is left out for it.
 */
export function dutiesAt(
  plan: Plan,
  accountIds: readonly string[],
  now: Instant,
  zone: string,
): Map<string, Duty> {
  const isKept = plan.rosters.length > 0 || (plan.days?.length ?? 0) > 0;
  if (!isKept && !plan.changes.some(({ kind }) => kind === 'overtime'))
    return new Map(accountIds.map((id) => [id, { ...idle, state: 'unplanned' as const }]));
  const spans = spansOf(plan, now, now + DAYS_AHEAD * DAY, zone);
  return new Map(accountIds.map((id) => [id, dutyOf(plan, spans, id, now)]));
}

function dutyOf(plan: Plan, spans: readonly Span[], accountId: string, now: Instant): Duty {
  const own = spans.filter((span) => span.accountId === accountId);
  const here = own.filter((span) => span.from <= now && now < span.to);
  // Duty before standby: who is at work is not called at home.
  const current = here.find(({ kind }) => kind !== 'standby') ?? here[0];
  if (current !== undefined) {
    let until = current.to;
    // Duty that follows without a gap is one stretch; being on call afterwards is none of it.
    for (const span of own)
      if (span.from <= until && span.to > until && (current.kind === 'standby' || span.kind !== 'standby'))
        until = span.to;
    return {
      state: current.kind === 'standby' ? 'standby' : 'on',
      until,
      nextFrom: null,
      // Two shifts at once reach what both reach; none named means everywhere.
      compoundIds: here.some(({ compoundIds }) => compoundIds.length === 0)
        ? []
        : [...new Set(here.flatMap(({ compoundIds }) => compoundIds))],
      gridId: current.gridId,
    };
  }
  const isAway = plan.changes.some(
    (change) =>
      change.kind === 'leave' && change.accountId === accountId && change.from <= now && now < change.to,
  );
  const next = own.find((span) => span.from > now);
  return { ...idle, state: isAway ? 'away' : 'off', nextFrom: next?.from ?? null };
}

/** Why a change or a pattern will not do; the codes of errors.ts. */
export type PlanFault =
  | 'dispatch.no_shift_that_day'
  | 'dispatch.already_on_shift'
  | 'dispatch.same_person'
  | 'dispatch.span_wrong'
  | 'dispatch.shift_overlaps';

export const LONGEST_OVERTIME = 12 * HOUR;
export const LONGEST_LEAVE = 400 * DAY;

/** The local day from midnight to midnight, and the night that begins in it. */
const daySpans = (plan: Plan, date: LocalDate, zone: string): Span[] => {
  const from = instantOn(date, 0, zone);
  const next = instantOn(addDays(date, 1), 0, zone);
  return spansOf(plan, from, next, zone).filter((span) => span.from >= from && span.from < next);
};

export function changeFault(plan: Plan, change: ShiftChange, zone: string): PlanFault | null {
  switch (change.kind) {
    case 'off':
    case 'swap': {
      const given = daySpans(plan, change.onDate, zone).filter(
        (span) => span.accountId === change.accountId && span.kind !== 'overtime',
      );
      if (given.length === 0) return 'dispatch.no_shift_that_day';
      if (change.kind === 'off') return null;
      if (change.withAccountId === change.accountId) return 'dispatch.same_person';
      const isTaken = given.some((span) =>
        spansOf(plan, span.from, span.to, zone).some((own) => own.accountId === change.withAccountId),
      );
      return isTaken ? 'dispatch.already_on_shift' : null;
    }
    case 'leave':
      return change.to > change.from && change.to - change.from <= LONGEST_LEAVE
        ? null
        : 'dispatch.span_wrong';
    case 'overtime': {
      if (change.to <= change.from || change.to - change.from > LONGEST_OVERTIME)
        return 'dispatch.span_wrong';
      const isOn = spansOf(plan, change.from, change.to, zone).some(
        (span) => span.accountId === change.accountId && span.kind !== 'standby',
      );
      return isOn ? 'dispatch.already_on_shift' : null;
    }
  }
}

/** A day longer than its cycle allows runs into the next: nobody is twice on one shift. */
export function patternFault(days: readonly (PatternDay | null)[]): PlanFault | null {
  const isWrong = days.some(
    (day) =>
      day !== null && (day.from < 0 || day.from >= 1440 || day.to <= day.from || day.to > day.from + 1440),
  );
  if (isWrong || days.every((day) => day === null)) return 'dispatch.span_wrong';
  const overlaps = days.some((day, i) => {
    const next = days[(i + 1) % days.length];
    return day != null && next != null && day.to - 1440 > next.from;
  });
  return overlaps ? 'dispatch.shift_overlaps' : null;
}

/** Hours somebody works in from–to: what an overtime rule and a fair roster look at. Standby is no work. */
export function workedMinutes(spans: readonly Span[], from: Instant, to: Instant): number {
  return spans
    .filter(({ kind }) => kind !== 'standby')
    .reduce((sum, span) => sum + Math.max(0, Math.min(span.to, to) - Math.max(span.from, from)) / MINUTE, 0);
}
