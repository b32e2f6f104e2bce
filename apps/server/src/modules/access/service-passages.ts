import type { Crypto } from '../../platform/crypto/crypto.ts';
import type { Executor } from '../../platform/db/database.ts';
import { type ChainAnchor, type ChainFault, type ChainRow, faultsOfChain } from './domain.ts';
import { chainEnd, type ChainPart, chainPart, lastDestroyed } from './queries-passages.ts';
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
  /** What came before was destroyed with a certificate of then. */
  readonly destroyedAt: Date | null;
  readonly faults: readonly ChainFault[];
}

const together = 1_000;
/** Some weeks of a busy gate; from further back it is checked in the same way by another call. */
const mostChecked = 100_000;
const mostFaults = 100;

/** Reads a gate's passages in their order and checks each link. */
export async function checkChain(
  crypto: Crypto,
  q: Executor,
  scopeId: string,
  gateId: string,
): Promise<ChainReport> {
  const [end, destroyed] = await Promise.all([
    chainEnd(q, scopeId, gateId),
    lastDestroyed(q, scopeId, gateId),
  ]);
  let anchor: ChainAnchor =
    destroyed === null
      ? { seq: 0, digest: '' }
      : { seq: destroyed.seq, digest: destroyed.digest.toString('hex') };
  const from = anchor.seq + 1;
  const faults: ChainFault[] = [];
  let checked = 0;
  // What is added meanwhile is checked the next time.
  const until = end?.seq ?? 0;
  for (;;) {
    const parts = (await chainPart(q, scopeId, gateId, anchor.seq, together)).filter(
      ({ seq }) => seq <= until,
    );
    const isLast = parts.length < together || checked + parts.length >= mostChecked;
    const rows = parts.map((part) => rowOf(crypto, scopeId, gateId, part));
    const finish = isLast && end !== null && checked + parts.length < mostChecked;
    faults.push(
      ...faultsOfChain(
        rows,
        anchor,
        finish ? { seq: end.seq, digest: end.digest.toString('hex') } : null,
        sha256,
      ),
    );
    checked += rows.length;
    const last = rows.at(-1);
    if (last !== undefined) anchor = { seq: last.plain.seq, digest: last.digest };
    if (isLast || faults.length >= mostFaults) break;
  }
  return {
    checked,
    from,
    until: anchor.seq,
    destroyedAt: destroyed?.at ?? null,
    faults: faults.slice(0, mostFaults),
  };
}
