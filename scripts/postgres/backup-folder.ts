import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../lib/make-folder.ts';
import { StartError } from './start-error.ts';

/** One whole copy of the database folder, good from the moment it was finished. */
export type Base = {
  name: string;
  startedAt: string;
  finishedAt: string;
  /** The first and the last log file without which this copy is not whole. */
  startWal: string;
  stopWal: string;
};

/** What lies in a backup folder; written last, so that what it names is there. */
export type Manifest = {
  /** Of the one database whose copies these are. */
  systemIdentifier: string;
  serverVersion: string;
  slot: string;
  bases: Base[];
  /** Everything acknowledged before this moment is in here. */
  through: string;
  lastWal: string;
  /** Which keys the sealed rows were sealed with; the keys themselves are kept apart. */
  keyIds: string[];
};

export const walFolder = (folder: string): string => join(folder, 'wal');
export const baseFolder = (folder: string, base: Base): string => join(folder, base.name);
export const sideFolder = (folder: string): string => join(folder, 'data');

export function readManifest(folder: string): Manifest | undefined {
  const file = join(folder, 'manifest.json');
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  } catch {
    throw new StartError('backup-damaged', `${file} is damaged: this folder is no backup any more.`);
  }
}

export function writeManifest(folder: string, manifest: Manifest): void {
  writeAside(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

export function prepareBackupFolder(folder: string): void {
  for (const each of [folder, walFolder(folder), sideFolder(folder)]) makeFolder(each, 0o700);
  // Everything a city knows lies here.
  chmodSync(folder, 0o700);
}

export function writeAside(file: string, content: string | Uint8Array): void {
  writeFileSync(`${file}.new`, content, { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
}

/** The ids, never the keys. */
export function keyIdsIn(file: string): string[] {
  try {
    const { keys = {} } = JSON.parse(readFileSync(file, 'utf8')) as { keys?: Record<string, string> };
    return Object.keys(keys).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new StartError('keys-unreadable', `The key file ${file} cannot be read.`);
  }
}
