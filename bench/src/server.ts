import '../../scripts/lib/compile-cache.ts';
import type { Config } from '../../apps/server/src/config.ts';
import { startServer } from '../../apps/server/src/main.ts';

/** Run as a child process: the product's own server, API and worker, devices where asked for, on ports of its own. */
const config = JSON.parse(process.argv[2] as string) as Omit<Config, 'roles'>;
const roles = new Set(['api', 'worker', ...(config.mqtt === null ? [] : ['devices' as const])] as const);
const server = await startServer({ ...config, port: 0, roles });
process.stdout.write(`result ${JSON.stringify({ url: server.url, mqttUrl: server.mqttUrl })}\n`);
process.on('SIGTERM', () => void server.close().then(() => process.exit(0)));
