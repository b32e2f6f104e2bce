import { statfsSync } from 'node:fs';

/**
 * Why something could not start, as one sentence that its reader can act on. Scripts print `message` alone:
 * a stack trace would hide it.
 */
export class StartError extends Error {
  readonly code: string;
  /** 1 for what the machine refuses, 2 for what was asked wrongly. */
  readonly exitCode: number;

  constructor(code: string, message: string, exitCode = 1) {
    super(message);
    this.name = 'StartError';
    this.code = code;
    this.exitCode = exitCode;
  }
}

function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}

/** Turns an operating-system error about a path into its sentence; anything else passes unchanged. */
export function explainPathError(error: unknown, path: string): unknown {
  switch (errorCode(error)) {
    case 'EACCES':
    case 'EPERM':
      return new StartError(
        'unwritable',
        `The data folder ${path} cannot be written to: give its owner write permission or set GONGZHI_DATA to another folder.`,
      );
    case 'EROFS':
      return new StartError(
        'unwritable',
        `The data folder ${path} is on a read-only disk: set GONGZHI_DATA to a folder that can be written to.`,
      );
    case 'ENOSPC':
    case 'EDQUOT':
      return diskFull(path);
    case 'ENOENT':
      return new StartError(
        'no-folder',
        `The data folder ${path} cannot be made there: set GONGZHI_DATA to a folder that can exist.`,
      );
    case 'ENOTDIR':
    case 'EEXIST':
      return new StartError(
        'not-a-folder',
        `The data folder ${path} is not a folder: set GONGZHI_DATA to a folder.`,
      );
    default:
      return error;
  }
}

/** What an ordinary user may still write to the disk that holds this folder. */
export function freeBytes(folder: string): number {
  const disk = statfsSync(folder);
  return disk.bavail * disk.bsize;
}

export function diskFull(path: string): StartError {
  return new StartError(
    'disk-full',
    `The disk that holds ${path} is full: free some space or set GONGZHI_DATA to a folder on another disk.`,
  );
}

const sentences = new Set(['ConfigError', 'MigrationError']);

/** Prints the one sentence and ends the process. An unforeseen error keeps its stack: it is a bug to report. */
export function exitWith(error: unknown): never {
  // By name, because scripts that never load the server must not import its config for one class.
  if (error instanceof Error && (error instanceof StartError || sentences.has(error.constructor.name))) {
    process.stderr.write(`\n${error.message}\n`);
    process.exit(error instanceof StartError ? error.exitCode : 1);
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`\nSomething unforeseen happened; please report it with these lines:\n${text}\n`);
  process.exit(1);
}
