import { addDays, HOUR, localDate, MINUTE, toLocal, weekdayOf } from '@gongzhi/kernel';
import type { OnNoAnswer, Policy, PolicyChecks, When } from './policy.ts';
import { testHoldsUntil } from './policy.ts';
import type {
  CheckName,
  CredentialFault,
  Direction,
  Finding,
  FindingCode,
  HealthFacts,
  Hours,
  Outcome,
  Overrider,
  PassFacts,
  Seen,
} from './types.ts';

/** Each check by itself. Which of them are made, with which settings, is decide.ts. */

type Params = Finding['params'];
/** What a check found: null is well. */
export type Found = {
  readonly state: 'fail' | 'unknown';
  readonly outcome: Outcome;
  readonly code: FindingCode;
  readonly params?: Params;
} | null;

const fail = (code: FindingCode, outcome: Outcome, params?: Params): Found =>
  params === undefined ? { state: 'fail', outcome, code } : { state: 'fail', outcome, code, params };
const unknown = (code: FindingCode, outcome: Outcome): Found => ({ state: 'unknown', outcome, code });

/** Who can put it right on the spot, by check: a matter of health is not the guard's to wave through. */
export const overridersOf: Readonly<Record<CheckName, readonly Overrider[]>> = {
  identity: ['guard', 'desk', 'manager'],
  authorisation: ['guard', 'desk', 'manager'],
  temperature: ['manager', 'committee'],
  health_code: ['manager', 'committee'],
  test: ['manager', 'committee'],
  vaccination: ['manager', 'committee'],
  travel: ['manager', 'committee'],
  list: ['manager', 'street'],
  mask: ['guard', 'desk', 'manager'],
  capacity: ['desk', 'manager'],
  vehicle: ['desk', 'manager'],
};

export function isWithin(hours: readonly Hours[], at: number, timeZone: string): boolean {
  if (hours.length === 0) return true;
  const day = weekdayOf(localDate(at, timeZone));
  const { hour, minute } = toLocal(at, timeZone);
  const now = hour * 60 + minute;
  return hours.some(
    ({ days, fromMinute, toMinute }) => days.includes(day) && now >= fromMinute && now < toMinute,
  );
}

export const isAsked = (when: When, seen: Pick<Seen, 'direction'>): boolean =>
  when === 'both' || when === seen.direction;

const codeOfFault: Readonly<Record<CredentialFault, FindingCode>> = {
  malformed: 'code_malformed',
  forged: 'code_forged',
  expired: 'code_expired',
  not_yet: 'code_not_yet',
  replayed: 'code_replayed',
  foreign: 'code_foreign',
  unknown: 'pass_unknown',
};

/**
 * Who it is. Who has nothing with them is referred to a person and never turned away unheard. On the way out a code that
 * is none is not believed, and keeps nobody inside: without any one may leave, too.
 */
export function checkIdentity({ credential, direction }: Seen): Found {
  if (credential.fault === null) return null;
  const { way, fault } = credential;
  if (way === 'none') return direction === 'out' ? null : fail('no_pass', 'refer');
  // A guest goes home the day after: a gate without a network has no key of that day any more, and keeps nobody inside.
  if (way === 'visitor_code' && fault === 'expired' && direction === 'out') return null;
  if (direction === 'out') return fail(codeOfFault[fault], 'pass_report');
  return fail(codeOfFault[fault], fault === 'unknown' ? 'refer' : 'refuse');
}

/** Whose home this is: by who they are, or by the car that takes them there. */
export function livesHere(pass: Pick<PassFacts, 'kind' | 'holdsSpace' | 'homeBuildingId'> | null): boolean {
  if (pass === null) return false;
  if (pass.kind === 'vehicle') return pass.holdsSpace && pass.homeBuildingId !== null;
  return ['resident', 'family', 'tenant', 'minor', 'card'].includes(pass.kind);
}

/** Nobody is turned away from their own door: on the way home it is a person's to decide. */
const onTheWay = (
  outcome: Outcome,
  { direction, credential }: { readonly direction: Direction; readonly credential: Seen['credential'] },
): Outcome => (outcome === 'refuse' && direction === 'in' && livesHere(credential.pass) ? 'refer' : outcome);

/** Whether the pass is for this gate at this hour. Nobody is kept inside for want of a pass. */
export function checkAuthorisation(seen: Seen): Found {
  const { credential, direction, gate, at, timeZone } = seen;
  const { pass } = credential;
  if (gate.direction !== 'both' && gate.direction !== direction) return fail('wrong_way', 'refuse');
  if (direction === 'out' || pass === null) return null;
  if (pass.status === 'revoked') return fail('pass_revoked', 'refuse');
  if (pass.status === 'suspended') return fail('pass_suspended', 'refer');
  if (at < pass.validFrom) return fail('pass_not_yet', 'refuse');
  if (pass.validTo !== null && at >= pass.validTo) return fail('pass_over', 'refuse');
  if (gate.kind === 'vehicle' && pass.kind !== 'vehicle' && credential.way !== 'plate')
    return fail('vehicle_gate_only', 'refer');
  if (pass.gateIds !== null && !pass.gateIds.includes(gate.id)) return fail('wrong_gate', 'refuse');
  if (gate.buildingId !== null && pass.buildingIds !== null && !pass.buildingIds.includes(gate.buildingId))
    return fail('wrong_building', 'refuse');
  if (!isWithin(pass.hours, at, timeZone)) return fail('wrong_hour', 'refuse');
  // A roster is known a day late as often as not: whoever is not on it is asked, not turned away.
  if (pass.shifts !== null && !pass.shifts.some(({ from, to }) => from <= at && at < to))
    return fail('off_shift', 'refer');
  if (!isWithin(gate.hours, at, timeZone)) return fail('gate_closed', 'refer');
  if (pass.entriesAllowed !== null && pass.entriesUsed >= pass.entriesAllowed)
    return fail('pass_used_up', 'refuse', { allowed: pass.entriesAllowed });
  return null;
}

/** Below 34 and above 43 degrees a thermometer has measured something else. */
const PLAUSIBLE_TENTHS = { least: 340, most: 430 };

export function checkTemperature(
  { temperatureTenths: tenths }: Pick<Seen, 'temperatureTenths'>,
  { limitTenths, counts, otherwise }: NonNullable<PolicyChecks['temperature']>,
): Found {
  if (tenths === null) return unknown('temperature_missing', 'refer');
  if (!(tenths >= PLAUSIBLE_TENTHS.least && tenths <= PLAUSIBLE_TENTHS.most))
    return unknown('temperature_implausible', 'refer');
  const isHigh = counts === 'at_limit' ? tenths >= limitTenths : tenths > limitTenths;
  return isHigh ? fail('temperature_high', otherwise, { tenths, limit: limitTenths }) : null;
}

/**
 * A popup is no red code: it asks somebody to look. A test clears the one about tests and none of the others.
 * Entry into the country on the 1st is counted from the 2nd, and clears early on the 23rd.
 */
export function popupsOf(
  { travel, test }: Pick<HealthFacts, 'travel' | 'test'>,
  {
    at,
    timeZone,
    entryDays,
    testHours,
    testFrom,
  }: {
    readonly at: number;
    readonly timeZone: string;
    readonly entryDays: number;
    readonly testHours: number | null;
    readonly testFrom: 'sampling' | 'result';
  },
): readonly Popup[] {
  const popups: Popup[] = [];
  const today = localDate(at, timeZone);
  const entered = travel?.enteredCountryOn ?? null;
  if (entered !== null && today <= addDays(entered, entryDays)) popups.push('entry');
  if (travel?.hasTimeSpaceLink === true) popups.push('link');
  if (travel?.isFromBorderCounty === true) popups.push('border');
  if (testHours !== null && !hasRecentTest(test, at, testHours, testFrom)) popups.push('test');
  return popups;
}
export type Popup = 'entry' | 'link' | 'border' | 'test';

function hasRecentTest(
  test: HealthFacts['test'],
  at: number,
  hours: number,
  from: 'sampling' | 'result',
): boolean {
  if (test?.result !== 'negative') return false;
  const begins = from === 'sampling' ? test.sampledAt : test.resultAt;
  return begins !== null && at <= testHoldsUntil(begins, hours);
}

/** A code ends at 24:00 of the day it was shown, whatever its colour. */
export function isCodeOfToday(asOf: number, at: number, timeZone: string): boolean {
  return localDate(asOf, timeZone) === localDate(at, timeZone);
}

/** Whether what is known of somebody's health may be used: fresh, or kept and young enough for the policy. */
export function healthStands(
  seen: Pick<Seen, 'at' | 'health'>,
  onNoAnswer: OnNoAnswer,
  answerHoldsMinutes: number,
): 'usable' | 'too_old' | 'none' {
  const { health, at } = seen;
  if (health === null) return 'none';
  if (health.source === 'answered') return 'usable';
  const ageMinutes = (at - health.asOf) / MINUTE;
  if (ageMinutes <= answerHoldsMinutes) return 'usable';
  return onNoAnswer.kind === 'last_known' && ageMinutes <= onNoAnswer.maxAgeMinutes ? 'usable' : 'too_old';
}

/** Why nothing is known of somebody's health; null: it is. */
function unheard(
  seen: Seen,
  { onNoAnswer, answerHoldsMinutes }: Pick<Policy, 'onNoAnswer' | 'answerHoldsMinutes'>,
): Found {
  // The service was asked about the code that was shown: that it is nobody's here is an answer, and never passes for none.
  // A person looks; the next try without it is asked as if it had never been shown.
  if (seen.shownHealth === 'foreign') return fail('health_foreign', 'refer');
  if (seen.shownHealth === 'unreadable') return unknown('health_unreadable', 'refer');
  const stands = healthStands(seen, onNoAnswer, answerHoldsMinutes);
  if (stands === 'usable') return null;
  const code = stands === 'too_old' ? 'health_kept_too_old' : 'health_unanswered';
  return unknown(code, onNoAnswer.kind === 'pass' ? 'pass_report' : 'refer');
}

export function checkHealthCode(
  seen: Seen,
  settings: NonNullable<PolicyChecks['health_code']>,
  policy: Pick<Policy, 'checks' | 'onNoAnswer' | 'answerHoldsMinutes'>,
): Found {
  const nothing = unheard(seen, policy);
  if (nothing !== null) return nothing;
  const { facts } = seen.health!;
  if (facts.code === null || facts.code.colour === 'none') return unknown('health_none', 'refer');
  const { colour, asOf } = facts.code;
  if (colour === 'red') return fail('health_red', settings.red);
  if (colour === 'expired' || !isCodeOfToday(asOf, seen.at, seen.timeZone))
    return unknown('health_expired', 'refer');
  if (colour === 'yellow') return fail('health_yellow', settings.yellow);
  const { test } = policy.checks;
  const [popup] = popupsOf(facts, {
    at: seen.at,
    timeZone: seen.timeZone,
    entryDays: settings.entryDays,
    testHours: null,
    testFrom: test?.from ?? 'sampling',
  });
  return popup === undefined ? null : fail('health_popup', settings.popup, { popup });
}

export function checkTest(
  seen: Seen,
  { withinHours, from, otherwise }: NonNullable<PolicyChecks['test']>,
  policy: Pick<Policy, 'onNoAnswer' | 'answerHoldsMinutes'>,
): Found {
  const nothing = unheard(seen, policy);
  if (nothing !== null) return nothing;
  const { test } = seen.health!.facts;
  if (test === null) return fail('test_missing', otherwise, { hours: withinHours });
  if (test.result === 'positive') return fail('test_positive', onTheWay(otherwise, seen));
  if (test.result === 'pending') return unknown('test_pending', 'refer');
  const begins = from === 'sampling' ? test.sampledAt : test.resultAt;
  if (begins !== null && seen.at <= testHoldsUntil(begins, withinHours)) return null;
  const ago = begins === null ? withinHours : Math.floor((seen.at - begins) / HOUR);
  return fail('test_overdue', otherwise, { hours: withinHours, ago });
}

export function checkVaccination(
  seen: Seen,
  { doses, otherwise }: NonNullable<PolicyChecks['vaccination']>,
  policy: Pick<Policy, 'onNoAnswer' | 'answerHoldsMinutes'>,
): Found {
  const nothing = unheard(seen, policy);
  if (nothing !== null) return nothing;
  const had = seen.health!.facts.vaccination?.doses ?? 0;
  return had >= doses ? null : fail('vaccination_missing', otherwise, { doses, had });
}

/** So many days after the day one left a place of risk; the day itself is not counted. */
export function checkTravel(
  seen: Seen,
  { levels, withinDays, otherwise }: NonNullable<PolicyChecks['travel']>,
  policy: Pick<Policy, 'onNoAnswer' | 'answerHoldsMinutes'>,
): Found {
  const nothing = unheard(seen, policy);
  if (nothing !== null) return nothing;
  const { travel } = seen.health!.facts;
  if (travel === null) return unknown('travel_unknown', 'refer');
  const today = localDate(seen.at, seen.timeZone);
  const isRecent = (day: string) => today <= addDays(day, withinDays);
  if (travel.stays.some(({ level, leftOn }) => levels.includes(level) && isRecent(leftOn)))
    return fail('travel_high_risk', otherwise, { days: withinDays });
  if (travel.enteredCountryOn !== null && isRecent(travel.enteredCountryOn))
    return fail('travel_abroad', otherwise, { days: withinDays });
  return null;
}

/** Entries of a list with an authority of their own count always; a notice of isolation only under a policy. */
export function checkLists(
  { lists, direction, credential }: Pick<Seen, 'lists' | 'direction' | 'credential'>,
  isolation: NonNullable<PolicyChecks['list']> | null,
): Found {
  const is = (kind: (typeof lists)[number]['kind']) => lists.some((one) => one.kind === kind);
  // Nobody is held inside by a list of the compound's own, nor kept from a home they moved into since.
  if (is('deny') && direction === 'in' && !livesHere(credential.pass)) return fail('denied', 'refuse');
  if (isolation !== null && is('isolation'))
    return fail('isolated', direction === 'in' ? 'pass_report' : isolation.otherwise);
  return is('watch') ? fail('watched', 'pass_report') : null;
}

export function checkMask(
  { wearsMask }: Pick<Seen, 'wearsMask'>,
  { otherwise }: NonNullable<PolicyChecks['mask']>,
): Found {
  if (wearsMask === null) return unknown('mask_unknown', 'refer');
  return wearsMask ? null : fail('mask_missing', otherwise);
}

/** `buildingId`: what the rule is about; null: the whole compound. What nobody counted lets in, and is reported. */
export function checkCapacity(
  { inside, direction, credential }: Pick<Seen, 'inside' | 'direction' | 'credential'>,
  { most, otherwise }: NonNullable<PolicyChecks['capacity']>,
  buildingId: string | null,
): Found {
  // Whoever lives here comes home, however full it is: with a phone, a card, or the car that has a space here.
  const isOfHere = credential.pass?.holdsSpace === true || livesHere(credential.pass);
  if (direction === 'out' || isOfHere) return null;
  const counted = inside.find((one) => one.buildingId === buildingId);
  if (counted === undefined) return unknown('inside_unknown', 'pass_report');
  return counted.count < most ? null : fail('inside_full', otherwise, { most });
}

export const isVehicle = ({ credential }: Pick<Seen, 'credential'>): boolean =>
  credential.way === 'plate' || credential.pass?.kind === 'vehicle';

export function checkVehicle(
  { freeSpaces, direction, credential }: Pick<Seen, 'freeSpaces' | 'direction' | 'credential'>,
  { otherwise }: NonNullable<PolicyChecks['vehicle']>,
): Found {
  // Whoever holds a space drives to it, however full it is.
  if (direction === 'out' || !isVehicle({ credential }) || credential.pass?.holdsSpace === true) return null;
  if (freeSpaces === null) return unknown('spaces_unknown', 'pass_report');
  return freeSpaces > 0 ? null : fail('spaces_full', otherwise);
}
