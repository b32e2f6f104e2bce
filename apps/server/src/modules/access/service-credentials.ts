import { createHmac } from 'node:crypto';
import {
  type Credential,
  type CredentialFault,
  dateOfDayNumber,
  type Direction,
  dateOfStep,
  type GateCode,
  isMac,
  type PassFacts,
  PHONE_CODE,
  standingOf,
  type Way,
} from '@gongzhi/gate';
import type { LocalDate } from '@gongzhi/kernel';
import { type Crypto, sealingOf } from '../../platform/crypto/crypto.ts';
import type { Claim } from './domain.ts';
import type { CheckedPass } from './tables.ts';
import {
  cardIndexOf,
  dayKeyOf,
  digitsIndexOf,
  openSecret,
  plateIndexOf,
  visitorKeyOf,
} from './tables-passes.ts';

/** Whether what somebody shows is what it seems; keys never leave this file but as what a bundle carries. */

const hmac = (key: Uint8Array, data: Uint8Array | string) => createHmac('sha256', key).update(data).digest();

/** Keys derived lately. Each is kept with the sealing it came from: a new secret makes the old key void by itself. */
const mostKeys = 50_000;

export class DayKeys {
  readonly #crypto: Crypto;
  readonly #kept = new Map<string, { readonly sealing: string; readonly key: Buffer }>();
  readonly #marks = new Map<string, Buffer>();

  constructor(crypto: Crypto) {
    this.#crypto = crypto;
  }

  /** What a card or a plate is found by. Six digits are not kept: they are short, and change. */
  mark(kind: 'card' | 'plate', scopeId: string, value: string): Buffer {
    const name = `${kind} ${scopeId} ${value}`;
    const kept = this.#marks.get(name);
    if (kept !== undefined) return kept;
    const made = (kind === 'card' ? cardIndexOf : plateIndexOf)(this.#crypto, scopeId, value);
    if (this.#marks.size >= mostKeys) this.#marks.delete(this.#marks.keys().next().value as string);
    this.#marks.set(name, made);
    return made;
  }

  of({ scopeId, id, secret }: CheckedPass, date: LocalDate): Buffer | null {
    if (secret === null) return null;
    const name = `${id} ${date}`;
    const kept = this.#kept.get(name);
    const sealing = sealingOf(secret);
    if (kept?.sealing === sealing) return kept.key;
    const key = dayKeyOf(openSecret(this.#crypto, secret, id), scopeId, date);
    if (this.#kept.size >= mostKeys) this.#kept.delete(this.#kept.keys().next().value as string);
    this.#kept.set(name, { sealing, key });
    return key;
  }
}

/** `graceMs`: how long before and after a shift somebody may come. */
export function factsOf(pass: CheckedPass, graceMs: number): PassFacts {
  return {
    ref: pass.ref,
    kind: pass.kind,
    status: pass.status,
    validFrom: pass.validFrom.getTime(),
    validTo: pass.validTo?.getTime() ?? null,
    gateIds: pass.gateIds,
    buildingIds: pass.buildingIds,
    homeBuildingId: pass.homeBuildingId,
    hours: pass.hours,
    entriesAllowed: pass.entriesAllowed,
    entriesUsed: pass.entriesUsed,
    shifts: pass.shifts?.map(([from, to]) => ({ from: from - graceMs, to: to + graceMs })) ?? null,
    holdsSpace: pass.holdsSpace,
  };
}

/** The batch's passes, found by whatever marks them. */
export interface FoundPasses {
  byRef(scopeId: string, ref: string): CheckedPass | undefined;
  byId(scopeId: string, id: string): CheckedPass | undefined;
  byMark(kind: 'card' | 'plate' | 'digits', scopeId: string, index: Buffer): CheckedPass | undefined;
}

/** Of several that bore one mark, whichever is good now; else the youngest. */
function better(a: CheckedPass | undefined, b: CheckedPass, now: number): CheckedPass {
  if (a === undefined) return b;
  const isGood = (pass: CheckedPass) =>
    pass.status === 'active' &&
    pass.validFrom.getTime() <= now &&
    (pass.validTo === null || pass.validTo.getTime() > now);
  if (isGood(a) !== isGood(b)) return isGood(a) ? a : b;
  return a.id > b.id ? a : b;
}

export function findIn(passes: readonly CheckedPass[], now: number): FoundPasses {
  const found = new Map<string, CheckedPass>();
  const put = (name: string, pass: CheckedPass) => found.set(name, better(found.get(name), pass, now));
  for (const pass of passes) {
    const { scopeId, ref, id } = pass;
    put(`ref ${scopeId} ${ref}`, pass);
    put(`id ${scopeId} ${id}`, pass);
    if (pass.cardIndex !== null) put(`card ${scopeId} ${pass.cardIndex.toString('hex')}`, pass);
    if (pass.plateIndex !== null) put(`plate ${scopeId} ${pass.plateIndex.toString('hex')}`, pass);
    if (pass.digitsIndex !== null) put(`digits ${scopeId} ${pass.digitsIndex.toString('hex')}`, pass);
  }
  return {
    byRef: (scopeId, ref) => found.get(`ref ${scopeId} ${ref}`),
    byId: (scopeId, id) => found.get(`id ${scopeId} ${id}`),
    byMark: (kind, scopeId, index) => found.get(`${kind} ${scopeId} ${index.toString('hex')}`),
  };
}

export interface Recognised {
  readonly credential: Credential;
  readonly pass: CheckedPass | null;
  /** A step of a phone's code that is used by this. */
  readonly use: { readonly ref: string; readonly step: number } | null;
}

export interface Recognising {
  readonly crypto: Crypto;
  readonly keys: DayKeys;
  readonly scopeId: string;
  readonly timeZone: string;
  readonly found: FoundPasses;
  /** When it was shown. */
  readonly at: number;
  readonly driftSteps: number;
  readonly graceMs: number;
  /** Used before, by somebody else's passage. */
  isUsed(ref: string, step: number): boolean;
}

const wrong = (way: Way, fault: CredentialFault): Recognised => ({
  credential: { way, pass: null, fault },
  pass: null,
  use: null,
});

function recogniseCode(code: GateCode, at: Recognising): Recognised {
  const isPhone = code.version === PHONE_CODE;
  const way: Way = isPhone ? 'code' : 'visitor_code';
  const pass = at.found.byRef(at.scopeId, code.ref);
  if (pass === undefined) return wrong(way, 'unknown');
  const key = isPhone
    ? at.keys.of(pass, dateOfStep(code.step, at.timeZone))
    : visitorKeyOf(at.crypto, at.scopeId, dateOfDayNumber(code.step));
  // Whether it is real comes first: of a forged code nothing else is told.
  if (key === null || !isMac(code, hmac(key, code.message))) return wrong(way, 'forged');
  if (!isPhone) return { credential: { way, pass: factsOf(pass, at.graceMs), fault: null }, pass, use: null };
  const standing = standingOf(code.step, at.at, at.driftSteps);
  // Whose code it was is known: the passage says so, and lets nobody through.
  if (standing !== 'current') return { ...wrong(way, standing), pass };
  if (at.isUsed(code.ref, code.step)) return { ...wrong(way, 'replayed'), pass };
  const use = { ref: code.ref, step: code.step };
  return { credential: { way, pass: factsOf(pass, at.graceMs), fault: null }, pass, use };
}

/**
 * Whoever leaves with a code that is none leaves as one without: it is nobody's way that is written down. Whom a gate took
 * it for when it decided alone stays, and is flagged.
 */
export function unlessDoubted(
  shown: Recognised,
  direction: Direction,
  offline: { readonly ref: string | null } | null,
): Recognised {
  const isDoubted = shown.credential.fault !== null && direction === 'out';
  return isDoubted && (offline === null || offline.ref === null) ? { ...shown, pass: null } : shown;
}

export function recognise(claim: Claim, at: Recognising): Recognised {
  const known = (way: Way, pass: CheckedPass | undefined): Recognised =>
    pass === undefined
      ? wrong(way, 'unknown')
      : { credential: { way, pass: factsOf(pass, at.graceMs), fault: null }, pass, use: null };
  const { crypto, scopeId, found } = at;
  switch (claim.way) {
    case 'code':
      return recogniseCode(claim.code, at);
    case 'malformed':
      return wrong('code', 'malformed');
    case 'six_digits':
      return known(
        'six_digits',
        found.byMark('digits', scopeId, digitsIndexOf(crypto, scopeId, claim.digits)),
      );
    case 'card':
      return known('card', found.byMark('card', scopeId, at.keys.mark('card', scopeId, claim.card)));
    case 'plate':
      return known('plate', found.byMark('plate', scopeId, at.keys.mark('plate', scopeId, claim.plate)));
    case 'spoken':
      return known('spoken', found.byId(scopeId, claim.passId));
    case 'none':
      return wrong('none', 'unknown');
  }
}
