import { addDays, type LocalDate } from '@gongzhi/kernel';

/** The second factor of staff: a code that changes every 30 seconds (RFC 6238), or one of the recovery codes. */
export const factorRule = {
  digits: 6,
  periodSeconds: 30,
  /** Steps that a telephone's clock may be off, on either side. */
  window: 1,
  recoveryCodes: 10,
  /** How long the second may follow the first. */
  ticketLifetime: 5 * 60_000,
} as const;

/** Which of thirty-second steps since 1970 an instant falls into. */
export function stepOf(now: number): number {
  return Math.floor(now / 1_000 / factorRule.periodSeconds);
}

export interface FactorDuty {
  readonly isRequired: boolean;
  /** The first day on which nothing else can be done without it. */
  readonly requiredFrom: LocalDate | null;
  /** That day has come, and there is none yet. */
  readonly mustEnrol: boolean;
}

/** Days of grace count from when the rule began, and for who came later from the first day at work. */
export function factorDuty(facts: {
  readonly role: string;
  readonly isEnrolled: boolean;
  readonly roles: readonly string[];
  readonly graceDays: number;
  readonly ruleFrom: LocalDate | null;
  readonly startsOn: LocalDate;
  readonly today: LocalDate;
}): FactorDuty {
  if (!facts.roles.includes(facts.role)) return { isRequired: false, requiredFrom: null, mustEnrol: false };
  const began = facts.ruleFrom !== null && facts.ruleFrom > facts.startsOn ? facts.ruleFrom : facts.startsOn;
  const requiredFrom = addDays(began, facts.graceDays);
  return { isRequired: true, requiredFrom, mustEnrol: !facts.isEnrolled && facts.today >= requiredFrom };
}

/** As people copy them: gaps, dashes, small letters, a zero for an O and a one for an I or L. */
export function normaliseRecoveryCode(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[\s\u3000-]/g, '')
    .toUpperCase()
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
}
