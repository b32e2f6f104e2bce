import { linkSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from '../postgres/postmaster.ts';
import { dataFolderMode, makeFolder } from './make-folder.ts';
import { explainPathError, StartError } from '../postgres/start-error.ts';

type Holder = { pid: number; startedAt: string; what: string };

/** When a process began, in clock ticks since boot: tells a living holder from a later process with its id. */
function birth(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

function readHolder(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

/** The process that has this data folder in use, or undefined. */
export function folderHolder(dataDir: string): Holder | undefined {
  const holder = readHolder(join(dataDir, 'lock'));
  return holder && isAlive(holder.pid) && birth(holder.pid) === holder.startedAt ? holder : undefined;
}

/**
 * Takes the data folder for this process until `release` or its end. Two servers on one folder would each think
 * the database theirs to stop. The file appears complete or not at all: it is written aside, then linked.
 */
export function lockFolder(dataDir: string, what: string): { release(): void } {
  const file = join(dataDir, 'lock');
  const aside = `${file}.${process.pid}`;
  try {
    makeFolder(dataDir, dataFolderMode());
    writeFileSync(aside, JSON.stringify({ pid: process.pid, startedAt: birth(process.pid), what }), {
      mode: 0o600,
    });
    for (let attempt = 1; ; attempt += 1) {
      try {
        linkSync(aside, file);
        break;
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST') || attempt === 3)
          throw error;
        const holder = folderHolder(dataDir);
        if (holder) throw inUse(dataDir, holder);
        rmSync(file, { force: true });
      }
    }
  } catch (error) {
    throw explainPathError(error, dataDir);
  } finally {
    rmSync(aside, { force: true });
  }
  const release = () => {
    if (readHolder(file)?.pid === process.pid) unlinkSync(file);
  };
  return { release };
}

function inUse(dataDir: string, holder: Holder): StartError {
  return new StartError(
    'folder-in-use',
    `The data folder ${dataDir} is already in use by \`${holder.what}\` (process ${holder.pid}): stop that one first, or set GONGZHI_DATA to another folder.`,
  );
}
