import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { Clock } from '../../../platform/clock/clock.ts';
import { CsvError, type CsvRow, inspectCsv, openCsv } from '../../../platform/imports/csv.ts';
import {
  carryOutImport,
  type ImportRun,
  readRowErrors,
  startImport,
} from '../../../platform/imports/runs.ts';
import { readAhead } from './ahead.ts';
import { Preparer, takeBatch } from './batch.ts';
import { closingReport, thousands } from './closing-report.ts';
import { exitCodes, type ImportContext } from './context.ts';
import { linkDuplicates } from './links.ts';
import {
  type LoaderDatabase,
  type LoaderTx,
  openLoaderDatabase,
} from '../../../platform/db/loader-database.ts';
import { checkHeader, type CompiledMapping } from './mapping.ts';
import { readRow, sayRowError } from './rows.ts';
import { surveyRows } from './survey.ts';
import { ensureCity, ensureTargets, type Targets } from './targets.ts';
import { accountOfPhone, cityPersona, letView } from './viewer.ts';

export interface HistoryJob {
  readonly file: string;
  readonly mapping: CompiledMapping;
  readonly mappingText: string;
  readonly mappingPath: string;
  readonly viewer: string | undefined;
  readonly limit: number | undefined;
}

const batchSize = 1_000;
const filled = [
  'places.scope',
  ...['category', 'work_order', 'step', 'event', 'link', 'imported', 'import_key'].map(
    (table) => `work_orders.${table}`,
  ),
];

/**
 * The whole way of a history into the database. The file is read three times (what it is, what it speaks of, its
 * rows), each time as a stream: memory does not grow with it. Everything may be killed at any moment and run again.
 */
export async function importRequests(job: HistoryJob, context: ImportContext, clock: Clock): Promise<number> {
  const { mapping, file } = job;
  const out = context.out.bind(context);
  const started = performance.now();
  await peekHeader(job);
  const { sha256, encoding } = await inspectCsv(file);
  const rows = () => first(openCsv(file, { encoding }), job.limit);
  const survey = await surveyRows(mapping, checked(rows(), mapping), clock.now().getTime());
  if (survey.rows === 0) {
    out(`${basename(file)} has no rows.`);
    return exitCodes.failed;
  }
  if (survey.rejected === survey.rows) return await refuseAll(rows(), job, clock, out);
  out(
    `${basename(file)}: ${thousands(survey.rows)} rows in ${survey.categories.size} categories; neighbourhoods: ${survey.places.size}.`,
  );

  const db = await openLoaderDatabase(context.adminUrl);
  try {
    const now = clock.now();
    const { viewer, refusal } = await db.work((tx) => findViewer(tx, job, context));
    if (refusal !== undefined) {
      out(refusal);
      return exitCodes.usage;
    }
    const { targets, run } = await db.work((tx) => begin(tx, job, survey, sha256, now));
    const isResumed = run.state === 'running' && run.rowsDone > 0;
    if (run.state === 'done') out('This file is in already, under this mapping: nothing new.');
    else if (isResumed)
      out(`An earlier try stopped after ${thousands(run.rowsDone)} rows; going on from there.`);
    const done = await takeRows(db, job, targets, run, rows(), clock, out);
    await db.work((tx) => linkDuplicates(tx, mapping, targets.cityId, clock.now()));
    if (run.state !== 'done') await db.refreshStatistics(filled);
    if (viewer !== null)
      await db.work((tx) =>
        letView(tx, viewer, { id: targets.cityId, timeZone: mapping.city.timeZone }, now),
      );
    const seconds = (performance.now() - started) / 1000;
    const isNew = run.state !== 'done';
    return await db.work((tx) =>
      closingReport(
        tx,
        { mapping, cityId: targets.cityId, run: done, isNew, seconds, hasViewer: viewer !== null },
        out,
      ),
    );
  } finally {
    await db.close();
  }
}

/**
 * Before anything long: a wrong mapping, a file that is no table, a bomb that unpacks into one endless line. A file
 * that is no UTF-8 is looked at after its encoding is known.
 */
async function peekHeader({ file, mapping }: HistoryJob): Promise<void> {
  try {
    for await (const row of openCsv(file, { encoding: 'utf-8' })) {
      checkHeader(mapping, Object.keys(row.record));
      return;
    }
  } catch (error) {
    if (!(error instanceof CsvError) || error.code !== 'csv.encoding') throw error;
  }
}

async function* checked(rows: AsyncIterable<CsvRow>, mapping: CompiledMapping): AsyncGenerator<CsvRow> {
  let isFirst = true;
  for await (const row of rows) {
    if (isFirst) checkHeader(mapping, Object.keys(row.record));
    isFirst = false;
    yield row;
  }
}

async function* first(rows: AsyncIterable<CsvRow>, limit: number | undefined): AsyncGenerator<CsvRow> {
  let count = 0;
  for await (const row of rows) {
    yield row;
    if (++count === limit) return;
  }
}

async function refuseAll(
  rows: AsyncIterable<CsvRow>,
  { mapping, file }: HistoryJob,
  clock: Clock,
  out: (line: string) => void,
): Promise<number> {
  out(`No row of ${basename(file)} can be read under this mapping; nothing was imported. The first ones:`);
  let shown = 0;
  for await (const { line, record, error } of rows) {
    const row = error === undefined ? readRow(mapping, record, line, clock.now().getTime()) : [error];
    if (!Array.isArray(row)) continue;
    for (const each of row) out(`  ${sayRowError(each)}`);
    if (++shown === 5) break;
  }
  return exitCodes.failed;
}

async function findViewer(
  tx: LoaderTx,
  { viewer: phone }: HistoryJob,
  { dataDir }: ImportContext,
): Promise<{ viewer: string | null; refusal?: string }> {
  if (phone === undefined) return { viewer: await cityPersona(tx) };
  const viewer = await accountOfPhone(tx, phone, { dataDir, keyFile: process.env['GONGZHI_KEYS'] });
  if (viewer === undefined)
    return { viewer: null, refusal: `--viewer is "${phone}"; it must be the mobile number of an account.` };
  if (viewer === null)
    return { viewer, refusal: `No account has the phone number ${phone}: nothing was imported.` };
  return { viewer };
}

async function begin(
  tx: LoaderTx,
  { mapping, mappingText, limit, file }: HistoryJob,
  survey: Parameters<typeof ensureTargets>[3],
  sha256: Buffer,
  now: Date,
): Promise<{ targets: Targets; run: ImportRun }> {
  const cityId = await ensureCity(tx, mapping, now);
  const targets = await ensureTargets(tx, mapping, cityId, survey, now);
  // The same file read in another way is another run: what was refused under the old mapping gets its chance.
  const how = createHash('sha256')
    .update(JSON.stringify([JSON.parse(mappingText), limit ?? null]))
    .digest('hex')
    .slice(0, 16);
  const run = await startImport(
    tx,
    {
      scopeId: cityId,
      wall: { cityId, streetId: null, companyId: null },
      kind: `requests ${mapping.source} ${how}`,
      sourceName: basename(file),
      sourceSha256: sha256,
      rowsTotal: survey.rows,
    },
    now,
  );
  return { targets, run };
}

async function takeRows(
  db: LoaderDatabase,
  job: HistoryJob,
  targets: Targets,
  run: ImportRun,
  rows: AsyncIterable<CsvRow>,
  clock: Clock,
  out: (line: string) => void,
): Promise<ImportRun> {
  const context = { mapping: job.mapping, targets, importId: run.importId, now: clock.now() };
  const preparer = new Preparer(context, run.rowsDone);
  const started = performance.now();
  let saidAt = started;
  const done = await carryOutImport({
    worker: db,
    clock,
    run,
    rows: readAhead(preparer.prepare(rows), 2 * batchSize),
    batchSize,
    take: (tx, batch) => takeBatch(tx as LoaderTx, preparer.taken(batch), context),
    onProgress: (at) => {
      const now = performance.now();
      if (now - saidAt < 1_000) return;
      saidAt = now;
      const rate = ((at.rowsDone - run.rowsDone) * 1000) / (now - started);
      const share =
        at.rowsTotal === null
          ? ''
          : ` of ${thousands(at.rowsTotal)} (${Math.floor((100 * at.rowsDone) / at.rowsTotal)}%)`;
      out(`  ${thousands(at.rowsDone)}${share}, ${thousands(Math.round(rate))} rows/s`);
    },
  });
  const errors = await db.work((tx) => readRowErrors(tx, done.scopeId, done.importId, 0, 21));
  for (const error of errors.slice(0, 20)) out(`  ${sayRowError(error)}`);
  if (errors.length > 20) out('  … the others are in platform.import_row_error.');
  return done;
}
