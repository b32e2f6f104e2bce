import type { LocalDate } from '@gongzhi/kernel';
import type { ArrearsState } from './ladder.ts';

/** What of a household had fallen due when its letter was printed: the letter says it again whenever it is printed anew. */
export interface LetterLine {
  readonly item: string;
  readonly name: string;
  readonly period: LocalDate;
  readonly dueOn: LocalDate;
  readonly openFen: number;
}

export interface WaitingLetter {
  readonly id: string;
  readonly householdId: string;
  readonly state: ArrearsState | null;
  /** A later one to the same household waits too, on this page or on another. */
  readonly isSaidLater: boolean;
}

/** `print` it now; `hold` it while something is promised or disputed; `lapse` where nothing is left to say. */
export type LetterFate = 'print' | 'hold' | 'lapse';

/** Of each letter that waits, what becomes of it: of two to one household the later says all. */
export function fatesOf(
  letters: readonly WaitingLetter[],
  owed: ReadonlyMap<string, readonly LetterLine[]>,
): Map<string, LetterFate> {
  return new Map(
    letters.map(({ id, householdId, state, isSaidLater }) => {
      if (isSaidLater || (owed.get(householdId) ?? []).length === 0) return [id, 'lapse'];
      return [id, state === 'promised' || state === 'disputed' ? 'hold' : 'print'];
    }),
  );
}
