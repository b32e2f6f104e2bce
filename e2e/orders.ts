import type { TestServer } from '../test/server.ts';
import { type HotlineCases, hotlineCases } from './hotline-cases.ts';

/** Orders of the demonstration street that pages are shown with. */
export interface Orders extends HotlineCases {
  readonly moving: Order;
  readonly finished: Order;
  readonly closed: Order;
  readonly inHand: Order;
  readonly assigned: Order;
  readonly unassigned: Order;
  readonly disputed: Order;
  /** Whose people and whose home: a household with somebody in it, and that somebody. */
  readonly home: Order;
  readonly person: Order;
  /** Out in the open, of a category that the street tells everybody of. */
  readonly published: Order;
}

interface Order {
  readonly id: string;
  readonly scopeId: string;
}

export async function findOrders(server: TestServer): Promise<Orders> {
  const [resident, worker, desk] = [
    await server.as('resident'),
    await server.as('worker'),
    await server.as('desk'),
  ];
  const one = async (client: typeof desk, query: string): Promise<Order> => {
    const { body } = await client.get(`/work-orders?limit=1&${query}`);
    const [row] = body.items as Order[];
    if (row === undefined) throw new Error(`the demonstration street has no order for ${query}`);
    return row;
  };
  const { body: found } = await desk.get('/people?q=w&limit=20');
  const person = (found.items as { id: string; scopeId: string; homes: { householdId: string }[] }[]).find(
    ({ homes }) => homes.length > 0,
  );
  if (person === undefined) throw new Error('the demonstration street has nobody called W…');
  const lamps = await desk.get('/work-orders?queue=all&limit=100&category=power.light.street');
  const published = (lamps.body.items as (Order & { isPublic: boolean })[]).find(({ isPublic }) => isPublic);
  if (published === undefined) throw new Error('the demonstration street has no lamp that everybody sees');
  return {
    ...(await hotlineCases(server)),
    published,
    home: { id: person.homes[0]?.householdId ?? '', scopeId: person.scopeId },
    person,
    moving: await one(resident, 'reporter=me&status=departed,arrived,in_progress'),
    finished: await one(resident, 'reporter=me&status=finished'),
    closed: await one(resident, 'reporter=me&status=closed'),
    inHand: await one(worker, 'assignee=me&status=in_progress'),
    assigned: await one(worker, 'assignee=me&status=assigned'),
    unassigned: await one(desk, 'queue=unassigned'),
    disputed: await one(desk, 'queue=disputed'),
  };
}
