import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, lstatSync, readdirSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { makeFolder } from '../lib/make-folder.ts';
import {
  type Base,
  keyIdsIn,
  type Manifest,
  prepareBackupFolder,
  readManifest,
  sideFolder,
  walFolder,
  writeAside,
  writeManifest,
} from './backup-folder.ts';
import { placeIn } from './folder.ts';
import { StartError } from './start-error.ts';

/**
 * Copies of a running embedded database: the low-level base backup of PostgreSQL, and its log (WAL) from then on. A
 * replication slot of the folder's own keeps the log that is not copied yet. We copy, and not an archive_command:
 * the server may run as another user that cannot write where backups lie, and needs no restart for it.
 */
export type BackupOptions = {
  adminUrl: string;
  dataDir: string;
  /** Where the copies lie. */
  folder: string;
  keyFile: string;
};

/** What PostgreSQL's manual names: of this moment only, or made anew by recovery. */
const emptied = new Set([
  'pg_wal',
  'pg_replslot',
  'pg_dynshmem',
  'pg_notify',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
]);
const leftOut =
  /^(?:postmaster\.(?:pid|opts)|backup_label.*|tablespace_map|pg_internal\.init.*|pgsql_tmp.*|recovery\.signal|standby\.signal)$/;

export async function takeBase(options: BackupOptions): Promise<Manifest> {
  const { folder } = options;
  prepareBackupFolder(folder);
  return withServer(options, async (client) => {
    const known = await knownManifest(client, folder);
    const slot = await ensureSlot(client, folder);
    const startedAt = new Date();
    const name = `base-${startedAt.toISOString().replaceAll(/[:.]/g, '')}`;
    const target = join(folder, `${name}.new`);
    const { rows: begun } = await client.query<{ wal: string }>(
      `select pg_walfile_name(pg_backup_start($1, fast => true)) as wal`,
      [name],
    );
    copyDatabase(placeIn(options.dataDir).data, target);
    // The label is the database's word on where recovery begins; without it a copy looks whole and is not.
    const { rows: ended } = await client.query<{ wal: string; label: string; map: string; at: Date }>(
      `with stopped as materialized (select * from pg_backup_stop(wait_for_archive => false))
       select pg_walfile_name(lsn) as wal, labelfile as label, spcmapfile as map, clock_timestamp() as at from stopped`,
    );
    const { wal: stopWal, label, map, at } = ended[0]!;
    if (map.trim() !== '')
      throw new StartError(
        'tablespaces',
        'This database has tablespaces, which the embedded one never makes.',
      );
    writeAside(join(target, 'backup_label'), label);
    renameSync(target, join(folder, name));
    const base: Base = {
      name,
      startedAt: startedAt.toISOString(),
      finishedAt: at.toISOString(),
      startWal: begun[0]!.wal,
      stopWal,
    };
    return copyLog(client, options, slot, { ...known, bases: [...(known?.bases ?? []), base] });
  });
}

/** What was acknowledged since the last copy. Refused where a part of the log in between is gone. */
export async function copyOn(options: BackupOptions): Promise<Manifest> {
  const { folder } = options;
  const manifest = readManifest(folder);
  if (manifest === undefined)
    throw new StartError(
      'no-base',
      `There is no backup in ${folder} yet: run \`npx gongzhi backup ${folder}\` first.`,
    );
  return withServer(options, async (client) => {
    await knownManifest(client, folder);
    const { rows } = await client.query<{ status: string | null }>(
      'select wal_status as status from pg_replication_slots where slot_name = $1',
      [manifest.slot],
    );
    const status = rows[0]?.status;
    if (status === undefined || status === null || status === 'lost')
      throw new StartError(
        'log-gap',
        `The database's log since the last copy in ${folder} is gone: take a new base with \`npx gongzhi backup ${folder}\`.`,
      );
    return copyLog(client, options, manifest.slot, manifest);
  });
}

async function withServer<T>(
  { adminUrl }: BackupOptions,
  use: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: adminUrl, application_name: 'gongzhi backup' });
  // A base backup belongs to the session that began it: gone is gone, and the query says so.
  client.on('error', () => {});
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

/** A folder holds one database's copies: of two they could not be told apart when it matters. */
async function knownManifest(client: pg.Client, folder: string): Promise<Manifest | undefined> {
  const manifest = readManifest(folder);
  const { rows } = await client.query<{ id: string }>(
    'select system_identifier::text as id from pg_control_system()',
  );
  if (manifest !== undefined && manifest.systemIdentifier !== rows[0]?.id)
    throw new StartError(
      'another-database',
      `${folder} holds copies of another database: name another folder.`,
    );
  return manifest;
}

async function ensureSlot(client: pg.Client, folder: string): Promise<string> {
  const digest = createHash('sha256').update(realpathSync(folder)).digest('hex');
  const slot = `gongzhi_backup_${digest.slice(0, 12)}`;
  const { rows } = await client.query<{ status: string | null }>(
    'select wal_status as status from pg_replication_slots where slot_name = $1',
    [slot],
  );
  if (rows.length > 0 && rows[0]!.status !== 'lost') return slot;
  if (rows.length > 0) await client.query('select pg_drop_replication_slot($1)', [slot]);
  await client.query('select pg_create_physical_replication_slot($1, true)', [slot]);
  return slot;
}

async function copyLog(
  client: pg.Client,
  options: BackupOptions,
  slot: string,
  known: Partial<Manifest> & Pick<Manifest, 'bases'>,
): Promise<Manifest> {
  const { folder, dataDir } = options;
  // Asked first: whatever was acknowledged before `at` is flushed up to `lsn`.
  const { rows } = await client.query<{
    id: string;
    version: string;
    at: Date;
    from: string;
    last: string;
    restart: string;
  }>(
    `select (select system_identifier::text from pg_control_system()) as id, current_setting('server_version') as version,
       clock_timestamp() as at, pg_walfile_name(restart_lsn) as from, pg_walfile_name(lsn) as last,
       (lsn - (pg_wal_lsn_diff(lsn, '0/0') % setting)::numeric)::text as restart
     from (select pg_current_wal_flush_lsn() as lsn) now, pg_replication_slots,
       (select pg_size_bytes(current_setting('wal_segment_size'))::numeric as setting) size
     where slot_name = $1`,
    [slot],
  );
  const { id, version, at, from, last, restart } = rows[0]!;
  const source = join(placeIn(dataDir).data, 'pg_wal');
  const isWanted = (name: string) =>
    name.endsWith('.history') || (/^[0-9A-F]{24}$/.test(name) && name >= from && name <= last);
  for (const name of readdirSync(source).filter(isWanted).sort()) {
    const target = join(walFolder(folder), name);
    copyFileSync(join(source, name), `${target}.new`);
    renameSync(`${target}.new`, target);
  }
  // What people sent goes last: a row never names a file that is not there yet.
  copySide(dataDir, sideFolder(folder));
  const manifest: Manifest = {
    systemIdentifier: id,
    serverVersion: version,
    slot,
    bases: known.bases,
    through: at.toISOString(),
    lastWal: last,
    keyIds: [...new Set([...(known.keyIds ?? []), ...keyIdsIn(options.keyFile)])].sort(),
  };
  writeManifest(folder, manifest);
  // Only now may the server forget what is copied; the file that is still being written is copied again.
  await client.query(
    'select pg_replication_slot_advance($1, $2::pg_lsn) where $2::pg_lsn > (select restart_lsn from pg_replication_slots where slot_name = $1)',
    [slot, restart],
  );
  return manifest;
}

/** Files that grow, shrink or vanish meanwhile are made right by the log. */
function copyDatabase(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  makeFolder(to, 0o700);
  for (const name of readdirSync(from)) {
    if (leftOut.test(name)) continue;
    if (emptied.has(name)) makeFolder(join(to, name), 0o700);
    else copyTree(join(from, name), join(to, name));
  }
}

function copyTree(from: string, to: string): void {
  try {
    if (lstatSync(from).isDirectory()) {
      makeFolder(to, 0o700);
      for (const name of readdirSync(from))
        if (!leftOut.test(name)) copyTree(join(from, name), join(to, name));
    } else copyFileSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/** Beside the database: uploaded files, which are written once and never changed, and its passwords. */
function copySide(dataDir: string, to: string): void {
  const passwords = 'postgres.json';
  if (existsSync(join(dataDir, passwords))) {
    copyFileSync(join(dataDir, passwords), join(to, `${passwords}.new`));
    renameSync(join(to, `${passwords}.new`), join(to, passwords));
  }
  if (existsSync(join(dataDir, 'files'))) copyNew(join(dataDir, 'files'), join(to, 'files'));
}

function copyNew(from: string, to: string): void {
  makeFolder(to, 0o700);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) copyNew(source, target);
    else if (!existsSync(target) && !entry.name.endsWith('.new')) {
      try {
        copyFileSync(source, `${target}.new`);
        renameSync(`${target}.new`, target);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      }
    }
  }
}
