import { database, type StoredPhoto } from '../../app/store.ts';
import { csrfToken, renewToken } from '../session/me.ts';
import { uploadPhoto } from './upload.ts';

/** Pictures and voices that wait on the phone with what they belong to. */

export const filesOf = async (owner: string): Promise<StoredPhoto[]> =>
  ((await (await database())?.getAllFromIndex('photos', 'owner', owner)) ?? []).sort(
    (a, b) => a.order - b.order,
  );

export async function dropFiles(owner: string): Promise<void> {
  const db = await database();
  for (const { id } of (await db?.getAllFromIndex('photos', 'owner', owner)) ?? [])
    await db?.delete('photos', id);
}

/** Everything of one owner becomes another's, in one transaction: never a moment in which it is nobody's. */
export async function handOver(from: string, to: string): Promise<void> {
  const db = await database();
  if (db === null) return;
  const tx = db.transaction('photos', 'readwrite');
  for (const photo of await tx.store.index('owner').getAll(from)) await tx.store.put({ ...photo, owner: to });
  await tx.done;
}

/** Opened without a network there was nobody to give the token that every write wants. */
export async function needToken(): Promise<void> {
  if (csrfToken() === null || csrfToken() === '') await renewToken();
}

export async function uploadKept(
  file: StoredPhoto,
  scopeId: string,
  isQuiet: boolean,
  as: string,
): Promise<string> {
  if (file.fileId !== null && file.scopeId === scopeId) return file.fileId;
  await needToken();
  const key = `${file.id}:${scopeId}`;
  const fileId = await uploadPhoto(file.blob, scopeId, key, () => undefined, isQuiet, as);
  await (await database())?.put('photos', { ...file, fileId, scopeId });
  return fileId;
}
