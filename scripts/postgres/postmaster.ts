import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** What PostgreSQL itself writes about the running server of a database folder (postmaster.pid). */
export type Postmaster = { pid: number; port: number; socketDir: string | undefined; ready: boolean };

function readPostmaster(dataDir: string): Postmaster | undefined {
  const file = join(dataDir, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  // Lines: pid, data folder, start time, port, socket folder, listen address, shared memory, status.
  const lines = readFileSync(file, 'utf8').split('\n');
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return {
    pid,
    port: Number(lines[3]),
    socketDir: lines[4]?.trim() || undefined,
    ready: lines[7]?.trim() === 'ready',
  };
}

/** Where nobody reaps orphans (a container without an init) a dead process stays listed as a zombie. */
function isZombie(pid: number): boolean {
  if (process.platform !== 'linux') return false;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z');
  } catch {
    return false;
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * Process ids are used again, so a living one proves nothing: the server of this folder is known by working in it
 * (PostgreSQL changes into its data folder), or, where that cannot be asked, by naming it on its command line.
 */
function servesFolder(pid: number, dataDir: string): boolean {
  if (process.platform === 'linux') {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(dataDir);
    } catch {
      return false;
    }
  }
  const { stdout } = spawnSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' });
  return stdout.includes('postgres') && stdout.includes(dataDir);
}

/** The living server of this folder. What a dead one left behind is cleared away. */
export function livingPostmaster(dataDir: string): Postmaster | undefined {
  const found = readPostmaster(dataDir);
  if (found && isAlive(found.pid) && servesFolder(found.pid, dataDir)) return found;
  rmSync(join(dataDir, 'postmaster.pid'), { force: true });
  return undefined;
}

/** Waits until the server accepts connections. False when `stillRunning` ends first or time is up. */
export async function waitUntilReady(
  dataDir: string,
  stillRunning: () => boolean,
  timeoutMs: number,
): Promise<boolean> {
  const end = performance.now() + timeoutMs;
  while (performance.now() < end) {
    if (readPostmaster(dataDir)?.ready) return true;
    if (!stillRunning()) return false;
    await sleep(15);
  }
  return false;
}

/**
 * Stops a server: SIGINT is PostgreSQL's fast stop (running transactions roll back, everything committed is
 * on disk); one that has not gone after ten seconds is told to leave at once, which recovery makes good. More patience
 * for one that has much to write: all that it logged is read again otherwise.
 */
export async function stopPostmaster(pid: number, patienceMilliseconds = 10_000): Promise<void> {
  const steps: [NodeJS.Signals, number][] = [
    ['SIGINT', patienceMilliseconds],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 2_000],
  ];
  for (const [signal, patienceMs] of steps) {
    if (!isAlive(pid)) return;
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    const end = performance.now() + patienceMs;
    while (performance.now() < end) {
      if (!isAlive(pid)) return;
      await sleep(10);
    }
  }
}
