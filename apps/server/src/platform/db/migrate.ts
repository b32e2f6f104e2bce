import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { loadReferenceData } from './reference.ts';

/**
 * Migrations are SQL files, a folder per module, ordered by the timestamp in their names over all folders:
 * `20261121T2300_identity.sql`. After a line `-- check` comes one query that must return the single value true:
 * it proves that the migration left what it promises. What was released stays as it is, unless it could not run everywhere:
 * then it says `-- amends` and the SHA-256 it had. Each file runs in a transaction of its own, as
 * gongzhi_owner, with an empty search path.
 */
export interface Migration {
  readonly name: string;
  readonly body: string;
  readonly check: string;
  readonly checksum: string;
  /** What it was released as before, where some databases could not be brought over it. Those that could are as they were: what differs comes to them by a later one. */
  readonly amends: readonly string[];
}
const amended = /^-- amends ([0-9a-f]{64})$/gm;

/** One sentence for the operator; printed without a stack. */
export class MigrationError extends Error {}

const sourceRoot = join(import.meta.dirname, '..', '..');
const fileName = /^\d{8}T\d{4}_[a-z0-9_]+\.sql$/;

export async function readMigrations(root = sourceRoot): Promise<Migration[]> {
  const modules = (await readdir(join(root, 'modules'), { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  const folders = [
    join(root, 'platform', 'migrations'),
    ...modules.map((m) => join(root, 'modules', m, 'migrations')),
  ];
  const found: Migration[] = [];
  for (const folder of folders) {
    for (const name of await namesIn(folder)) {
      if (!fileName.test(name))
        throw new Error(`migration ${name}: the name must look like 20261121T2300_what.sql`);
      const text = await readFile(join(folder, name), 'utf8');
      const [body, check] = text.split(/^-- check$/m);
      if (!body?.trim() || !check?.trim())
        throw new Error(`migration ${name} needs a body and, after "-- check", a query`);
      const checksum = createHash('sha256').update(text).digest('hex');
      found.push({ name, body, check, checksum, amends: [...text.matchAll(amended)].map(([, was]) => was!) });
    }
  }
  found.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (let i = 1; i < found.length; i++) {
    if (found[i]!.name.slice(0, 13) === found[i - 1]!.name.slice(0, 13)) {
      throw new Error(`migrations ${found[i - 1]!.name} and ${found[i]!.name} bear the same timestamp`);
    }
  }
  return found;
}

/** A module without tables has no such folder; one that cannot be read is another matter. */
async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

export interface MigrateOptions {
  /** Tests bring a tree of their own: `platform/migrations` and `modules/…/migrations` lie in it. */
  readonly root?: string;
  /** Gives the app's login role this password (embedded database); without it the operator sets one. */
  readonly appPassword?: string;
  readonly log?: (line: string) => void;
}

/** Brings the database to this source's schema. Safe to run twice, also at the same time from two processes. */
export async function migrate(
  adminUrl: string,
  options: MigrateOptions = {},
): Promise<{ applied: string[] }> {
  const migrations = await readMigrations(options.root);
  const client = new pg.Client({
    connectionString: adminUrl,
    options: '-c timezone=UTC',
    application_name: 'gongzhi migrate',
  });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock(7116401)');
    await createRoles(client, options.appPassword);
    await client.query(`set role gongzhi_owner`);
    await client.query(`create schema if not exists platform`);
    await client.query(
      `create table if not exists platform.migration (
         name text constraint migration_pk primary key, checksum text not null, applied_at timestamptz not null)`,
    );
    const done = new Map(
      (
        await client.query<{ name: string; checksum: string }>(
          'select name, checksum from platform.migration',
        )
      ).rows.map((r) => [r.name, r.checksum]),
    );
    const known = new Set(migrations.map((migration) => migration.name));
    const unknown = [...done.keys()].filter((name) => !known.has(name)).sort();
    if (unknown.length > 0) {
      throw new MigrationError(
        `This source is older than the database, which has already applied ${unknown.join(', ')}: run the version that brought it, or a later one.`,
      );
    }
    const applied: string[] = [];
    for (const migration of migrations) {
      const before = done.get(migration.name);
      if (before === migration.checksum || (before !== undefined && migration.amends.includes(before)))
        continue;
      if (before !== undefined)
        throw new Error(`migration ${migration.name} was changed after it had been applied`);
      await apply(client, migration);
      options.log?.(migration.name);
      applied.push(migration.name);
    }
    // The owner is held by the wall like everybody else; filling tables is the loader's part.
    await client.query('set role gongzhi_loader');
    await loadReferenceData(client, sourceRoot);
    return { applied };
  } finally {
    await client.end();
  }
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query(`set local search_path = ''`);
    await client.query(migration.body);
    const checked = await client.query({ text: migration.check, rowMode: 'array' });
    if (checked.rows.length !== 1 || checked.rows[0]?.[0] !== true)
      throw new Error('its check does not hold');
    await client.query('insert into platform.migration values ($1, $2, $3)', [
      migration.name,
      migration.checksum,
      new Date(),
    ]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new Error(`migration ${migration.name}: ${(error as Error).message}`, { cause: error });
  }
}

/**
 * owner holds the schema; app serves requests under row-level security; worker dispatches events and claims due
 * rows over all scopes (app may become it by SET ROLE, and inherits nothing); loader copies in bulk.
 */
async function createRoles(client: pg.Client, appPassword: string | undefined): Promise<void> {
  const roles: [string, string][] = [
    ['gongzhi_owner', 'nologin'],
    ['gongzhi_app', 'login noinherit'],
    ['gongzhi_worker', 'nologin'],
    ['gongzhi_loader', 'nologin bypassrls'],
  ];
  for (const [name, attributes] of roles) {
    const exists = (await client.query('select 1 from pg_roles where rolname = $1', [name])).rowCount === 1;
    if (!exists) await client.query(`create role ${name} ${attributes}`);
  }
  await client.query('grant gongzhi_worker to gongzhi_app with inherit false, set true');
  await client.query('grant gongzhi_owner, gongzhi_loader to current_user');
  await client.query(
    `do $$ begin execute format('grant create on database %I to gongzhi_owner', current_database()); end $$`,
  );
  if (appPassword !== undefined) {
    await client.query(`alter role gongzhi_app password ${pg.escapeLiteral(appPassword)}`);
  }
}
