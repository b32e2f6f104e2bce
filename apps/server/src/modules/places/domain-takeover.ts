import { addDays, type LocalDate } from '@gongzhi/kernel';

/** A compound passes to another company and department on a date. */
export const TAKEOVER_KINDS = ['contract', 'handover', 'emergency'] as const;
export type TakeoverKind = (typeof TAKEOVER_KINDS)[number];
export const TAKEOVER_STATES = ['planned', 'applied', 'done', 'cancelled'] as const;
export type TakeoverState = (typeof TAKEOVER_STATES)[number];

/** Both sides are told when it is planned, the day before, and on the day; of an emergency's end a month ahead. */
export const takeoverRule = {
  tellDaysBefore: 1,
  tellOfEndDaysBefore: 30,
  farthestDays: 730,
  /** Other processes remember a compound's company for a minute: what they still wrote under the old one follows. */
  followMilliseconds: 150_000,
} as const;

/** The same day so many months later; the 31st becomes the last day of a shorter month. */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const index = year * 12 + (month - 1) + months;
  const first = `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}-01`;
  const next = index + 1;
  const afterLast = `${String(Math.floor(next / 12)).padStart(4, '0')}-${String((next % 12) + 1).padStart(2, '0')}-01`;
  const wished = addDays(first, day - 1);
  return wished < afterLast ? wished : addDays(afterLast, -1);
}

export interface TakeoverFacts {
  readonly role: string;
  readonly kind: TakeoverKind;
  readonly effectiveOn: LocalDate;
  /** The first day on which an emergency service no longer holds. */
  readonly endsOn: LocalDate | null;
  readonly today: LocalDate;
  readonly fromDepartmentId: string | null;
  readonly toDepartmentId: string;
  /** Since when the present company serves. */
  readonly servedSince: LocalDate | null;
  readonly emergencyMonths: number;
}

export interface TakeoverFault {
  readonly code: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string | number>>;
}

const fault = (code: string, path: string, params: TakeoverFault['params'] = {}): TakeoverFault => ({
  code: `takeover.${code}`,
  path,
  params,
});

/** What is wrong with a plan; null when nothing is. No day is served twice and none by nobody. */
export function takeoverFault(facts: TakeoverFacts): TakeoverFault | null {
  const { kind, effectiveOn, endsOn, today } = facts;
  if (facts.fromDepartmentId === null) return fault('nobody_serves', '/toDepartmentId');
  if (facts.toDepartmentId === facts.fromDepartmentId) return fault('same_department', '/toDepartmentId');
  if (effectiveOn < today) return fault('not_before_today', '/effectiveOn');
  if (effectiveOn > addDays(today, takeoverRule.farthestDays)) return fault('too_far', '/effectiveOn');
  if (facts.servedSince !== null && effectiveOn <= facts.servedSince)
    return fault('before_predecessor', '/effectiveOn', { startsOn: facts.servedSince });
  if (kind === 'emergency') {
    if (facts.role !== 'street' && facts.role !== 'city') return fault('emergency_not_yours', '/kind');
    const months = facts.emergencyMonths;
    if (endsOn === null || endsOn <= effectiveOn || endsOn > addMonths(effectiveOn, months))
      return fault('emergency_too_long', '/lastDay', { months });
  }
  return null;
}

/** When the sweep next has something to do with a plan: tell the day before, then apply at the day's beginning. */
export function nextStepOn(effectiveOn: LocalDate, isTold: boolean): LocalDate {
  return isTold ? effectiveOn : addDays(effectiveOn, -takeoverRule.tellDaysBefore);
}
