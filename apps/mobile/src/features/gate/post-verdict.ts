import type { Direction, UrgentTrip, Verdict } from '@gongzhi/gate';
import type { Decision, Shown } from './post-types.ts';

export function shownOf(
  id: string,
  direction: Direction,
  { verdict, ref, way }: { verdict: Verdict; ref: string | null; way: Decision['way'] },
  isDecidedHere: boolean,
): Shown {
  return { id, ref, way, direction, outcome: verdict.outcome, verdict, isDecidedHere };
}

/** Without a list nobody is turned away and nobody waved through: a person looks. What nothing stops passes. */
export function withoutList({ urgent }: { urgent: UrgentTrip | null }): Verdict {
  return {
    outcome: urgent === null ? 'refer' : 'pass_report',
    findings: [],
    say: urgent === null ? 'no_list' : 'urgent',
    params: {},
    policies: [],
    overriders: urgent === null ? ['guard', 'desk', 'manager'] : [],
    urgent,
  };
}
