import { resolve } from 'node:path';
import { type Config, loadConfig } from '../../apps/server/src/config.ts';
import { StartError } from '../postgres/start-error.ts';

export const projectRoot = resolve(import.meta.dirname, '..', '..');

export type Environment = {
  config: Config;
  /** True when no database was named, so that the embedded one is started for us. */
  isEmbedded: boolean;
};

/** Reads the environment as the server does; what cannot work is refused here, before any slow step. */
export function readEnvironment(env: NodeJS.ProcessEnv = process.env): Environment {
  // An empty variable means the same as none: `PORT= npm start` should not fail.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  if (given['DATABASE_ADMIN_URL'] && !given['DATABASE_URL']) {
    throw new StartError(
      'environment',
      'DATABASE_ADMIN_URL is set without DATABASE_URL: set both, or neither to use the embedded database.',
    );
  }
  const config = loadConfig(given, projectRoot);
  return { config, isEmbedded: config.databaseUrl === '' };
}

/** For a command that serves nobody: an address and a sender for one-time codes need not be set yet. */
export function readToolEnvironment(env: NodeJS.ProcessEnv = process.env): Environment {
  return readEnvironment({ ...env, HOST: '127.0.0.1', GONGZHI_CODE_SENDER: 'file' });
}
