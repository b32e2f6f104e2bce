import { chmodSync, existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { dataFolderMode, makeFolder } from '../lib/make-folder.ts';
import { completionMark } from './initdb.ts';
import { assertOwnFolder, type RunAs } from './run-as.ts';
import { diskFull, explainPathError, freeBytes, StartError } from './start-error.ts';

const megabyte = 1024 * 1024;
/** A new database with the demonstration street needs the first; one that exists needs room for its log. */
const firstNeeds = 300 * megabyte;
const laterNeeds = 64 * megabyte;

export type Place = { folder: string; data: string; socketDir: string; secretsFile: string; logFile: string };

export function placeIn(dataDir: string): Place {
  const folder = join(dataDir, 'postgres');
  return {
    folder,
    data: join(folder, 'data'),
    socketDir: join(folder, 'run'),
    secretsFile: join(dataDir, 'postgres.json'),
    logFile: join(dataDir, 'postgres.log'),
  };
}

/** Makes the folders, or says in one sentence why they cannot be used. */
export function prepareFolder(dataDir: string): Place {
  const place = placeIn(dataDir);
  const isRoot = process.getuid?.() === 0;
  try {
    makeFolder(dataDir, dataFolderMode());
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
    for (const folder of [place.folder, place.socketDir]) makeFolder(folder, 0o700);
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

/** PostgreSQL insists that its user owns the folder: say so before it does, in words. */
export function assertServerOwns(place: Place, runner: RunAs): void {
  const wanted = runner.user?.uid ?? process.getuid?.();
  const owner = statSync(place.data).uid;
  if (wanted === undefined || owner === wanted) return;
  throw new StartError(
    'wrong-owner',
    `The database in ${place.data} belongs to user id ${owner}, not to ${runner.user?.name ?? 'you'} (id ${wanted}): run \`chown -R ${wanted} ${place.folder}\` or set GONGZHI_DATA to another folder.`,
  );
}
