import type { Instant } from '@gongzhi/kernel';
import type { EscalationRole, EscalationRules } from './escalate.ts';

/**
 * How a place dispatches, as somebody there said it from a moment on: the way it is found who goes (for every matter or
 * for one), how long somebody who is asked has, and who hears of it when nobody comes.
 */
export const RULE_SUBJECTS = ['mode', 'offers', 'escalation'] as const;
export type RuleSubject = (typeof RULE_SUBJECTS)[number];

export interface RuleVersion {
  readonly scopeId: string;
  readonly subject: RuleSubject;
  /** '' for every matter. */
  readonly categoryCode: string;
  readonly version: number;
  readonly startsAt: Instant;
  /** Null: nothing of one's own from then on. */
  readonly value: unknown;
}

/** Of one place's own words the last that has begun; of two that begin together the later word counts. */
export function wordAt<T extends RuleVersion>(
  versions: readonly T[],
  { scopeId, subject, categoryCode }: Pick<RuleVersion, 'scopeId' | 'subject' | 'categoryCode'>,
  now: Instant,
): T | null {
  let found: T | null = null;
  for (const one of versions)
    if (
      one.scopeId === scopeId &&
      one.subject === subject &&
      one.categoryCode === categoryCode &&
      one.startsAt <= now &&
      (found === null ||
        one.startsAt > found.startsAt ||
        (one.startsAt === found.startsAt && one.version > found.version))
    )
      found = one;
  return found;
}

/**
 * Whose word holds: the nearest place's before those further out; of one place what it says of this matter before what
 * it says of all. Null: nobody said anything.
 */
export function ruleAt<T extends RuleVersion>(
  versions: readonly T[],
  chain: readonly string[],
  subject: RuleSubject,
  categoryCode: string,
  now: Instant,
): T | null {
  for (const scopeId of chain)
    for (const code of categoryCode === '' ? [''] : [categoryCode, '']) {
      const found = wordAt(versions, { scopeId, subject, categoryCode: code }, now);
      if (found !== null && found.value !== null) return found;
    }
  return null;
}

export type EscalationFaultCode = 'not_later' | 'named_twice' | 'street_missing';
export interface EscalationFault {
  readonly path: string;
  readonly code: EscalationFaultCode;
}

/**
 * A chain climbs: each step is later than the one before and somebody else's. Of an emergency the street always hears,
 * or it could not know why nobody is there.
 */
export function escalationFaults(rules: EscalationRules): EscalationFault[] {
  const faults: EscalationFault[] = [];
  for (const chain of ['emergency', 'normal'] as const)
    for (const [i, step] of rules[chain].entries()) {
      const before = rules[chain].slice(0, i);
      const last = before.at(-1);
      if (last !== undefined && step.afterMinutes <= last.afterMinutes)
        faults.push({ path: `/${chain}/${i}/afterMinutes`, code: 'not_later' });
      if (before.some(({ to }) => to === step.to))
        faults.push({ path: `/${chain}/${i}/to`, code: 'named_twice' });
    }
  const reaches = (roles: readonly EscalationRole[]) => roles.includes('street');
  if (!reaches(rules.emergency.map(({ to }) => to)))
    faults.push({ path: '/emergency', code: 'street_missing' });
  if (!reaches(rules.notThere)) faults.push({ path: '/notThere', code: 'street_missing' });
  return faults;
}
