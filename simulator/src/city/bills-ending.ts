import type pg from 'pg';
import { sealBooks } from '../../../apps/server/src/modules/ledger/index.ts';
import type { Tx } from '../../../apps/server/src/platform/db/database.ts';
import type { Statement } from '../../../apps/server/src/platform/db/sql.ts';

const booksAtOnce = 200;

/**
 * What the departments brought is sealed by the ledger's own rule, a block a book. Where a transaction of another
 * database still runs that is older than a posting, the worker of the product seals the rest as it always does.
 */
export async function sealLedger(client: pg.Client, now: Date): Promise<number> {
  for (let sealed = 0; ; ) {
    const books = await inTransaction(client, (tx) => sealBooks(tx, now, booksAtOnce));
    if (books === 0) return sealed;
    sealed += books;
  }
}

/** As the product's services run: their writes are on the way until the end. */
export async function inTransaction<T>(client: pg.Client, run: (tx: Tx) => Promise<T>): Promise<T> {
  await client.query('begin');
  try {
    const { tx, written } = txOn(client);
    const value = await run(tx);
    await written();
    await client.query('commit');
    return value;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
}

function txOn(client: pg.Client): { readonly tx: Tx; written(): Promise<unknown> } {
  // One after the other, in the order in which they were asked for; what failed is told by whoever waits for the last.
  let last: Promise<unknown> = Promise.resolve();
  const send = ({ text, values }: Statement): Promise<pg.QueryResult> => {
    const sent = last.then(() => client.query(text, [...values]));
    last = sent;
    sent.catch(() => {});
    return sent;
  };
  return {
    written: () => last,
    tx: {
      query: async <Row>(statement: Statement) => (await send(statement)).rows as Row[],
      write: (statement) => void send(statement),
      beforeCommit: (run) => run(),
      afterCommit: (run) => run(),
    },
  };
}
