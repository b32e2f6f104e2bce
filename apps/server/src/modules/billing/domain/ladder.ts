import { addDays, daysBetween, type LocalDate } from '@gongzhi/kernel';

/** How a household is reminded: approved words only, by steps, and not while it has promised or disputes. */

export interface LadderStep {
  /** Days after the oldest open line fell due; 0 is the day itself. */
  readonly afterDays: number;
  readonly way: 'message' | 'letter';
}

export const ARREARS_STATES = ['reminding', 'promised', 'disputed', 'settled'] as const;
export type ArrearsState = (typeof ARREARS_STATES)[number];

export interface Standing {
  readonly state: ArrearsState;
  readonly stepsTaken: number;
  readonly oldestLineId: string | null;
  readonly promisedUntil: LocalDate | null;
}

export interface OldestOpen {
  readonly lineId: string;
  readonly dueOn: LocalDate;
}

export type NextStep =
  | { readonly is: 'remind'; readonly step: number; readonly way: LadderStep['way'] }
  | { readonly is: 'wait'; readonly until: LocalDate }
  | { readonly is: 'rest' };

export const beginning: Standing = {
  state: 'reminding',
  stepsTaken: 0,
  oldestLineId: null,
  promisedUntil: null,
};

/**
 * What comes next for a household that owes. Once another line is the oldest, the ladder begins again; a promise holds
 * through its day; steps that were missed are not made up for, the furthest one whose day has come is taken once.
 */
export function nextStep(
  standing: Standing,
  oldest: OldestOpen | null,
  steps: readonly LadderStep[],
  today: LocalDate,
): NextStep {
  if (oldest === null || standing.state === 'disputed') return { is: 'rest' };
  if (standing.state === 'promised' && standing.promisedUntil !== null && today <= standing.promisedUntil)
    return { is: 'wait', until: addDays(standing.promisedUntil, 1) };
  const taken = standing.oldestLineId === oldest.lineId ? standing.stepsTaken : 0;
  const late = daysBetween(oldest.dueOn, today);
  const reached = steps.findLastIndex(({ afterDays }) => afterDays <= late);
  if (reached >= taken) return { is: 'remind', step: reached + 1, way: steps[reached]!.way };
  const next = steps[taken];
  return next === undefined ? { is: 'rest' } : { is: 'wait', until: addDays(oldest.dueOn, next.afterDays) };
}
