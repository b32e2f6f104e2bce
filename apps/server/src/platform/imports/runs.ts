import { createHash } from 'node:crypto';
import type { Clock } from '../clock/clock.ts';
import type { Executor, Tx, WorkerDatabase } from '../db/database.ts';
import { raw, sql } from '../db/sql.ts';
import type { CsvRow, RowError } from './csv.ts';

export interface ImportSource {
  readonly scopeId: string;
  readonly wall: {
    readonly cityId: string | null;
    readonly streetId: string | null;
    readonly companyId: string | null;
  };
  /** What is brought in, and how: a file under another mapping is another run. */
  readonly kind: string;
  readonly sourceName: string;
  readonly sourceSha256: Buffer;
  /** Null when nobody counted. */
  readonly rowsTotal: number | null;
}

export interface ImportRun {
  readonly scopeId: string;
  readonly importId: string;
  readonly kind: string;
  readonly state: 'running' | 'done' | 'failed';
  readonly rowsTotal: number | null;
  /** Rows of the source dealt with, rejected ones included; a resumed run goes on after them. */
  readonly rowsDone: number;
  readonly rowsNew: number;
  readonly rowsRejected: number;
}

const columns = raw(
  `scope_id as "scopeId", import_id as "importId", kind, state, rows_total as "rowsTotal", rows_done as "rowsDone", rows_new as "rowsNew", rows_rejected as "rowsRejected"`,
);

/** One run per scope, kind and content, so that two processes that start the same import meet in one row. */
function importIdOf(source: ImportSource): string {
  const hash = createHash('sha256')
    .update(`${source.scopeId} ${source.kind} `)
    .update(source.sourceSha256)
    .digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

/** Begins, or finds where an earlier try of the same content stopped; a run already done comes back as done. */
export async function startImport(tx: Tx, source: ImportSource, now: Date): Promise<ImportRun> {
  const importId = importIdOf(source);
  tx.write(
    sql`insert into platform.import_run (scope_id, import_id, city_id, street_id, company_id, kind, source_name, source_sha256, state, rows_total, started_at)
        values (${source.scopeId}, ${importId}, ${source.wall.cityId}, ${source.wall.streetId}, ${source.wall.companyId},
          ${source.kind}, ${source.sourceName}, ${source.sourceSha256}, 'running', ${source.rowsTotal}, ${now})
        on conflict (scope_id, import_id) do nothing`,
  );
  tx.write(
    sql`update platform.import_run set state = 'running', finished_at = null where scope_id = ${source.scopeId} and import_id = ${importId} and state = 'failed'`,
  );
  const run = await readImport(tx, source.scopeId, importId);
  if (run === null) throw new Error('the import run that was just written is not there');
  return run;
}

export async function readImport(q: Executor, scopeId: string, importId: string): Promise<ImportRun | null> {
  const rows = await q.query<ImportRun>(
    sql`select ${columns} from platform.import_run where scope_id = ${scopeId} and import_id = ${importId}`,
  );
  return rows[0] ?? null;
}

/** Rows that were not taken, in the order of the file. */
export function readRowErrors(
  q: Executor,
  scopeId: string,
  importId: string,
  afterLine: number,
  limit: number,
): Promise<RowError[]> {
  return q.query<RowError>(
    sql`select line, column_name as column, code, params from platform.import_row_error
        where scope_id = ${scopeId} and import_id = ${importId} and line > ${afterLine} order by line, column_name limit ${limit}`,
  );
}

export interface ImportWork {
  readonly worker: Pick<WorkerDatabase, 'work'>;
  readonly clock: Clock;
  readonly run: ImportRun;
  readonly rows: AsyncIterable<CsvRow>;
  readonly batchSize?: number;
  /**
   * Writes one batch in the transaction that also records the progress: a killed import goes on exactly after the
   * last batch that was committed. Returns how many rows were new and what is wrong with the others.
   */
  take(
    tx: Tx,
    rows: readonly CsvRow[],
  ): Promise<{ readonly rowsNew: number; readonly errors: readonly RowError[] }>;
  readonly onProgress?: (run: ImportRun) => void;
}

/** Carries a run to its end. On an error the run is marked failed and can be started again. */
export async function carryOutImport(work: ImportWork): Promise<ImportRun> {
  const { worker, clock } = work;
  const size = work.batchSize ?? 1_000;
  let run = work.run;
  if (run.state === 'done') return run;
  const flush = async (batch: readonly CsvRow[]) => {
    run = await worker.work((tx) => takeBatch(tx, run, batch, work));
    work.onProgress?.(run);
  };
  try {
    let seen = 0;
    let batch: CsvRow[] = [];
    for await (const row of work.rows) {
      if (seen++ < work.run.rowsDone) continue;
      batch.push(row);
      if (batch.length < size) continue;
      await flush(batch);
      batch = [];
    }
    if (batch.length > 0) await flush(batch);
    await worker.work((tx) => finish(tx, run, 'done', clock.now()));
    return { ...run, state: 'done' };
  } catch (error) {
    // When the database itself is away the row stays 'running', which resumes just as well.
    await worker.work((tx) => finish(tx, run, 'failed', clock.now())).catch(() => {});
    throw error;
  }
}

async function takeBatch(
  tx: Tx,
  run: ImportRun,
  batch: readonly CsvRow[],
  work: ImportWork,
): Promise<ImportRun> {
  const whole = batch.filter((row) => row.error === undefined);
  const taken = await work.take(tx, whole);
  const errors = [...batch.flatMap((row) => row.error ?? []), ...taken.errors];
  const rejected = new Set(errors.map((error) => error.line)).size;
  const next: ImportRun = {
    ...run,
    rowsDone: run.rowsDone + batch.length,
    rowsNew: run.rowsNew + taken.rowsNew,
    rowsRejected: run.rowsRejected + rejected,
  };
  if (errors.length > 0) {
    tx.write(
      sql`insert into platform.import_row_error (scope_id, import_id, line, column_name, code, params)
          select ${run.scopeId}, ${run.importId}, line, column_name, code, params::jsonb
          from unnest(${errors.map((e) => e.line)}::integer[], ${errors.map((e) => e.column)}::text[], ${errors.map((e) => e.code)}::text[],
            ${errors.map((e) => JSON.stringify(e.params))}::text[]) as e (line, column_name, code, params)
          on conflict (scope_id, import_id, line, column_name) do nothing`,
    );
  }
  // Where we think we are must be where the run is: a second process on the same run stops here.
  const moved = await tx.query(
    sql`update platform.import_run set rows_done = ${next.rowsDone}, rows_new = ${next.rowsNew}, rows_rejected = ${next.rowsRejected}
        where scope_id = ${run.scopeId} and import_id = ${run.importId} and state = 'running' and rows_done = ${run.rowsDone} returning 1`,
  );
  if (moved.length === 0) throw new Error('this import is being carried out by another process');
  return next;
}

async function finish(tx: Tx, run: ImportRun, state: 'done' | 'failed', now: Date): Promise<void> {
  tx.write(
    sql`update platform.import_run set state = ${state}, finished_at = ${now}
        where scope_id = ${run.scopeId} and import_id = ${run.importId} and state = 'running' and rows_done = ${run.rowsDone}`,
  );
}
