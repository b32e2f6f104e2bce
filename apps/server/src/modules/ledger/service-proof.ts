import { DAY, uuidv7 } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import type { Log } from '../../platform/events/dispatcher.ts';
import { recordEvent } from '../../platform/events/outbox.ts';
import { ownedAccounts, sideOf } from './domain.ts';
import {
  areBalancesRight,
  areDaysRight,
  booksToProve,
  lastVerification,
  storeVerification,
  type VerificationRow,
} from './queries-proof.ts';
import { checkBlocks } from './queries-sealing.ts';
import { inside, type LedgerWall } from './tables.ts';

/** So many blocks in one statement: a block of a billing run holds thousands of postings. */
const blocksAtOnce = 100;

const isWhole = (found: VerificationRow): boolean =>
  found.brokenBlock === null && found.areDaysRight && found.areBalancesRight;

/** Computes every seal and every sum of a book again from its postings, and keeps what was found. */
export async function prove(
  tx: Tx,
  book: LedgerWall & { readonly blocks: number; readonly head: Buffer | null },
  by: { readonly accountId: string; readonly displayName: string } | null,
  now: Date,
): Promise<VerificationRow> {
  let blocks = 0;
  let postings = 0;
  let brokenBlock: number | null = null;
  for (;;) {
    const checked = await checkBlocks(tx, book, blocks, blocksAtOnce);
    for (const block of checked) {
      // A block that is missing breaks the chain at the next one.
      if (!block.isRight || block.blockNo !== blocks + 1) brokenBlock ??= block.blockNo;
      blocks = block.blockNo;
      postings += block.postings;
    }
    if (checked.length < blocksAtOnce) break;
  }
  // The last ones taken away leave a chain that is whole, and too short.
  if (blocks !== book.blocks) brokenBlock ??= blocks + 1;
  const found: VerificationRow = {
    at: now,
    byName: by?.displayName ?? null,
    blocks,
    postings,
    brokenBlock,
    areDaysRight: await areDaysRight(tx, book),
    areBalancesRight: await areBalancesRight(
      tx,
      book,
      ownedAccounts.filter((name) => sideOf(name) === 1),
    ),
  };
  const id = uuidv7(now.getTime());
  // Told when it is found, and not again every day while it stays the same.
  if (!isWhole(found)) {
    const before = await lastVerification(tx, book);
    if (before === null || isWhole(before) || before.brokenBlock !== found.brokenBlock)
      recordEvent(tx, {
        eventId: uuidv7(now.getTime()),
        scopeId: book.scopeId,
        wall: inside(book),
        kind: 'ledger.chain_broken',
        version: 1,
        objectId: id,
        payload: {},
        occurredAt: now,
      });
  }
  storeVerification(tx, book, {
    ...found,
    id,
    by: by?.accountId ?? null,
    head: book.head,
  });
  return found;
}

/** The worker's: every book once in a day, one after the other. */
export async function proveOldest(tx: Tx, now: Date, log: Log): Promise<number> {
  const books = await booksToProve(tx, new Date(now.getTime() - DAY));
  for (const book of books) {
    const found = await prove(tx, book, null, now);
    if (!isWhole(found))
      log.error({ scopeId: book.scopeId, ...found }, 'a book of the ledger is not what was sealed');
  }
  return books.length;
}
