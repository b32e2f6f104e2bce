import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { StartError } from './start-error.ts';

/** What must be known to connect: kept beside the database folder, never in it, readable by its owner only. */
export type Secrets = {
  port: number;
  admin: string;
  app: string;
};

export function newPassword(): string {
  return randomBytes(24).toString('base64url');
}

export function readSecrets(file: string): Secrets | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Secrets;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new StartError(
      'secrets-damaged',
      `${file} holds the database's passwords and is damaged: restore it from a copy, or delete the folder around it to begin anew.`,
    );
  }
}

/** Written beside and renamed, so that a crash leaves the old passwords or the new ones, never half a file. */
export function writeSecrets(file: string, secrets: Secrets): void {
  const beside = `${file}.new`;
  writeFileSync(beside, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  chmodSync(beside, 0o600);
  renameSync(beside, file);
}
