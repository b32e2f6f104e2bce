import { queryOptions } from '@tanstack/react-query';
import { api } from '../../api.ts';
import type { PatrolCheck, PatrolRound } from '../../api-types.ts';
import { remembered } from '../../app/seen.ts';

/** Under the orders' name: what moves them moves these. Remembered: the cellar has no network. */
export const ownRounds = queryOptions({
  queryKey: ['orders', 'patrols'],
  queryFn: (asking) => remembered('patrols', asking, api.ownRounds),
});

export const asked = (round: PatrolRound): PatrolCheck[] =>
  round.checks.filter(({ state }) => state !== 'spared');

/** Which checkpoint of these rounds hangs under the label that was scanned; the ones not seen yet first. */
export function checkOfLabel(
  rounds: readonly PatrolRound[],
  code: { readonly scopeId: string; readonly facilityId: string },
): { readonly round: PatrolRound; readonly check: PatrolCheck } | null {
  const found = rounds
    .filter(({ scopeId }) => scopeId === code.scopeId)
    .flatMap((round) =>
      asked(round)
        .filter(({ facilityId }) => facilityId === code.facilityId)
        .map((check) => ({ round, check })),
    );
  return found.find(({ check }) => check.state === 'open') ?? found[0] ?? null;
}
