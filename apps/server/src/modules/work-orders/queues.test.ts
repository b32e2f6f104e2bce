import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { runDueOnce } from '../../platform/due/due.ts';
import { foldFigures } from './due-figures.ts';
import { aWorkOrder, DAY, expectStatus, HOUR, MINUTE, type Somebody } from './fixtures.ts';
import { differences } from './index.ts';

/** How many stand in each queue is told from kept sums: it is how many its list holds, folded or not. */

let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world?.close());

const QUEUES = {
  unassigned: 'unassigned',
  dueHour: 'due_hour',
  late: 'late',
  callback: 'callback',
  disputed: 'disputed',
  waitingResident: 'waiting_resident',
  open: 'open',
};

const counts = async (who: Somebody): Promise<Json> =>
  expectStatus(await who.client.get('/work-orders/queues'), 200);

/** What the first of those who look is told; all are told what their own lists hold. */
async function agreed(): Promise<Json> {
  const { desk, manager, company, street, cityHall, committee, farDesk } = world.people;
  for (const who of [desk, manager, company, street, cityHall, committee, farDesk]) {
    const told = await counts(who);
    const held: Json = {};
    for (const [name, queue] of Object.entries(QUEUES))
      held[name] = (await who.lists(`&queue=${queue}`)).length;
    expect([who.name, told]).toEqual([who.name, held]);
  }
  const client = await world.admin.connect();
  try {
    const query = async ({ text, values }: { text: string; values: readonly unknown[] }) =>
      (await client.query(text, [...values])).rows as never;
    expect(await differences({ query })).toEqual([]);
  } finally {
    client.release();
  }
  return counts(desk);
}

const folds = async (): Promise<number> => {
  const { house } = world.server;
  const options = { worker: world.worker, sweeps: [foldFigures], house, clock: world.clock, log: house.log };
  return (await runDueOnce(options))[foldFigures.name] ?? 0;
};

test('an order is counted in each queue it goes through, and no longer where it has left', async () => {
  const { wang, chen, desk, li } = world.people;
  await world.anOrder('submitted');
  const working = await world.anOrder('in_progress');
  const finished = await world.anOrder('finished');
  const broken = await world.anOrder('finished');
  await folds();
  expect(await agreed()).toMatchObject({
    unassigned: 1,
    disputed: 0,
    waitingResident: 2,
    callback: 0,
    open: 4,
  });

  const paused = await li.does(working, 'pause', { reason: 'waiting_resident' });
  const disputed = await wang.does(broken, 'dispute', { reason: '还在漏' });
  expect(await agreed()).toMatchObject({ disputed: 1, waitingResident: 2, open: 4 });
  await folds();
  expect(await agreed()).toMatchObject({ disputed: 1, waitingResident: 2, open: 4 });

  await li.does(paused, 'resume');
  await desk.does(disputed, 'assign', { assigneeAccountId: li.accountId });
  await chen.reports(aWorkOrder().about('gate.fault').inPublic());
  expect(await agreed()).toMatchObject({ unassigned: 2, disputed: 0, waitingResident: 1, open: 5 });

  // Nobody answers: to be called, and called again.
  await world.passes(3 * DAY + MINUTE);
  expect(await agreed()).toMatchObject({ callback: 1, waitingResident: 0 });
  await folds();
  await desk.does(await desk.sees(finished), 'record_callback', { result: 'unreachable' });
  expect(await agreed()).toMatchObject({ callback: 0, waitingResident: 1 });
  await world.passes(24 * HOUR + MINUTE);
  expect((await agreed()).callback).toBe(1);
  expect(await folds()).toBeGreaterThan(0);
  expect((await agreed()).callback).toBe(1);
});
