import { chmodSync, copyFileSync, cpSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Base, baseFolder, keyIdsIn, readManifest, sideFolder, walFolder } from './backup-folder.ts';
import { findBinaries } from './binaries.ts';
import { prepareFolder } from './folder.ts';
import { completionMark } from './initdb.ts';
import { explainServerLog, spawnServer } from './launch.ts';
import { freePort } from './ports.ts';
import { stopPostmaster } from './postmaster.ts';
import { runAs, type RunAs } from './run-as.ts';
import { readSecrets, writeSecrets } from './secrets.ts';
import { serverSettings } from './settings.ts';
import { StartError } from './start-error.ts';

export type RestoreOptions = {
  /** The backup. */
  folder: string;
  /** A data folder that has no database yet. */
  dataDir: string;
  /** The moment to go back to; else everything that was copied. */
  to?: Date | undefined;
  /** The keys, which lie apart from the backup. */
  keyFile: string;
};

/** Replaying months of log takes as long as it takes. */
const patienceMilliseconds = 12 * 60 * 60_000;

export async function restore(options: RestoreOptions): Promise<{ base: string; through: string }> {
  const { folder, dataDir, to, keyFile } = options;
  const manifest = readManifest(folder);
  if (manifest === undefined) throw new StartError('no-backup', `There is no backup in ${folder}.`);
  const base = manifest.bases.findLast(({ finishedAt }) => to === undefined || new Date(finishedAt) <= to);
  if (base === undefined)
    throw new StartError(
      'before-backup',
      `The first backup in ${folder} was whole at ${manifest.bases[0]?.finishedAt ?? 'no time'}: an earlier moment cannot be restored.`,
    );
  if (to !== undefined && to > new Date(manifest.through))
    throw new StartError(
      'after-backup',
      `What ${folder} holds reaches until ${manifest.through}: a later moment cannot be restored.`,
    );
  const missing = manifest.keyIds.filter((id) => !keyIdsIn(keyFile).includes(id));
  if (missing.length > 0)
    throw new StartError(
      'keys-missing',
      `Names and phone numbers in this backup are sealed with the keys ${missing.join(', ')}, which are not in ${keyFile}: name the key file with --keys.`,
    );
  if (existsSync(join(dataDir, 'postgres')))
    throw new StartError(
      'not-empty',
      `There is a database in ${dataDir} already: set GONGZHI_DATA to a new folder, look at what was restored, and move it then.`,
    );
  const place = prepareFolder(dataDir);
  const binaries = findBinaries();
  const runner = runAs([binaries.postgres, `${dataDir}/.`]);
  cpSync(baseFolder(folder, base), place.data, { recursive: true });
  for (const name of logFrom(folder, base))
    copyFileSync(join(walFolder(folder), name), join(place.data, 'pg_wal', name));
  cpSync(sideFolder(folder), dataDir, { recursive: true });
  const secrets = readSecrets(place.secretsFile);
  if (secrets === undefined)
    throw new StartError(
      'secrets-lost',
      `${sideFolder(folder)} lacks postgres.json, and with it the database's passwords.`,
    );
  const own = { ...secrets, port: await freePort(undefined) };
  writeSecrets(place.secretsFile, own);
  ownAll(place.data, runner);
  runner.own(place.folder);
  runner.own(place.socketDir);

  writeFileSync(join(place.data, 'recovery.signal'), '');
  runner.own(join(place.data, 'recovery.signal'));
  // The log lies in its place already; PostgreSQL asks an archive first all the same. Without hot standby it says that it
  // is ready when it has arrived, and not as soon as it could be read.
  const recovery = ['restore_command=exit 1', 'recovery_target_action=promote', 'hot_standby=off'].flatMap(
    (each) => ['-c', each],
  );
  const target =
    to === undefined
      ? []
      : ['-c', `recovery_target_time=${to.toISOString().replace('T', ' ').replace('Z', '+00')}`];
  const settings = serverSettings({ port: own.port, socketDir: undefined, durable: true });
  for (const goal of [target, []]) {
    const outcome = await spawnServer(
      place,
      binaries,
      runner,
      [...settings, ...recovery, ...goal],
      patienceMilliseconds,
    );
    if ('pid' in outcome) {
      await stopPostmaster(outcome.pid);
      break;
    }
    // Nothing was committed between that moment and the end of what was copied: all of it is what was asked for.
    if (
      goal.length > 0 &&
      outcome.log.includes('recovery ended before configured recovery target was reached')
    )
      continue;
    throw explainServerLog(outcome.log, place);
  }
  const mark = completionMark(place.folder);
  writeFileSync(mark, `${new Date().toISOString()}\n`);
  chmodSync(mark, 0o600);
  const keys = join(dataDir, 'keys.json');
  if (!existsSync(keys) && existsSync(keyFile)) copyFileSync(keyFile, keys);
  if (existsSync(keys)) chmodSync(keys, 0o600);
  return { base: base.name, through: (to ?? new Date(manifest.through)).toISOString() };
}

/** Every log file from where this copy began; one that is missing in between is found out now and not at the end. */
function logFrom(folder: string, base: Base): string[] {
  const names = readdirSync(walFolder(folder)).sort();
  const log = names.filter((name) => /^[0-9A-F]{24}$/.test(name) && name >= base.startWal);
  for (const needed of [base.startWal, base.stopWal])
    if (!log.includes(needed))
      throw new StartError(
        'backup-damaged',
        `${join(walFolder(folder), needed)} is missing: ${base.name} is not whole.`,
      );
  return [...log, ...names.filter((name) => name.endsWith('.history'))];
}

function ownAll(path: string, runner: RunAs): void {
  runner.own(path);
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (entry.isDirectory()) {
      chmodSync(join(path, entry.name), 0o700);
      ownAll(join(path, entry.name), runner);
    } else runner.own(join(path, entry.name));
  }
}
