import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workOrders } from '../../apps/server/src/modules/work-orders/index.ts';
import { openCrypto } from '../../apps/server/src/platform/crypto/crypto.ts';
import { openWorkerDatabase } from '../../apps/server/src/platform/db/database.ts';
import { migrate } from '../../apps/server/src/platform/db/migrate.ts';
import type { House } from '../../apps/server/src/platform/house.ts';
import { startPostgres } from '../../scripts/postgres.ts';
import { benchConfig } from './config.ts';
import { type Measured, medianOf } from './measured.ts';
import { measure, residentMb, serve } from './processes.ts';
import { type Call, type CallName, callOf, createCall, deskCalls, peopleCalls } from './requests.ts';
import { type Cost, profiled } from './profile.ts';
import type { Report, Row } from './report.ts';
import { warmStart } from './warm-start.ts';
import { buildWorld } from './world.ts';

export interface OrdersOptions {
  /** What one order costs, or the pages of a desk, or its people. */
  readonly bench: 'orders' | 'desk' | 'people';
  readonly people: number;
  readonly orders: number;
  readonly seconds: number;
  readonly rounds: number;
  readonly connections: number;
  readonly poolSize: number;
  readonly isWarmStartMeasured: boolean;
  /** One more run of each, in which the server watches itself. */
  readonly isProfiled: boolean;
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

const namesOf: Record<OrdersOptions['bench'], readonly CallName[]> = {
  orders: ['create', 'list'],
  desk: deskCalls,
  people: peopleCalls,
};

/** All that the worker would do in the background while something else is measured. */
async function indexWords(url: string): Promise<number> {
  const sweep = workOrders.due?.find(({ name }) => name === 'work_orders.search_index');
  if (sweep === undefined) throw new Error('the sweep that indexes words is called otherwise now');
  const worker = openWorkerDatabase({ url, poolSize: 1, applicationName: 'bench', onIdleError: () => {} });
  const started = performance.now();
  try {
    // It asks nothing of the house.
    while ((await worker.work((tx) => sweep.claim(tx, new Date(), 200, {} as House))) > 0);
    return (performance.now() - started) / 1000;
  } finally {
    await worker.close();
  }
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
    const population =
      options.people === 0
        ? null
        : { people: options.people, crypto: await openCrypto(dataDir, { mode: 'demo' }) };
    const world = await buildWorld(adminUrl, options.orders, population);
    const indexed = await indexWords(databaseUrl);
    log(`words of ${options.orders} orders indexed in ${indexed.toFixed(1)} s`);
    const config = benchConfig(dataDir, databaseUrl, options.poolSize);
    const profileFile = join(dataDir, 'server.cpuprofile');
    const server = await serve('server.ts', options.isProfiled ? { ...config, profileFile } : config);
    const echo = await serve('echo.ts', {});
    try {
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      const idle = residentMb(server.pid);
      let highest = idle ?? 0;
      const watch = setInterval(() => {
        highest = Math.max(highest, residentMb(server.pid) ?? 0);
      }, 250);
      const rows: Row[] = [];
      const costs = new Map<string, readonly Cost[]>();
      const names: readonly CallName[] = namesOf[options.bench];
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
        if (options.isProfiled) {
          log(`${name}: watched`);
          const watched = () => measure('load.ts', loadTask(server.url, call, options, expected));
          costs.set(name, (await profiled(server, profileFile, watched)).costs);
        }
        rows.push({ name, ours: medianOf(runs.ours), raw: medianOf(runs.raw), echo: medianOf(runs.echo) });
      }
      clearInterval(watch);
      const warm = options.isWarmStartMeasured ? await warmStart(log) : null;
      return {
        bench: options.bench,
        rows,
        costs,
        server: { rss_idle_mb: idle, rss_load_mb: highest, warm_start_s: warm, indexed_s: indexed },
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
