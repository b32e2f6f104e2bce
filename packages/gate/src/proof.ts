import type { Instant } from '@gongzhi/kernel';
import type { Digests } from './here.ts';
import type { Direction, Outcome } from './types.ts';

/**
 * That a decision is a phone's: made with its key when it was decided. A phone that has another key by the time it sends it
 * names its former self, and nobody else can.
 */
export interface Proved {
  readonly id: string;
  readonly deviceId: string;
  readonly gateId: string;
  readonly at: Instant;
  readonly direction: Direction;
  readonly ref: string | null;
  readonly spokenId: string | null;
  readonly verdict: { readonly outcome: Outcome };
}

/** The key of proofs is made of the phone's own, and opens nothing. */
export const PROOF_PURPOSE = 'gongzhi gate decision';

export const proofText = ({ id, deviceId, gateId, at, direction, ref, spokenId, verdict }: Proved): string =>
  [id, deviceId, gateId, at, direction, verdict.outcome, ref ?? '', spokenId ?? ''].join(' ');

/** In hexadecimal digits. */
export async function proofOf(digests: Digests, key: Uint8Array, decision: Proved): Promise<string> {
  const own = await digests.hmac(key, PROOF_PURPOSE);
  const proof = await digests.hmac(own, proofText(decision));
  return Array.from(proof, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
