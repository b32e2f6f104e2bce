import { createHash, randomBytes } from 'node:crypto';
import { signingIn } from '../../platform/db/actor.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { admit, admitRequest, throttleKey } from '../identity/index.ts';
import { fault, type Fault } from './domain.ts';
import { type ClientRow, findClient } from './queries.ts';
import type { Jurisdiction } from './service-jurisdictions.ts';

/** Who knocks: an address for reading, a key for writing. */

const MINUTE = 60_000;

export function newKey(): string {
  return randomBytes(24).toString('base64url');
}

export function hashOfKey(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

/** Every request is counted by its address: keys can't be tried out, and nobody reads the street empty in a minute. */
export async function admitAddress(house: House, address: string): Promise<void> {
  const now = house.clock.now();
  await house.db.act(signingIn, async (tx) => {
    const most = await house.settings.get(tx, [], 'open311.requests_per_minute', now);
    await admitRequest(tx, house.crypto, { name: 'open311_address', most, within: MINUTE }, address, now);
  });
}

/** Whose key this is here, and that it has not knocked too often; the refusal otherwise. */
export async function admitClient(
  house: House,
  { streetId }: Jurisdiction,
  key: string | null,
  wants: 'report' | 'update',
): Promise<ClientRow | Fault> {
  if (key === null) return fault('key_wrong');
  const now = house.clock.now();
  return house.db.act(signingIn, async (tx) => {
    const client = await findClient(tx, streetId, hashOfKey(key));
    if (client === null) return fault('key_wrong');
    const limit = { name: 'open311_client', most: client.perMinute, within: MINUTE };
    await admit(tx, [{ limit, key: throttleKey(house.crypto, limit.name, client.id) }], now);
    if (!(wants === 'report' ? client.mayReport : client.mayUpdate)) return fault('key_may_not');
    return client;
  });
}

/**
 * A client as somebody who acts: at the street office's reach, under the client's own name and id. It has no account and
 * no session; nothing but this room makes one.
 */
export function actingOf(client: ClientRow, { streetId }: Jurisdiction, now: Date): Acting {
  return {
    sessionHash: Buffer.alloc(0),
    csrfToken: '',
    accountId: client.id,
    displayName: client.name,
    membershipId: client.id,
    role: 'street',
    homeScopeId: streetId,
    actor: {
      kind: 'street',
      accountId: client.id,
      membershipId: client.id,
      scopeIds: [],
      regionId: streetId,
      households: [],
    },
    onBehalf: null,
    expiresAt: now,
    origin: 'open311',
  };
}
