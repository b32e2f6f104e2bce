import type pg from 'pg';
import { type Batch, copyRows } from '../../../apps/server/src/platform/db/copy.ts';
import type { Crypto } from '../../../apps/server/src/platform/crypto/crypto.ts';
import { sealed } from '../fill.ts';
import type { Life } from '../orders/life.ts';
import type { Staff } from '../people/staff.ts';
import { batchesOfTown } from '../rows.ts';
import {
  eventColumns,
  eventTuple,
  orderColumns,
  orderTuple,
  stepColumns,
  stepTuple,
  unindexedColumns,
  unindexedTuple,
} from '../rules.ts';
import type { Almanac } from './calendar.ts';
import { playHotline } from './hotline.ts';
import { caseBatches } from './hotline-rules.ts';
import { none, type PartCounts } from './messages.ts';
import { loadRooms } from './load-rooms.ts';
import { makePart } from './part.ts';
import type { CityPlan } from './plan.ts';
import type { Skeleton } from './skeleton.ts';
import { markPart } from './state.ts';
import { ordersOf } from './story.ts';

/** What a loader keeps from one part to the next. */
export interface Loader {
  readonly client: pg.Client;
  readonly crypto: Crypto;
  readonly plan: CityPlan;
  readonly skeleton: Skeleton;
  readonly offices: Staff;
  readonly almanac: Almanac;
}

const ordersAtOnce = 400;

/** One department with all that is in it and all that happened there: one transaction, its mark included. */
export async function loadPart(
  { client, crypto, plan, skeleton, offices, almanac }: Loader,
  index: number,
  onOrders: (count: number) => void,
): Promise<PartCounts> {
  const part = makePart(plan, skeleton, index);
  const counts = { ...none };
  await client.query('begin');
  try {
    const copy = async (batch: Batch): Promise<void> => {
      await copyRows(client, { ...batch, rows: counted(batch.rows, () => counts.rows++) });
    };
    for (const batch of batchesOfTown(part.town, crypto)) await copy(batch);
    let lives: Life[] = [];
    const flush = async (): Promise<void> => {
      for (const batch of orderBatches(lives, crypto)) await copyRows(client, batch);
      counts.orders += lives.length;
      for (const { steps, events } of lives) {
        counts.steps += steps.length;
        counts.events += events.length;
        // The order itself, and that its words are still to be indexed.
        counts.rows += 2 + steps.length + events.length;
      }
      onOrders(lives.length);
      lives = [];
    };
    for (const life of ordersOf(plan, almanac, index, part)) {
      lives.push(life);
      if (lives.length === ordersAtOnce) await flush();
    }
    await flush();
    const cases = playHotline(plan, skeleton, offices, almanac, index, part);
    for (const batch of caseBatches(cases, crypto)) await copy(batch);
    counts.cases = cases.length;
    await loadRooms({ plan, crypto, almanac, index, part, counts, copy });
    await markPart(client, skeleton.departments[index]!.scope.id, plan.settings, counts);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
  return counts;
}

export function* counted<T>(rows: Iterable<T>, count: () => void): Generator<T> {
  for (const row of rows) {
    count();
    yield row;
  }
}

function orderBatches(lives: readonly Life[], crypto: Crypto): Batch[] {
  return [
    { table: 'work_orders.work_order', columns: orderColumns, rows: orderRows(lives, crypto) },
    { table: 'work_orders.unindexed', columns: unindexedColumns, rows: unindexedRows(lives) },
    { table: 'work_orders.step', columns: stepColumns, rows: stepRows(lives) },
    { table: 'work_orders.event', columns: eventColumns, rows: eventRows(lives) },
  ];
}

function* orderRows(lives: readonly Life[], crypto: Crypto): Generator<unknown[]> {
  for (const life of lives) yield orderTuple(sealed(life, crypto));
}

function* unindexedRows(lives: readonly Life[]): Generator<unknown[]> {
  for (const { order } of lives) yield unindexedTuple(order);
}

function* stepRows(lives: readonly Life[]): Generator<unknown[]> {
  for (const { order, steps } of lives) for (const step of steps) yield stepTuple(order.id, order.wall, step);
}

function* eventRows(lives: readonly Life[]): Generator<unknown[]> {
  for (const { order, events } of lives)
    for (const event of events) yield eventTuple(order.id, order.wall, event);
}
