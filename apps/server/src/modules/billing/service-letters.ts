import { localDate, uuidv7 } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { fatesOf, type LetterFate } from './domain.ts';
import { fallenDue, lockLetters, markLapsed, markPrinted } from './queries-letters.ts';
import { accessCompound } from './reach.ts';

export interface LetterBatch {
  /** None where no letter was left to be printed. */
  readonly batchId: string | null;
  readonly printed: number;
  readonly held: number;
  readonly lapsed: number;
}

/**
 * Letters become one batch, marked with who printed it and when, each keeping what it says. What was paid meanwhile is let
 * go, and who has promised or disputes gets none: between the day a letter fell due and the printer things change.
 */
export async function printLetters(
  tx: Tx,
  acting: Acting,
  asked: { readonly scopeId: string; readonly ids: readonly string[] },
  now: Date,
): Promise<LetterBatch> {
  const wall = await accessCompound(tx, acting, asked.scopeId);
  const on = localDate(now.getTime(), wall.timeZone);
  const letters = await lockLetters(tx, wall, asked.ids);
  const owed = await fallenDue(
    tx,
    wall,
    letters.map(({ householdId }) => householdId),
    on,
  );
  const fates = fatesOf(letters, owed);
  const those = (fate: LetterFate) => letters.filter(({ id }) => fates.get(id) === fate);
  const [printed, lapsed] = [those('print'), those('lapse')];
  if (lapsed.length > 0)
    markLapsed(
      tx,
      wall,
      lapsed.map(({ id }) => id),
      now,
    );
  const batchId = printed.length === 0 ? null : uuidv7(now.getTime());
  if (batchId !== null)
    markPrinted(
      tx,
      wall,
      { id: batchId, on, by: acting.accountId, byName: acting.displayName },
      printed.map(({ id, householdId }) => ({ id, printed: owed.get(householdId) ?? [] })),
      now,
    );
  return { batchId, printed: printed.length, held: those('hold').length, lapsed: lapsed.length };
}
