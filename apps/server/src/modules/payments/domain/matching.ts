/** A provider's file of a day held against what is here. */
export interface OurLine {
  readonly kind: 'payment' | 'refund';
  readonly compoundId: string;
  readonly paymentId: string;
  readonly refundId: string | null;
  /** What the provider knows it by. */
  readonly number: string;
  readonly tradeNo: string;
  readonly amountFen: number;
}

export interface TheirLine {
  readonly kind: 'payment' | 'refund';
  readonly tradeNo: string;
  readonly refundNo: string | null;
  readonly transactionId: string;
  readonly amountFen: number;
  readonly feeFen: number;
}

export interface Finding {
  readonly verdict: 'missing_here' | 'missing_there' | 'differs';
  readonly kind: 'payment' | 'refund';
  readonly ours: OurLine | null;
  readonly theirs: TheirLine | null;
}

export interface Share {
  readonly compoundId: string;
  inFen: number;
  outFen: number;
  feeFen: number;
}

export interface Matched {
  readonly matched: number;
  readonly findings: readonly Finding[];
  /** Of what agrees, compound by compound. */
  readonly shares: readonly Share[];
}

export const theirNumber = (line: TheirLine): string =>
  line.kind === 'refund' ? (line.refundNo ?? line.tradeNo) : line.tradeNo;

/**
 * Line by line. What the file names twice is found once and is missing here the second time; what agrees makes up what the
 * provider owes each compound.
 */
export function match(ours: readonly OurLine[], theirs: readonly TheirLine[]): Matched {
  const left = new Map(ours.map((line) => [`${line.kind} ${line.number}`, line]));
  const findings: Finding[] = [];
  const shares = new Map<string, Share>();
  let matched = 0;
  for (const line of theirs) {
    const key = `${line.kind} ${theirNumber(line)}`;
    const own = left.get(key) ?? null;
    left.delete(key);
    if (own === null) {
      findings.push({ verdict: 'missing_here', kind: line.kind, ours: null, theirs: line });
      continue;
    }
    if (own.amountFen !== line.amountFen) {
      findings.push({ verdict: 'differs', kind: line.kind, ours: own, theirs: line });
      continue;
    }
    matched++;
    let share = shares.get(own.compoundId);
    if (share === undefined)
      shares.set(own.compoundId, (share = { compoundId: own.compoundId, inFen: 0, outFen: 0, feeFen: 0 }));
    if (line.kind === 'payment') share.inFen += line.amountFen;
    else share.outFen += line.amountFen;
    share.feeFen += line.feeFen;
  }
  for (const own of left.values())
    findings.push({ verdict: 'missing_there', kind: own.kind, ours: own, theirs: null });
  return { matched, findings, shares: [...shares.values()] };
}

/** What the provider pays out for a day: what came, less what went back, less what it keeps. */
export function netOf({ inFen, outFen, feeFen }: Omit<Share, 'compoundId'>): number {
  return inFen - outFen - feeFen;
}
