import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseStoredName, sliceName, storedName } from './names.ts';

/** A picture is kept in two sizes, a voice note as it came, a paper (a workbook, a PDF) as it was made. */
export type Variant = 'full' | 'thumb' | 'audio' | 'paper';
export const variants: readonly Variant[] = ['full', 'thumb', 'audio', 'paper'];

export interface StoredFile {
  readonly id: string;
  readonly variant: Variant;
  /** Milliseconds, by the store's own clock. */
  readonly modifiedAt: number;
}

/** Bytes by id; who may read them is the database's business. */
export interface FileStore {
  /** Returns once the bytes are on disk: what was acknowledged is never lost. Putting again replaces. */
  put(id: string, variant: Variant, bytes: Uint8Array): Promise<void>;
  /** Null when there are none. */
  read(id: string, variant: Variant): Promise<Buffer | null>;
  remove(id: string): Promise<void>;
  /** One of 256 slices of what is stored, for sweeping. */
  list(slice: number): Promise<StoredFile[]>;
}

/** A folder on this machine. */
class FolderStore implements FileStore {
  readonly #root: string;
  constructor(root: string) {
    this.#root = root;
  }

  #path(id: string, variant: Variant): string {
    return join(this.#root, storedName(id, variant));
  }

  async put(id: string, variant: Variant, bytes: Uint8Array): Promise<void> {
    const path = this.#path(id, variant);
    const folder = dirname(path);
    const made = await mkdir(folder, { recursive: true });
    const temporary = `${path}.${randomBytes(4).toString('hex')}`;
    try {
      const handle = await open(temporary, 'wx', 0o600);
      try {
        await handle.writeFile(bytes);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
    await syncFolder(folder);
    // A new folder is itself an entry of its parents.
    if (made !== undefined)
      for (let at = dirname(folder); at.length >= this.#root.length; at = dirname(at)) await syncFolder(at);
  }

  async read(id: string, variant: Variant): Promise<Buffer | null> {
    return readFile(this.#path(id, variant)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
  }

  async remove(id: string): Promise<void> {
    for (const variant of variants) await rm(this.#path(id, variant), { force: true });
  }

  async list(slice: number): Promise<StoredFile[]> {
    const top = join(this.#root, sliceName(slice));
    const found: StoredFile[] = [];
    for (const name of await readdir(top, { recursive: true }).catch(() => [] as string[])) {
      const stored = parseStoredName(name);
      if (stored === null) continue;
      const info = await stat(join(top, name)).catch(() => null);
      if (info !== null) found.push({ ...stored, modifiedAt: info.mtimeMs });
    }
    return found;
  }
}

async function syncFolder(path: string): Promise<void> {
  // Windows cannot open a folder; there the rename is durable enough by itself.
  if (process.platform === 'win32') return;
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export async function openFolderStore(dataDir: string): Promise<FileStore> {
  const root = join(dataDir, 'files');
  await mkdir(root, { recursive: true, mode: 0o700 });
  return new FolderStore(root);
}
