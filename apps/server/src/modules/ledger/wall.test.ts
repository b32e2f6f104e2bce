import { afterAll, beforeAll, expect, test } from 'vitest';
import { aWorld, type World } from '../../../../../test/world.ts';
import type { Actor } from '../../platform/db/actor.ts';
import { Problem } from '../../platform/http/problem.ts';
import { aPosting, bookOf } from './fixtures.ts';
import { balances, type NewPosting, post, postingsOf } from './index.ts';

/** A household spends what it has prepaid in its own name; of anybody else's accounts the wall shows and takes nothing. */
let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

test('a household sees and moves its own accounts, and nobody else’s', async () => {
  const wall = bookOf(world);
  const now = () => world.clock.now();
  const neighbours = Object.values(world.near.households).find((id) => id !== world.home)!;
  const [own, theirs] = [world.home, neighbours].map((id) => ({
    prepaid: `household:${id}:prepaid`,
    owed: `household:${id}:receivable`,
  })) as [{ prepaid: string; owed: string }, { prepaid: string; owed: string }];
  await world.worker.work((tx) =>
    post(tx, {
      wall,
      by: null,
      now: now(),
      postings: [own, theirs].flatMap(({ prepaid, owed }) => [
        aPosting({ debit: 'provider:wechat', credit: prepaid, amountFen: 9_000 }),
        aPosting({ debit: owed, credit: 'income:property_fee', amountFen: 5_000 }),
      ]),
    }),
  );
  const wang: Actor = {
    kind: 'resident',
    accountId: world.people.wang.accountId,
    membershipId: world.people.wang.accountId,
    scopeIds: [wall.scopeId],
    regionId: null,
    households: [{ id: world.home, since: 0 }],
  };
  const pays = (posting: NewPosting) =>
    world.server.house.db
      .act(wang, (tx) => post(tx, { wall, by: wang.accountId, now: now(), postings: [posting] }))
      .then(
        () => 'done',
        (error: { code?: string }) => (error instanceof Problem ? error.code : error.code),
      );
  expect(await pays(aPosting({ debit: own.prepaid, credit: own.owed, amountFen: 5_000 }))).toBe('done');
  expect(await pays(aPosting({ debit: own.prepaid, credit: own.owed, amountFen: 4_001 }))).toBe(
    'ledger.overdrawn',
  );
  // Another home's, or the house's own: the wall refuses the row.
  expect(await pays(aPosting({ debit: theirs.prepaid, credit: theirs.owed, amountFen: 1 }))).toBe('42501');
  expect(await pays(aPosting({ debit: 'bank:main', credit: 'suspense', amountFen: 1 }))).toBe('42501');
  const { db } = world.server.house;
  const seen = await db.read(wang, (q) =>
    balances(q, wall, [own.prepaid, own.owed, theirs.prepaid, theirs.owed]),
  );
  expect([...seen.values()]).toEqual([4_000, 0, 0, 0]);
  expect(await db.read(wang, (q) => postingsOf(q, wall, own.owed))).toHaveLength(2);
  expect(await db.read(wang, (q) => postingsOf(q, wall, theirs.owed))).toEqual([]);
  expect(await db.read(wang, (q) => postingsOf(q, wall, 'income:property_fee'))).toHaveLength(1);
  // Who moved in later reads nothing of who lived there before.
  const since: Actor = { ...wang, households: [{ id: world.home, since: now().getTime() + 1 }] };
  expect(await db.read(since, (q) => postingsOf(q, wall, own.owed))).toEqual([]);
});
