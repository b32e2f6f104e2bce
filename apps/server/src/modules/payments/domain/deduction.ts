/**
 * What goes off a prepaid balance by itself, and in which order: what was due first goes first; of one day, what was
 * billed first. A line may be closed in part; what is left waits for the next money. Nothing is taken before it is due
 * to be paid: before its bill was issued there is no line.
 */
export interface DeductibleLine {
  readonly lineId: string;
  readonly dueOn: string;
  readonly dueFen: number;
}

export interface Part {
  readonly lineId: string;
  readonly amountFen: number;
}

export function deductionOf(balanceFen: number, lines: readonly DeductibleLine[]): Part[] {
  const parts: Part[] = [];
  let left = balanceFen;
  const ordered = lines.toSorted((a, b) =>
    a.dueOn === b.dueOn ? compare(a.lineId, b.lineId) : compare(a.dueOn, b.dueOn),
  );
  for (const { lineId, dueFen } of ordered) {
    if (left <= 0) break;
    const amountFen = Math.min(left, dueFen);
    if (amountFen <= 0) continue;
    parts.push({ lineId, amountFen });
    left -= amountFen;
  }
  return parts;
}

/**
 * Whoever holds several lines and meters takes them in this order, whatever somebody asked for first: two who want the same
 * ones never wait for each other crosswise.
 */
export function inLockOrder<T extends { readonly targetId: string | null }>(targets: readonly T[]): T[] {
  return targets.toSorted((a, b) => compare(a.targetId ?? '', b.targetId ?? ''));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
