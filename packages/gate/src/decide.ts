import {
  checkAuthorisation,
  checkCapacity,
  checkHealthCode,
  checkIdentity,
  checkLists,
  checkMask,
  checkTemperature,
  checkTest,
  checkTravel,
  checkVaccination,
  checkVehicle,
  type Found,
  isAsked,
  overridersOf,
} from './checks.ts';
import { applies, type Policy } from './policy.ts';
import type { CheckName, Finding, Outcome, Overrider, Seen, Verdict } from './types.ts';
import { HEALTH_CHECKS, OUTCOMES, OVERRIDERS } from './types.ts';

/** What comes of somebody who stands at a gate. The same function decides on the server, on the guard's page and in tests. */

export const rankOf = (outcome: Outcome): number => OUTCOMES.indexOf(outcome);

function findingOf(check: CheckName, found: Found, policyId: string | null): Finding {
  if (found === null)
    return { check, state: 'ok', outcome: 'pass', code: null, params: {}, policyId, overriders: [] };
  const { state, outcome, code, params = {} } = found;
  // Who is let in anyway needs nobody's word.
  const overriders = rankOf(outcome) >= rankOf('refer') ? overridersOf[check] : [];
  return { check, state, outcome, code, params, policyId, overriders };
}

/** The checks of one policy that are asked for here, in their order. */
function findingsOf(seen: Seen, policy: Policy): Finding[] {
  const { checks, id } = policy;
  const { temperature, health_code, test, vaccination, travel, mask, capacity, vehicle } = checks;
  const made: [CheckName, Found][] = [];
  if (temperature && isAsked(temperature.when, seen))
    made.push(['temperature', checkTemperature(seen, temperature)]);
  if (health_code && isAsked(health_code.when, seen))
    made.push(['health_code', checkHealthCode(seen, health_code, policy)]);
  if (test && isAsked(test.when, seen)) made.push(['test', checkTest(seen, test, policy)]);
  if (vaccination && isAsked(vaccination.when, seen))
    made.push(['vaccination', checkVaccination(seen, vaccination, policy)]);
  if (travel && isAsked(travel.when, seen)) made.push(['travel', checkTravel(seen, travel, policy)]);
  if (checks.list) made.push(['list', checkLists(seen, checks.list)]);
  if (mask && isAsked(mask.when, seen)) made.push(['mask', checkMask(seen, mask)]);
  if (capacity) made.push(['capacity', checkCapacity(seen, capacity, policy.buildingId)]);
  if (vehicle) made.push(['vehicle', checkVehicle(seen, vehicle)]);
  return made.map(([check, found]) => findingOf(check, found, id));
}

export function policiesFor(seen: Seen, policies: readonly Policy[]): readonly Policy[] {
  const home = seen.credential.pass?.homeBuildingId ?? null;
  return policies.filter((policy) => applies(policy, seen.at, seen.gate.buildingId, home));
}

/**
 * Whether any policy in force here wants to know of somebody's health; of several the one for which an answer grows old
 * first, so that nobody is stopped for an answer that was never asked for.
 */
export function asksForHealth(seen: Seen, policies: readonly Policy[]): Policy | null {
  if (seen.urgent !== null) return null;
  const asking = policiesFor(seen, policies).filter(({ checks }) =>
    HEALTH_CHECKS.some((name) => {
      const check = checks[name];
      return check !== undefined && isAsked(check.when, seen);
    }),
  );
  return asking.reduce<Policy | null>(
    (first, one) => (first === null || one.answerHoldsMinutes < first.answerHoldsMinutes ? one : first),
    null,
  );
}

export function decide(seen: Seen, policies: readonly Policy[]): Verdict {
  // Above every policy: a birth, a dialysis, the fire brigade wait for nothing.
  if (seen.urgent !== null)
    return {
      outcome: 'pass_report',
      findings: [],
      say: 'urgent',
      params: {},
      policies: [],
      overriders: [],
      urgent: seen.urgent,
    };
  const inForce = policiesFor(seen, policies);
  const findings = [
    findingOf('identity', checkIdentity(seen), null),
    findingOf('authorisation', checkAuthorisation(seen), null),
    ...inForce.flatMap((policy) => findingsOf(seen, policy)),
  ];
  if (!findings.some(({ check }) => check === 'list')) {
    const found = checkLists(seen, null);
    if (found !== null) findings.push(findingOf('list', found, null));
  }
  let worst: Finding | null = null;
  for (const finding of findings)
    if (finding.code !== null && rankOf(finding.outcome) > (worst === null ? 0 : rankOf(worst.outcome)))
      worst = finding;
  const outcome = worst?.outcome ?? 'pass';
  return {
    outcome,
    findings,
    say: rankOf(outcome) < rankOf('refer') || worst === null ? greeting(seen) : worst.code!,
    params: worst?.params ?? {},
    policies: inForce.map(({ id, version }) => ({ id, version })),
    overriders: whoOverrides(findings, outcome),
    urgent: null,
  };
}

const greeting = ({ direction }: Seen) => (direction === 'in' ? 'welcome' : 'goodbye');

/** Only who could override every check that stands in the way can override the whole. */
function whoOverrides(findings: readonly Finding[], outcome: Outcome): readonly Overrider[] {
  if (rankOf(outcome) < rankOf('refer')) return [];
  const standing = findings.filter((finding) => rankOf(finding.outcome) >= rankOf('refer'));
  return OVERRIDERS.filter((who) => standing.every(({ overriders }) => overriders.includes(who)));
}
