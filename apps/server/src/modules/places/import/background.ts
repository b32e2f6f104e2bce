import type { Log } from '../../../platform/events/dispatcher.ts';
import type { DueSweep } from '../../../platform/due/due.ts';
import { sql } from '../../../platform/db/sql.ts';
import { claimByScope } from '../../../platform/due/claim.ts';
import { checkFile, importFile, type ImportTools } from './carry-out.ts';
import { claimJob, readFile, writeEnded } from './jobs.ts';

const everyMilliseconds = 500;
/** A job that took its process down so many times is not tried again. */
const mostAttempts = 3;

/** Does the oldest job that waits. False when there is none. */
export async function doNextImport(tools: ImportTools, log: Log): Promise<boolean> {
  const job = await tools.worker.work((tx) => claimJob(tx, tools.clock.now()));
  if (job === null) return false;
  try {
    if (job.attempts > mostAttempts) throw new Error('an import was tried too often');
    const bytes = await tools.worker.work((tx) => readFile(tx, job, tools.crypto));
    await (job.state === 'waiting' ? checkFile : importFile)(tools, job, bytes);
  } catch (error) {
    const { code, message } = error as Error & { code?: string };
    // Row values are never in it: ids and the database's own words only.
    log.error({ importId: job.importId, scopeId: job.scopeId, code, message }, 'an import broke off');
    // When the database is away this fails too: the claim runs out, and it is tried again.
    await tools.worker.work(async (tx) =>
      writeEnded(tx, job, 'failed', { code: 'internal', params: {} }, tools.clock.now()),
    );
  }
  return true;
}

/** One import at a time and process, oldest first. */
export function startImports(tools: ImportTools, log: Log): { stop(): Promise<void> } {
  let isStopping = false;
  let wake = () => {};
  const running = (async () => {
    while (!isStopping) {
      const hadOne = await doNextImport(tools, log).catch((error: Error) => {
        log.warn({ message: error.message }, 'imports wait for the database');
        return false;
      });
      if (hadOne || isStopping) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, everyMilliseconds);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  })();
  return {
    stop: async () => {
      isStopping = true;
      wake();
      await running;
    },
  };
}

const keptDays = 7;
const keptFaultDays = 30;
const day = 86_400_000;

/** A file nobody imported is not kept, and what stood in bad rows goes after a month. */
export const importSweep: DueSweep = {
  name: 'old imports',
  lane: 'chores',
  everyMilliseconds: 3_600_000,
  async claim(tx, now, limit) {
    const old = await claimByScope<{ scope_id: string; import_id: string }>(tx, {
      columns: sql`j.scope_id, j.import_id`,
      from: sql`places.import_job j`,
      scope: sql`j.scope_id`,
      id: sql`j.import_id`,
      due: sql`j.state in ('checked', 'mapping') and j.checked_at < ${new Date(now.getTime() - keptDays * day)}`,
      order: sql`j.checked_at`,
      limit,
    });
    for (const { scope_id, import_id } of old) {
      tx.write(
        sql`update places.import_job set state = 'failed', refusal = '{"code": "expired", "params": {}}', finished_at = ${now}
            where scope_id = ${scope_id} and import_id = ${import_id}`,
      );
      tx.write(sql`delete from places.import_part where scope_id = ${scope_id} and import_id = ${import_id}`);
    }
    const faults = await tx.query(
      sql`delete from places.import_fault where (scope_id, import_id) in (select scope_id, import_id from places.import_job
            where created_at < ${new Date(now.getTime() - keptFaultDays * day)}) returning 1`,
    );
    return old.length + (faults.length > 0 ? 1 : 0);
  },
};
