import type { Crypto } from '../../platform/crypto/crypto.ts';
import type { Executor } from '../../platform/db/database.ts';
import { type ChainAnchor, type ChainFault, type ChainRow, faultsOfChain } from './domain.ts';
import { chainEnd, type ChainPart, chainPart, digestAt, lastDestroyed } from './queries-passages.ts';
import type { Why } from './service-batch-facts.ts';
import { sha256 } from './service-chain.ts';
import { sealedFields } from './tables.ts';

/** What a passage's sealed part says; null when it was destroyed or there was nothing to say. */
export function openWhy(crypto: Crypto, passageId: string, cipher: Buffer | null): Why | null {
  return cipher === null ? null : (JSON.parse(crypto.open(cipher, sealedFields.why, passageId)) as Why);
}

function rowOf(crypto: Crypto, scopeId: string, gateId: string, part: ChainPart): ChainRow {
  const { way, passKind, passId, householdId, whoSalt, whySalt, why } = part;
  return {
    plain: {
      scopeId,
      gateId,
      seq: part.seq,
      recordedAt: part.recordedAt.getTime(),
      id: part.id,
      deviceId: part.deviceId,
      accountId: part.accountId,
      happenedAt: part.happenedAt.getTime(),
      direction: part.direction,
      outcome: part.outcome,
      urgent: part.urgent,
      decidedBy: part.decidedBy,
      latencyUs: part.latencyUs,
      policies: part.policyIds.map((id, i) => ({ id, version: part.policyVersions[i] ?? 0 })),
      overrideOf: part.overrideOf,
    },
    who:
      whoSalt === null
        ? null
        : { salt: whoSalt.toString('hex'), part: { way, passKind, passId, householdId } },
    whoDigest: part.whoDigest.toString('hex'),
    why:
      why === null || whySalt === null
        ? null
        : { salt: whySalt.toString('hex'), text: openText(crypto, part.id, why) },
    whyDigest: part.whyDigest.toString('hex'),
    digest: part.digest.toString('hex'),
  };
}

/** A cipher that was altered does not open at all: then its text is nothing that fits its digest. */
function openText(crypto: Crypto, passageId: string, cipher: Buffer): string {
  try {
    return crypto.open(cipher, sealedFields.why, passageId);
  } catch {
    return '';
  }
}

export interface ChainReport {
  readonly checked: number;
  readonly from: number;
  readonly until: number;
  /** The last number of the whole chain. */
  readonly end: number;
  /** Where the next slice goes on; null: this was the last. */
  readonly next: number | null;
  /** What came before was destroyed with a certificate of then. */
  readonly destroyedAt: Date | null;
  readonly faults: readonly ChainFault[];
}

const together = 1_000;
/** A second or two of one request; whoever asks goes on from where it ended. */
const mostInSlice = 20_000;
const mostFaults = 100;

/**
 * Reads a slice of a gate's passages in their order and checks each link. A slice begins with the digest that its
 * predecessor bears, which the slice before has checked.
 */
export async function checkChain(
  crypto: Crypto,
  q: Executor,
  scopeId: string,
  gateId: string,
  after: number | null,
  slice = mostInSlice,
): Promise<ChainReport> {
  const [end, destroyed, before] = await Promise.all([
    chainEnd(q, scopeId, gateId),
    lastDestroyed(q, scopeId, gateId),
    after === null ? null : digestAt(q, scopeId, gateId, after),
  ]);
  const kept: ChainAnchor =
    destroyed === null
      ? { seq: 0, digest: '' }
      : { seq: destroyed.seq, digest: destroyed.digest.toString('hex') };
  // Destroyed meanwhile, or never there: from where it still goes on.
  let anchor: ChainAnchor =
    after === null || before === null || after < kept.seq
      ? kept
      : { seq: after, digest: before.toString('hex') };
  const from = anchor.seq + 1;
  const faults: ChainFault[] = [];
  let checked = 0;
  // What is added meanwhile is checked the next time.
  const until = end?.seq ?? 0;
  let isWhole = false;
  do {
    const parts = (await chainPart(q, scopeId, gateId, anchor.seq, Math.min(together, slice))).filter(
      ({ seq }) => seq <= until,
    );
    const rows = parts.map((part) => rowOf(crypto, scopeId, gateId, part));
    isWhole = parts.length < Math.min(together, slice) || rows.at(-1)?.plain.seq === until;
    const finish = isWhole && end !== null ? { seq: end.seq, digest: end.digest.toString('hex') } : null;
    faults.push(...faultsOfChain(rows, anchor, finish, sha256));
    checked += rows.length;
    const last = rows.at(-1);
    if (last !== undefined) anchor = { seq: last.plain.seq, digest: last.digest };
  } while (!isWhole && checked < slice && faults.length < mostFaults);
  return {
    checked,
    from,
    until: anchor.seq,
    end: until,
    next: isWhole || faults.length >= mostFaults ? null : anchor.seq,
    destroyedAt: destroyed?.at ?? null,
    faults: faults.slice(0, mostFaults),
  };
}
