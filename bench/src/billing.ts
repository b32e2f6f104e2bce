import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sealBooks } from '../../apps/server/src/modules/ledger/index.ts';
import { openWorkerDatabase } from '../../apps/server/src/platform/db/database.ts';
import { migrate } from '../../apps/server/src/platform/db/migrate.ts';
import { startPostgres } from '../../scripts/postgres.ts';
import { livingPostmaster } from '../../scripts/postgres/postmaster.ts';
import type { LineCost, RunFigures } from './billing-run.ts';
import type { StatementFigures } from './billing-statement.ts';
import { benchCallbacks, type CallbackFigures } from './billing-callbacks.ts';
import { buildBooks, loadHistory } from './billing-world.ts';
import type { Measured } from './measured.ts';
import { measure } from './processes.ts';

export interface BillingFigures {
  readonly households: number;
  readonly history: number;
  readonly run: {
    readonly lines: number;
    readonly rate: number;
    readonly rawRate: number;
    readonly ofRaw: number;
    readonly calculated: number;
    readonly cost: LineCost;
    readonly rawCost: LineCost;
  };
  readonly payment: CallbackFigures;
  readonly statement: Measured & { readonly lines: number };
  readonly trialBalance: Measured;
  readonly sealing: { readonly postings: number; readonly rate: number };
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const middle = (costs: readonly LineCost[]): LineCost => {
  const database = costs.flatMap((cost) => cost.database ?? []);
  return {
    program: median(costs.map(({ program }) => program)),
    database: database.length === 0 ? null : median(database),
  };
};

/** Billing and the ledger under a street's month: billing run, payments, statements over five years of history. */
export async function benchBilling(options: {
  readonly households: number;
  readonly postings: number;
  readonly rounds: number;
  readonly seconds: number;
  readonly connections: number;
  readonly log: (line: string) => void;
}): Promise<BillingFigures> {
  const { log, connections, seconds } = options;
  const dataDir = mkdtempSync(join(tmpdir(), 'gongzhi-bench-'));
  const cluster = await startPostgres({ dataDir });
  try {
    const adminUrl = cluster.url('admin');
    await migrate(adminUrl, { appPassword: cluster.secrets.app });
    const world = await buildBooks(adminUrl, options.households);
    log(`loading ${options.postings} postings of five years`);
    const history = await loadHistory(adminUrl, world, options.postings);
    log('sealing and adding up');
    const sealing = await seal(cluster.url('app'), history);
    const url = cluster.url('app');
    const worldFile = join(dataDir, 'world.json');
    writeFileSync(worldFile, JSON.stringify(world));
    log('statements');
    const statements = await measure<StatementFigures>('billing-statement.ts', { url, worldFile, seconds });
    const postmaster = livingPostmaster(join(dataDir, 'postgres', 'data'))?.pid ?? 0;
    log('a month for every home');
    const run = await measure<RunFigures>('billing-run.ts', {
      url,
      dataDir,
      worldFile,
      postmaster,
      rounds: options.rounds,
    });
    log('payments, told by their provider');
    const payment = await benchCallbacks({
      adminUrl,
      appUrl: url,
      dataDir,
      world,
      // Twice as many as are wanted in the time.
      payments: (seconds + 1) * 1_000,
      connections,
      seconds,
      postmaster,
    });
    const [rate, rawRate] = [median(run.rates), median(run.rawRates)];
    return {
      households: options.households,
      history,
      // Round by round beside its neighbour: the machine's other work falls on both.
      run: {
        lines: run.lines,
        rate,
        rawRate,
        ofRaw: Math.round(median(run.rates.map((one, at) => (one / (run.rawRates[at] ?? 1)) * 100))) / 100,
        calculated: median(run.calculated),
        cost: middle(run.costs),
        rawCost: middle(run.rawCosts),
      },
      payment,
      statement: { ...statements.statement, lines: statements.lines },
      trialBalance: statements.trialBalance,
      sealing,
    };
  } finally {
    await cluster.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** As the product does it, a block for each book. */
async function seal(url: string, postings: number): Promise<{ postings: number; rate: number }> {
  const worker = openWorkerDatabase({
    url,
    poolSize: 1,
    applicationName: 'bench',
    onIdleError: () => {},
    silenceMilliseconds: 600_000,
  });
  const from = performance.now();
  // One book at a time: a statement of the product's may last half a minute.
  while ((await worker.work((tx) => sealBooks(tx, new Date(), 1))) > 0);
  const rate = Math.round(postings / ((performance.now() - from) / 1_000));
  await worker.close();
  return { postings, rate };
}

export function billingTable(figures: BillingFigures): string {
  const { run, payment, statement, trialBalance, sealing } = figures;
  const times = (one: Measured) => `p50 ${one.p50_ms} ms, p95 ${one.p95_ms} ms, p99 ${one.p99_ms} ms`;
  return [
    `${figures.households} homes, ${figures.history} postings of five years`,
    `run        ${run.lines} lines: ${run.rate} lines/s posted to the ledger; raw SQL ${run.rawRate}/s; ${run.ofRaw} of it`,
    `           a line costs the program ${run.cost.program} µs and the database ${run.cost.database ?? '?'} µs; by raw SQL ${run.rawCost.program} and ${run.rawCost.database ?? '?'} µs; calculated before at ${run.calculated}/s`,
    `payment    ${payment.rate}/s durable by ${payment.connections} connections; ${times(payment)}; ${payment.errors} errors; ${payment.thanked} thanked for, ${payment.booked} booked, each once`,
    `           one costs the server ${payment.serverMicros ?? '?'} µs and the database ${payment.databaseMicros ?? '?'} µs`,
    `statement  of a home, ${statement.lines} lines: ${times(statement)}`,
    `trial balance of a compound: ${times(trialBalance)}`,
    `sealing    ${sealing.postings} postings: ${sealing.rate}/s`,
  ].join('\n');
}
