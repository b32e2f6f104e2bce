import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json } from '../../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../../test/world.ts';
import { aWorkOrder, expectStatus, type Somebody } from '../fixtures.ts';
import { working } from './fixtures.ts';

/** What comes to a household for its repairs, as its page at the desk says it. */
let world: World;
let job: ReturnType<typeof working>;
beforeAll(async () => {
  world = await aWorld();
  job = working(world);
});
afterAll(() => world.close());

const asks = (who: Somebody, more = '', householdId = world.home) =>
  who.client.get(
    `/work-orders/household-bills?scopeId=${world.near.compound}&householdId=${householdId}${more}`,
  );
const bills = async (who: Somebody, more = ''): Promise<Json> => expectStatus(await asks(who, more), 200);

async function aJob(price: string): Promise<Json> {
  const { desk, li, wang } = world.people;
  let order = await wang.reports(aWorkOrder().about('water.tap').atHome(world.home));
  for (const [who, action, more] of [
    [desk, 'assign', { assigneeAccountId: li.accountId }],
    [li, 'accept', {}],
    [li, 'start', {}],
  ] as const)
    order = await who.does(order, action, more);
  // What was repaired here before is another matter.
  if ((await job.sees(li, order)).warranty !== null)
    order = await job.does(desk, order, 'set_payer', { payer: 'household', reason: '不是同一处' });
  return job.does(li, order, 'add_line', job.line(price));
}

test('what was quoted, agreed to and done, each for what it is; nothing that nobody was told of', async () => {
  const { desk, manager, li, fang, wang } = world.people;
  const none = { items: [], nextCursor: null, totals: { due: '0.00', agreed: '0.00', quoted: '0.00' } };
  expect(await bills(desk)).toEqual(none);
  // In the making it is the staff's own, and no bill.
  let order = await aJob('80.10');
  expect(await bills(desk)).toEqual(none);
  order = await job.does(li, order, 'send_quote');
  expect(await bills(desk)).toMatchObject({
    items: [{ id: order.id, number: order.number, state: 'quoted', total: '80.10', dueSince: null }],
    totals: { due: '0.00', agreed: '0.00', quoted: '80.10' },
  });
  order = await job.does(fang, order, 'agree', { quoteNo: 1, total: '80.10' });
  expect((await bills(desk)).totals).toEqual({ due: '0.00', agreed: '80.10', quoted: '0.00' });
  order = await li.does(order, 'finish', { workDone: '换了龙头' });
  const due = await bills(manager);
  expect(due.items).toMatchObject([{ state: 'due', total: '80.10', dueSince: order.finishedAt }]);
  expect(due.totals).toEqual({ due: '80.10', agreed: '0.00', quoted: '0.00' });
  // Due it stays when the order has ended; and what was agreed and never done comes to nothing.
  order = await wang.does(await wang.sees(order), 'confirm');
  let second = await aJob('50');
  second = await job.does(li, second, 'send_quote');
  second = await job.does(fang, second, 'agree', { quoteNo: 1, total: '50.00' });
  let third = await aJob('19.90');
  third = await job.does(li, third, 'send_quote');
  const all = await bills(desk);
  expect(all.items.map(({ id, state }: Json) => [id, state])).toEqual([
    [third.id, 'quoted'],
    [second.id, 'agreed'],
    [order.id, 'due'],
  ]);
  expect(all.totals).toEqual({ due: '80.10', agreed: '50.00', quoted: '19.90' });
  await manager.does(second, 'force_close', { reason: '住户出国' });
  await job.does(li, third, 'withdraw_quote', {});
  expect((await bills(desk)).items.map(({ id }: Json) => id)).toEqual([order.id]);
});

test('comes in pages, summed over all of them', async () => {
  const { desk, li } = world.people;
  for (const price of ['1.05', '2']) await job.does(li, await aJob(price), 'send_quote');
  const { totals } = await bills(desk);
  expect(totals).toEqual({ due: '80.10', agreed: '0.00', quoted: '3.05' });
  const seen: string[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const found: Json = await bills(desk, `&limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`);
    expect(found.totals).toEqual(totals);
    seen.push(...found.items.map(({ total }: Json) => total));
    cursor = found.nextCursor;
  }
  expect(seen).toEqual(['2.00', '1.05', '80.10']);
  expect((await asks(desk, '&cursor=nonsense')).status).toBe(422);
});

test('is told to the desk of the place and to nobody else', async () => {
  const { farDesk, street, company, wang, li, desk } = world.people;
  expect((await asks(farDesk)).status).toBe(404);
  for (const who of [street, company, wang, li])
    expect([who.name, (await asks(who)).status]).toEqual([who.name, 403]);
  expect((await asks(desk, '', world.near.compound)).status).toBe(404);
});
