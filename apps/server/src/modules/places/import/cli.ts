import { createHash, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { isUuid, uuidv7 } from '@gongzhi/kernel';
import { tKey } from '@gongzhi/i18n';
import pg from 'pg';
import { type Clock, systemClock } from '../../../platform/clock/clock.ts';
import { openCrypto } from '../../../platform/crypto/crypto.ts';
import { signingIn } from '../../../platform/db/actor.ts';
import { openDatabase, openWorkerDatabase } from '../../../platform/db/database.ts';
import { sql } from '../../../platform/db/sql.ts';
import { TableError } from '../../../platform/imports/table.ts';
import { actorFor, findTarget, importFile, type ImportTools, tryFile } from './carry-out.ts';
import { kinds } from './columns.ts';
import { importKinds, type ImportKind } from './domain-import.ts';
import { findJob, type ImportJob, insertJob } from './jobs.ts';
import { loadedWall, type Target } from './planner.ts';
import { faultText } from './say.ts';
import type { Sifted } from './sift.ts';

export interface PlacesImportContext {
  readonly adminUrl: string;
  readonly databaseUrl: string;
  readonly dataDir: string;
  readonly mode: 'demo' | 'production';
  out(line: string): void;
  progress(done: number, total: number): void;
  readonly clock?: Clock;
}

/** As of `import requests`: done; could not be done; not meant so; some rows were left out. */
const exitCodes = { done: 0, failed: 1, usage: 2, someRefused: 3 } as const;
const shownFaults = 20;

class UsageError extends Error {}

interface Arguments {
  readonly file: string;
  readonly kind: ImportKind;
  readonly scope: string;
  readonly isDryRun: boolean;
  readonly skipsRejected: boolean;
  readonly sheet: string | null;
  readonly mapping: Readonly<Record<string, string>>;
  readonly newCity: { code: string; name: string } | null;
}

/** `npx gongzhi import places FILE --kind KIND --scope PLACE`: the same check and the same import as on the page. */
export async function importPlacesCommand(argv: string[], context: PlacesImportContext): Promise<number> {
  const { out } = context;
  let given: Arguments;
  try {
    given = readArguments(argv);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    out(error.message);
    out('Usage: npx gongzhi import places FILE --kind KIND --scope PLACE [--dry-run] [--skip-rejected]');
    return exitCodes.usage;
  }
  const bytes = await readFile(given.file).catch((error: NodeJS.ErrnoException) => {
    out(`The file ${given.file} cannot be read (${error.code}).`);
    return null;
  });
  if (bytes === null) return exitCodes.usage;
  const options = {
    url: context.databaseUrl,
    poolSize: 2,
    applicationName: 'gongzhi import',
    onIdleError() {},
  };
  const worker = openWorkerDatabase(options);
  const tools: ImportTools = {
    db: openDatabase(options),
    worker,
    crypto: await openCrypto(context.dataDir, { mode: context.mode, keyFile: process.env['GONGZHI_KEYS'] }),
    clock: context.clock ?? systemClock,
  };
  try {
    if (given.newCity !== null) await makeCity(context.adminUrl, given.newCity, tools.clock.now());
    const target = await findPlace(tools, given.scope);
    if (target === null) {
      out(`There is no one place called "${given.scope}": give its id, its code, or its full name.`);
      return exitCodes.usage;
    }
    if (!kinds[given.kind].targets.includes(target.kind)) {
      out(
        `${given.kind} go into a ${kinds[given.kind].targets.join(' or a ')}; ${target.name} is a ${target.kind}.`,
      );
      return exitCodes.usage;
    }
    return await carryOut(tools, given, target, bytes, context);
  } catch (error) {
    if (!(error instanceof TableError)) throw error;
    out(tKey('en', `imports.refusal.${error.code}`, error.params as Record<string, string>));
    return exitCodes.failed;
  } finally {
    await tools.db.close();
    await worker.close();
  }
}

async function carryOut(
  tools: ImportTools,
  given: Arguments,
  target: Target,
  bytes: Buffer,
  { out, progress }: PlacesImportContext,
): Promise<number> {
  const began = performance.now();
  const job = jobOf(given, target, tools.clock.now());
  const found = await tryFile(tools, job, bytes, (rows) => progress(rows, 0));
  tellFound(found, out);
  const { counts } = found;
  if (given.isDryRun) return counts.rejected > 0 ? exitCodes.someRefused : exitCodes.done;
  if (counts.rejected > 0 && !given.skipsRejected) {
    out('Nothing was imported. Mend the file, or run it again with --skip-rejected.');
    return exitCodes.failed;
  }
  const { scopeId, importId } = job;
  await tools.db.act(actorFor(target, null), async (tx) => {
    insertJob(tx, {
      ...job,
      wall: loadedWall(target),
      sha256: createHash('sha256').update(bytes).digest(),
      bytes: bytes.length,
      locale: 'en',
      state: 'queued',
      now: tools.clock.now(),
      // A running server has no file to do it with.
      claimedUntil: new Date(tools.clock.now().getTime() + 600_000),
    });
  });
  const done = await importFile(tools, job, bytes, (rows) => progress(rows, counts.total));
  const after = await tools.worker.work((tx) => findJob(tx, scopeId, importId));
  if (done === null || after?.state !== 'done') {
    out(
      tKey(
        'en',
        `imports.refusal.${after?.refusal?.code ?? 'internal'}`,
        (after?.refusal?.params ?? {}) as Record<string, string>,
      ),
    );
    return exitCodes.failed;
  }
  const seconds = (performance.now() - began) / 1000;
  out(
    `${done.counts.total} rows in ${seconds.toFixed(1)} s: ${done.counts.new} new, ${done.counts.changed} changed, ${done.counts.unchanged} there before, ${done.counts.rejected} left out.`,
  );
  return done.counts.rejected > 0 ? exitCodes.someRefused : exitCodes.done;
}

function tellFound({ counts, faults }: Sifted, out: (line: string) => void): void {
  out(
    `${counts.total} rows: ${counts.new} would be new, ${counts.changed} changed, ${counts.unchanged} are there, ${counts.rejected} cannot go in.`,
  );
  const byCode = new Map<string, number>();
  for (const { code, column } of faults) {
    const key = `${column} ${code}`.trim();
    byCode.set(key, (byCode.get(key) ?? 0) + 1);
  }
  // What stood there is not printed: a terminal's history is no place for names and phones.
  for (const { line, column, code, params } of faults.slice(0, shownFaults))
    out(`line ${line}${column === '' ? '' : `, column ${column}`}: ${faultText('en', code, params)}`);
  if (faults.length > shownFaults) {
    out(`… and ${faults.length - shownFaults} more; by column and fault:`);
    for (const [key, count] of [...byCode].toSorted((a, b) => b[1] - a[1])) out(`  ${count} × ${key}`);
  }
}

function jobOf(given: Arguments, target: Target, now: Date): ImportJob {
  return {
    scopeId: target.scopeId,
    importId: uuidv7(now.getTime()),
    accountId: null,
    kind: given.kind,
    sourceName: basename(given.file),
    sheet: given.sheet,
    mapping: given.mapping,
    remembers: false,
    state: 'queued',
    skipsRejected: given.skipsRejected,
    rowsTotal: null,
    rowsDone: 0,
    rowsNew: 0,
    rowsChanged: 0,
    rowsUnchanged: 0,
    rowsRejected: 0,
    refusal: null,
    attempts: 0,
    createdAt: now,
    checkedAt: null,
    finishedAt: null,
  };
}

async function findPlace(tools: ImportTools, words: string): Promise<Target | null> {
  return tools.db.read(signingIn, async (q) => {
    const rows = await q.query<{ id: string }>(
      isUuid(words)
        ? sql`select scope_id as id from places.scope where scope_id = ${words}`
        : sql`select scope_id as id from places.scope where code = ${words} or name = ${words} limit 2`,
    );
    return rows.length === 1 ? findTarget(q, rows[0]!.id) : null;
  });
}

/** Where everything begins: no page can make a city, for whose would it be? */
async function makeCity(
  adminUrl: string,
  { code, name }: { code: string; name: string },
  now: Date,
): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl, application_name: 'gongzhi import' });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query('set role gongzhi_loader');
    const id = randomUUID();
    await client.query(
      `insert into places.scope (scope_id, kind, name, code, city_id, created_at)
       select $1::uuid, 'city', $2, $3, $1, $4 where not exists (select from places.scope where kind = 'city' and code = $3)`,
      [id, name, code, now],
    );
  } finally {
    await client.end();
  }
}

function readArguments(argv: string[]): Arguments {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(argv);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  const [file, extra] = parsed.positionals;
  const { values } = parsed;
  if (file === undefined) throw new UsageError('Which file? Name an .xlsx or a .csv.');
  if (extra !== undefined) throw new UsageError(`One file at a time: "${extra}" is one too many.`);
  const kind = importKinds.find((one) => one === values.kind);
  if (kind === undefined) throw new UsageError(`--kind must be one of ${importKinds.join(', ')}.`);
  const newCity =
    values['new-city'] === undefined ? null : pairOf(values['new-city'], '--new-city', '1101=Beijing');
  const scope = values.scope ?? newCity?.[0];
  if (scope === undefined)
    throw new UsageError('--scope is missing: the place it goes into, by id, code or full name.');
  const keys = kinds[kind].columns.map((column) => column.key);
  const mapping = Object.fromEntries(
    (values.map ?? []).map((text) => pairOf(text, '--map', 'their title=ourColumn')),
  );
  for (const key of Object.values(mapping))
    if (!keys.includes(key))
      throw new UsageError(`--map: there is no column "${key}"; there are ${keys.join(', ')}.`);
  return {
    file,
    kind,
    scope,
    isDryRun: values['dry-run'] === true,
    skipsRejected: values['skip-rejected'] === true,
    sheet: values.sheet ?? null,
    mapping,
    newCity: newCity === null ? null : { code: newCity[0], name: newCity[1] },
  };
}

function pairOf(text: string, option: string, example: string): [string, string] {
  const at = text.lastIndexOf('=');
  if (at < 1 || at === text.length - 1)
    throw new UsageError(`${option} must look like "${example}", not "${text}".`);
  return [text.slice(0, at), text.slice(at + 1)];
}

function parse(argv: string[]) {
  return parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      kind: { type: 'string' },
      scope: { type: 'string' },
      'dry-run': { type: 'boolean' },
      'skip-rejected': { type: 'boolean' },
      sheet: { type: 'string' },
      map: { type: 'string', multiple: true },
      'new-city': { type: 'string' },
    },
  });
}
