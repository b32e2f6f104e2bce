/**
 * Settings for a laptop whose two cores the server shares. `durable: false` is for tests alone: it gives up
 * everything that only matters when the machine loses power.
 */
export function serverSettings(options: {
  port: number;
  socketDir: string | undefined;
  durable: boolean;
  /** A server that lives for one bulk load: fewer checkpoints, and statistics are gathered at the end of it. */
  bulk?: boolean;
}): string[] {
  const settings: Record<string, string> = {
    port: String(options.port),
    listen_addresses: '127.0.0.1',
    // A list to PostgreSQL, so a comma in the path needs the quotes.
    unix_socket_directories: options.socketDir ? `"${options.socketDir.replaceAll('"', '""')}"` : '',
    unix_socket_permissions: '0700',
    max_connections: '100',
    shared_buffers: options.durable ? '192MB' : '128MB',
    effective_cache_size: '1GB',
    work_mem: '8MB',
    maintenance_work_mem: '128MB',
    wal_compression: 'on',
    max_wal_size: '1GB',
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
        shared_buffers: '512MB',
        max_wal_size: '6GB',
        checkpoint_timeout: '30min',
        wal_compression: 'off',
        autovacuum: 'off',
      }
    : {};
  return Object.entries({ ...settings, ...loss, ...bulk }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
}
