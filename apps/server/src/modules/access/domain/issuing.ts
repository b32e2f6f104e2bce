import type { PassKind, PassStatus } from '@gongzhi/gate';
import { addDays, DAY, HOUR, type Instant, isLocalDate, type LocalDate, MINUTE } from '@gongzhi/kernel';

/**
 * Who may be given a pass, by whom and for how long. Pure: instants and days passed in. Whether a pass opens a gate is
 * the check's business (packages/gate); this is about how it comes to be.
 */

/** What somebody who lives there brings about with their own phone. */
export const ASKED_KINDS = ['visitor', 'courier', 'delivery', 'helper', 'minor'] as const;
export type AskedKind = (typeof ASKED_KINDS)[number];

/** What the desk and the manager issue. */
export const ISSUED_KINDS = [
  'visitor',
  'courier',
  'delivery',
  'helper',
  'contractor',
  'staff',
  'vehicle',
  'card',
  'minor',
] as const;
export type IssuedKind = (typeof ISSUED_KINDS)[number];

export const VEHICLE_KINDS = ['resident', 'monthly', 'visitor', 'temporary'] as const;
export type VehicleKind = (typeof VEHICLE_KINDS)[number];

/** These hold a space of the car park for as long as they hold. */
export const holdsSpace = (kind: VehicleKind): boolean => kind === 'resident' || kind === 'monthly';

/** Figures of the place and the day (settings `access.*`). */
export interface IssuingRules {
  readonly visitorHours: number;
  readonly visitorEntries: number;
  /** A courier's or a van's slot. */
  readonly slotMinutes: number;
  readonly helperDays: number;
  readonly contractorDays: number;
  readonly staffDays: number;
  readonly temporaryVehicleDays: number;
  /** How far ahead somebody may be invited. */
  readonly aheadDays: number;
  /** Invitations of one household that stand at the same time. */
  readonly invitationsAtOnce: number;
}

export interface Wish {
  readonly kind: AskedKind | IssuedKind;
  readonly from: Instant;
  readonly until: Instant | null;
  /** Null: as often as wanted. */
  readonly entries: number | null;
  readonly plate: string | null;
  readonly vehicleKind: VehicleKind | null;
  /** Days and hours of the week are given. */
  readonly hasHours: boolean;
  readonly permitNumber: string | null;
  /** Of a child. */
  readonly bornOn: LocalDate | null;
  readonly hasGuardian: boolean;
}

export interface WishFault {
  /** The field that is wrong. */
  readonly field:
    | 'until'
    | 'from'
    | 'entries'
    | 'plate'
    | 'hours'
    | 'permitNumber'
    | 'bornOn'
    | 'vehicleKind'
    | 'personId';
  readonly code:
    | 'time_past'
    | 'time_backwards'
    | 'days_ahead'
    | 'hours_most'
    | 'days_most'
    | 'required'
    | 'entries_most'
    | 'not_under_fourteen'
    | 'invalid';
  /** What would be right: the most hours, entries or days. */
  readonly limit?: number;
}

/** An instant typed a minute ago is still now. */
const SLACK = 5 * MINUTE;

/** The longest each kind may hold, in milliseconds; null: no longest, or it follows something else. */
function longest(kind: Wish['kind'], vehicleKind: VehicleKind | null, rules: IssuingRules): number | null {
  switch (kind) {
    case 'visitor':
      return rules.visitorHours * HOUR;
    case 'courier':
    case 'delivery':
      return rules.slotMinutes * MINUTE;
    case 'helper':
      return rules.helperDays * DAY;
    case 'contractor':
      return rules.contractorDays * DAY;
    case 'staff':
      return rules.staffDays * DAY;
    case 'vehicle':
      if (vehicleKind === 'visitor') return rules.visitorHours * HOUR;
      return vehicleKind === 'temporary' ? rules.temporaryVehicleDays * DAY : null;
    case 'minor':
    case 'card':
      return null;
  }
}

/** What must have an end of its own: everything but what belongs to somebody who lives there. */
function needsEnd({ kind, vehicleKind }: Wish): boolean {
  if (kind === 'vehicle') return vehicleKind !== 'resident';
  return kind !== 'card' && kind !== 'minor';
}

/** The first thing that is wrong with a wish; null when a pass may be made of it. */
export function wishFault(wish: Wish, now: Instant, today: LocalDate, rules: IssuingRules): WishFault | null {
  const { kind, from, until, entries, vehicleKind } = wish;
  if (kind === 'vehicle' && vehicleKind === null) return { field: 'vehicleKind', code: 'required' };
  if (kind === 'vehicle' && wish.plate === null) return { field: 'plate', code: 'required' };
  if (from > now + rules.aheadDays * DAY)
    return { field: 'from', code: 'days_ahead', limit: rules.aheadDays };
  if (until === null) {
    if (needsEnd(wish)) return { field: 'until', code: 'required' };
  } else {
    if (until <= now) return { field: 'until', code: 'time_past' };
    if (until <= from) return { field: 'until', code: 'time_backwards' };
    const most = longest(kind, vehicleKind, rules);
    if (most !== null && until - Math.max(from, now - SLACK) > most)
      return most > 4 * DAY
        ? { field: 'until', code: 'days_most', limit: most / DAY }
        : { field: 'until', code: 'hours_most', limit: most / HOUR };
  }
  if (kind === 'visitor') {
    if (entries === null) return { field: 'entries', code: 'required', limit: rules.visitorEntries };
    if (entries > rules.visitorEntries)
      return { field: 'entries', code: 'entries_most', limit: rules.visitorEntries };
  }
  if ((kind === 'helper' || kind === 'contractor') && !wish.hasHours)
    return { field: 'hours', code: 'required' };
  if (kind === 'contractor' && wish.permitNumber === null) return { field: 'permitNumber', code: 'required' };
  if (kind === 'minor') {
    if (!wish.hasGuardian) return { field: 'personId', code: 'required' };
    if (wish.bornOn === null) return { field: 'bornOn', code: 'required' };
    if (!isLocalDate(wish.bornOn) || wish.bornOn > today) return { field: 'bornOn', code: 'invalid' };
    if (fourteenthBirthday(wish.bornOn) <= today) return { field: 'bornOn', code: 'not_under_fourteen' };
  }
  if (kind === 'card' && !wish.hasGuardian) return { field: 'personId', code: 'required' };
  return null;
}

/**
 * The first day on which a child is no longer under 14 (PIPL article 31): born on 29 February, the day after the last
 * of February in a common year (the age is counted by the calendar day, and that day is 1 March).
 */
export function fourteenthBirthday(bornOn: LocalDate): LocalDate {
  const year = Number(bornOn.slice(0, 4)) + 14;
  const day = `${year}${bornOn.slice(4)}`;
  return isLocalDate(day) ? day : addDays(`${year}-02-28`, 1);
}

/** How often a courier or a van may come in within its slot. */
export const entriesOf = (kind: PassKind, wished: number | null): number | null => {
  if (kind === 'visitor') return wished ?? 1;
  return kind === 'courier' || kind === 'delivery' ? 1 : null;
};

/** The last day of several relations; null: at least one has no end. */
export function lastEnd(ends: readonly (LocalDate | null)[]): LocalDate | null {
  let last: LocalDate | null = null;
  for (const end of ends) {
    if (end === null) return null;
    if (last === null || end > last) last = end;
  }
  return last;
}

export type ResidentKind = 'resident' | 'tenant' | 'family';

/** Which pass belongs to a relation with a home, the strongest first. */
export function residentKindOf(relations: readonly ('owner' | 'tenant' | 'family')[]): ResidentKind | null {
  if (relations.includes('owner')) return 'resident';
  if (relations.includes('tenant')) return 'tenant';
  return relations.includes('family') ? 'family' : null;
}

/** The one character a plate begins with: the 31 provinces' short names, embassies and consulates. */
const PROVINCES =
  '\u4eac\u6d25\u6caa\u6e1d\u5180\u8c6b\u4e91\u8fbd\u9ed1\u6e58\u7696\u9c81\u65b0\u82cf\u6d59\u8d63' +
  '\u9102\u6842\u7518\u664b\u8499\u9655\u5409\u95fd\u8d35\u7ca4\u9752\u85cf\u5ddd\u5b81\u743c\u4f7f\u9886';
/** What may stand last instead of a letter or digit: trailer, learner, police, Hong Kong, Macao, embassy, consulate. */
const ENDINGS = '\u6302\u5b66\u8b66\u6e2f\u6fb3\u4f7f\u9886';

/**
 * A plate as it is painted: without gaps and dots, letters large, digits and letters of half width. Ordinary (one
 * province character, a letter and five), new energy (six), and police, embassy, trailer and the like at the end.
 * Null for what is none (GA 36-2018).
 */
export function normalisePlate(typed: string): string | null {
  const plain = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\u00b7\u2022\u30fb.-]/gu, '');
  const ordinary = new RegExp(`^[${PROVINCES}][A-Z][A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9${ENDINGS}]$`, 'u');
  return ordinary.test(plain) ? plain : null;
}

/** What others see of a plate: where it is from and its last two. */
export function maskPlate(plate: string): string {
  const characters = [...plate];
  return `${characters.slice(0, 2).join('')}***${characters.slice(-2).join('')}`;
}

export type PassAction = 'suspend' | 'resume' | 'revoke';

const TURNS: Readonly<Record<PassAction, { readonly from: readonly PassStatus[]; readonly to: PassStatus }>> =
  {
    suspend: { from: ['active'], to: 'suspended' },
    resume: { from: ['suspended'], to: 'active' },
    revoke: { from: ['active', 'suspended'], to: 'revoked' },
  };

/** Null: not from there. What is revoked stays so; a new one is issued. */
export function turn(status: PassStatus, action: PassAction): PassStatus | null {
  const { from, to } = TURNS[action];
  return from.includes(status) ? to : null;
}

export const PASS_STATES = ['coming', 'standing', 'used_up', 'over', 'suspended', 'revoked'] as const;
export type PassState = (typeof PASS_STATES)[number];

export function passState(
  pass: {
    readonly status: PassStatus;
    readonly validFrom: Instant;
    readonly validTo: Instant | null;
    readonly entriesAllowed: number | null;
    readonly entriesUsed: number;
  },
  now: Instant,
): PassState {
  if (pass.status === 'revoked') return 'revoked';
  if (pass.validTo !== null && now >= pass.validTo) return 'over';
  if (pass.entriesAllowed !== null && pass.entriesUsed >= pass.entriesAllowed) return 'used_up';
  if (pass.status === 'suspended') return 'suspended';
  return now < pass.validFrom ? 'coming' : 'standing';
}
