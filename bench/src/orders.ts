import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../../apps/server/src/config.ts';
import { migrate } from '../../apps/server/src/platform/db/migrate.ts';
import { startPostgres } from '../../scripts/postgres.ts';
import { type Measured, medianOf } from './measured.ts';
import { measure, residentMb, serve } from './processes.ts';
import { type Call, type CallName, callOf, createCall, deskCalls } from './requests.ts';
import type { Report, Row } from './report.ts';
import { warmStart } from './warm-start.ts';
import { buildWorld } from './world.ts';

export interface OrdersOptions {
  /** The desk's pages, or what one order costs. */
  readonly bench: 'orders' | 'desk';
  readonly people: number;
  readonly orders: number;
  readonly seconds: number;
  readonly rounds: number;
  readonly connections: number;
  readonly poolSize: number;
  readonly isWarmStartMeasured: boolean;
  readonly log: (line: string) => void;
}

function loadTask(url: string, call: Call, options: OrdersOptions, expected: number) {
  const { 'idempotency-key': key, ...headers } = call.headers();
  return {
    url,
    method: call.method,
    path: call.path,
    headers,
    expected,
    ...(call.body === undefined ? {} : { body: call.body }),
    isKeyed: key !== undefined,
    connections: options.connections,
    seconds: options.seconds,
  };
}

/**
 * create and list through HTTP, each round beside its raw neighbour (the same statements from a bare process) and an
 * HTTP echo, in turn, so that the machine's mood is the same for all of them.
 */
export async function benchOrders(options: OrdersOptions): Promise<Report> {
  const { log } = options;
  const dataDir = mkdtempSync(join(tmpdir(), 'gongzhi-bench-'));
  const cluster = await startPostgres({ dataDir });
  try {
    log(`database: durable, loading ${options.orders} orders`);
    const [adminUrl, databaseUrl] = [cluster.url('admin'), cluster.url('app')];
    await migrate(adminUrl, { appPassword: cluster.secrets.app });
    const world = await buildWorld(adminUrl, options.orders, options.people);
    const config: Omit<Config, 'roles' | 'port'> = {
      mode: 'demo',
      host: '127.0.0.1',
      dataDir,
      databaseUrl,
      adminUrl: null,
      codeSender: 'page',
      codeWebhook: null,
      poolSize: options.poolSize,
      logLevel: 'warn',
      metricsToken: null,
      isSecure: false,
      publicUrl: null,
      proxies: 0,
      fileBucket: null,
      sms: null,
      wechat: null,
      workChatHosts: [],
      mail: null,
    };
    const server = await serve('server.ts', config);
    const echo = await serve('echo.ts', {});
    try {
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      const idle = residentMb(server.pid);
      let highest = idle ?? 0;
      const watch = setInterval(() => {
        highest = Math.max(highest, residentMb(server.pid) ?? 0);
      }, 250);
      const rows: Row[] = [];
      const names: readonly CallName[] = options.bench === 'desk' ? deskCalls : ['create', 'list'];
      for (const name of names) {
        const [call, expected] = [callOf(world, name), name === 'create' ? 201 : 200];
        const runs: { ours: Measured[]; raw: Measured[]; echo: Measured[] } = { ours: [], raw: [], echo: [] };
        const echoed: Call = {
          method: 'POST',
          path: '/',
          headers: () => ({ 'content-type': 'application/json' }),
          body: createCall(world).body ?? '',
        };
        for (let round = 1; round <= options.rounds; round++) {
          log(`${name}: round ${round} of ${options.rounds}`);
          runs.raw.push(
            await measure('raw.ts', {
              config,
              world,
              what: name,
              connections: options.connections,
              seconds: options.seconds,
            }),
          );
          runs.ours.push(await measure('load.ts', loadTask(server.url, call, options, expected)));
          runs.echo.push(await measure('load.ts', loadTask(echo.url, echoed, options, 200)));
        }
        rows.push({ name, ours: medianOf(runs.ours), raw: medianOf(runs.raw), echo: medianOf(runs.echo) });
      }
      clearInterval(watch);
      const warm = options.isWarmStartMeasured ? await warmStart(log) : null;
      return {
        bench: options.bench,
        rows,
        server: { rss_idle_mb: idle, rss_load_mb: highest, warm_start_s: warm },
      };
    } finally {
      await server.stop();
      await echo.stop();
    }
  } finally {
    await cluster.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
