import { loadConfig } from '../../../apps/server/src/config.ts';
import { modules, startServer } from '../../../apps/server/src/main.ts';
import { openWorkerDatabase } from '../../../apps/server/src/platform/db/database.ts';
import { runDueOnce } from '../../../apps/server/src/platform/due/due.ts';
import { seenClock } from './clock-file.ts';

/**
 * Run as a child process: the product's own server, and its worker when it is told to work. Its clock is somebody else's,
 * and it may be killed at any moment.
 */
export interface Asked {
  readonly id: number;
  /** Of which sweeps: a regular expression. */
  readonly due: string;
}
export type Said = { readonly isReady: true } | { readonly id: number; readonly fault: string | null };

const [clockFile, dataDir] = process.argv.slice(2) as [string, string];
const clock = seenClock(clockFile);
const config = loadConfig(process.env, dataDir);
const { house } = await startServer(config, { clock });
const worker = openWorkerDatabase({
  url: config.databaseUrl,
  poolSize: 3,
  applicationName: 'simulated days',
  onIdleError: () => {},
});
const quiet = { info: () => {}, warn: () => {}, error: () => {} };
const sweeps = modules.flatMap(({ due = [] }) => due);
const say = (said: Said): void => void process.send!(said);

process.on('message', ({ id, due }: Asked) => {
  const which = new RegExp(due);
  const wanted = sweeps.filter(({ name }) => which.test(name));
  runDueOnce({ worker, sweeps: wanted, house, clock, log: quiet }).then(
    () => say({ id, fault: null }),
    (error: Error) => say({ id, fault: error.message }),
  );
});
// Nobody is left to serve.
process.on('disconnect', () => process.exit());
say({ isReady: true });
