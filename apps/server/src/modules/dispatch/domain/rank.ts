import { type Instant, type LocalDate, metresBetween, type Point } from '@gongzhi/kernel';
import type { Duty } from './shifts.ts';

/**
 * Who goes: a ranking with the reason for each rank, and for whoever is left out the reason for that. Data, not
 * sentences. Everything is counted in minutes, so that one weight can be held against another.
 */

/** Where somebody or something is, as well as it is known. */
export interface Spot {
  readonly scopeId: string;
  readonly buildingId: string | null;
  readonly point: Point | null;
}

export interface Wanted {
  readonly scopeId: string;
  readonly gridId: string | null;
  readonly skill: string;
  readonly isEmergency: boolean;
  readonly spot: Spot;
  /** A complaint about a member of staff: only a manager, and not the one it is about. */
  readonly accusedAccountId: string | null;
  /** Who has declined it in this round. */
  readonly declinedBy: readonly string[];
}

export interface Person {
  readonly accountId: string;
  readonly role: string;
  readonly skills: readonly { readonly skill: string; readonly validUntil: LocalDate | null }[];
  readonly duty: Duty;
  /** Orders in hand and not done. */
  readonly openOrders: number;
  /** Emergencies among them: those are not left for another. */
  readonly openEmergencies: number;
  /** Orders taken today. */
  readonly takenToday: number;
  readonly spot: Spot | null;
  readonly spotFrom: 'phone' | 'last_order' | null;
}

export interface RankSettings {
  /** How fast somebody with tools gets on, as the crow flies times the detour. */
  readonly metresPerMinute: number;
  readonly detour: number;
  /** Within one compound when no more is known, from another one, and when nothing is known. */
  readonly withinCompoundMinutes: number;
  readonly otherCompoundMinutes: number;
  readonly unknownMinutes: number;
  /** What an open order delays, and how much of that an emergency has to wait for. */
  readonly minutesPerOpenOrder: number;
  readonly emergencyLoadShare: number;
  /** What an order taken more than the others' mean counts. */
  readonly minutesPerTaken: number;
  /** What it counts that the matter lies outside of one's own grid. */
  readonly otherGridMinutes: number;
}

export const defaultRanking: RankSettings = {
  metresPerMinute: 70,
  detour: 1.3,
  withinCompoundMinutes: 4,
  otherCompoundMinutes: 15,
  unknownMinutes: 8,
  minutesPerOpenOrder: 25,
  emergencyLoadShare: 0.2,
  minutesPerTaken: 3,
  otherGridMinutes: 5,
};

export type RankReason =
  | { readonly code: 'on_shift'; readonly until: Instant | null }
  | { readonly code: 'standby'; readonly until: Instant | null }
  | { readonly code: 'unplanned' }
  | { readonly code: 'skill'; readonly skill: string; readonly validUntil: LocalDate | null }
  | { readonly code: 'travel'; readonly minutes: number; readonly from: 'phone' | 'last_order' | 'unknown' }
  | { readonly code: 'load'; readonly count: number }
  /** Of an emergency: another one is in hand. */
  | { readonly code: 'emergency'; readonly count: number }
  | { readonly code: 'taken'; readonly count: number; readonly mean: number }
  | { readonly code: 'own_grid' }
  | { readonly code: 'other_grid' };

export type Exclusion =
  | { readonly code: 'off_shift'; readonly nextFrom: Instant | null }
  | { readonly code: 'away'; readonly nextFrom: Instant | null }
  | { readonly code: 'standby_only' }
  | { readonly code: 'skill_missing'; readonly skill: string }
  | { readonly code: 'certificate_lapsed'; readonly skill: string; readonly validUntil: LocalDate }
  | { readonly code: 'other_area' }
  | { readonly code: 'declined' }
  | { readonly code: 'accused' }
  | { readonly code: 'manager_only' };

export interface Ranked {
  readonly accountId: string;
  /** 1 is the best; null for who is left out. */
  readonly rank: number | null;
  /** Minutes in all: travel, what is open, fairness. */
  readonly cost: number;
  readonly travelMinutes: number;
  readonly reasons: readonly RankReason[];
  readonly exclusions: readonly Exclusion[];
}

/** Which exclusions nobody can decide away: the order's own rules refuse them. */
export const HARD: readonly Exclusion['code'][] = [
  'skill_missing',
  'certificate_lapsed',
  'accused',
  'manager_only',
];

export function travelMinutes(from: Spot | null, to: Spot, settings: RankSettings): number {
  if (from === null) return settings.unknownMinutes;
  if (from.buildingId !== null && from.buildingId === to.buildingId) return 1;
  if (from.point !== null && to.point !== null)
    return 1 + (metresBetween(from.point, to.point) * settings.detour) / settings.metresPerMinute;
  return from.scopeId === to.scopeId ? settings.withinCompoundMinutes : settings.otherCompoundMinutes;
}

function exclusionsOf(wanted: Wanted, person: Person, today: LocalDate): Exclusion[] {
  const found: Exclusion[] = [];
  const { duty } = person;
  if (wanted.accusedAccountId === person.accountId) found.push({ code: 'accused' });
  else if (wanted.accusedAccountId !== null && person.role !== 'manager')
    found.push({ code: 'manager_only' });
  // Answering questions needs no trade.
  if (wanted.skill !== 'office') {
    const own = person.skills.find(({ skill }) => skill === wanted.skill);
    if (own === undefined) found.push({ code: 'skill_missing', skill: wanted.skill });
    else if (own.validUntil !== null && own.validUntil < today)
      found.push({ code: 'certificate_lapsed', skill: own.skill, validUntil: own.validUntil });
  }
  if (duty.state === 'off') found.push({ code: 'off_shift', nextFrom: duty.nextFrom });
  if (duty.state === 'away') found.push({ code: 'away', nextFrom: duty.nextFrom });
  if (duty.state === 'standby' && !wanted.isEmergency) found.push({ code: 'standby_only' });
  if (duty.compoundIds.length > 0 && !duty.compoundIds.includes(wanted.scopeId))
    found.push({ code: 'other_area' });
  if (wanted.declinedBy.includes(person.accountId)) found.push({ code: 'declined' });
  return found;
}

/** Best first; whoever is left out comes after, those who lack least first. `today` is the place's. */
export function rankCandidates(
  wanted: Wanted,
  people: readonly Person[],
  settings: RankSettings,
  today: LocalDate,
): Ranked[] {
  const judged = people.map((person) => ({ person, exclusions: exclusionsOf(wanted, person, today) }));
  const free = judged.filter(({ exclusions }) => exclusions.length === 0);
  const mean =
    free.length === 0 ? 0 : free.reduce((sum, { person }) => sum + person.takenToday, 0) / free.length;
  const costed = judged.map(({ person, exclusions }) => {
    const travel = travelMinutes(person.spot, wanted.spot, settings);
    const isOtherGrid =
      person.duty.gridId !== null && wanted.gridId !== null && person.duty.gridId !== wanted.gridId;
    const cost =
      travel +
      settings.minutesPerOpenOrder * waitedFor(wanted, person, settings) +
      (wanted.isEmergency ? 0 : settings.minutesPerTaken * (person.takenToday - mean)) +
      (isOtherGrid ? settings.otherGridMinutes : 0);
    return { person, exclusions, travel, isOtherGrid, cost };
  });
  costed.sort(
    (a, b) =>
      Math.min(1, a.exclusions.length) - Math.min(1, b.exclusions.length) ||
      hardOf(a.exclusions) - hardOf(b.exclusions) ||
      a.cost - b.cost ||
      a.person.takenToday - b.person.takenToday ||
      (a.person.accountId < b.person.accountId ? -1 : 1),
  );
  return costed.map(({ person, exclusions, travel, isOtherGrid, cost }, i) => ({
    accountId: person.accountId,
    rank: exclusions.length === 0 ? i + 1 : null,
    cost,
    travelMinutes: travel,
    reasons: reasonsOf(wanted, person, travel, isOtherGrid, mean),
    exclusions,
  }));
}

/** What is in hand is left for an emergency, save for what that takes; another emergency is not. */
function waitedFor(
  { isEmergency }: Wanted,
  { openOrders, openEmergencies }: Person,
  { emergencyLoadShare }: RankSettings,
): number {
  if (!isEmergency) return openOrders;
  return openEmergencies + emergencyLoadShare * (openOrders - openEmergencies);
}

const hardOf = (exclusions: readonly Exclusion[]): number =>
  exclusions.filter(({ code }) => HARD.includes(code)).length;

function reasonsOf(
  wanted: Wanted,
  person: Person,
  travel: number,
  isOtherGrid: boolean,
  mean: number,
): RankReason[] {
  const { duty } = person;
  const reasons: RankReason[] = [];
  if (duty.state === 'on') reasons.push({ code: 'on_shift', until: duty.until });
  if (duty.state === 'standby') reasons.push({ code: 'standby', until: duty.until });
  if (duty.state === 'unplanned') reasons.push({ code: 'unplanned' });
  const own = person.skills.find(({ skill }) => skill === wanted.skill);
  if (own !== undefined) reasons.push({ code: 'skill', skill: own.skill, validUntil: own.validUntil });
  reasons.push({ code: 'travel', minutes: travel, from: person.spotFrom ?? 'unknown' });
  reasons.push({ code: 'load', count: person.openOrders });
  if (wanted.isEmergency && person.openEmergencies > 0)
    reasons.push({ code: 'emergency', count: person.openEmergencies });
  reasons.push({ code: 'taken', count: person.takenToday, mean });
  if (duty.gridId !== null && wanted.gridId !== null)
    reasons.push({ code: isOtherGrid ? 'other_grid' : 'own_grid' });
  return reasons;
}
