import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrate, readMigrations } from '../apps/server/src/platform/db/migrate.ts';
import { isAlive, livingPostmaster, stopPostmaster } from '../scripts/postgres/postmaster.ts';
import { startPostgres } from '../scripts/postgres.ts';

/**
 * One real PostgreSQL for a whole test run. It gives up durability (nothing outlives the run anyway), so that a
 * database of one's own costs some tens of milliseconds.
 */
const prefix = 'gongzhi-test-';

/** In memory where there is room (cloning a database: 25 ms; on disk 200), else in the temporary folder. */
function baseFolder(): string {
  try {
    const memory = statfsSync('/dev/shm');
    if (memory.bavail * memory.bsize > 2 * 1024 ** 3) {
      accessSync('/dev/shm', constants.W_OK);
      return '/dev/shm';
    }
  } catch {
    // Not Linux, or closed to us.
  }
  return tmpdir();
}

export async function startTestPostgres(): Promise<{ adminUrl: string; stop(): Promise<void> }> {
  const base = baseFolder();
  await sweep(base);
  const folder = mkdtempSync(join(base, prefix));
  writeFileSync(join(folder, 'owner.pid'), String(process.pid));
  try {
    const cluster = await startPostgres({ dataDir: folder, durable: false });
    return {
      adminUrl: cluster.url('admin', 'postgres'),
      stop: async () => {
        await cluster.stop();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** A run that was killed could not tidy up; the next one does it. */
async function sweep(base: string): Promise<void> {
  for (const name of readdirSync(base).filter((entry) => entry.startsWith(prefix))) {
    const folder = join(base, name);
    const ownerFile = join(folder, 'owner.pid');
    try {
      if (!existsSync(ownerFile) || isAlive(Number(readFileSync(ownerFile, 'utf8')))) continue;
      const left = livingPostmaster(join(folder, 'postgres', 'data'));
      if (left) await stopPostmaster(left.pid);
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // Somebody else's folder, or swept by another run at this moment.
    }
  }
}

export function testAdminUrl(): string {
  const url = process.env['GONGZHI_TEST_ADMIN_URL'];
  if (!url) {
    throw new Error(
      'This test needs a database: run it with vitest in the project "server", "e2e" or "pages", or set GONGZHI_TEST_ADMIN_URL.',
    );
  }
  return url;
}

/** The app role's password on a test server: any process that knows the admin address can work it out. */
export function testAppPassword(adminUrl: string): string {
  const { password, username } = new URL(adminUrl);
  return createHash('sha256').update(`gongzhi test app ${username}:${password}`).digest('base64url');
}

/** The same server, another database. */
export function onDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}

export async function withAdmin<T>(adminUrl: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: onDatabase(adminUrl, 'postgres') });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

/**
 * The migrated database that tests are cloned from, made once per state of the migrations. It is made under
 * another name and renamed when whole, so that a run that died midway leaves nothing that looks finished.
 */
export async function ensureTemplate(adminUrl: string): Promise<string> {
  const migrations = await readMigrations();
  const state = createHash('sha256').update(migrations.map((m) => `${m.name} ${m.checksum}`).join('\n'));
  const template = `gongzhi_template_${state.digest('hex').slice(0, 12)}`;
  await withAdmin(adminUrl, async (client) => {
    // Several runs may share one kept server: one makes the template, the others wait.
    await client.query('select pg_advisory_lock(7116402)');
    const exists = await client.query('select 1 from pg_database where datname = $1', [template]);
    if (exists.rowCount === 1) return;
    const making = `${template}_making`;
    await client.query(`drop database if exists ${making} with (force)`);
    await client.query(`create database ${making}`);
    await migrate(onDatabase(adminUrl, making), { appPassword: testAppPassword(adminUrl) });
    await client.query(`alter database ${making} rename to ${template}`);
    await client.query(`alter database ${template} with is_template true allow_connections false`);
  });
  return template;
}
