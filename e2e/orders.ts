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

interface Row extends Order {
  readonly number: string;
  readonly version: number;
}

interface Member {
  readonly accountId: string;
  readonly displayName: string;
  readonly mayBeSent: boolean;
}

type Client = Awaited<ReturnType<TestServer['as']>>;

/** Who may be sent to an order. */
export async function ableFor(desk: Client, order: Order): Promise<Member[]> {
  const { body } = await desk.get(`/dispatch/orders/${order.id}/candidates?scopeId=${order.scopeId}`);
  return (body.items as Member[]).filter(({ mayBeSent }) => mayBeSent);
}

/**
 * An order that waits for somebody, that `name` may be sent to, and somebody else as well. Which one comes first in
 * the queue changes with the hour; some are there again because who did them must not do them again.
 */
export async function orderFor(desk: Client, name: string): Promise<{ order: Row; other: Member }> {
  const { body } = await desk.get('/work-orders?queue=unassigned&limit=20');
  for (const order of body.items as Row[]) {
    const able = await ableFor(desk, order);
    const other = able.find(({ displayName }) => displayName !== name);
    if (other !== undefined && able.some(({ displayName }) => displayName === name)) return { order, other };
  }
  throw new Error(`the demonstration street has no order that waits for ${name} or another`);
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
