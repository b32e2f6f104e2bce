import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../../test/database.ts';
import type { Actor } from './actor.ts';
import { statementOfActor } from './actor.ts';
import { type Database, openDatabase } from './database.ts';
import { sql } from './sql.ts';

let database: TestDatabase;
let db: Database;

beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase({
    url: database.appUrl,
    poolSize: 1,
    applicationName: 'actor test',
    onIdleError: () => {},
  });
});
afterAll(async () => {
  await db?.close();
  await database?.drop();
});

const actor = (scopeIds: readonly string[]): Actor => ({
  kind: 'scope',
  accountId: randomUUID(),
  membershipId: null,
  scopeIds,
  regionId: null,
  households: [],
});
const ids = (n: number): string[] => Array.from({ length: n }, () => randomUUID());

/** Which of these scopes a policy would let through. */
const reachedOf = (asked: readonly (string | null)[]) =>
  sql`select coalesce(bool_and(reached), true) as all, coalesce(bool_or(reached), false) as any, count(reached) as known
    from (select platform.staff_reach(id, null, null, null) as reached from unnest(${asked}::uuid[]) id) asked`;

test.each([0, 1, 4, 5, 16, 51, 400])(
  'with %d scopes exactly those are reached, whichever way they are looked up',
  async (n) => {
    const own = ids(n);
    const one = actor(own);
    const [mine] = await db.read(one, (q) => q.query(reachedOf(own)));
    expect(mine).toMatchObject({ all: true, any: n > 0 });
    // One digit off, in every place of the id; and ids of nobody.
    const near = own
      .slice(0, 3)
      .flatMap((id) =>
        [...id].map((digit, i) =>
          digit === '-' ? randomUUID() : `${id.slice(0, i)}${digit === '0' ? '1' : '0'}${id.slice(i + 1)}`,
        ),
      )
      .filter((id) => !own.includes(id));
    const [others] = await db.read(one, (q) => q.query(reachedOf([...ids(50), ...near])));
    expect(others).toMatchObject({ any: false });
    const [nowhere] = await db.read(one, (q) => q.query(reachedOf([null])));
    expect(nowhere).toMatchObject({ any: false });
  },
);

test('who is stated again has what was stated last; after the transaction nobody has anything', async () => {
  const [many, few, others] = [ids(30), ids(2), ids(30)];
  const seen = await db.act(actor(many), async (tx) => {
    const reached = async () =>
      Promise.all(
        [many, few, others].map(
          async (asked) => (await tx.query<{ any: boolean }>(reachedOf(asked)))[0]!.any,
        ),
      );
    const first = await reached();
    await tx.query(statementOfActor(actor(few)));
    const second = await reached();
    await tx.query(statementOfActor(actor(others)));
    const third = await reached();
    return [first, second, third];
  });
  expect(seen).toEqual([
    [true, false, false],
    [false, true, false],
    [false, false, true],
  ]);
  // The pool has one connection: the same one, after its transaction.
  const [after] = await db.read(actor([]), (q) => q.query(reachedOf([...many, ...few, ...others])));
  expect(after).toMatchObject({ any: false });
});

const told = [
  'kind',
  'account',
  'membership',
  'scopes',
  'region',
  'households',
  'many',
  ...Array.from({ length: 16 }, (_, digit) => `scopes_${digit}`),
];

test.each([1, 30])('of %d scopes the same is stated where it has to reach other machines', async (n) => {
  const who: Actor = {
    kind: 'resident',
    accountId: randomUUID(),
    membershipId: randomUUID(),
    scopeIds: ids(n),
    regionId: randomUUID(),
    households: [{ id: randomUUID(), since: 0 }],
  };
  const stated = () =>
    db.read(who, (q) =>
      q.query<{ name: string; value: string | null }>(
        sql`select name, nullif(current_setting('app.' || name, true), '') as value from unnest(${told}::text[]) name order by name`,
      ),
    );
  const here = await stated();
  expect(here).toContainEqual({ name: 'many', value: n === 1 ? null : 't' });
  expect(here).toContainEqual({ name: 'region', value: who.regionId });
  const admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  try {
    await admin.query('set allow_system_table_mods = on; create table pg_catalog.pg_dist_partition ()');
    expect(await stated()).toEqual(here);
    await admin.query('drop table pg_catalog.pg_dist_partition');
  } finally {
    await admin.end();
  }
});
