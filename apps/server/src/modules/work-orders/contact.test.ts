import { afterAll, beforeAll, expect, test } from 'vitest';
import { aWorld, type World } from '../../../../../test/world.ts';
import { aWorkOrder, type Held, type Somebody } from './fixtures.ts';

/** Who is called, and who looked: a number is seen for a purpose, by those who need it, and never without a trace. */
let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

const asks = (who: Somebody, order: Held, purpose = 'callback') =>
  who.client.post(`/work-orders/${order.id}/contact?scopeId=${order.scopeId}`, { purpose });
const looks = (order: Held) =>
  world.ask('select account_id, action, detail from platform.audit where object_id = $1 order by audit_id', [
    order.id,
  ]);

test("the desk sees a caller's own number, and the look is recorded with its purpose", async () => {
  const { desk } = world.people;
  const order = await desk.reports(aWorkOrder().atHome(world.home).forCaller('王老太', '13800001234'));
  expect((await desk.sees(order)).contactMasked).toBe('王** 138****1234');
  const answer = await asks(desk, order);
  expect([answer.status, answer.body]).toEqual([200, { name: '王老太', phone: '13800001234' }]);
  expect(await looks(order)).toEqual([
    {
      account_id: desk.accountId,
      action: 'work_order.contact_revealed',
      detail: { purpose: 'callback', role: 'desk' },
    },
  ]);
});

test('without a caller it is who reported, from the register of the place', async () => {
  const { wang, desk } = world.people;
  const order = await wang.reports(aWorkOrder().atHome(world.home));
  const answer = await asks(desk, order, 'clarify');
  expect([answer.status, answer.body.phone]).toEqual([200, wang.phone]);
});

test('the worker sees it while the work is theirs; a neighbour, the household and a colleague never', async () => {
  const { wang, chen, li, zhao, desk } = world.people;
  let order = await wang.reports(aWorkOrder().atHome(world.home));
  order = await desk.does(order, 'assign', { assigneeAccountId: li.accountId });
  expect((await asks(li, order, 'visit')).status).toBe(200);
  expect((await asks(zhao, order, 'visit')).status).toBe(404);
  for (const resident of [wang, chen])
    expect((await asks(resident, order)).body.code).toBe('permission.denied');
  order = await desk.does(order, 'cancel', { reason: '重复' });
  expect((await asks(li, order, 'visit')).status).toBe(403);
  // Whoever was refused left no trace of a look, for there was none.
  expect(await looks(order)).toHaveLength(1);
});

test('a purpose must be named, and one of those there are', async () => {
  const { wang, desk } = world.people;
  const order = await wang.reports(aWorkOrder().atHome(world.home));
  const answer = await asks(desk, order, 'curiosity');
  expect([answer.status, answer.body.fields[0].path]).toEqual([422, '/purpose']);
  expect(await looks(order)).toEqual([]);
});
