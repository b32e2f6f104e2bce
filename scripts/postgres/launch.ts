import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import { endWithUs } from '../lib/at-exit.ts';
import type { Binaries } from './binaries.ts';
import type { Place } from './folder.ts';
import { stopPostmaster, waitUntilReady } from './postmaster.ts';
import type { RunAs } from './run-as.ts';
import { diskFull, freeBytes, StartError } from './start-error.ts';

/** A server that will not start for want of space cannot always say so. */
const nearlyNothing = 16 * 1024 * 1024;

/** After a crash it first reads what was logged: of a whole city that was being loaded, minutes. One that fails ends by itself. */
const startPatience = 15 * 60_000;

/** Starts the server and waits until it accepts connections; its log when it gave up instead. */
export async function spawnServer(
  place: Place,
  binaries: Binaries,
  runner: RunAs,
  settings: string[],
  patienceMilliseconds = startPatience,
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
  // Also when this process fails unforeseen: SIGINT is PostgreSQL's fast and safe stop.
  endWithUs(child, 'SIGINT');
  let ended = false;
  child.once('exit', () => (ended = true));
  child.once('error', () => (ended = true));
  child.unref();
  const ready = await waitUntilReady(place.data, () => !ended, patienceMilliseconds);
  if (ready && child.pid !== undefined) return { pid: child.pid };
  if (child.pid !== undefined && !ended) await stopPostmaster(child.pid);
  return { log: readFileSync(place.logFile, 'utf8') };
}

export function explainServerLog(log: string, place: Place): StartError {
  if (/No space left on device|Disk quota exceeded/i.test(log) || freeBytes(place.folder) < nearlyNothing) {
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
