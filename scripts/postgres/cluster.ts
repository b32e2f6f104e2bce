import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Binaries, findBinaries } from './binaries.ts';
import { assertServerOwns, type Place, placeIn, prepareFolder } from './folder.ts';
import { completionMark, initialise } from './initdb.ts';
import { explainServerLog, spawnServer } from './launch.ts';
import { freePort } from './ports.ts';
import { isAlive, livingPostmaster, stopPostmaster, waitUntilReady } from './postmaster.ts';
import { type RunAs, runAs } from './run-as.ts';
import { newPassword, readSecrets, type Secrets, writeSecrets } from './secrets.ts';
import { serverSettings } from './settings.ts';
import { explainPathError, StartError } from './start-error.ts';

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
  /** For one bulk load, after which the server stops. */
  bulk?: boolean;
  log?: (line: string) => void;
};

/** A gigabyte of memory goes to disk when a bulk load's server stops, on a slow one in minutes. */
const bulkPatience = 10 * 60_000;

/** A unix socket's whole path may have 107 bytes; PostgreSQL adds a file name of up to 15 to the folder. */
const longestSocketDir = 90;

/** Starts the embedded PostgreSQL of a data folder, making the folder first when needed. */
export async function startPostgres(options: ClusterOptions): Promise<Cluster> {
  const { dataDir, durable = true, bulk = false, log = () => {} } = options;
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
    return await launch(place, binaries, runner, secrets, { durable, bulk });
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
    assertServerOwns(place, runner);
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
  kind: { readonly durable: boolean; readonly bulk: boolean },
): Promise<Cluster> {
  const socketDir =
    process.platform !== 'win32' && Buffer.byteLength(place.socketDir) <= longestSocketDir
      ? place.socketDir
      : undefined;
  for (let attempt = 1; ; attempt += 1) {
    const secrets = { ...remembered, port: await freePort(remembered.port) };
    const settings = serverSettings({ port: secrets.port, socketDir, ...kind });
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
      return {
        secrets,
        url,
        adopted: false,
        stop: () => stopPostmaster(outcome.pid, kind.bulk ? bulkPatience : undefined),
      };
    }
    // The port was taken in between, or the last server's children are still leaving: both pass.
    const passes = /address already in use|could not bind|shared memory block .* in use|lock file/i.test(
      outcome.log,
    );
    if (!passes || attempt === 10) throw explainServerLog(outcome.log, place);
    await sleep(500);
  }
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
