import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, link, mkdir, open, readFile, rename, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ConfigError } from '../../config.ts';

/**
 * The master keys lie in one small file beside, never inside, the database folder: a stolen database alone opens
 * nothing. `keys` seal and open: one is active, older ones stay for reading. `indexKey` never changes, because
 * every blind index in the database was made with it.
 */
export interface KeyRing {
  readonly active: { readonly id: string; readonly key: Buffer };
  readonly keys: ReadonlyMap<string, Buffer>;
  readonly indexKey: Buffer;
}

export interface KeyOptions {
  readonly mode: 'demo' | 'production';
  /** GONGZHI_KEYS; by default keys.json in the data folder. */
  readonly keyFile?: string | undefined;
  /** Production never makes keys by itself: a mistyped path would silently start a second, unreadable life. */
  readonly create?: boolean;
}

interface KeyFile {
  active: string;
  keys: Record<string, string>;
  indexKey: string;
}

export function keyFilePath(dataDir: string, keyFile?: string): string {
  return keyFile ?? join(dataDir, 'keys.json');
}

export async function loadKeys(dataDir: string, options: KeyOptions): Promise<KeyRing> {
  const path = keyFilePath(dataDir, options.keyFile);
  if (options.create === true || options.mode === 'demo') await createKeyFile(path);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') {
      throw new ConfigError(
        `The key file ${path} does not exist: put yours there, or name it in GONGZHI_KEYS, or make new keys with "npx gongzhi keys create".`,
      );
    }
    throw new ConfigError(`The key file ${path} cannot be read (${error.code}).`);
  });
  const { mode } = await stat(path);
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    throw new ConfigError(`The key file ${path} can be read by others: run chmod 600 on it.`);
  }
  return parse(text, path);
}

/** Leaves an existing file alone, also one that another process makes at this moment. */
export async function createKeyFile(path: string): Promise<void> {
  if (existsSync(path)) return;
  const id = randomBytes(4).toString('hex');
  await mkdir(dirname(path), { recursive: true });
  const temporary = await writeAside(path, {
    active: id,
    keys: { [id]: newKey() },
    indexKey: newKey(),
  });
  try {
    await link(temporary, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await unlink(temporary);
  }
}

/** Adds a key and makes it the active one; every older key stays for reading. */
export async function rotateKeys(path: string): Promise<string> {
  const file = JSON.parse(await readFile(path, 'utf8')) as KeyFile;
  const id = randomBytes(4).toString('hex');
  const temporary = await writeAside(path, { ...file, active: id, keys: { ...file.keys, [id]: newKey() } });
  await rename(temporary, path);
  return id;
}

async function writeAside(path: string, file: KeyFile): Promise<string> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}`;
  const handle = await open(temporary, 'wx', 0o600);
  try {
    await handle.writeFile(`${JSON.stringify(file, null, 2)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  // A generous umask never opens it further, a strange one might have closed it.
  await chmod(temporary, 0o600);
  return temporary;
}

function newKey(): string {
  return randomBytes(32).toString('base64');
}

function parse(text: string, path: string): KeyRing {
  let file: Partial<KeyFile> = {};
  try {
    file = JSON.parse(text) as Partial<KeyFile>;
  } catch {
    // Falls through to the one sentence below.
  }
  const keys = new Map(Object.entries(file.keys ?? {}).map(([id, key]) => [id, Buffer.from(key, 'base64')]));
  const indexKey = Buffer.from(file.indexKey ?? '', 'base64');
  const active = keys.get(file.active ?? '');
  const isWhole = [...keys].every(([id, key]) => /^[0-9a-f]{8}$/.test(id) && key.length === 32);
  if (active === undefined || file.active === undefined || !isWhole || indexKey.length !== 32) {
    throw new ConfigError(
      `The key file ${path} is damaged: restore it from your backup, without it sealed data stays sealed.`,
    );
  }
  return { active: { id: file.active, key: active }, keys, indexKey };
}
