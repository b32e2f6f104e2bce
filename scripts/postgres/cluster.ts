import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Binaries, findBinaries } from './binaries.ts';
import { completionMark, initialise } from './initdb.ts';
import { freePort } from './ports.ts';
import { isAlive, livingPostmaster, stopPostmaster, waitUntilReady } from './postmaster.ts';
import { assertOwnFolder, type RunAs, runAs } from './run-as.ts';
import { newPassword, readSecrets, type Secrets, writeSecrets } from './secrets.ts';
import { serverSettings } from './settings.ts';
import { diskFull, explainPathError, freeBytes, StartError } from './start-error.ts';

/** The two that may log in: `admin` owns the server, `app` serves requests under row-level security. */
export type Role = 'admin' | 'app';

export type Cluster = {
  secrets: Secrets;
  /** Connection address of a role; goes through the unix socket where there is one, else over loopback. */
  url(role: Role, database?: string): string;
  /** True when a server left running by a crashed start was taken over instead of started. */
  adopted: boolean;
  stop(): Promise<void>;
};

export type ClusterOptions = {
  /** Gongzhi's data folder; the database lives in its `postgres` folder. */
  dataDir: string;
  /** False gives up safety against power loss, for tests. */
  durable?: boolean;
  log?: (line: string) => void;
};

const megabyte = 1024 * 1024;
/** A new database with the demonstration street needs the first; one that exists needs room for its log. */
const firstNeeds = 300 * megabyte;
const laterNeeds = 64 * megabyte;
/** A unix socket's whole path may have 107 bytes; PostgreSQL adds a file name of up to 15 to the folder. */
const longestSocketDir = 90;

/** Starts the embedded PostgreSQL of a data folder, making the folder first when needed. */
export async function startPostgres(options: ClusterOptions): Promise<Cluster> {
  const { dataDir, durable = true, log = () => {} } = options;
  const place = prepareFolder(dataDir);
  const binaries = findBinaries();
  const runner = runAs([binaries.postgres, `${dataDir}/.`]);
  try {
    runner.own(place.folder);
    runner.own(place.socketDir);
    const secrets = await prepareDatabase(place, binaries, runner, durable, log);
    const running = livingPostmaster(place.data);
    if (running) {
      const adopted = await adopt(place, running.pid, secrets);
      if (adopted) return adopted;
    }
    return await launch(place, binaries, runner, secrets, durable);
  } catch (error) {
    throw explainPathError(error, dataDir);
  }
}

/** The address book of a data folder whose server is already running, or undefined when none is. */
export function runningPostgres(dataDir: string): Omit<Cluster, 'stop'> | undefined {
  const place = placeIn(dataDir);
  if (!existsSync(completionMark(place.folder))) return undefined;
  const running = livingPostmaster(place.data);
  const secrets = readSecrets(place.secretsFile);
  if (!running?.ready || !secrets) return undefined;
  const current = { ...secrets, port: running.port };
  return { secrets: current, adopted: true, url: addresses(current, running.socketDir) };
}

type Place = { folder: string; data: string; socketDir: string; secretsFile: string; logFile: string };

function placeIn(dataDir: string): Place {
  const folder = join(dataDir, 'postgres');
  return {
    folder,
    data: join(folder, 'data'),
    socketDir: join(folder, 'run'),
    secretsFile: join(dataDir, 'postgres.json'),
    logFile: join(dataDir, 'postgres.log'),
  };
}

function prepareFolder(dataDir: string): Place {
  const place = placeIn(dataDir);
  const isRoot = process.getuid?.() === 0;
  try {
    mkdirSync(dataDir, { recursive: true, mode: isRoot ? 0o711 : 0o700 });
    assertOwnFolder(dataDir);
    // The database's own user must be able to pass through to its folder, not to list what lies beside it.
    if (isRoot && (statSync(dataDir).mode & 0o001) === 0) chmodSync(dataDir, 0o711);
    const owner = statSync(dataDir).uid;
    if (!isRoot && process.getuid && owner !== process.getuid()) {
      throw new StartError(
        'wrong-owner',
        `The data folder ${dataDir} belongs to another user (id ${owner}): use a folder of your own, or chown this one.`,
      );
    }
    assertSpace(place);
    for (const folder of [place.folder, place.socketDir]) mkdirSync(folder, { recursive: true, mode: 0o700 });
    assertDatabaseOwner(place, isRoot);
  } catch (error) {
    throw explainPathError(error, dataDir);
  }
  return place;
}

/** A folder first made by root belongs to root's database user: an ordinary user cannot go on with it. */
function assertDatabaseOwner(place: Place, isRoot: boolean): void {
  const owner = statSync(place.folder).uid;
  if (isRoot || !process.getuid || owner === process.getuid()) return;
  throw new StartError(
    'wrong-owner',
    `The database in ${place.folder} was made by another user (id ${owner}): start as that user, or set GONGZHI_DATA to another folder.`,
  );
}

function assertSpace(place: Place): void {
  const needed = existsSync(completionMark(place.folder)) ? laterNeeds : firstNeeds;
  if (freeBytes(dirname(place.folder)) < needed) throw diskFull(dirname(place.folder));
}

async function prepareDatabase(
  place: Place,
  binaries: Binaries,
  runner: RunAs,
  durable: boolean,
  log: (line: string) => void,
): Promise<Secrets> {
  const isComplete = existsSync(completionMark(place.folder));
  const known = readSecrets(place.secretsFile);
  if (isComplete && known) {
    giveToRunner(place, runner);
    return known;
  }
  if (isComplete) {
    throw new StartError(
      'secrets-lost',
      `${place.secretsFile} is missing, and with it the database's passwords: restore it from a copy, or delete ${place.folder} to begin anew.`,
    );
  }
  log(existsSync(place.data) ? 'clearing a half-finished earlier start' : 'making the database folder');
  const secrets: Secrets = {
    port: await freePort(undefined),
    admin: newPassword(),
    app: newPassword(),
  };
  writeSecrets(place.secretsFile, secrets);
  await initialise({ folder: place.folder, binaries, runner, adminPassword: secrets.admin, durable });
  return secrets;
}

/** PostgreSQL insists that its user owns the folder: say so before it does, in words. */
function giveToRunner(place: Place, runner: RunAs): void {
  const wanted = runner.user?.uid ?? process.getuid?.();
  const owner = statSync(place.data).uid;
  if (wanted === undefined || owner === wanted) return;
  throw new StartError(
    'wrong-owner',
    `The database in ${place.data} belongs to user id ${owner}, not to ${runner.user?.name ?? 'you'} (id ${wanted}): run \`chown -R ${wanted} ${place.folder}\` or set GONGZHI_DATA to another folder.`,
  );
}

/** Takes over the server that a crashed start left behind; one that is just leaving is waited for. */
async function adopt(place: Place, pid: number, secrets: Secrets): Promise<Cluster | undefined> {
  await waitUntilReady(place.data, () => isAlive(pid), 10_000);
  const running = livingPostmaster(place.data);
  if (!running) return undefined;
  const current = { ...secrets, port: running.port };
  const url = addresses(current, running.socketDir);
  try {
    await createDatabase(url('admin', 'postgres'));
  } catch {
    await stopPostmaster(running.pid);
    return undefined;
  }
  return { secrets: current, url, adopted: true, stop: () => stopPostmaster(running.pid) };
}

async function launch(
  place: Place,
  binaries: Binaries,
  runner: RunAs,
  remembered: Secrets,
  durable: boolean,
): Promise<Cluster> {
  const socketDir =
    process.platform !== 'win32' && Buffer.byteLength(place.socketDir) <= longestSocketDir
      ? place.socketDir
      : undefined;
  for (let attempt = 1; ; attempt += 1) {
    const secrets = { ...remembered, port: await freePort(remembered.port) };
    const settings = serverSettings({ port: secrets.port, socketDir, durable });
    const outcome = await spawnServer(place, binaries, runner, settings);
    if ('pid' in outcome) {
      if (secrets.port !== remembered.port) writeSecrets(place.secretsFile, secrets);
      const url = addresses(secrets, socketDir);
      try {
        await createDatabase(url('admin', 'postgres'));
      } catch (error) {
        await stopPostmaster(outcome.pid);
        throw explainServerLog(error instanceof Error ? error.message : String(error), place);
      }
      return { secrets, url, adopted: false, stop: () => stopPostmaster(outcome.pid) };
    }
    // The port was taken in between, or the last server's children are still leaving: both pass.
    const passes = /address already in use|could not bind|shared memory block .* in use|lock file/i.test(
      outcome.log,
    );
    if (!passes || attempt === 10) throw explainServerLog(outcome.log, place);
    await sleep(500);
  }
}

async function spawnServer(
  place: Place,
  binaries: Binaries,
  runner: RunAs,
  settings: string[],
): Promise<{ pid: number } | { log: string }> {
  rmSync(place.logFile, { force: true });
  const log = openSync(place.logFile, 'a', 0o600);
  // Detached: Ctrl-C reaches the whole terminal group, and the database must outlive the server's last writes.
  const child = runner.spawn(binaries.postgres, ['-D', place.data, ...settings], {
    cwd: '/',
    detached: true,
    stdio: ['ignore', log, log],
    env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC' },
  });
  closeSync(log);
  let ended = false;
  child.once('exit', () => (ended = true));
  child.once('error', () => (ended = true));
  child.unref();
  const ready = await waitUntilReady(place.data, () => !ended, 60_000);
  if (ready && child.pid !== undefined) return { pid: child.pid };
  if (child.pid !== undefined && !ended) await stopPostmaster(child.pid);
  return { log: readFileSync(place.logFile, 'utf8') };
}

function explainServerLog(log: string, place: Place): StartError {
  if (/No space left on device|Disk quota exceeded/i.test(log) || freeBytes(place.folder) < 16 * megabyte) {
    return diskFull(place.folder);
  }
  if (/Permission denied|Read-only file system|wrong ownership/i.test(log)) {
    return new StartError(
      'unwritable',
      `PostgreSQL may not use ${place.data}: its folder must be writable and belong to the user it runs as.`,
    );
  }
  if (/address already in use|could not bind/i.test(log)) {
    return new StartError(
      'database-port',
      'No free port on 127.0.0.1 could be kept for the database: close some programs and try again.',
    );
  }
  if (/lock file|shared memory block/i.test(log)) {
    return new StartError(
      'already-running',
      `Another PostgreSQL still uses ${place.data}: wait until it has stopped and try again.`,
    );
  }
  if (/incompatible|not compatible/i.test(log)) {
    return new StartError(
      'version',
      `The database in ${place.data} was made by another version of PostgreSQL: see docs/operations for how to move it.`,
    );
  }
  const reason = log.split('\n').findLast((line) => /FATAL|PANIC|ERROR/.test(line)) ?? log.split('\n')[0];
  return new StartError(
    'postgres',
    `PostgreSQL did not start (${reason?.trim() || 'no reason given'}); ${place.logFile} has the details.`,
  );
}

function addresses(secrets: Secrets, socketDir: string | undefined): Cluster['url'] {
  return (role, database = 'gongzhi') => {
    const url = new URL(`postgresql://127.0.0.1:${secrets.port}/${database}`);
    url.username = role === 'admin' ? 'gongzhi_admin' : 'gongzhi_app';
    url.password = role === 'admin' ? secrets.admin : secrets.app;
    // The drivers' way to name a socket folder; it overrides the host, and the port names the socket file.
    if (socketDir) url.searchParams.set('host', socketDir);
    return url.href;
  };
}

/** Creating the database is the proof that the server answers and the password is right. */
async function createDatabase(maintenanceUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: maintenanceUrl });
  await client.connect();
  try {
    const found = await client.query("select 1 from pg_database where datname = 'gongzhi'");
    if (found.rowCount === 0) await client.query('create database gongzhi');
  } finally {
    await client.end();
  }
}
