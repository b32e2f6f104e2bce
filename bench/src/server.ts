import { renameSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import '../../scripts/lib/compile-cache.ts';
import type { Config } from '../../apps/server/src/config.ts';
import { paymentsOf } from '../../apps/server/src/config-payments.ts';
import { startServer } from '../../apps/server/src/main.ts';

/** Run as a child process: the product's own server, API and worker, devices where asked for, on ports of its own. */
const { paymentsFile, profileFile, ...config } = JSON.parse(process.argv[2] as string) as Omit<
  Config,
  'roles'
> & {
  /** Keys do not travel as JSON. */
  readonly paymentsFile?: string;
  /** Where to write down what it was busy with between two SIGUSR2. */
  readonly profileFile?: string;
};
const payments =
  paymentsFile === undefined ? config.payments : paymentsOf({ GONGZHI_PAYMENTS: paymentsFile }, config.mode);
const roles = new Set(['api', 'worker', ...(config.mqtt === null ? [] : ['devices' as const])] as const);
const server = await startServer({ ...config, payments, port: 0, roles });
process.stdout.write(`result ${JSON.stringify({ url: server.url, mqttUrl: server.mqttUrl })}\n`);
if (profileFile !== undefined) {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  let isWatching = false;
  process.on('SIGUSR2', () => {
    const turn = async () => {
      isWatching = !isWatching;
      if (isWatching) return session.post('Profiler.start');
      const { profile } = await session.post('Profiler.stop');
      // Seen when it is whole.
      writeFileSync(`${profileFile}.part`, JSON.stringify(profile));
      renameSync(`${profileFile}.part`, profileFile);
    };
    void turn();
  });
}
process.on('SIGTERM', () => void server.close().then(() => process.exit(0)));
