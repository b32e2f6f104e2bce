import type { Answer, Json } from '../../../../../../test/server.ts';
import type { World } from '../../../../../../test/world.ts';
import { expectStatus, type Held, SECOND, type Somebody } from '../fixtures.ts';

/** The work as tests speak of it. */
export function working(world: World) {
  const tries = (
    who: Somebody,
    order: Held,
    action: string,
    params: Record<string, unknown> = {},
    headers?: Record<string, string>,
  ): Promise<Answer> => {
    world.clock.advance(SECOND);
    const body = { action, expectedVersion: order.version, ...params };
    return who.client.post(`/work-orders/${order.id}/working?scopeId=${order.scopeId}`, body, headers);
  };
  const sheet = (who: Somebody, order: Pick<Held, 'id' | 'scopeId'>): Promise<Answer> =>
    who.client.get(`/work-orders/${order.id}/working?scopeId=${order.scopeId}`);
  return {
    tries,
    sheet,
    /** And what was answered is what is found; gives the order, with the sheet beside it. */
    async does(
      who: Somebody,
      order: Held,
      action: string,
      params: Record<string, unknown> = {},
    ): Promise<Json> {
      const answered = expectStatus(await tries(who, order, action, params), 200);
      const found = await sheet(who, order);
      if (found.status === 200 && JSON.stringify(found.body) !== JSON.stringify(answered.sheet))
        throw new Error(`answered ${JSON.stringify(answered.sheet)}\nfound ${JSON.stringify(found.body)}`);
      return { ...answered.order, sheet: answered.sheet };
    },
    async sees(who: Somebody, order: Pick<Held, 'id' | 'scopeId'>): Promise<Json> {
      return expectStatus(await sheet(who, order), 200);
    },
    /** A price in the department's list, from today. */
    async aPrice(price: Record<string, unknown> = {}): Promise<Json> {
      const { manager } = world.people;
      return expectStatus(
        await manager.client.post('/work-orders/prices', {
          scopeId: world.near.department,
          expectedVersion: 0,
          kind: 'material',
          name: '角阀',
          unit: '个',
          price: '35.50',
          warrantyMonths: 6,
          validFrom: '2026-11-23',
          ...price,
        }),
        201,
      );
    },
    /** A free line: no list needed. */
    line: (unitPrice: string, quantity = '1', more: Record<string, unknown> = {}) => ({
      kind: 'labour',
      name: '人工',
      unit: '次',
      unitPrice,
      quantity,
      reason: '价目表没有',
      ...more,
    }),
  };
}
