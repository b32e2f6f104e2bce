import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isSpreadOut, openWorkerDatabase, type Tx, type WorkerDatabase } from '../db/database.ts';
import { sql, type Statement } from '../db/sql.ts';
import { type GroundFloor, openGroundFloor } from '../events/fixtures.ts';
import { claimByScope } from './claim.ts';

let floor: GroundFloor;
/** As it would be on a cluster. */
let spread: WorkerDatabase;
const now = new Date('2026-11-22T08:00:00Z');
const [east, west] = [randomUUID(), randomUUID()];
beforeAll(async () => {
  floor = await openGroundFloor();
  spread = openWorkerDatabase({
    url: floor.appUrl,
    poolSize: 4,
    applicationName: 'test spread',
    onIdleError: () => {},
    isSpread: true,
  });
});
afterAll(async () => {
  await spread.close();
  await floor.close();
});
beforeEach(() => floor.admin.query('delete from platform.import_run'));

interface Claimed {
  readonly scopeId: string;
  readonly source: string;
}

/** Runs of an import stand for whatever is due: by when they began. */
async function rowsOf(...rows: readonly (readonly [scopeId: string, secondsAgo: number])[]): Promise<void> {
  for (const [scopeId, secondsAgo] of rows)
    await floor.admin.query(
      `insert into platform.import_run (scope_id, import_id, kind, source_name, source_sha256, state, started_at)
       values ($1, $2, 'test', $3, '', 'running', $4)`,
      [scopeId, randomUUID(), `${secondsAgo}`, new Date(now.getTime() - secondsAgo * 1_000)],
    );
}

const claim = (tx: Tx, limit: number) =>
  claimByScope<Claimed>(tx, {
    columns: sql`r.scope_id as "scopeId", r.source_name as source`,
    from: sql`platform.import_run r`,
    scope: sql`r.scope_id`,
    id: sql`r.import_id`,
    due: sql`r.started_at <= ${now} and r.state = 'running'`,
    order: sql`r.started_at`,
    limit,
  });
const ages = (rows: readonly Claimed[]) => rows.map(({ source }) => Number(source)).sort((a, b) => b - a);

/** How many statements a claim sends. */
function counted(tx: Tx): { readonly tx: Tx; count(): number } {
  let count = 0;
  return {
    tx: {
      isSpread: tx.isSpread,
      query: (statement: Statement) => {
        count++;
        return tx.query(statement);
      },
    } as unknown as Tx,
    count: () => count,
  };
}

describe.each([
  ['on one machine', () => floor.worker],
  ['across machines', () => spread],
] as const)('%s', (_name, worker) => {
  test('the longest due come first, of all scopes, at most so many, and what is due at this very moment', async () => {
    await rowsOf([east, 5], [west, 9], [east, 7], [west, 0], [east, -1]);
    const taken = await worker().work((tx) => claim(tx, 3));
    expect(ages(taken)).toEqual([9, 7, 5]);
    expect(ages(await worker().work((tx) => claim(tx, 10)))).toEqual([9, 7, 5, 0]);
  });

  test('what another holds is passed over, and what stands behind it is reached', async () => {
    await rowsOf([east, 9], [west, 8], [east, 7], [west, 6], [east, 5]);
    const [first, second, third] = await worker().work(async (a) => {
      const held = await claim(a, 2);
      return worker().work(async (b) => {
        const next = await claim(b, 2);
        return [held, next, await worker().work((c) => claim(c, 2))];
      });
    });
    expect([ages(first!), ages(second!), ages(third!)]).toEqual([[9, 8], [7, 6], [5]]);
  });

  test('what several columns name is taken by them, and a joined table is left alone', async () => {
    await floor.admin.query(
      `insert into places.scope (scope_id, kind, name, created_at) select scope_id, 'compound', '', $2 from unnest($1::uuid[]) scope_id
       on conflict do nothing`,
      [[east, west], now],
    );
    await rowsOf([east, 9], [west, 8]);
    const taken = await worker().work(async (tx) => {
      const rows = await claimByScope<Claimed>(tx, {
        columns: sql`r.scope_id as "scopeId", r.source_name as source`,
        from: sql`platform.import_run r join places.scope s on s.scope_id = r.scope_id`,
        scope: sql`r.scope_id`,
        id: sql`concat_ws(' ', r.import_id, r.kind)`,
        idType: 'text',
        due: sql`r.started_at <= ${now}`,
        order: sql`r.started_at`,
        limit: 5,
        lock: sql`for no key update of r`,
      });
      // Less than a whole lock: whoever points at the row goes on.
      await floor.admin.query('select from platform.import_run for key share nowait');
      const beside = await floor.admin.query(
        'select from places.scope where scope_id = any ($1) for update nowait',
        [[east, west]],
      );
      expect(beside.rowCount).toBe(2);
      return rows;
    });
    expect(ages(taken)).toEqual([9, 8]);
  });
});

test('on one machine a claim is one statement; across machines one more for each scope with something due', async () => {
  const asked = (worker: WorkerDatabase) =>
    worker.work(async (tx) => {
      const own = counted(tx);
      await claim(own.tx, 10);
      return own.count();
    });
  expect([await asked(floor.worker), await asked(spread)]).toEqual([1, 1]);
  await rowsOf([east, 1], [east, 2], [east, 3]);
  expect([await asked(floor.worker), await asked(spread)]).toEqual([1, 2]);
  await rowsOf([west, 4]);
  expect([await asked(floor.worker), await asked(spread)]).toEqual([1, 3]);
  expect(await isSpreadOut(floor.db)).toBe(false);
});

test('what was done between look and lock is not done again', async () => {
  await rowsOf([east, 9], [west, 8]);
  const taken = await spread.work(async (tx) => {
    let isLooking = true;
    const slow = {
      isSpread: tx.isSpread,
      query: async (statement: Statement) => {
        const rows = await tx.query(statement);
        if (isLooking) {
          isLooking = false;
          await floor.admin.query(`update platform.import_run set state = 'done' where scope_id = $1`, [
            east,
          ]);
        }
        return rows;
      },
    } as unknown as Tx;
    return claim(slow, 10);
  });
  expect(ages(taken)).toEqual([8]);
});
