import { totalmem } from 'node:os';

const megabyte = 1024 * 1024;

const between = (least: number, value: number, most: number): number =>
  Math.round(Math.min(Math.max(least, value), most));

/** Of this machine, or of the container it runs in. */
function memoryMb(): number {
  const limit = process.constrainedMemory();
  return Math.min(totalmem(), limit > 0 ? limit : Number.POSITIVE_INFINITY) / megabyte;
}

/**
 * Settings for a laptop whose two cores the server shares. What the database keeps in memory itself grows with the
 * machine: a page that was pushed out is written, and read again for the next payment of that home. `durable: false` is for tests alone: it gives up
 * everything that only matters when the machine loses power.
 */
export function serverSettings(options: {
  port: number;
  socketDir: string | undefined;
  durable: boolean;
  /** A server that lives for one bulk load: fewer checkpoints, and statistics are gathered at the end of it. */
  bulk?: boolean;
}): string[] {
  const memory = memoryMb();
  const settings: Record<string, string> = {
    port: String(options.port),
    listen_addresses: '127.0.0.1',
    // A list to PostgreSQL, so a comma in the path needs the quotes.
    unix_socket_directories: options.socketDir ? `"${options.socketDir.replaceAll('"', '""')}"` : '',
    unix_socket_permissions: '0700',
    max_connections: '100',
    shared_buffers: options.durable ? `${between(192, memory / 16, 1024)}MB` : '128MB',
    effective_cache_size: `${between(1024, memory / 2, 32_768)}MB`,
    work_mem: '8MB',
    maintenance_work_mem: '128MB',
    wal_compression: 'on',
    max_wal_size: '2GB',
    min_wal_size: '128MB',
    checkpoint_timeout: '10min',
    // A backup folder that nobody copies to any more must not fill the disk: it needs a new base then.
    max_slot_wal_keep_size: '4GB',
    random_page_cost: '1.1',
    jit: 'off',
    track_io_timing: 'on',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // Statements may carry personal data in their parameters: only errors are logged, without the statement.
    log_min_error_statement: 'panic',
    log_parameter_max_length_on_error: '0',
  };
  const loss: Record<string, string> = options.durable
    ? { fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on' }
    : {
        fsync: 'off',
        full_page_writes: 'off',
        synchronous_commit: 'off',
        wal_level: 'minimal',
        max_wal_senders: '0',
        max_wal_size: '256MB',
        min_wal_size: '32MB',
        autovacuum_naptime: '1h',
      };
  const bulk: Record<string, string> = options.bulk
    ? {
        // An index by time that runs through all departments is touched everywhere by each of them: with ten million orders
        // and a gigabyte of memory its pages were written out and read back all the while.
        shared_buffers: `${between(512, memory / 4, 16_384)}MB`,
        // A page that is touched again after a checkpoint is logged as a whole, for a mere hint too: as much again as
        // all rows of a city of a million orders, where there is one every few gigabytes.
        max_wal_size: '16GB',
        checkpoint_completion_target: '0.1',
        checkpoint_timeout: '30min',
        // Nothing is recycled without checkpoints: each piece of the log would be written twice, first with zeros.
        wal_init_zero: 'off',
        wal_compression: 'off',
        autovacuum: 'off',
      }
    : {};
  return Object.entries({ ...settings, ...loss, ...bulk }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
}
