import type { Config } from '../../apps/server/src/config.ts';
import { startServer } from '../../apps/server/src/main.ts';

/** Run as a child process: the product's own server, whole (API and worker), on a port of its own. */
const config = JSON.parse(process.argv[2] as string) as Omit<Config, 'roles'>;
const server = await startServer({ ...config, port: 0, roles: new Set(['api', 'worker']) });
process.stdout.write(`result ${JSON.stringify({ url: server.url })}\n`);
process.on('SIGTERM', () => void server.close().then(() => process.exit(0)));
