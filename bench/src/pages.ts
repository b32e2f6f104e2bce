import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { modules } from '../../apps/server/src/main.ts';
import { openWorkerDatabase, type WorkerDatabase } from '../../apps/server/src/platform/db/database.ts';
import { migrate } from '../../apps/server/src/platform/db/migrate.ts';
import type { DueSweep } from '../../apps/server/src/platform/due/due.ts';
import type { House } from '../../apps/server/src/platform/house.ts';
import { startPostgres } from '../../scripts/postgres.ts';
import { fillCity } from '../../simulator/src/city/fill.ts';
import { cityLogins } from '../../simulator/src/city/logins.ts';
import { usualOrders } from '../../simulator/src/city/settings.ts';
import { readState } from '../../simulator/src/city/state.ts';
import { type Answer, Client, type Json } from '../../test/server.ts';
import { benchConfig } from './config.ts';
import { summary } from './measured.ts';
import { askable, pageQueries, searchTexts, type Wanted } from './pages-asked.ts';
import type { PageRow, PagesFigures } from './pages-figures.ts';
import { type Known, whatIsThere } from './pages-known.ts';
import { phoneQueries, workbenchQueries } from './pages-workbenches.ts';
import { serve } from './processes.ts';

/**
 * What the pages of the desk ask for, over HTTP, one after the other, with a whole city in the database: every GET of the
 * API that needs no more than a place or something that is there, the lists with the filters that pages use, and the
 * search. By each of the roles that look over more and more of the city.
 */
export interface PagesOptions {
  readonly compounds: number;
  readonly months: number;
  readonly orders: number | null;
  readonly requests: number;
  readonly poolSize: number;
  /** A data folder that is kept, and filled as far as it is not; a new one is thrown away. */
  readonly folder: string | null;
  /** Only what has this in its name. */
  readonly only: string | null;
  readonly log: (line: string) => void;
}

const roles = ['resident', 'worker', 'steward', 'desk', 'manager', 'company', 'street', 'city'];
const phones = new Set(['resident', 'worker']);
const root = join(import.meta.dirname, '..', '..');

export async function benchPages(options: PagesOptions): Promise<PagesFigures> {
  const { log } = options;
  const dataDir = options.folder ?? mkdtempSync(join(tmpdir(), 'gongzhi-bench-'));
  const cluster = await startPostgres({ dataDir });
  try {
    const adminUrl = cluster.url('admin');
    await migrate(adminUrl, { appPassword: cluster.secrets.app });
    const settings = await fill(options, adminUrl, dataDir);
    await settle(cluster.url('app'), adminUrl, log);
    const server = await serve('server.ts', benchConfig(dataDir, cluster.url('app'), options.poolSize));
    try {
      const rows: PageRow[] = [];
      const left = new Set<string>();
      for (const { role, phone } of cityLogins(settings).filter((login) => roles.includes(login.role))) {
        const client = await signIn(server.url, phone);
        const known = await whatIsThere(client);
        for (const wanted of wantedBy(known).filter(({ what }) => what.includes(options.only ?? ''))) {
          const measured = await measuredOf(client, wanted, options.requests);
          if (typeof measured === 'number') left.add(`${measured} ${wanted.what}`);
          else rows.push({ what: wanted.what, role, ...measured });
        }
        log(`${role}: ${rows.filter((row) => row.role === role).length} requests measured`);
      }
      const asked = new Set(rows.map(({ what }) => what));
      return {
        compounds: settings.compounds,
        orders: settings.orders,
        rows: rows.toSorted((a, b) => b.measured.p95_ms - a.measured.p95_ms),
        left: [...left].filter((line) => !asked.has(line.slice(4))).toSorted(),
      };
    } finally {
      await server.stop();
    }
  } finally {
    await cluster.stop();
    if (options.folder === null) rmSync(dataDir, { recursive: true, force: true });
  }
}

async function fill({ compounds, months, orders, log }: PagesOptions, adminUrl: string, dataDir: string) {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  const there = await readState(client);
  await client.end();
  const settings = there?.settings ?? {
    seed: '1',
    compounds,
    months,
    orders: orders ?? usualOrders(compounds, months),
    until: Date.now(),
  };
  log(`a city of ${settings.compounds} compounds and ${settings.orders} orders`);
  const { brought } = await fillCity({ adminUrl, dataDir, settings });
  log(brought.rows === 0 ? 'it was there' : `${brought.rows} rows brought`);
  return settings;
}

/** As many workers at once as the smallest machine has cores: what one holds, the other passes over. */
const LANES = 2;

async function emptied(worker: WorkerDatabase, sweep: DueSweep): Promise<void> {
  // A house of its own, by which a sweep remembers how far it is; they ask nothing of it.
  const house = {} as House;
  while ((await worker.work((tx) => sweep.claim(tx, new Date(), 1_000, house))) > 0);
}

/** What a worker does in the background before pages are as they are on any day: words and names are found by. */
async function settle(url: string, adminUrl: string, log: (line: string) => void): Promise<void> {
  const sweeps = modules
    .flatMap((module) => module.due ?? [])
    .filter(({ name }) => name === 'work_orders.search_index' || name === 'places.name_sounds');
  if (sweeps.length !== 2) throw new Error('a sweep that makes things findable is called otherwise now');
  const worker = openWorkerDatabase({
    url,
    poolSize: LANES,
    applicationName: 'bench',
    onIdleError: () => {},
  });
  try {
    for (const sweep of sweeps) {
      log(sweep.name);
      await Promise.all(Array.from({ length: LANES }, () => emptied(worker, sweep)));
    }
  } finally {
    await worker.close();
  }
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  log('vacuum analyze');
  await client.query('vacuum analyze');
  await client.end();
}

async function signIn(url: string, phone: string): Promise<Client> {
  const client = new Client(url);
  const sent = await client.post('/auth/codes', { phone });
  const answer = await client.post('/auth/sessions', { phone, code: sent.body.demoCode });
  if (answer.status !== 201) throw new Error(`nobody is ${phone}: ${JSON.stringify(answer.body)}`);
  client.keep(answer);
  return client;
}

function wantedBy(known: Known): readonly Wanted[] {
  const contract = JSON.parse(
    readFileSync(join(root, 'packages', 'contract', 'openapi.json'), 'utf8'),
  ) as Json;
  return phones.has(known.role)
    ? [...askable(contract, known), ...phoneQueries(known)]
    : [...askable(contract, known), ...pageQueries(known), ...workbenchQueries(known), ...searchTexts(known)];
}

const ask = (client: Client, { path, body }: Wanted): Promise<Answer> =>
  body === undefined ? client.get(path) : client.post(path, body);

/** The status instead where it is not answered with 200. */
async function measuredOf(
  client: Client,
  wanted: Wanted,
  requests: number,
): Promise<Pick<PageRow, 'measured' | 'isEmpty'> | number> {
  let isEmpty = false;
  // The first ones prepare statements and warm what is kept.
  for (let i = 0; i < 3; i++) {
    const { status, body } = await ask(client, wanted);
    if (status !== 200) return status;
    isEmpty = (body.items ?? body.groups)?.length === 0;
  }
  const times: number[] = [];
  const begun = performance.now();
  let errors = 0;
  for (let i = 0; i < requests; i++) {
    const at = performance.now();
    const { status } = await ask(client, wanted);
    times.push(performance.now() - at);
    if (status !== 200) errors += 1;
  }
  return { measured: summary(times, (performance.now() - begun) / 1_000, errors), isEmpty };
}
