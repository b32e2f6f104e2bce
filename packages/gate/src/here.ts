import { type Instant, type LocalDate, MINUTE } from '@gongzhi/kernel';
import type { BundledPass } from './bundle.ts';
import { fromBase64, toHex } from './bytes.ts';
import { dateOfDayNumber, dateOfStep, isMac, PHONE_CODE, readCode, standingOf } from './code.ts';
import { decide } from './decide.ts';
import { type GateList, MARK_BYTES, MARKED_WAYS, type MarkedWay } from './pack.ts';
import type { Credential, Direction, Listed, Seen, UrgentTrip, Verdict, Way } from './types.ts';

/** A decision without a network, from what the gate carries. */

export interface Asked {
  /** What was scanned, typed or shown; null: nothing. */
  readonly text: string | null;
  /** Whom a person looked up and vouches for. */
  readonly spoken: { readonly passId: string; readonly ref: string } | null;
  readonly direction: Direction;
  readonly urgent: UrgentTrip | null;
  readonly temperatureTenths: number | null;
  readonly wearsMask: boolean | null;
  /** What was read from their health code: only its service knows what it says, so without a network it is not looked at. */
  readonly healthCode?: string;
}

/** What the platform lends: node:crypto on a server, WebCrypto in a page. */
export interface Digests {
  hmac(key: Uint8Array, message: Uint8Array | string): Promise<Uint8Array>;
}

/** What this gate itself has let in and the list does not know yet. */
export interface Tally {
  /** Whether this very code has been accepted here. */
  isUsed(ref: string, step: number): boolean;
  entries(ref: string): number;
  /** Who went in less who went out here since a moment, and how many of them were vehicles. */
  balance?(since: Instant): { readonly people: number; readonly vehicles: number };
}

/** A count of the whole compound that is older than this is none: then people are let in, and it is reported. */
export const COUNT_HOLDS = 30 * MINUTE;

export interface DecidedHere {
  readonly verdict: Verdict;
  readonly ref: string | null;
  readonly way: Way;
  /** Of a phone's code: what must not be accepted twice. */
  readonly step: number | null;
}

/** As it was written down when it was issued: a plate comes with and without its dot, digits with and without gaps. */
export function markText(way: MarkedWay, text: string): string {
  const plain = text.normalize('NFKC').trim();
  if (way === 'card') return plain.toUpperCase();
  return way === 'plate'
    ? plain.toUpperCase().replaceAll(/[\s\u00b7\u2022\u30fb.-]/gu, '')
    : plain.replaceAll(/\s/gu, '');
}

/** The beginning of the HMAC under the way's key: the same bytes by which the register finds it. */
export function markOf(mac: Uint8Array): string {
  return toHex(mac, 0, MARK_BYTES);
}

interface Resolved {
  readonly credential: Credential;
  readonly known: BundledPass | null;
  readonly step: number | null;
  readonly lists: readonly Listed[];
}

const refused = (
  way: Way,
  fault: NonNullable<Credential['fault']>,
  lists: readonly Listed[] = [],
): Resolved => ({ credential: { way, pass: null, fault }, known: null, step: null, lists });

const found = (way: Way, known: BundledPass, step: number | null = null): Resolved => ({
  credential: { way, pass: known.pass, fault: null },
  known,
  step,
  lists: known.lists,
});

async function resolve(
  list: GateList,
  text: string,
  at: Instant,
  tally: Tally,
  digests: Digests,
): Promise<Resolved> {
  const { timeZone, visitorKeys, markKeys } = list.head;
  const code = readCode(text);
  if (code !== null) {
    const isPhone = code.version === PHONE_CODE;
    const way: Way = isPhone ? 'code' : 'visitor_code';
    const known = list.find(code.ref);
    if (known === null) return refused(way, 'unknown');
    const day: LocalDate = isPhone ? dateOfStep(code.step, timeZone) : dateOfDayNumber(code.step);
    const key = isPhone ? known.keys[day] : visitorKeys[day];
    // A day whose key the list does not hold is not this day.
    if (key === undefined) return refused(way, 'expired');
    if (!isMac(code, await digests.hmac(fromBase64(key), code.message))) return refused(way, 'forged');
    if (isPhone) {
      const standing = standingOf(code.step, at);
      if (standing !== 'current') return refused(way, standing);
      if (tally.isUsed(code.ref, code.step)) return refused(way, 'replayed');
    }
    return found(way, known, isPhone ? code.step : null);
  }
  for (const way of MARKED_WAYS) {
    const mark = markOf(await digests.hmac(fromBase64(markKeys[way]), markText(way, text)));
    const known = list.findMarked(`${way}:${mark}`);
    if (known !== null) return found(way, known);
    // Nobody's pass, and on a list all the same.
    const lists = way === 'plate' ? list.listsOfPlate(mark) : [];
    if (lists.length > 0) return refused('plate', 'unknown', lists);
  }
  return refused('code', /^[\p{Script=Han}\w\s\u00b7-]{4,16}$/u.test(text) ? 'unknown' : 'malformed');
}

async function whoIs(
  list: GateList,
  { text, spoken }: Asked,
  at: Instant,
  tally: Tally,
  digests: Digests,
): Promise<Resolved> {
  if (spoken !== null) {
    const known = list.find(spoken.ref);
    if (known === null) return refused('spoken', 'unknown');
    return found('spoken', known);
  }
  return text === null ? refused('none', 'unknown') : resolve(list, text, at, tally, digests);
}

/** The same text as the server's door wants it said: a code or digits, a plate, else a card. */
export function saidAs(text: string): { code: string } | { plate: string } | { card: string } {
  const plain = text.normalize('NFKC').trim();
  if (readCode(plain) !== null || /^\d{6}$/.test(markText('six_digits', plain))) return { code: plain };
  return /^\p{Script=Han}/u.test(plain) ? { plate: plain } : { card: plain };
}

export async function decideHere(
  list: GateList,
  asked: Asked,
  at: Instant,
  tally: Tally,
  digests: Digests,
): Promise<DecidedHere> {
  const { gate, timeZone, policies } = list.head;
  const { direction, urgent, temperatureTenths, wearsMask } = asked;
  const { credential, known, step, lists } = await whoIs(list, asked, at, tally, digests);
  const { pass } = credential;
  const used = pass === null ? 0 : tally.entries(pass.ref);
  const seen: Seen = {
    at,
    timeZone,
    direction,
    gate,
    credential:
      pass === null
        ? credential
        : { way: credential.way, fault: null, pass: { ...pass, entriesUsed: pass.entriesUsed + used } },
    urgent,
    lists,
    temperatureTenths,
    health: known?.health ?? null,
    wearsMask,
    ...countedHere(list, at, tally),
  };
  return { verdict: decide(seen, policies), ref: pass?.ref ?? null, way: credential.way, step };
}

/** What was last known of the whole compound, and what went through here since: no other gate is heard without a network. */
export function countedHere(list: GateList, at: Instant, tally: Tally): Pick<Seen, 'inside' | 'freeSpaces'> {
  const { counts, at: countedAt } = list.latest;
  if (counts === null || Math.abs(at - countedAt) > COUNT_HOLDS) return { inside: [], freeSpaces: null };
  const { people, vehicles } = tally.balance?.(countedAt) ?? { people: 0, vehicles: 0 };
  const { buildingId } = list.head.gate;
  return {
    inside: counts.inside.map((one) => ({
      ...one,
      count: Math.max(0, one.count + (one.buildingId === buildingId ? people : 0)),
    })),
    freeSpaces: counts.freeSpaces === null ? null : Math.max(0, counts.freeSpaces - vehicles),
  };
}
