import pg from 'pg';
import { copyRows } from './copy.ts';
import type { Tx, WorkerDatabase } from './database.ts';
import type { Statement } from './sql.ts';

/** A transaction that can also copy. */
export interface LoaderTx extends Tx {
  copy(table: string, columns: readonly string[], rows: Iterable<readonly unknown[]>): Promise<void>;
}

/** The bulk loader's database: one connection through the admin address, as role gongzhi_loader. Never in a server. */
export interface LoaderDatabase extends WorkerDatabase {
  work<T>(run: (tx: LoaderTx) => Promise<T>): Promise<T>;
  /** A city came in: without it queries would be planned for the few rows that were there before. */
  refreshStatistics(tables: readonly string[]): Promise<void>;
}

export async function openLoaderDatabase(
  adminUrl: string,
  applicationName = 'gongzhi import',
): Promise<LoaderDatabase> {
  const client = new pg.Client({
    connectionString: adminUrl,
    application_name: applicationName,
    options: '-c timezone=UTC -c search_path= -c role=gongzhi_loader -c lock_timeout=30s',
  });
  // A server that goes away ends the running statement with an error of its own.
  client.on('error', () => {});
  await client.connect();
  return {
    work: (run) => inTransaction(client, run),
    refreshStatistics: async (tables) => {
      await client.query('set role gongzhi_owner');
      await client.query(`analyze ${tables.join(', ')}`);
      await client.query('set role gongzhi_loader');
    },
    close: () => client.end(),
  };
}

async function inTransaction<T>(client: pg.Client, run: (tx: LoaderTx) => Promise<T>): Promise<T> {
  // One thing after another on the one connection; the first failure of a write is kept for whoever comes next.
  let line: Promise<unknown> = Promise.resolve();
  const queue = <R>(start: () => Promise<R>): Promise<R> => {
    const next = line.then(start);
    line = next;
    // Whoever waits sees the error; a write that nobody waits for must not end the process.
    next.catch(() => {});
    return next;
  };
  const before: (() => void)[] = [];
  const after: (() => void)[] = [];
  const send = (statement: Statement) =>
    client.query({ text: statement.text, values: statement.values as unknown[] });
  const tx: LoaderTx = {
    query: async <Row>(statement: Statement) => (await queue(() => send(statement))).rows as Row[],
    write: (statement) => void queue(() => send(statement)),
    beforeCommit: (last) => void before.push(last),
    afterCommit: (done) => void after.push(done),
    copy: (table, columns, rows) => queue(() => copyRows(client, { table, columns, rows })),
  };
  await client.query('begin');
  try {
    const value = await run(tx);
    for (const last of before) last();
    await line;
    await client.query('commit');
    for (const done of after) done();
    return value;
  } catch (error) {
    const first = await line.then(
      () => error,
      (earlier: unknown) => earlier,
    );
    await client.query('rollback').catch(() => {});
    throw first;
  }
}
