/** A till's day: what should be in it is what was in it, and came, and went. */
export interface TillDay {
  readonly openingFen: number;
  readonly takenFen: number;
  readonly givenFen: number;
}

export function expectedOf({ openingFen, takenFen, givenFen }: TillDay): number {
  return openingFen + takenFen - givenFen;
}

/** Chinese notes and coins in circulation, in fen: what is counted is counted piece by piece. */
export const NOTES = [10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10] as const;

/** Pieces of each, in the order of NOTES; null where a count is no count. */
export function countedOf(pieces: readonly number[]): number | null {
  if (pieces.length !== NOTES.length || pieces.some((count) => !Number.isSafeInteger(count) || count < 0))
    return null;
  const sum = NOTES.reduce((total, note, i) => total + note * (pieces[i] ?? 0), 0);
  return Number.isSafeInteger(sum) ? sum : null;
}

/** Whoever counted does not sign for it. */
export function signFault(
  session: { readonly state: 'open' | 'counted' | 'signed'; readonly closedBy: string | null },
  by: string,
): 'not_counted' | 'signed' | 'same_person' | null {
  if (session.state === 'open') return 'not_counted';
  if (session.state === 'signed') return 'signed';
  return session.closedBy === by ? 'same_person' : null;
}
