import type { House } from '../../platform/house.ts';
import { Problem } from '../../platform/http/problem.ts';
import { type Allowance, type Bucket, type DeviceRights, ofDevice, ofGateway, take } from './domain.ts';
import { findCredentials } from './queries.ts';
import { isSecret } from './service-devices.ts';
import { actorOfDevices } from './service-intake.ts';

/** Who a device is, and how much it may send: the same for both ways in. */

export interface Admitted extends DeviceRights {
  /** Of its secret: with a newer one it is put out. */
  readonly version: number;
  /** How much it may send. */
  readonly allowance: Allowance;
}

export interface Door {
  /** Throws sensing.credentials_wrong, or sensing.too_many for an address that guesses. */
  enter(
    claim: { readonly device: DeviceRights; readonly secret: string } | null,
    address: string,
  ): Promise<Admitted>;
  /** False: more than it may send. */
  admit(device: Pick<Admitted, 'deviceId' | 'allowance'>, count: number): boolean;
  /** Everybody begins anew with all that it may send. */
  forget(): void;
}

/** Per process: who floods two of them floods twice as much, and no more. */
const mostBuckets = 50_000;

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

  clear(): void {
    this.#buckets.clear();
  }

  hasLeft(key: string, now: number): boolean {
    return take(this.#buckets.get(key), now, 1) !== null;
  }
}

export function openDoor(house: House): Door {
  const messages = new Buckets();
  const failures = new Buckets();
  return {
    async enter(claim, address) {
      const now = house.clock.now().getTime();
      // A secret of 192 bits is not guessed; but each guess asks the database.
      if (!failures.hasLeft(address, now)) throw new Problem('sensing.too_many', { retryAfterSeconds: 30 });
      const known =
        claim === null
          ? null
          : await house.db.read(actorOfDevices([claim.device.scopeId]), (q) =>
              findCredentials(q, claim.device),
            );
      if (claim === null || known === null || !isSecret(known.hash, claim.secret)) {
        failures.take(address, now, 1, ofDevice);
        throw new Problem('sensing.credentials_wrong');
      }
      return {
        ...claim.device,
        version: known.version,
        allowance: known.kind === 'gateway' ? ofGateway : ofDevice,
      };
    },
    admit: ({ deviceId, allowance }, count) =>
      messages.take(deviceId, house.clock.now().getTime(), count, allowance),
    forget: () => messages.clear(),
  };
}
