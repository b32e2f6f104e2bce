import { createHmac } from 'node:crypto';
import {
  type Credential,
  type CredentialFault,
  dateOfDayNumber,
  dateOfStep,
  DAY_KEY_BYTES,
  dayKeyText,
  type GateCode,
  isMac,
  type PassFacts,
  PHONE_CODE,
  standingOf,
  type Way,
} from '@gongzhi/gate';
import type { LocalDate } from '@gongzhi/kernel';
import type { Crypto } from '../../platform/crypto/crypto.ts';
import type { Claim } from './domain.ts';
import { type CheckedPass, sealedFields } from './tables.ts';

/** Whether what somebody shows is what it seems; keys never leave this file but as what a bundle carries. */

const cardIndex = (crypto: Crypto, scopeId: string, card: string) =>
  crypto.scopeIndex(scopeId, 'gate_card', card);
const plateIndex = (crypto: Crypto, scopeId: string, plate: string) =>
  crypto.scopeIndex(scopeId, 'gate_plate', plate);
export const digitsIndex = (crypto: Crypto, scopeId: string, digits: string) =>
  crypto.scopeIndex(scopeId, 'gate_six_digits', digits);

/** The scope's key of a day, for codes of visits that begin on it. */
export const visitorKey = (crypto: Crypto, scopeId: string, date: LocalDate) =>
  crypto.scopeIndex(scopeId, 'gate_visitor_key', date).subarray(0, DAY_KEY_BYTES);

const hmac = (key: Uint8Array, data: Uint8Array | string) => createHmac('sha256', key).update(data).digest();

/** The day's key of a phone's secret (32 bytes, base64 within the seal). */
export function dayKey(
  crypto: Crypto,
  scopeId: string,
  passId: string,
  secret: Buffer,
  date: LocalDate,
): Buffer {
  const opened = Buffer.from(crypto.open(secret, sealedFields.secret, passId), 'base64');
  return hmac(opened, dayKeyText(scopeId, date)).subarray(0, DAY_KEY_BYTES);
}

/** Keys derived lately. Each is kept with the cipher it came from: a new secret makes the old key void by itself. */
const mostKeys = 50_000;

export class DayKeys {
  readonly #crypto: Crypto;
  readonly #kept = new Map<string, { readonly cipher: Buffer; readonly key: Buffer }>();
  readonly #marks = new Map<string, Buffer>();

  constructor(crypto: Crypto) {
    this.#crypto = crypto;
  }

  /** What a card or a plate is found by. Six digits are not kept: they are short, and change. */
  mark(kind: 'card' | 'plate', scopeId: string, value: string): Buffer {
    const name = `${kind} ${scopeId} ${value}`;
    const kept = this.#marks.get(name);
    if (kept !== undefined) return kept;
    const made = (kind === 'card' ? cardIndex : plateIndex)(this.#crypto, scopeId, value);
    if (this.#marks.size >= mostKeys) this.#marks.delete(this.#marks.keys().next().value as string);
    this.#marks.set(name, made);
    return made;
  }

  of({ scopeId, id, secret }: CheckedPass, date: LocalDate): Buffer | null {
    if (secret === null) return null;
    const name = `${id} ${date}`;
    const kept = this.#kept.get(name);
    if (kept?.cipher.equals(secret) === true) return kept.key;
    const key = dayKey(this.#crypto, scopeId, id, secret, date);
    if (this.#kept.size >= mostKeys) this.#kept.delete(this.#kept.keys().next().value as string);
    this.#kept.set(name, { cipher: secret, key });
    return key;
  }
}

export function factsOf(pass: CheckedPass): PassFacts {
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
    : visitorKey(at.crypto, at.scopeId, dateOfDayNumber(code.step));
  // Whether it is real comes first: of a forged code nothing else is told.
  if (key === null || !isMac(code, hmac(key, code.message))) return wrong(way, 'forged');
  if (!isPhone) return { credential: { way, pass: factsOf(pass), fault: null }, pass, use: null };
  const standing = standingOf(code.step, at.at, at.driftSteps);
  // Whose code it was is known: the passage says so, and lets nobody through.
  if (standing !== 'current') return { ...wrong(way, standing), pass };
  if (at.isUsed(code.ref, code.step)) return { ...wrong(way, 'replayed'), pass };
  const use = { ref: code.ref, step: code.step };
  return { credential: { way, pass: factsOf(pass), fault: null }, pass, use };
}

export function recognise(claim: Claim, at: Recognising): Recognised {
  const known = (way: Way, pass: CheckedPass | undefined): Recognised =>
    pass === undefined
      ? wrong(way, 'unknown')
      : { credential: { way, pass: factsOf(pass), fault: null }, pass, use: null };
  const { crypto, scopeId, found } = at;
  switch (claim.way) {
    case 'code':
      return recogniseCode(claim.code, at);
    case 'malformed':
      return wrong('code', 'malformed');
    case 'six_digits':
      return known('six_digits', found.byMark('digits', scopeId, digitsIndex(crypto, scopeId, claim.digits)));
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
