import type { Tx } from '../../platform/db/database.ts';
import { type UnsealedBook, addUpDays, booksToSeal, moveSeal, sealBlock } from './queries-sealing.ts';

/**
 * Seals what has been recorded since the last time, a block a book, and adds it up by account and day. Only what lies
 * below the oldest running transaction is taken: whatever is still being written comes into the next block.
 */
export async function sealBooks(tx: Tx, now: Date, limit: number): Promise<number> {
  const books = await booksToSeal(tx, limit);
  for (const book of books) await seal(tx, book, now);
  return books.length;
}

async function seal(tx: Tx, book: UnsealedBook, now: Date): Promise<void> {
  await sealBlock(tx, book, now);
  addUpDays(tx, book);
  moveSeal(tx, book, now);
}
