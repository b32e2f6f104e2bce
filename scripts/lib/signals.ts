/**
 * Runs `stop` once when the process is asked to end, then ends it. A second Ctrl-C does not cut it short: npm
 * passes the terminal's signal on, so the same Ctrl-C arrives twice; after five seconds a further one does.
 */
export function onStopSignal(stop: () => Promise<void>): void {
  let since: number | undefined;
  const handle = (signal: NodeJS.Signals) => {
    if (since !== undefined) {
      if (performance.now() - since > 5_000) process.exit(130);
      return;
    }
    since = performance.now();
    if (process.stdout.isTTY) process.stdout.write('\n  stopping …\n');
    stop().then(
      () => process.exit(signal === 'SIGINT' ? 130 : 0),
      (error: unknown) => {
        process.stderr.write(
          `Stopping did not go cleanly: ${error instanceof Error ? error.message : String(error)}\n`,
        );
        process.exit(1);
      },
    );
  };
  // When npm is told to end, it ends its shell and not us: the changed parent is the only word we get.
  const parent = process.ppid;
  if (process.env['npm_lifecycle_event'] && process.platform !== 'win32') {
    setInterval(() => process.ppid !== parent && handle('SIGTERM'), 250).unref();
  }
  // Nobody listens any more (`npm start | head`): no reason to stop serving.
  process.stdout.on('error', () => {});
  process.on('SIGINT', handle);
  process.on('SIGTERM', handle);
  process.on('SIGHUP', handle);
}
