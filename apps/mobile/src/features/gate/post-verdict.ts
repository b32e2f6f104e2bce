import {
  countedHere,
  type Direction,
  type GateList,
  type Tally,
  type UrgentTrip,
  type Verdict,
} from '@gongzhi/gate';
import type { Decision, PostView, Shown } from './post-types.ts';

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

/**
 * What is shown of a list. How full it is where this gate leads is said while a measure asks for it, and nothing made up
 * where nobody counted.
 */
export function listShown(list: GateList, at: number, tally: Tally): NonNullable<PostView['list']> {
  const { inside, freeSpaces } = countedHere(list, at, tally);
  const { gate, policies, issuedAt, expiresAt } = list.head;
  const caps = policies.flatMap(({ buildingId, from, to, checks }) =>
    buildingId === gate.buildingId && from <= at && at < to ? (checks.capacity?.most ?? []) : [],
  );
  const counted = inside.find(({ buildingId }) => buildingId === gate.buildingId);
  const isKnown = counted !== undefined && caps.length > 0;
  return {
    issuedAt,
    expiresAt,
    count: list.count,
    inside: isKnown ? { count: counted.count, most: Math.min(...caps) } : null,
    freeSpaces: gate.kind === 'pedestrian' ? null : freeSpaces,
  };
}
