import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endWithUs } from '../lib/at-exit.ts';
import type { Binaries } from './binaries.ts';
import type { RunAs } from './run-as.ts';
import { diskFull, StartError } from './start-error.ts';

/** Written last, so that a folder without it is known to be half made. */
export function completionMark(folder: string): string {
  return join(folder, 'complete');
}

/**
 * Makes the database folder `<folder>/data`. An earlier attempt that died midway is removed first: nothing
 * of value can be in it, because the server is never started before the completion mark is written.
 */
export async function initialise(options: {
  folder: string;
  binaries: Binaries;
  runner: RunAs;
  adminPassword: string;
  durable: boolean;
}): Promise<void> {
  const { folder, runner } = options;
  const dataDir = join(folder, 'data');
  rmSync(dataDir, { recursive: true, force: true });
  mkdirSync(dataDir, { mode: 0o700 });
  runner.own(dataDir);

  const passwordFile = join(folder, 'first-password');
  rmSync(passwordFile, { force: true });
  writeFileSync(passwordFile, `${options.adminPassword}\n`, { mode: 0o600 });
  runner.own(passwordFile);
  try {
    const output = await run(runner, options.binaries.initdb, [
      `--pgdata=${dataDir}`,
      '--username=gongzhi_admin',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // C.UTF-8 knows Chinese characters as letters; plain C makes trigrams of them empty.
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C.UTF-8',
      '--no-instructions',
      ...(options.durable ? [] : ['--no-sync']),
    ]);
    if (!existsSync(join(dataDir, 'PG_VERSION')) || output.code !== 0)
      throw explainInitdb(output.text, folder);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  const mark = completionMark(folder);
  writeFileSync(mark, `${new Date().toISOString()}\n`);
  chmodSync(mark, 0o600);
}

function explainInitdb(text: string, folder: string): StartError {
  if (/No space left on device|Disk quota exceeded/i.test(text)) return diskFull(folder);
  if (/Permission denied|Read-only file system/i.test(text)) {
    return new StartError(
      'unwritable',
      `PostgreSQL may not write to ${folder}: set GONGZHI_DATA to a folder it can use.`,
    );
  }
  if (/invalid locale|locale name/i.test(text)) {
    return new StartError(
      'locale',
      "This machine lacks the locale C.UTF-8, which the database needs: install your system's locale package.",
    );
  }
  const reason =
    text
      .split('\n')
      .find((line) => /error|fatal/i.test(line))
      ?.trim() ?? 'it gave no reason';
  return new StartError('initdb', `The database folder ${folder} could not be made (${reason}).`);
}

function run(runner: RunAs, command: string, args: string[]): Promise<{ code: number | null; text: string }> {
  return new Promise((resolve, reject) => {
    const child = runner.spawn(command, args, {
      cwd: '/',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC' },
    });
    endWithUs(child, 'SIGKILL');
    let text = '';
    child.stdout?.on('data', (chunk: Buffer) => (text += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (text += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, text }));
  });
}
