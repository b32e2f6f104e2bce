import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { openCrypto } from '../../../apps/server/src/platform/crypto/crypto.ts';
import { copyRows } from '../../../apps/server/src/platform/db/copy.ts';
import { batchesOfTown } from '../rows.ts';
import { connectLoader } from './connection.ts';
import { sealLedger } from './bills-ending.ts';
import { type Ending, endCity, noEnding } from './ending.ts';
import { type FromWorker, none, type PartCounts, plus, type ToWorker } from './messages.ts';
import { type CityPlan, planCity } from './plan.ts';
import { openPassageDays, tablesOfRooms } from './load-rooms.ts';
import { type CitySettings, isIn, rooms } from './settings.ts';
import { makeCitySkeleton, makeCommittee, makeOffices, type Skeleton } from './skeleton.ts';
import { markBegun, markWhole, readState } from './state.ts';

export interface FillCity {
  /** Who may become gongzhi_loader. */
  readonly adminUrl: string;
  /** Where the server keeps its keys. */
  readonly dataDir: string;
  readonly settings: CitySettings;
  /** Processes that make and send rows; as many as there are cores when left out. */
  readonly workers?: number;
  onProgress?(progress: CityProgress): void;
}

export interface CityProgress {
  readonly stage: 'offices' | 'orders' | 'ending';
  /** Orders that are there, those of earlier runs included. */
  readonly done: number;
  readonly total: number;
  /** Orders a second in this run. */
  readonly rate: number;
}

export interface CityResult {
  /** Of the whole city, whatever was there before. */
  readonly counts: PartCounts;
  /** What this run brought; nothing when the city was whole. */
  readonly brought: PartCounts;
  readonly seconds: Readonly<Record<CityProgress['stage'], number>>;
  readonly ending: Ending;
}

/** The database holds another city, or one that was asked for in other words: neither is touched. */
export class OtherCity extends Error {
  readonly settings: CitySettings;
  constructor(settings: CitySettings) {
    super('the database holds another simulated city');
    this.settings = settings;
  }
}

/**
 * Builds the city, or what is missing of it: each department is a transaction that carries its own mark, so a run that
 * was killed goes on where it stood, with nothing there twice. Two runs at once: the second waits for the first.
 */
export async function fillCity(options: FillCity): Promise<CityResult> {
  const { adminUrl, settings, onProgress = () => {} } = options;
  const client = await connectLoader(adminUrl);
  client.on('error', () => {});
  const seconds = { offices: 0, orders: 0, ending: 0 };
  const timed = async <T>(stage: keyof typeof seconds, run: () => Promise<T>): Promise<T> => {
    const started = performance.now();
    const value = await run();
    seconds[stage] = (performance.now() - started) / 1_000;
    return value;
  };
  try {
    // 7116401 is the migrations', 7116403 the demonstration's.
    await client.query('select pg_advisory_lock(7116404)');
    const plan = planCity(settings);
    const skeleton = makeCitySkeleton(plan);
    const tables = new Set<string>([...orderTables, ...tablesOfRooms(settings)]);
    const before = await readState(client);
    if (before === null) await timed('offices', () => copyOffices(client, options, plan, skeleton));
    else if (!isSame(before.settings, settings)) throw new OtherCity(before.settings);
    for (const batch of batchesOfTown(nothing(skeleton), {} as never)) tables.add(batch.table);

    const there = [...(before?.parts.values() ?? [])].reduce(plus, none);
    if (before?.isWhole === true) return { counts: there, brought: none, seconds, ending: noEnding };
    const missing = plan.departments
      .map(({ index }) => index)
      .filter((index) => before?.parts.has(skeleton.departments[index]!.scope.id) !== true);
    await openPassageDays(client, settings);
    const brought = await timed('orders', () => runWorkers(options, missing, there.orders));
    onProgress({ stage: 'ending', done: settings.orders, total: settings.orders, rate: 0 });
    const ending = await timed('ending', async () => {
      if (isIn(settings, 'bills')) await sealLedger(client, new Date(settings.until));
      const done = await endCity(client, adminUrl, tables);
      await client.query('set synchronous_commit = on');
      await markWhole(client, skeleton.city.id, settings);
      return done;
    });
    return { counts: plus(there, brought), brought, seconds, ending };
  } finally {
    await client.end();
  }
}

const orderTables = [
  ...['work_order', 'step', 'event', 'unindexed'].map((table) => `work_orders.${table}`),
  ...['hotline_case', 'caller', 'hand', 'event', 'callback'].map((table) => `hotline.${table}`),
];

const isSame = (a: CitySettings, b: CitySettings): boolean =>
  a.seed === b.seed &&
  a.compounds === b.compounds &&
  a.months === b.months &&
  a.orders === b.orders &&
  a.until === b.until &&
  rooms.every((room) => isIn(a, room) === isIn(b, room));

/** What is above the departments: one transaction, with the settings by which a later run goes on. */
async function copyOffices(
  client: pg.Client,
  { dataDir, settings }: FillCity,
  plan: CityPlan,
  skeleton: Skeleton,
): Promise<void> {
  const crypto = await openCrypto(dataDir, { mode: 'demo' });
  const staffs = [
    makeOffices(plan, skeleton),
    ...plan.communities.map((_, i) => makeCommittee(plan, skeleton, i)),
  ];
  const staff = {
    members: staffs.flatMap(({ members }) => members),
    accounts: staffs.flatMap(({ accounts }) => accounts),
    memberships: staffs.flatMap(({ memberships }) => memberships),
  };
  await client.query('begin');
  try {
    for (const batch of batchesOfTown({ ...nothing(skeleton), staff }, crypto)) await copyRows(client, batch);
    await markBegun(client, skeleton.city.id, settings);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
}

/** The offices without anybody in them. */
const nothing = ({ scopes, organisations }: Skeleton) => ({
  places: { scopes, organisations, departments: [], compounds: [] },
  staff: { members: [], accounts: [], memberships: [] },
  residents: { byCompound: [], accounts: [], memberships: [] },
  shifts: { patterns: [], rosters: [] },
  isDemonstration: false,
});

/** Hands out the parts that are missing, one at a time to each process, until all are there. */
async function runWorkers(options: FillCity, missing: readonly number[], there: number): Promise<PartCounts> {
  const { adminUrl, dataDir, settings, onProgress = () => {} } = options;
  const waiting = [...missing];
  const started = performance.now();
  let brought = none;
  let orders = 0;
  const count = Math.min(options.workers ?? availableParallelism(), waiting.length);
  const report = (): void => {
    const rate = orders / ((performance.now() - started) / 1_000);
    onProgress({ stage: 'orders', done: there + orders, total: settings.orders, rate });
  };
  const children = Array.from({ length: count }, () =>
    fork(join(import.meta.dirname, 'worker-process.ts'), [], {
      // An order lives for some hundred milliseconds: with room for that it is never copied to where old things are.
      execArgv: ['--max-semi-space-size=128'],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    }),
  );
  try {
    report();
    await Promise.all(
      children.map(
        (child) =>
          new Promise<void>((resolve, reject) => {
            const send = (message: ToWorker): void =>
              void child.send(message, (error) => error && reject(error));
            const next = (): void => {
              const index = waiting.shift();
              if (index === undefined) resolve();
              else send({ type: 'part', index });
            };
            child.on('error', reject);
            child.on('exit', () => reject(new Error('a process that loads the city ended early')));
            child.on('message', (message: FromWorker) => {
              if (message.type === 'failed') return reject(new Error(message.message));
              if (message.type === 'orders') {
                orders += message.count;
                return report();
              }
              if (message.type === 'done') brought = plus(brought, message.counts);
              next();
            });
            send({ type: 'open', adminUrl, dataDir, settings });
          }),
      ),
    );
    return brought;
  } finally {
    for (const child of children) if (child.connected) child.disconnect();
  }
}
