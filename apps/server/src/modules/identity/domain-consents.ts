import { addDays, CONSENT_PURPOSES, type ConsentPurpose, isLocalDate, type LocalDate } from '@gongzhi/kernel';

/**
 * Consent to act for somebody. Personal information protection law, PIPL: given freely and knowing what for
 * (article 14), withdrawn as easily as given, and what was done before stays valid (15); told to another only with
 * consent (23). Of a limited time, for the shortest that is needed (19).
 */

export const GIVEN_BY = ['app', 'signature', 'call'] as const;
export type GivenBy = (typeof GIVEN_BY)[number];

export const KINSHIPS = ['child', 'parent', 'spouse', 'relative', 'carer', 'friend'] as const;
export type Kinship = (typeof KINSHIPS)[number];

export const REVOKED_BY = ['grantor', 'delegate', 'desk', 'replaced'] as const;
export type RevokedBy = (typeof REVOKED_BY)[number];

/** What a signature's picture is attached as. */
export const evidenceType = 'consent.evidence';

export interface ConsentPeriod {
  readonly startsOn: LocalDate;
  /** The first day on which it no longer holds. */
  readonly endsOn: LocalDate;
}

export type ConsentFault = 'past' | 'too_long' | 'no_purpose' | 'no_date';

/** What is wrong with a wish; null when it may be recorded. From today, up to the longest the place allows. */
export function consentFault(
  wish: { readonly purposes: readonly ConsentPurpose[]; readonly endsOn: LocalDate },
  today: LocalDate,
  longestDays: number,
): ConsentFault | null {
  if (wish.purposes.length === 0) return 'no_purpose';
  if (!isLocalDate(wish.endsOn)) return 'no_date';
  if (wish.endsOn <= today) return 'past';
  return wish.endsOn > addDays(today, longestDays) ? 'too_long' : null;
}

/** Each once, in the list's order. Whoever reports or confirms has to see what becomes of it: following is always in. */
export function wholePurposes(wished: readonly ConsentPurpose[]): ConsentPurpose[] {
  return CONSENT_PURPOSES.filter((purpose) => purpose === 'follow' || wished.includes(purpose));
}

/** How long before its end both parties are told; what was given for less needs no reminder. */
const warningDays = 7;

export type Ending = 'ending' | 'ended';

/** What the parties have to be told today; null: nothing. By the day at the place. */
export function endingOf(
  consent: ConsentPeriod & { readonly isWarned: boolean },
  today: LocalDate,
): Ending | null {
  if (today >= consent.endsOn) return 'ended';
  const isShort = addDays(consent.startsOn, warningDays) >= consent.endsOn;
  return !consent.isWarned && !isShort && addDays(today, warningDays) >= consent.endsOn ? 'ending' : null;
}

/** The latest end for which somebody may have to be told on a day, wherever the place's midnight is. */
export const tellsUntil = (day: LocalDate): LocalDate => addDays(day, warningDays + 1);

export type ConsentState = 'standing' | 'coming' | 'over' | 'revoked';

export function consentState(
  consent: ConsentPeriod & { readonly revokedAt: Date | null },
  today: LocalDate,
): ConsentState {
  if (consent.revokedAt !== null) return 'revoked';
  if (today < consent.startsOn) return 'coming';
  return today < consent.endsOn ? 'standing' : 'over';
}
