import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** `mkdir -p`. Not Node's own recursive one: where a folder cannot be (such as /proc) that never returns. */
export function makeFolder(path: string, mode: number): void {
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST' && statSync(path).isDirectory()) return;
    if (code !== 'ENOENT' || existsSync(dirname(path))) throw error;
    makeFolder(dirname(path), mode);
    mkdirSync(path, { mode });
  }
}

/** Root's database runs as another user, which must be able to pass through to its own folder. */
export function dataFolderMode(): number {
  return process.getuid?.() === 0 ? 0o711 : 0o700;
}
