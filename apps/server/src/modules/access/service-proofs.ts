import { createHmac, timingSafeEqual } from 'node:crypto';
import { PROOF_PURPOSE, proofText } from '@gongzhi/gate';
import type { Executor } from '../../platform/db/database.ts';
import type { House } from '../../platform/house.ts';
import type { GateDeviceKey } from './queries-barriers.ts';
import { proofKeys } from './queries-uploads.ts';
import type { OfflineDecisionBody } from './schemas-guard.ts';

/** A phone that is another device by now proves which one it was, decision by decision. */

const PROOF_KEY = 'access.gate_device.proof';

export function sealProofKey(house: House, deviceId: string, key: string): Buffer {
  const own = createHmac('sha256', key).update(PROOF_PURPOSE).digest('base64');
  return house.crypto.seal(own, PROOF_KEY, deviceId);
}

/** Which of these decisions name another device than the one that sends them, and do not prove it. */
export async function unprovenOf(
  house: House,
  q: Executor,
  sender: Pick<GateDeviceKey, 'scopeId' | 'deviceId'>,
  decisions: readonly OfflineDecisionBody[],
): Promise<ReadonlySet<string>> {
  const foreign = decisions.filter(({ deviceId }) => deviceId !== undefined && deviceId !== sender.deviceId);
  if (foreign.length === 0) return new Set();
  const named = [...new Set(foreign.map(({ deviceId }) => deviceId!))];
  const keys = new Map(
    (await proofKeys(q, sender.scopeId, named)).map(({ deviceId, cipher }) => [
      deviceId,
      Buffer.from(house.crypto.open(cipher, PROOF_KEY, deviceId), 'base64'),
    ]),
  );
  return new Set(foreign.filter((one) => !isProven(keys.get(one.deviceId!), one)).map(({ id }) => id));
}

function isProven(key: Buffer | undefined, decision: OfflineDecisionBody): boolean {
  const { deviceId, gateId, proof } = decision;
  if (key === undefined || deviceId === undefined || gateId === undefined || proof === undefined)
    return false;
  const right = createHmac('sha256', key)
    .update(proofText({ ...decision, deviceId, gateId }))
    .digest();
  // Of the length that the schema asks for.
  return timingSafeEqual(Buffer.from(proof, 'hex'), right);
}
