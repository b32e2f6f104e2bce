import { createIdSource, localDate } from '@gongzhi/kernel';
import type { Clock } from '../../../platform/clock/clock.ts';
import type { Crypto } from '../../../platform/crypto/crypto.ts';
import { type Actor, signingIn } from '../../../platform/db/actor.ts';
import type { Database, Executor, WorkerDatabase } from '../../../platform/db/database.ts';
import { sql } from '../../../platform/db/sql.ts';
import { audit } from '../../../platform/audit/audit.ts';
import { openTable } from '../../../platform/imports/open-table.ts';
import { TableError } from '../../../platform/imports/table.ts';
import type { LoadedWall } from '../import-rows.ts';
import { forgetWalls, wallOf } from '../queries-walls.ts';
import { kinds } from './columns.ts';
import {
  findJob,
  type ImportJob,
  removeParts,
  writeChecked,
  writeDone,
  writeEnded,
  writeProgress,
} from './jobs.ts';
import { type Layout, readLayout } from './header.ts';
import { rememberedMapping, writeAsked, writeLayout } from './mappings.ts';
import { planners } from './plan.ts';
import { MovedMeanwhile } from './plan-people.ts';
import { type ImportContext, loadedWall, type Target } from './planner.ts';
import { sift, type Sifted } from './sift.ts';

export interface ImportTools {
  readonly db: Database;
  readonly worker: Pick<WorkerDatabase, 'work'>;
  readonly crypto: Crypto;
  readonly clock: Clock;
}

/** Nobody of the whole reach of whoever began it: the wall lets through the rows of this one place. */
export function actorFor(target: Target, accountId: string | null): Actor {
  const { kind, scopeId } = target;
  return kind === 'city' || kind === 'street'
    ? { ...signingIn, kind, accountId, regionId: scopeId }
    : { ...signingIn, kind: 'scope', accountId, scopeIds: [scopeId] };
}

export async function findTarget(q: Executor, scopeId: string): Promise<Target | null> {
  const wall = await wallOf(q, scopeId);
  const [more] = await q.query<{ code: string | null; is_demonstration: boolean }>(
    sql`select code, is_demonstration from places.scope where scope_id = ${scopeId}`,
  );
  return wall === null || more === undefined
    ? null
    : { ...wall, code: more.code, isDemonstration: more.is_demonstration };
}

async function wallOfJob(tools: ImportTools, job: ImportJob): Promise<LoadedWall> {
  return loadedWall((await contextOf(tools, job)).scope);
}

async function contextOf(tools: ImportTools, job: ImportJob): Promise<ImportContext> {
  const target = await tools.db.read(signingIn, (q) => findTarget(q, job.scopeId));
  if (target === null) throw new Error(`the place ${job.scopeId} of an import is not there`);
  const now = tools.clock.now();
  const ids = createIdSource();
  return {
    scope: target,
    crypto: tools.crypto,
    now,
    today: localDate(now.getTime(), target.timeZone),
    newId: () => ids(now.getTime()),
  };
}

const progressMilliseconds = 400;

/** Tells how far it is, now and then, outside whatever transaction is open; one message at a time. */
function teller(tools: ImportTools, job: ImportJob): (rows: number) => void {
  let told = performance.now();
  let isTelling = false;
  return (rows) => {
    if (isTelling || performance.now() - told < progressMilliseconds) return;
    told = performance.now();
    isTelling = true;
    tools.worker
      .work(async (tx) => writeProgress(tx, job, rows, tools.clock.now()))
      // How far it is decides nothing.
      .catch(() => {})
      .finally(() => {
        isTelling = false;
      });
  };
}

/** What the file would change, row by row. Nothing is written. */
export async function tryFile(
  tools: ImportTools,
  job: ImportJob,
  bytes: Buffer,
  onProgress: (rows: number) => void,
): Promise<Sifted> {
  const context = await contextOf(tools, job);
  const file = await openTable(bytes);
  const planner = await tools.db.read(actorFor(context.scope, job.accountId), (q) =>
    planners[job.kind](q, context),
  );
  return sift(file, kinds[job.kind], job, planner, onProgress);
}

/** The same, and the finding is kept: what it would change, or why its columns have to be told. */
export async function checkFile(
  tools: ImportTools,
  sent: ImportJob,
  bytes: Buffer,
): Promise<Sifted | TableError> {
  const wall = await wallOfJob(tools, sent);
  const remembered = await tools.worker.work((tx) => rememberedMapping(tx, wall, sent.kind));
  // What was said of this file goes before what was said of others.
  const job = { ...sent, mapping: { ...remembered, ...sent.mapping } };
  try {
    const found = await tryFile(tools, job, bytes, teller(tools, job));
    const layout = await layoutOf(job, bytes);
    await tools.worker.work(async (tx) => {
      writeLayout(tx, sent, layout, job.mapping, tools.crypto);
      writeChecked(tx, job, wall, found, tools.crypto, tools.clock.now());
    });
    return found;
  } catch (error) {
    if (!(error instanceof TableError)) throw error;
    const { code, params } = error;
    const layout = askable.has(code) ? await layoutOf(job, bytes) : null;
    await tools.worker.work(async (tx) => {
      const now = tools.clock.now();
      if (layout === null) return writeEnded(tx, job, 'refused', { code, params }, now);
      writeLayout(tx, sent, layout, job.mapping, tools.crypto);
      writeAsked(tx, job, { code, params }, now);
    });
    return error;
  }
}

/** The file itself is in order: somebody only has to say which column, or which sheet. */
const askable: ReadonlySet<string> = new Set([
  'table.header.missing',
  'table.header.twice',
  'table.header.sheets',
]);

async function layoutOf(job: ImportJob, bytes: Buffer): Promise<Layout | null> {
  return readLayout(await openTable(bytes), kinds[job.kind].columns, job);
}

/** Some rows that were right when they were checked are wrong now. */
class Changed extends Error {
  readonly count: number;
  constructor(count: number) {
    super('what an import found has changed');
    this.count = count;
  }
}

/**
 * One transaction: what is there is read, the file is gone through once more, all of it is written, and the job is
 * done; or none of it is. Two imports into one place come one after the other. Whoever comes second to a job that is
 * done does nothing.
 */
export async function importFile(
  tools: ImportTools,
  job: ImportJob,
  bytes: Buffer,
  onWritten: (rows: number) => void = teller(tools, job),
): Promise<Sifted | null> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await tryImport(tools, job, bytes, onWritten);
    } catch (error) {
      if (!(error instanceof MovedMeanwhile) || attempt === mostTries) throw error;
    }
  }
}

const mostTries = 5;

async function tryImport(
  tools: ImportTools,
  job: ImportJob,
  bytes: Buffer,
  tell: (rows: number) => void,
): Promise<Sifted | null> {
  const context = await contextOf(tools, job);
  const file = await openTable(bytes);
  try {
    const done = await tools.db.act(actorFor(context.scope, job.accountId), async (tx) => {
      await tx.query(sql`select pg_advisory_xact_lock(hashtextextended(${`import ${job.scopeId}`}, 0))`);
      if ((await findJob(tx, job.scopeId, job.importId))?.state !== 'queued') return null;
      const planner = await planners[job.kind](tx, context);
      const found = await sift(file, kinds[job.kind], job, planner);
      if (found.counts.rejected > 0 && !job.skipsRejected) throw new Changed(found.counts.rejected);
      let written = found.counts.unchanged + found.counts.rejected;
      await planner.write(tx, (rows) => tell(Math.min((written += rows), found.counts.total)));
      if (!(await writeDone(tx, job, found.counts, tools.clock.now())))
        throw new Error('an import was done by somebody else meanwhile');
      if (job.accountId !== null) {
        audit(tx, {
          auditId: context.newId(),
          scopeId: job.scopeId,
          wall: loadedWall(context.scope),
          accountId: job.accountId,
          action: 'places.imported',
          objectType: 'import',
          objectId: job.importId,
          detail: { kind: job.kind, ...found.counts },
          at: tools.clock.now(),
        });
      }
      return found;
    });
    if (done !== null && (job.kind === 'areas' || job.kind === 'compounds')) forgetWalls();
    await tools.worker.work(async (tx) => removeParts(tx, job));
    return done;
  } catch (error) {
    if (!(error instanceof Changed)) throw error;
    const refusal = { code: 'changed', params: { count: error.count } };
    await tools.worker.work(async (tx) => writeEnded(tx, job, 'failed', refusal, tools.clock.now()));
    return null;
  }
}
