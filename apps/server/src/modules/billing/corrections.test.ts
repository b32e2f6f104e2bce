import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { balances } from '../ledger/index.ts';
import { DAY, expectStatus, type Somebody } from '../work-orders/fixtures.ts';
import { aTariff, bills } from './fixtures.ts';
import { settle } from './index.ts';

let world: World;
let scopeId: string;
beforeAll(async () => {
  world = await aWorld();
  scopeId = world.near.compound;
  expectStatus(await world.people.manager.client.post('/billing/tariffs', aTariff(scopeId)), 201);
  await bills(world);
});
afterAll(() => world.close());

const home = (room: string): string => world.near.households[room]!;
const lineOf = async (householdId: string): Promise<Json> => {
  const path = `/bills/lines?scopeId=${scopeId}&householdId=${householdId}`;
  const { items } = expectStatus(await world.people.desk.client.get(path), 200);
  return items.find(({ isVoided }: Json) => !isVoided);
};
const asks = (who: Somebody, lineId: string, body: object) =>
  who.client.post(`/bills/lines/${lineId}/corrections?scopeId=${scopeId}`, {
    reason: '面积登记错了',
    expectedSettledFen: 0,
    ...body,
  });
const decides = (who: Somebody, of: Json, action: 'approve' | 'decline', more: object = {}) =>
  who.client.post(`/billing/corrections/${of.id}/commands?scopeId=${scopeId}`, {
    action,
    expectedVersion: of.version,
    expectedSettledFen: 0,
    ...more,
  });
const waits = async (who: Somebody, more = ''): Promise<Json[]> =>
  expectStatus(await who.client.get(`/billing/corrections?scopeId=${scopeId}&isOpen=true${more}`), 200).items;
const owed = async (householdId: string): Promise<number | undefined> => {
  const book = { scopeId, companyId: world.near.company };
  const code = `household:${householdId}:receivable`;
  return world.worker.work(async (tx) => (await balances(tx, book, [code])).get(code));
};

describe('a correction', () => {
  it('changes nothing until a second person allows it, who never is the one that asked', async () => {
    const { desk, manager, company, wang, street } = world.people;
    const line = await lineOf(home('3-2-102'));
    const before = await owed(home('3-2-102'));
    expect((await asks(wang, line.lineId, { amountFen: 1 })).status).toBe(403);
    expect((await asks(desk, line.lineId, { reason: ' ' })).status).toBe(422);
    expect((await asks(desk, line.lineId, { amountFen: 0 })).status).toBe(422);
    expect((await asks(desk, line.lineId, { expectedSettledFen: 1 })).body.code).toBe('billing.stale');
    const asked = expectStatus(await asks(manager, line.lineId, { amountFen: line.amountFen - 1 }), 201);
    expect(asked).toMatchObject({ state: 'asked', isOwn: true, mayDecide: false, isAlone: false });
    expect((await asks(desk, line.lineId, {})).body.code).toBe('billing.correction_open');
    expect(await owed(home('3-2-102'))).toBe(before);
    // The desk asks and does not decide; the manager decides, and not on what is the manager's own.
    expect((await decides(desk, asked, 'approve')).status).toBe(403);
    expect((await decides(street, asked, 'approve')).status).toBe(403);
    expect((await decides(manager, asked, 'approve')).body.code).toBe('billing.needs_second_person');
    expect((await decides(manager, asked, 'decline')).body.code).toBe('billing.needs_second_person');
    expect((await decides(company, asked, 'approve', { expectedVersion: 2 })).body.code).toBe(
      'billing.stale',
    );
    expect(await waits(company)).toMatchObject([{ id: asked.id, mayDecide: true, isOwn: false }]);
    expect((await wang.client.get(`/billing/corrections?scopeId=${scopeId}`)).status).toBe(403);
    const done = expectStatus(await decides(company, asked, 'approve'), 200);
    expect(done).toMatchObject({ state: 'done', amountFen: line.amountFen - 1, lineFen: line.amountFen });
    expect(await owed(home('3-2-102'))).toBe(before! - 1);
    expect((await lineOf(home('3-2-102'))).lineId).toBe(done.replacementId);
    expect((await decides(company, done, 'decline')).body.code).toBe('billing.correction_over');
    expect(await waits(company)).toEqual([]);
  });

  it('that is declined leaves the line as it was, and another may be asked for', async () => {
    const { desk, manager } = world.people;
    const line = await lineOf(world.home);
    const first = expectStatus(await asks(desk, line.lineId, {}), 201);
    expect(await waits(manager, `&householdId=${home('3-2-102')}`)).toEqual([]);
    expect(await waits(manager, `&householdId=${world.home}`)).toMatchObject([{ amountFen: null }]);
    expect(expectStatus(await decides(manager, first, 'decline'), 200).state).toBe('declined');
    expect(await owed(world.home)).toBe(line.amountFen);
    const second = expectStatus(await asks(desk, line.lineId, { amountFen: 10_000 }), 201);
    // Paid meanwhile, whoever decides has to have seen it.
    const on = '2026-11-23';
    const by = { kind: 'payment', id: first.id } as const;
    await world.worker.work((tx) =>
      settle(tx, {
        scopeId,
        lineId: line.lineId,
        amountFen: 3,
        by,
        key: 'paid:1',
        on,
        bookedOn: on,
        now: world.clock.now(),
      }),
    );
    expect((await decides(manager, second, 'approve')).body).toMatchObject({
      code: 'billing.stale',
      params: { settledFen: 3 },
    });
    expectStatus(await decides(manager, second, 'approve', { expectedSettledFen: 3 }), 200);
  });

  it('two decide at once: it is done once', async () => {
    const { desk, manager, company } = world.people;
    const line = await lineOf(home('3-2-102'));
    const asked = expectStatus(await asks(desk, line.lineId, { amountFen: 5_000 }), 201);
    const answers = await Promise.all([
      decides(manager, asked, 'approve'),
      decides(company, asked, 'approve'),
    ]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    expect(await owed(home('3-2-102'))).toBe(5_000);
  });

  it('that is small is one person’s where the company says so, counted from what two decided last', async () => {
    const { desk, company } = world.people;
    await world.ask(
      `insert into platform.setting (scope_id, key, valid_from, value, source) values ($1, 'billing.correction_alone_fen', '2026-11-24', '100', 'test')`,
      [world.near.company],
    );
    // The day before holds what held then.
    const line = await lineOf(world.home);
    const early = expectStatus(await asks(desk, line.lineId, { amountFen: line.amountFen - 1 }), 201);
    expect(early.state).toBe('asked');
    world.clock.advance(DAY);
    const now = world.clock.now();
    await world.ask('update identity.session set last_seen_at = $1, expires_at = $2', [
      now,
      new Date(now.getTime() + DAY),
    ]);
    const before = await lineOf(home('3-2-102'));
    const { items } = expectStatus(
      await desk.client.get(`/bills/lines?scopeId=${scopeId}&householdId=${home('3-2-102')}`),
      200,
    );
    const billedFen = Math.max(...items.map(({ amountFen }: Json) => amountFen));
    // Five thousand is what two decided: nobody takes it back alone to what was billed first, and small steps count from it.
    expect(before.amountFen).toBe(5_000);
    expect(billedFen).toBeGreaterThan(5_200);
    expect(expectStatus(await asks(desk, before.lineId, { amountFen: billedFen }), 201).state).toBe('asked');
    const [open] = await waits(company, `&householdId=${home('3-2-102')}`);
    expectStatus(await decides(company, open!, 'decline'), 200);
    const small = expectStatus(await asks(desk, before.lineId, { amountFen: 5_060 }), 201);
    expect(small).toMatchObject({ state: 'done', isAlone: true, decidedByName: null });
    expect(await owed(home('3-2-102'))).toBe(5_060);
    const next = await lineOf(home('3-2-102'));
    expect(expectStatus(await asks(desk, next.lineId, { amountFen: 5_101 }), 201).state).toBe('asked');
  });
});
