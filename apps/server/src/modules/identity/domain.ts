const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function withoutGaps(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[\s\u3000().-]/g, '');
}

/** The digits of a code as people copy them out of a message. */
export function normaliseCode(text: string): string {
  return withoutGaps(text);
}

/** Eleven digits of a Chinese mobile number from what people type (+86, spaces, dashes, full-width digits); else null. */
export function normalisePhone(text: string): string | null {
  const plain = withoutGaps(text).replace(/^(?:\+86|0086|86(?=1\d{10}$))/, '');
  return /^1[3-9]\d{9}$/.test(plain) ? plain : null;
}

export const codeRule = {
  digits: 6,
  lifetime: 5 * MINUTE,
  attempts: 5,
  resendAfter: 60 * SECOND,
} as const;

export const sessionRule = {
  lifetime: 30 * DAY,
  /** Sliding, but a write an hour at most and not one per request. */
  renewAfter: HOUR,
} as const;

export function isRenewalDue(lastSeenAt: Date, now: Date): boolean {
  return now.getTime() - lastSeenAt.getTime() >= sessionRule.renewAfter;
}

export const lockRule = { every: 5, first: 15 * MINUTE, longest: DAY, forgottenAfter: DAY } as const;

/**
 * How long the n-th failure in a row from one address locks that address out: nothing, but each fifth 15 minutes, then 30, 60, … up to a day.
 * A day without a failure, or a success, begins anew.
 */
export function lockAfter(failures: number): number {
  if (failures <= 0 || failures % lockRule.every !== 0) return 0;
  return Math.min(lockRule.first * 2 ** (failures / lockRule.every - 1), lockRule.longest);
}

export function attemptsLeft(failures: number): number {
  return (lockRule.every - (failures % lockRule.every)) % lockRule.every;
}

export interface Limit {
  readonly name: string;
  readonly most: number;
  readonly within: number;
}

export interface Limits {
  readonly codesPerPhone: readonly Limit[];
  readonly codesPerAddress: Limit;
  readonly failuresPerAddress: Limit;
  /** Of one phone or account, from wherever. */
  readonly failuresPerSubject: Limit;
}

/** A demonstration is one person at one address trying everything: only the wait between two codes stays. */
export function limitsOf(mode: 'demo' | 'production'): Limits {
  const ease = mode === 'demo' ? 100 : 1;
  return {
    codesPerPhone: [
      { name: 'code_minute', most: 1, within: codeRule.resendAfter },
      { name: 'code_hour', most: 5 * ease, within: HOUR },
      { name: 'code_day', most: 10 * ease, within: DAY },
    ],
    codesPerAddress: { name: 'code_address', most: 60 * ease, within: HOUR },
    failuresPerAddress: { name: 'failure_address', most: 100 * ease, within: HOUR },
    failuresPerSubject: { name: 'failure_subject', most: 20 * ease, within: HOUR },
  };
}

/** Whole seconds to wait, at least one; 0 when the count is still allowed. */
export function waitOf(limit: Limit, window: { start: Date; count: number }, now: Date): number {
  if (window.count <= limit.most) return 0;
  return Math.max(1, Math.ceil((window.start.getTime() + limit.within - now.getTime()) / SECOND));
}

export function secondsUntil(then: Date, now: Date): number {
  return Math.max(1, Math.ceil((then.getTime() - now.getTime()) / SECOND));
}

/** What a locked-out person is told: whole minutes for the sentence, seconds for machines. */
export function lockParams(until: Date, now: Date): { retryAfterSeconds: number; minutes: number } {
  const retryAfterSeconds = secondsUntil(until, now);
  return { retryAfterSeconds, minutes: Math.ceil(retryAfterSeconds / 60) };
}

/** One household's IPv6 addresses share a /64; counting single ones would count nothing. */
export function addressKey(ip: string): string {
  const v4 = /^(?:::ffff:)?(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(ip);
  if (v4) return v4[1]!;
  const [head = '', tail] = ip.toLowerCase().split('%')[0]!.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array<string>(zeros).fill('0'), ...right];
  return `${groups
    .slice(0, 4)
    .map((g) => g.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}

export const passwordRule = { least: 10, most: 200 } as const;

/** Those people take most that are long enough to pass; shorter ones fall by length. */
const commonPasswords = new Set([
  '0123456789',
  '1234567890',
  '0987654321',
  '9876543210',
  '12345678910',
  '1234567891',
  '123456789a',
  '123456789q',
  '1q2w3e4r5t',
  '1q2w3e4r5t6y',
  'q1w2e3r4t5',
  'qwertyuiop',
  'qwerty1234',
  'qwerty12345',
  'qwerty123456',
  'asdfghjkl1',
  'password12',
  'password123',
  'password1234',
  'password1!',
  'passw0rd123',
  'p@ssw0rd123',
  'iloveyou123',
  'admin12345',
  'admin123456',
  'administrator',
  'abc1234567',
  'abcd123456',
  'abcdefghij',
  'a123456789',
  'aa123456789',
  'a1234567890',
  'qq123456789',
  'wang123456',
  'zhang123456',
  'woaini1314',
  'woaini520',
  'woaini521',
  '5201314520',
  '1314520520',
  '1314521521',
  'welcome123',
  'welcome1234',
  'changeme123',
  'letmein123',
  'gongzhi123',
  'gongzhi1234',
  'gongzhi2026',
]);

export type PasswordFault = 'short' | 'long' | 'common' | 'phone';

export function passwordFault(password: string, phone: string): PasswordFault | null {
  const characters = [...password];
  if (characters.length < passwordRule.least) return 'short';
  if (characters.length > passwordRule.most) return 'long';
  if (normalisePhone(password) === phone) return 'phone';
  if (commonPasswords.has(password.toLowerCase()) || new Set(characters).size <= 2) return 'common';
  return null;
}

export interface Choice {
  readonly membershipId: string;
  readonly role: string;
}

/** In which capacity somebody begins: as last time, else at work after a password, else at home. */
export function chooseMembership<M extends Choice>(
  current: readonly M[],
  by: 'code' | 'password',
  lastMembershipId: string | null,
): M | null {
  const possible = by === 'password' ? current.filter((m) => m.role !== 'resident') : current;
  return (
    possible.find((m) => m.membershipId === lastMembershipId) ??
    possible.find((m) => m.role === 'resident') ??
    possible[0] ??
    null
  );
}
