import { localDate, uuidv7 } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { recordEvent } from '../../platform/events/outbox.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Log } from '../../platform/events/dispatcher.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { mayClose } from './domain.ts';
import { holdBook } from './queries.ts';
import { type BookRow, firstDayOf, lockBook, storeClosing } from './queries-books.ts';
import { monthsToClose, storeClosed } from './queries-proof.ts';
import { bookIdOf, inside, type LedgerWall } from './tables.ts';

/**
 * From now on the month takes no posting. Whoever is posting at this moment is waited for; whoever comes after is
 * refused. It counts as closed once all of it is sealed (closeMonths).
 */
export async function closeMonth(
  tx: Tx,
  acting: Acting,
  book: BookRow,
  month: string,
  now: Date,
): Promise<void> {
  holdBook(tx, book);
  const locked = await lockBook(tx, book);
  if (locked === null) throw new Problem('not_found');
  const closing = mayClose(month, {
    today: localDate(now.getTime(), book.timeZone),
    closedTo: locked.closedTo,
    firstDay: await firstDayOf(tx, book),
  });
  if (!closing.ok)
    throw new Problem('ledger.cannot_close', { reason: closing.error }, [
      { path: '/month', code: 'invalid', params: {} },
    ]);
  storeClosing(tx, book, {
    month,
    closedTo: closing.value.closedTo,
    by: acting.accountId,
    byName: acting.displayName,
    now,
  });
  tell(tx, book, 'ledger.period_closing', month, now);
}

/** The worker's: what is sealed whole is closed. A month whose sides differ never is; it can only be our own fault. */
export async function closeMonths(tx: Tx, now: Date, limit: number, log: Log): Promise<number> {
  let closed = 0;
  for (const row of await monthsToClose(tx, limit)) {
    if (row.debitFen !== row.creditFen) {
      log.error({ scopeId: row.scopeId, month: row.month }, 'a month of the ledger does not balance');
      continue;
    }
    storeClosed(tx, row, now);
    tell(tx, row, 'ledger.period_closed', row.month, now);
    closed++;
  }
  return closed;
}

function tell(tx: Tx, wall: LedgerWall, kind: string, month: string, now: Date): void {
  recordEvent(tx, {
    eventId: uuidv7(now.getTime()),
    scopeId: wall.scopeId,
    wall: inside(wall),
    kind,
    version: 1,
    objectId: bookIdOf(wall),
    payload: { month },
    occurredAt: now,
  });
}
