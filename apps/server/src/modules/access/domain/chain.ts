/**
 * The chain of a gate: each passage's digest covers the one before it, its plain part, and salted digests of what may be
 * erased. So a row that is missing, altered or moved shows, and one whose person or reasons were erased does not.
 */

/** What stays: who decided when, which way, with which outcome, under which measures. */
export interface PlainPart {
  readonly scopeId: string;
  readonly gateId: string;
  readonly seq: number;
  readonly recordedAt: number;
  readonly id: string;
  readonly deviceId: string | null;
  readonly accountId: string | null;
  readonly happenedAt: number;
  readonly direction: string;
  readonly outcome: string;
  readonly urgent: string | null;
  readonly decidedBy: string;
  readonly latencyUs: number;
  readonly policies: readonly { readonly id: string; readonly version: number }[];
  readonly overrideOf: string | null;
}

/** Who it was: erased with the person. */
export interface WhoPart {
  readonly way: string | null;
  readonly passKind: string | null;
  readonly passId: string | null;
  readonly householdId: string | null;
}

export type Sha256 = (text: string) => string;

export const CHAIN_START = '';

export function plainText(part: PlainPart): string {
  const policies = part.policies.map(({ id, version }) => `${id}:${version}`).join(',');
  return `1|${part.scopeId}|${part.gateId}|${part.seq}|${part.recordedAt}|${part.id}|${part.deviceId ?? ''}|${part.accountId ?? ''}|${part.happenedAt}|${part.direction}|${part.outcome}|${part.urgent ?? ''}|${part.decidedBy}|${part.latencyUs}|${policies}|${part.overrideOf ?? ''}`;
}

export function whoText(salt: string, { way, passKind, passId, householdId }: WhoPart): string {
  return `${salt}|${way ?? ''}|${passKind ?? ''}|${passId ?? ''}|${householdId ?? ''}`;
}

/** `why` is the text that is sealed. */
export function whyText(salt: string, why: string): string {
  return `${salt}|${why}`;
}

export function linkText(previous: string, plain: string, whoDigest: string, whyDigest: string): string {
  return `${previous}\n${plain}\n${whoDigest}\n${whyDigest}`;
}

export interface ChainRow {
  readonly plain: PlainPart;
  /** Null: erased. */
  readonly who: { readonly salt: string; readonly part: WhoPart } | null;
  readonly whoDigest: string;
  /** Null: erased, or there was nothing to say. */
  readonly why: { readonly salt: string; readonly text: string } | null;
  readonly whyDigest: string;
  readonly digest: string;
}

export type ChainFault =
  | { readonly kind: 'missing'; readonly after: number; readonly found: number | null }
  | { readonly kind: 'altered'; readonly seq: number; readonly part: 'who' | 'why' | 'row' };

/** Where a chain is taken up: at its beginning, or behind what was destroyed with a certificate. */
export interface ChainAnchor {
  readonly seq: number;
  readonly digest: string;
}

/**
 * Every fault of a gate's rows, given in the order of their numbers; `end` is what the gate itself says its chain ends
 * with, so that a lost tail shows too.
 */
export function faultsOfChain(
  rows: readonly ChainRow[],
  anchor: ChainAnchor,
  end: ChainAnchor | null,
  sha256: Sha256,
): ChainFault[] {
  const faults: ChainFault[] = [];
  let { seq, digest } = anchor;
  for (const row of rows) {
    const { plain, who, why, whoDigest, whyDigest } = row;
    if (plain.seq !== seq + 1) faults.push({ kind: 'missing', after: seq, found: plain.seq });
    if (who !== null && sha256(whoText(who.salt, who.part)) !== whoDigest)
      faults.push({ kind: 'altered', seq: plain.seq, part: 'who' });
    if (why !== null && sha256(whyText(why.salt, why.text)) !== whyDigest)
      faults.push({ kind: 'altered', seq: plain.seq, part: 'why' });
    // Behind a gap the row before is unknown: its own digest is believed, so that one gap is one fault.
    const previous = plain.seq === seq + 1 ? digest : null;
    if (
      previous !== null &&
      sha256(linkText(previous, plainText(plain), whoDigest, whyDigest)) !== row.digest
    )
      faults.push({ kind: 'altered', seq: plain.seq, part: 'row' });
    seq = plain.seq;
    digest = row.digest;
  }
  if (end !== null && end.seq !== seq) faults.push({ kind: 'missing', after: seq, found: end.seq });
  else if (end !== null && end.digest !== digest) faults.push({ kind: 'altered', seq, part: 'row' });
  return faults;
}
