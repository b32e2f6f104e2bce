import type { Executor, Tx } from '../../../platform/db/database.ts';
import { raw, sql } from '../../../platform/db/sql.ts';
import { claimByScope } from '../../../platform/due/claim.ts';
import type { Crypto } from '../../../platform/crypto/crypto.ts';
import type { LoadedWall } from '../import-rows.ts';
import type { ImportKind, JobState } from './domain-import.ts';
import { rememberMapping } from './mappings.ts';
import type { Counts, RowFault } from './sift.ts';

export interface Refusal {
  readonly code: string;
  readonly params: Readonly<Record<string, unknown>>;
}

export interface ImportJob {
  readonly scopeId: string;
  readonly importId: string;
  readonly accountId: string | null;
  readonly kind: ImportKind;
  readonly sourceName: string;
  readonly sheet: string | null;
  readonly mapping: Readonly<Record<string, string>>;
  /** What was said about its columns holds for the next files of the company, too. */
  readonly remembers: boolean;
  readonly state: JobState;
  readonly skipsRejected: boolean;
  readonly rowsTotal: number | null;
  readonly rowsDone: number;
  readonly rowsNew: number;
  readonly rowsChanged: number;
  readonly rowsUnchanged: number;
  readonly rowsRejected: number;
  readonly refusal: Refusal | null;
  readonly attempts: number;
  readonly createdAt: Date;
  readonly checkedAt: Date | null;
  readonly finishedAt: Date | null;
}

const columns = raw(
  `scope_id as "scopeId", import_id as "importId", account_id as "accountId", kind, source_name as "sourceName", sheet, mapping, remembers,
   state, skips_rejected as "skipsRejected", rows_total as "rowsTotal", rows_done as "rowsDone", rows_new as "rowsNew",
   rows_changed as "rowsChanged", rows_unchanged as "rowsUnchanged", rows_rejected as "rowsRejected", refusal, attempts,
   created_at as "createdAt", checked_at as "checkedAt", finished_at as "finishedAt"`,
);

export interface NewJob
  extends Pick<ImportJob, 'importId' | 'accountId' | 'kind' | 'sourceName' | 'sheet' | 'mapping'> {
  readonly wall: LoadedWall;
  readonly sha256: Buffer;
  readonly bytes: number;
  readonly locale: string;
  readonly state: 'waiting' | 'queued';
  readonly now: Date;
  /** Whoever sends it does it, too. */
  readonly claimedUntil?: Date;
}

export function insertJob(tx: Tx, job: NewJob): void {
  const { wall } = job;
  tx.write(
    sql`insert into places.import_job (scope_id, import_id, city_id, street_id, company_id, account_id, kind, source_name,
          source_sha256, bytes, locale, sheet, mapping, state, created_at, claimed_until)
        values (${wall.scopeId}, ${job.importId}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${job.accountId}, ${job.kind},
          ${job.sourceName}, ${job.sha256}, ${job.bytes}, ${job.locale}, ${job.sheet}, ${JSON.stringify(job.mapping)}, ${job.state}, ${job.now}, ${job.claimedUntil ?? null})`,
  );
}

const partBytes = 1024 * 1024;
const partField = 'places.import_part.sealed';
const valueField = 'places.import_fault.value';

/** The file waits in the database, sealed: whichever process does the work finds it, and nobody else reads it. */
export async function insertParts(
  tx: Tx,
  wall: LoadedWall,
  importId: string,
  file: Buffer,
  crypto: Crypto,
): Promise<void> {
  for (let part = 0, at = 0; at < file.length; part++, at += partBytes) {
    const sealed = crypto.seal(file.toString('base64', at, at + partBytes), partField, `${importId} ${part}`);
    await tx.query(
      sql`insert into places.import_part (scope_id, import_id, city_id, street_id, company_id, part, sealed)
          values (${wall.scopeId}, ${importId}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${part}, ${sealed})`,
    );
  }
}

export async function readFile(
  q: Executor,
  { scopeId, importId }: Pick<ImportJob, 'scopeId' | 'importId'>,
  crypto: Crypto,
): Promise<Buffer> {
  const parts = await q.query<{ part: number; sealed: Buffer }>(
    sql`select part, sealed from places.import_part where scope_id = ${scopeId} and import_id = ${importId} order by part`,
  );
  return Buffer.concat(
    parts.map(({ part, sealed }) =>
      Buffer.from(crypto.open(sealed, partField, `${importId} ${part}`), 'base64'),
    ),
  );
}

export async function findJob(q: Executor, scopeId: string, importId: string): Promise<ImportJob | null> {
  const [job] = await q.query<ImportJob>(
    sql`select ${columns} from places.import_job where scope_id = ${scopeId} and import_id = ${importId}`,
  );
  return job ?? null;
}

/** The latest first; ids are made in the order of time. */
export function listJobs(
  q: Executor,
  scopeId: string,
  before: string | null,
  limit: number,
): Promise<ImportJob[]> {
  return q.query(
    sql`select ${columns} from places.import_job
        where scope_id = ${scopeId} and import_id < coalesce(${before}::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
        order by import_id desc limit ${limit}`,
  );
}

/** From checked to queued, by whoever comes first. */
export async function queueJob(tx: Tx, job: ImportJob, skipsRejected: boolean): Promise<boolean> {
  const rows = await tx.query(
    sql`update places.import_job set state = 'queued', skips_rejected = ${skipsRejected}, rows_done = 0, claimed_until = null
        where scope_id = ${job.scopeId} and import_id = ${job.importId} and state = 'checked' returning 1`,
  );
  return rows.length === 1;
}

const claimMilliseconds = 60_000;

/** Worker: the oldest that nobody works at, of any scope. */
export async function claimJob(tx: Tx, now: Date): Promise<ImportJob | null> {
  const [job] = await claimByScope<ImportJob>(tx, {
    columns: sql`${columns}`,
    from: sql`places.import_job`,
    scope: sql`scope_id`,
    id: sql`import_id`,
    due: sql`state in ('waiting', 'queued') and (claimed_until is null or claimed_until < ${now})`,
    order: sql`created_at`,
    limit: 1,
  });
  if (job === undefined) return null;
  tx.write(
    sql`update places.import_job set claimed_until = ${new Date(now.getTime() + claimMilliseconds)}, attempts = attempts + 1
        where scope_id = ${job.scopeId} and import_id = ${job.importId}`,
  );
  return { ...job, attempts: job.attempts + 1 };
}

/** Worker: it lives, and is so far. */
export function writeProgress(tx: Tx, job: ImportJob, rowsDone: number, now: Date): void {
  tx.write(
    sql`update places.import_job set rows_done = ${rowsDone}, claimed_until = ${new Date(now.getTime() + claimMilliseconds)}
        where scope_id = ${job.scopeId} and import_id = ${job.importId} and state = ${job.state}`,
  );
}

/** Worker: what the check found. The faults of an earlier try go. */
export function writeChecked(
  tx: Tx,
  job: ImportJob,
  wall: LoadedWall,
  found: { counts: Counts; faults: readonly RowFault[] },
  crypto: Crypto,
  now: Date,
): void {
  writeFaults(tx, job, wall, found.faults, crypto);
  const { counts } = found;
  if (job.remembers) rememberMapping(tx, job, wall, now);
  tx.write(
    sql`update places.import_job set state = 'checked', checked_at = ${now}, claimed_until = null, attempts = 0, rows_total = ${counts.total},
          rows_done = ${counts.total}, rows_new = ${counts.new}, rows_changed = ${counts.changed}, rows_unchanged = ${counts.unchanged},
          rows_rejected = ${counts.rejected}
        where scope_id = ${job.scopeId} and import_id = ${job.importId} and state = 'waiting'`,
  );
}

function writeFaults(
  tx: Tx,
  job: ImportJob,
  wall: LoadedWall,
  faults: readonly RowFault[],
  crypto: Crypto,
): void {
  tx.write(
    sql`delete from places.import_fault where scope_id = ${job.scopeId} and import_id = ${job.importId}`,
  );
  for (let at = 0; at < faults.length; at += 1_000) {
    const batch = faults.slice(at, at + 1_000);
    const values = batch.map(({ value, line, position }) =>
      value === '' ? null : crypto.seal(value, valueField, `${job.importId} ${line} ${position}`),
    );
    tx.write(
      sql`insert into places.import_fault (scope_id, import_id, city_id, street_id, company_id, line, position, column_name, code, params, value_sealed)
          select ${job.scopeId}, ${job.importId}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, line, position, column_name, code, params::jsonb, value
          from unnest(${batch.map((f) => f.line)}::integer[], ${batch.map((f) => f.position)}::smallint[], ${batch.map((f) => f.column)}::text[],
            ${batch.map((f) => f.code)}::text[], ${batch.map((f) => JSON.stringify(f.params))}::text[], ${values}::bytea[])
            as f (line, position, column_name, code, params, value)
          on conflict (scope_id, import_id, line, position) do nothing`,
    );
  }
}

export interface FaultRow {
  readonly line: number;
  readonly position: number;
  readonly column: string;
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
  readonly value: string | null;
}

/** In the order of the file. What stood there is opened for whoever sent the file. */
export async function listFaults(
  q: Executor,
  job: ImportJob,
  after: { line: number; position: number },
  limit: number,
  crypto: Crypto | null,
): Promise<FaultRow[]> {
  const rows = await q.query<Omit<FaultRow, 'value'> & { sealed: Buffer | null }>(
    sql`select line, position, column_name as column, code, params, value_sealed as sealed from places.import_fault
        where scope_id = ${job.scopeId} and import_id = ${job.importId} and (line, position) > (${after.line}, ${after.position})
        order by line, position limit ${limit}`,
  );
  return rows.map(({ sealed, ...row }) => ({
    ...row,
    value:
      sealed === null || crypto === null
        ? null
        : crypto.open(sealed, valueField, `${job.importId} ${row.line} ${row.position}`),
  }));
}

/** Behind the wall, in the transaction of the import itself: done and written are one. False when somebody else did it. */
export async function writeDone(tx: Tx, job: ImportJob, counts: Counts, now: Date): Promise<boolean> {
  const rows = await tx.query(
    sql`update places.import_job set state = 'done', finished_at = ${now}, claimed_until = null, rows_done = ${counts.total},
          rows_new = ${counts.new}, rows_changed = ${counts.changed}, rows_unchanged = ${counts.unchanged}, rows_rejected = ${counts.rejected}
        where scope_id = ${job.scopeId} and import_id = ${job.importId} and state = 'queued' returning 1`,
  );
  return rows.length === 1;
}

/** Worker: it came to nothing, and why. */
export function writeEnded(
  tx: Tx,
  job: ImportJob,
  state: 'refused' | 'failed',
  refusal: Refusal,
  now: Date,
): void {
  tx.write(
    sql`update places.import_job set state = ${state}, refusal = ${JSON.stringify(refusal)}, finished_at = ${now}, claimed_until = null
        where scope_id = ${job.scopeId} and import_id = ${job.importId} and state = ${job.state}`,
  );
  removeParts(tx, job);
}

export function removeParts(tx: Tx, job: Pick<ImportJob, 'scopeId' | 'importId'>): void {
  tx.write(
    sql`delete from places.import_part where scope_id = ${job.scopeId} and import_id = ${job.importId}`,
  );
}
