import type pg from 'pg';
import { recountOrders } from '../orders/counted.ts';
import { sumTables } from '../rules.ts';
import { connectLoader } from './connection.ts';
import { checkReferences } from './integrity.ts';

/** What is done once, when every department is there. */
export interface Ending {
  readonly foreignKeys: number;
  /** Of each part by itself; they go on side by side, so together they took less. */
  readonly seconds: Readonly<Record<'counting' | 'references' | 'statistics', number>>;
}

export const noEnding: Ending = {
  foreignKeys: 0,
  seconds: { counting: 0, references: 0, statistics: 0 },
};

const sums = new Set(sumTables);

/**
 * The sums of all orders are counted, every foreign key is looked up for every row, and statistics are gathered. None
 * of them changes what another reads but the sums, which are looked up and described when they stand.
 */
export async function endCity(
  client: pg.Client,
  adminUrl: string,
  loaded: ReadonlySet<string>,
): Promise<Ending> {
  const seconds = { counting: 0, references: 0, statistics: 0 };
  const timed = async <T>(part: keyof typeof seconds, run: () => Promise<T>): Promise<T> => {
    const started = performance.now();
    const value = await run();
    seconds[part] += (performance.now() - started) / 1_000;
    return value;
  };
  const lookUp = (tables: ReadonlySet<string>) =>
    timed('references', () => onOwn(adminUrl, (own) => lookUpReferences(own, tables)));
  const gather = (tables: ReadonlySet<string>) =>
    timed('statistics', () => onOwn(adminUrl, (own) => gatherStatistics(own, tables)));
  const count = async (): Promise<number> => {
    await timed('counting', () =>
      Promise.all([countOn(client, 'counts'), onOwn(adminUrl, (own) => countOn(own, 'times'))]),
    );
    const [keys] = await Promise.all([lookUp(sums), gather(sums)]);
    return keys;
  };
  const [ofSums, ofLoaded] = await Promise.all([count(), lookUp(loaded), gather(loaded)]);
  return { foreignKeys: ofSums + ofLoaded, seconds };
}

async function countOn(client: pg.Client, what: 'counts' | 'times'): Promise<void> {
  // The parts and sums of a million orders lie in memory: a tenth less work than by way of the disk.
  await client.query(`set work_mem = '512MB'`);
  await recountOrders(client, what);
}

async function onOwn<T>(adminUrl: string, run: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await connectLoader(adminUrl);
  client.on('error', () => {});
  try {
    return await run(client);
  } finally {
    await client.end();
  }
}

async function lookUpReferences(client: pg.Client, tables: ReadonlySet<string>): Promise<number> {
  await client.query(`set work_mem = '256MB'`);
  return await checkReferences(client, tables);
}

/** The owner's part: without it queries would be planned for the few rows of before. */
async function gatherStatistics(client: pg.Client, tables: ReadonlySet<string>): Promise<void> {
  await client.query('reset role');
  // In its usual few buffers every page would wait until what was logged of it is on disk.
  await client.query(`set vacuum_buffer_usage_limit = '128MB'`);
  await client.query(`vacuum (analyze) ${[...tables].join(', ')}`);
}
