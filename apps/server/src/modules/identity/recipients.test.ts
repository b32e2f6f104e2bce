import { afterAll, beforeAll, expect, it } from 'vitest';
import { aWorld, type World } from '../../../../../test/world.ts';
import { recipientsOf } from './index.ts';

let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

it('tells of a phone that does not open beside the others, and fails for none', async () => {
  const { wang, chen } = world.people;
  await world.ask('update identity.account set phone_cipher = $2 where account_id = $1', [
    wang.accountId,
    Buffer.from([0]),
  ]);
  const ids = [wang.accountId, chen.accountId];
  const found = await world.worker.work((tx) => recipientsOf(world.server.house.crypto)(tx, ids));
  expect(ids.map((id) => found.get(id)?.phone)).toEqual([null, chen.phone]);
});
