import pg from 'pg';
import { type Crypto, openCrypto } from '../../apps/server/src/platform/crypto/crypto.ts';
import { openFolderStore } from '../../apps/server/src/platform/files/store.ts';
import { type Batch, copyRows } from '../../apps/server/src/platform/db/copy.ts';
import { copyCauses } from './causes.ts';
import { copyReports } from './reports.ts';
import { isLoaded, marker } from './marker.ts';
import type { Life } from './orders/life.ts';
import { Album, drawPictures, fileColumns, fileTuple, type Pictures } from './photos.ts';
import { openingsOf } from './open311.ts';
import { countOrders } from './orders/counted.ts';
import { batchesOf } from './rows.ts';
import {
  eventColumns,
  eventTuple,
  orderColumns,
  orderTuple,
  stepColumns,
  stepTuple,
  unindexedColumns,
  unindexedTuple,
} from './rules.ts';
import { buildStreet, type Street } from './street.ts';
import { wipeDemonstration } from './wipe.ts';

export interface FillOptions {
  readonly adminUrl: string;
  readonly dataDir: string;
  readonly scale: number;
  readonly now: Date;
  onProgress(done: number, total: number, label: string): void;
}

const ordersAtOnce = 100;

/**
 * Loads the demonstration street, once. One transaction: either all of it is there or none; a second call finds the
 * marker and does nothing, and of two at the same time one waits for the other. What an interrupted load of another
 * kind left behind (rows without the marker) is wiped first.
 */
export async function fillStreet(options: FillOptions): Promise<void> {
  const client = new pg.Client({
    connectionString: options.adminUrl,
    application_name: 'gongzhi demonstration',
    options: '-c timezone=UTC -c search_path=',
  });
  await client.connect();
  try {
    await client.query('begin');
    // 7116401 is the migrations'.
    await client.query('select pg_advisory_xact_lock(7116403)');
    await client.query('set local role gongzhi_loader');
    if (await isLoaded(client)) return;
    const rest = await client.query('select 1 from places.scope where is_demonstration limit 1');
    const progress = meter(options.onProgress);
    if (rest.rowCount !== 0) await wipeDemonstration(client);
    const tables = await fill(client, options, progress);
    await client.query('commit');
    // Without statistics the plans of the first minutes would be guesses.
    await client.query(`analyze ${[...tables].join(', ')}`);
    options.onProgress(progress.total, progress.total, 'done');
  } finally {
    // Ends an open transaction too: what is not committed was never there.
    await client.end();
  }
}

/** Answers the tables that got rows. */
async function fill(client: pg.Client, options: FillOptions, progress: Meter): Promise<ReadonlySet<string>> {
  const { dataDir, scale, now } = options;
  progress.label = 'building the street';
  const street = buildStreet({ scale, now: now.getTime(), onBeat: progress.beat });
  progress.label = 'homes and people';
  const people = street.residents.byCompound.reduce(
    (sum, c) => sum + c.persons.length + c.occupancies.length,
    0,
  );
  const homes = street.places.compounds.reduce(
    (sum, c) => sum + c.households.length + c.facilities.length,
    0,
  );
  progress.total =
    people + homes + street.residents.accounts.length * 3 + street.ordersExpected * rowsPerOrder;
  const [crypto, store, pictures] = await Promise.all([
    openCrypto(dataDir, { mode: 'demo' }),
    openFolderStore(dataDir),
    drawPictures(),
  ]);

  for (const batch of batchesOf(street, crypto)) await copyRows(client, progress.counted(batch));
  for (const batch of openingsOf(street, now)) await copyRows(client, progress.counted(batch));
  progress.label = 'six weeks of orders';
  const album = new Album(store, pictures);
  try {
    const orders = await copyOrders(client, street, crypto, album, pictures, progress);
    await countOrders(client);
    await album.finished();
    const tablesOfCauses = await copyCauses(client, street, now);
    const tablesOfReports = await copyReports(client, street, now);
    await client.query(
      'insert into platform.setting (scope_id, key, valid_from, value, source) values ($1, $2, $3, $4, $5)',
      [street.places.city.id, marker, now, { scale, orders }, 'simulator'],
    );
    return new Set([...progress.tables, ...tablesOfCauses, ...tablesOfReports]);
  } finally {
    // Nothing of a failed load goes on writing behind the caller's back.
    await album.finished().catch(() => {});
  }
}

/** An order, its steps and some dozen lines of timeline. */
const rowsPerOrder = 15;

async function copyOrders(
  client: pg.Client,
  street: Street,
  crypto: Crypto,
  album: Album,
  pictures: Pictures,
  progress: Meter,
): Promise<number> {
  let count = 0;
  let lives: Life[] = [];
  function* rows(make: (life: Life) => readonly unknown[][]): Generator<unknown[]> {
    for (const life of lives) yield* make(life);
  }
  const flush = async (): Promise<void> => {
    const tables: Batch[] = [
      {
        table: 'work_orders.work_order',
        columns: orderColumns,
        rows: rows((life) => [orderTuple(sealed(life, crypto))]),
      },
      {
        table: 'work_orders.unindexed',
        columns: unindexedColumns,
        rows: rows(({ order }) => [unindexedTuple(order)]),
      },
      {
        table: 'work_orders.step',
        columns: stepColumns,
        rows: rows(({ order, steps }) => steps.map((step) => stepTuple(order.id, order.wall, step))),
      },
      {
        table: 'work_orders.event',
        columns: eventColumns,
        rows: rows(({ order, events }) => events.map((event) => eventTuple(order.id, order.wall, event))),
      },
      {
        table: 'platform.file',
        columns: fileColumns,
        rows: rows(({ order, shots }) =>
          shots.map((shot) => fileTuple(shot, order.id, order.wall, pictures)),
        ),
      },
    ];
    for (const batch of tables) await copyRows(client, progress.counted(batch));
    for (const life of lives) for (const shot of life.shots) await album.push(shot);
    count += lives.length;
    lives = [];
  };
  for (const life of street.orders()) {
    lives.push(life);
    progress.beat();
    if (lives.length === ordersAtOnce) await flush();
  }
  await flush();
  return count;
}

/** Who called is sealed to the row, as the service does. */
export function sealed({ order, contact }: Life, crypto: Crypto): Life['order'] {
  if (contact === null) return order;
  return {
    ...order,
    contactCipher: crypto.seal(JSON.stringify(contact), 'work_orders.work_order', order.id),
  };
}

interface Meter {
  label: string;
  total: number;
  /** Those that rows were counted into. */
  readonly tables: ReadonlySet<string>;
  readonly beat: () => void;
  counted(batch: Batch): Batch;
}

/** Tells of rows as they pass, some ten times a second. */
function meter(onProgress: FillOptions['onProgress']): Meter {
  let done = 0;
  let told = Number.NEGATIVE_INFINITY;
  const tables = new Set<string>();
  const beat = (): void => {
    const moment = performance.now();
    if (moment - told < 100) return;
    told = moment;
    onProgress(Math.min(done, self.total - 1), self.total, self.label);
  };
  function* counting(rows: Batch['rows']): Generator<readonly unknown[]> {
    for (const row of rows) {
      done++;
      beat();
      yield row;
    }
  }
  const self: Meter = {
    label: '',
    total: 1,
    tables,
    beat,
    counted: (batch) => {
      tables.add(batch.table);
      return { ...batch, rows: counting(batch.rows) };
    },
  };
  return self;
}
