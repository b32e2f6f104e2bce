import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { aWorkOrder, HOUR, MINUTE } from './fixtures.ts';

/** A whole day of deadlines in some seconds: the product's own clockwork, on a virtual clock. */
let world: World;
beforeAll(async () => {
  world = await aWorld({ roles: 'api,worker' });
});
afterAll(() => world.close());

const reports: [string, 'home' | 'public'][] = [
  ['water.leak.home', 'home'],
  ['water.burst', 'home'],
  ['water.tap', 'home'],
  ['lift.trapped', 'public'],
  ['gas.smell', 'public'],
  ['gate.fault', 'public'],
  ['parking.blocked', 'public'],
  ['cleaning.rubbish', 'public'],
  ['fee.question', 'public'],
  ['heating.cold', 'home'],
];

/** What the rows say that is not so at this moment: a limit that ran out unmarked, or is marked and had not run out. */
async function mistakes(): Promise<unknown[]> {
  return world.ask(
    `select number, clock, due_at, late_at from (
       select number, unnest(array['respond', 'arrive', 'resolve']) as clock, unnest(array[respond_due_at, arrive_due_at, resolve_due_at]) as due_at,
         unnest(array[respond_late_at, arrive_late_at, resolve_late_at]) as late_at from work_orders.work_order) clocks
     where (due_at < $1) is distinct from (late_at is not null) and due_at is not null`,
    [world.clock.now()],
  );
}

test('a virtual day: every limit is marked when it runs out, once, and told once', async () => {
  const { wang, desk, manager } = world.people;
  const orders: Json[] = [];
  for (const [code, place] of reports) {
    const report = aWorkOrder().about(code);
    orders.push(await wang.reports(place === 'home' ? report.atHome(world.home) : report.inPublic()));
  }
  for (let quarter = 0; quarter < 96; quarter++) {
    world.clock.advance(15 * MINUTE);
    // The server's own loop looks once a second; every eighth step we wait for it, the others it may skip.
    if (quarter % 8 === 7) await expect.poll(mistakes, { timeout: 60_000 }).toEqual([]);
  }

  const now = world.clock.now().getTime();
  // Tried again, yesterday's orders are there too.
  const numbers = orders.map(({ number }) => number);
  const expected = orders.flatMap((order) =>
    (['respond', 'arrive', 'resolve'] as const)
      .filter((clock) => order[`${clock}DueAt`] !== null && Date.parse(order[`${clock}DueAt`]) < now)
      .map((clock) => [order.number, `work_order.${clock}_overdue`, order[`${clock}DueAt`]]),
  );
  expect(expected.length).toBeGreaterThan(20);
  const marked = await world.ask(
    `select o.number, e.kind, e.params ->> 'dueAt' as due from work_orders.event e join work_orders.work_order o using (scope_id, work_order_id)
     where e.kind like '%overdue' and o.number = any ($1)`,
    [numbers],
  );
  const sorted = (rows: unknown[][]) => rows.map((row) => row.join(' ')).toSorted();
  expect(sorted(marked.map((row) => [row.number, row.kind, row.due]))).toEqual(sorted(expected));
  await world.told();
  for (const who of [desk, manager]) {
    const told = await world.ask(
      `select params ->> 'number' as number, template, params ->> 'dueAt' as due from platform.notification where account_id = $1 and template like '%overdue' and params ->> 'number' = any ($2)`,
      [who.accountId, numbers],
    );
    expect(sorted(told.map((row) => [row.number, row.template, row.due]))).toEqual(sorted(expected));
  }
  // The queue that the desk reads agrees with the rows, and nothing is due any more that has been marked.
  const late = (await desk.lists('&queue=late')).map((row) => row.number);
  expect(new Set(late.filter((number) => numbers.includes(number)))).toEqual(
    new Set(expected.map(([number]) => number)),
  );
  const [next] = await world.ask(
    'select count(*)::int as n from work_orders.work_order where next_due_at < $1',
    [world.clock.now()],
  );
  expect(next).toEqual({ n: 0 });
}, 300_000);

test("what is due within the hour is in the desk's strip, and leaves it", async () => {
  const { wang, desk } = world.people;
  const order = await wang.reports(aWorkOrder().about('cleaning.odour').inPublic());
  const strip = async () => (await desk.lists('&queue=due_hour')).map((row) => row.id);
  expect(await strip()).toContain(order.id);
  await desk.does(order, 'cancel', { reason: '误报' });
  expect(await strip()).not.toContain(order.id);
  const later = await wang.reports(aWorkOrder().about('greening.prune').inPublic());
  expect(Date.parse(later.respondDueAt) - Date.parse(later.createdAt)).toBeGreaterThan(HOUR);
  expect(await strip()).not.toContain(later.id);
  const counts = (await desk.client.get(`/work-orders/queues?scopeId=${world.near.compound}`)).body;
  for (const [queue, count] of Object.entries({
    due_hour: counts.dueHour,
    late: counts.late,
    open: counts.open,
    unassigned: counts.unassigned,
  })) {
    expect([queue, (await desk.lists(`&queue=${queue}`)).length]).toEqual([queue, count]);
  }
});
