import type { House } from '../../platform/house.ts';
import { Problem } from '../../platform/http/problem.ts';
import { type Allowance, type Bucket, ofGateDevice, ofGuesses, take } from './domain.ts';
import { gateOfDevice } from './queries-gates.ts';
import { hashKey } from './service-gates.ts';
import { actorOfGates } from './service-actor.ts';
import type { Sender } from './service-arrivals.ts';

/** Who a device claims to be, at which gate it stands, and how much it may send. The batch itself proves its key. */

export type DeviceClaim = {
  readonly scopeId: string;
  readonly deviceId: string;
  /** Of the secret it brings. */
  readonly secretHash: Buffer;
};

export interface Door {
  /** HTTP Basic's name and key; null: nothing that a device says. */
  readClaim(authorization: string | undefined): DeviceClaim | null;
  /** The sender as it claims to be; where its gate is, asked once and forgotten when it has moved. */
  sender(
    claim: DeviceClaim | null,
    address: string,
  ): Promise<{ readonly from: Sender; readonly gateId: string }>;
  /** Throws access.too_many. */
  admit(deviceId: string, count: number): void;
  /** It was not who it said: an address that guesses is heard less and less. */
  failed(address: string): void;
  /** Whether six digits may be looked up for it: false after too many that were nobody's. */
  mayGuess(deviceId: string): boolean;
  guessed(deviceId: string): void;
  moved(deviceId: string): void;
}

const mostBuckets = 50_000;
const mostGates = 50_000;
const mostClaims = 10_000;
/** A device's are 130 characters; what is longer is nobody's, and not kept. */
const longestKept = 256;

class Buckets {
  readonly #buckets = new Map<string, Bucket>();

  take(key: string, now: number, count: number, allowance: Allowance): boolean {
    const left = take(this.#buckets.get(key), now, count, allowance);
    if (left === null) return false;
    this.#buckets.delete(key);
    this.#buckets.set(key, left);
    // The longest unused is full again by now.
    if (this.#buckets.size > mostBuckets) this.#buckets.delete(this.#buckets.keys().next().value as string);
    return true;
  }

  hasLeft(key: string, now: number, allowance: Allowance): boolean {
    return take(this.#buckets.get(key), now, 1, allowance) !== null;
  }
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** `scope.device` or `scope/device` and the key, as HTTP Basic carries them. */
function claimOf(authorization: string): DeviceClaim | null {
  const encoded = /^basic /i.test(authorization) ? authorization.slice(6).trim() : '';
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const at = text.indexOf(':');
  const [scopeId = '', deviceId = '', ...more] = text.slice(0, Math.max(at, 0)).split(/[./]/);
  if (at < 0 || more.length > 0 || !uuid.test(scopeId) || !uuid.test(deviceId)) return null;
  return { scopeId, deviceId, secretHash: hashKey(text.slice(at + 1)) };
}

export function openDoor(house: House): Door {
  const messages = new Buckets();
  const failures = new Buckets();
  const guesses = new Buckets();
  const gates = new Map<string, string>();
  const claims = new Map<string, DeviceClaim | null>();
  const now = () => house.clock.now().getTime();
  const tooMany = (retryAfterSeconds: number) => new Problem('access.too_many', { retryAfterSeconds });
  return {
    // A reader says the same a thousand times a morning.
    readClaim(authorization) {
      if (authorization === undefined) return null;
      const known = claims.get(authorization);
      if (known !== undefined) return known;
      const claim = claimOf(authorization);
      if (authorization.length > longestKept) return claim;
      if (claims.size >= mostClaims) claims.delete(claims.keys().next().value as string);
      claims.set(authorization, claim);
      return claim;
    },
    async sender(claim, address) {
      if (!failures.hasLeft(address, now(), ofGuesses)) throw tooMany(30);
      const wrong = () => {
        failures.take(address, now(), 1, ofGuesses);
        return new Problem('access.credentials_wrong');
      };
      if (claim === null) throw wrong();
      const { scopeId, deviceId, secretHash } = claim;
      const name = `${scopeId} ${deviceId}`;
      let gateId = gates.get(name);
      if (gateId === undefined) {
        const found = await house.db.read(actorOfGates([scopeId]), (q) => gateOfDevice(q, scopeId, deviceId));
        if (found === null) throw wrong();
        if (gates.size >= mostGates) gates.delete(gates.keys().next().value as string);
        gates.set(name, (gateId = found));
      }
      return { from: { scopeId, deviceId, secretHash, accountId: null }, gateId };
    },
    admit(deviceId, count) {
      if (!messages.take(deviceId, now(), count, ofGateDevice))
        throw tooMany(Math.ceil(count / ofGateDevice.perSecond));
    },
    failed: (address) => void failures.take(address, now(), 1, ofGuesses),
    mayGuess: (deviceId) => guesses.hasLeft(deviceId, now(), ofGuesses),
    guessed: (deviceId) => void guesses.take(deviceId, now(), 1, ofGuesses),
    moved(deviceId) {
      for (const name of gates.keys()) if (name.endsWith(` ${deviceId}`)) gates.delete(name);
    },
  };
}
