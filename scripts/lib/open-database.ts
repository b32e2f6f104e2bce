import { migrate } from '../../apps/server/src/platform/db/migrate.ts';
import { runningPostgres, StartError, startPostgres } from '../postgres.ts';
import type { Environment } from './environment.ts';
import { folderHolder, lockFolder } from './folder-lock.ts';

export type OpenDatabase = {
  databaseUrl: string;
  adminUrl: string;
  /** Migrations that opening the embedded database applied; one of the operator's own is left as it is. */
  applied: string[];
  close(): Promise<void>;
};

/**
 * The database a command works on: the operator's own when DATABASE_URL is set; else the embedded one of the
 * data folder, shared with a running `npm start` or started for as long as the command takes.
 */
export async function openDatabase(
  environment: Environment,
  what: string,
  { bulk = false }: { readonly bulk?: boolean } = {},
): Promise<OpenDatabase> {
  const { config, isEmbedded } = environment;
  if (!isEmbedded) {
    if (!config.adminUrl) {
      throw new StartError(
        'no-admin',
        `\`${what}\` changes more than the app's own role may: set DATABASE_ADMIN_URL too.`,
      );
    }
    return { databaseUrl: config.databaseUrl, adminUrl: config.adminUrl, applied: [], close: async () => {} };
  }
  const shared = runningPostgres(config.dataDir);
  if (shared && folderHolder(config.dataDir)) {
    return {
      databaseUrl: shared.url('app'),
      adminUrl: shared.url('admin'),
      applied: [],
      close: async () => {},
    };
  }
  const lock = lockFolder(config.dataDir, what);
  try {
    const cluster = await startPostgres({ dataDir: config.dataDir, bulk });
    const close = async () => {
      await cluster.stop();
      lock.release();
    };
    try {
      const { applied } = await migrate(cluster.url('admin'), { appPassword: cluster.secrets.app });
      return { databaseUrl: cluster.url('app'), adminUrl: cluster.url('admin'), applied, close };
    } catch (error) {
      await close();
      throw error;
    }
  } catch (error) {
    lock.release();
    throw error;
  }
}
