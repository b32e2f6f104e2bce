import type { Tx, WorkerDatabase } from '../apps/server/src/platform/db/database.ts';
import { sql } from '../apps/server/src/platform/db/sql.ts';
import { until } from '../apps/server/src/platform/events/fixtures.ts';

/**
 * One holds what it locks, and another transaction writes meanwhile: neither may wait for the other. The first ends after
 * the second, so whatever would wait for it waits until it is refused.
 */
export async function writesBeside(
  worker: WorkerDatabase,
  holds: (first: Tx) => Promise<unknown>,
  writes: (second: Tx, first: Tx) => Promise<unknown>,
): Promise<void> {
  const patience = sql`set local lock_timeout = '10s'`;
  await worker.work(async (first) => {
    await first.query(patience);
    await holds(first);
    await worker.work(async (second) => {
      await second.query(patience);
      await writes(second, first);
    });
  });
}

/** Until somebody waits for what this transaction holds. */
export async function waitedFor(tx: Tx): Promise<void> {
  await until(async () => {
    const [row] = await tx.query<{ is: boolean }>(
      sql`select exists (select from pg_locks l where not l.granted and pg_backend_pid() = any (pg_blocking_pids(l.pid))) as is`,
    );
    return row!.is;
  });
}
