import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Answer, Json } from '../../../../../test/server.ts';
import { until } from '../../platform/events/fixtures.ts';
import { aMoneyWorld, expected, type MoneyWorld } from './fixtures.ts';
import { askAbout } from './service-asking.ts';

/** Money that goes back: against lines that others want too, without money at the merchant, and after it was given up. */
let world: MoneyWorld;
beforeAll(async () => {
  world = await aMoneyWorld();
});
afterAll(() => world.close());
beforeEach(() => {
  world.providers.behave({});
  world.clock.advance(60_000);
});

const MINUTE = 60_000;
const at = () => `scopeId=${world.near.compound}`;
const line = (id: string, amountFen: number): Json => ({ kind: 'bill_line', id, amountFen });
const prepay = (amountFen: number): Json => ({ kind: 'prepay', amountFen });
const held = async () => 0 - (await world.balance(`household:${world.home}:prepaid`));
const refundOf = async (id: string): Promise<Json> =>
  expected(await world.people.manager.client.get(`/payments/refunds/${id}?${at()}`), 200);

async function asks(payment: Json): Promise<Json> {
  const parts = payment.targets.map(({ position, amountFen }: Json) => ({ position, amountFen }));
  const body = { paymentId: payment.id, parts, reason: 'other' };
  return expected(await world.people.desk.client.post(`/payments/refunds?${at()}`, body), 201);
}
const approves = ({ id, version }: Json): Promise<Answer> =>
  world.people.manager.client.post(`/payments/refunds/${id}/commands?${at()}`, {
    action: 'approve',
    expectedVersion: version,
  });
async function waits(...minutes: number[]): Promise<void> {
  for (const wait of minutes) {
    world.clock.advance(wait * MINUTE);
    await world.due();
  }
}
/** Paid on the phone, asked back and allowed. */
async function allowed(amountFen: number): Promise<Json> {
  const payment = await world.orders(world.people.wang, [prepay(amountFen)]);
  await world.providers.pay(world.tradeOf(payment));
  const refund = await asks(payment);
  expected(await approves(refund), 200);
  return refund;
}

/** Holds rows that others want until it is let go, and says when so many wait. */
async function holding(
  lineIds: readonly string[],
  others: number,
  meanwhile: () => Promise<unknown>[],
  last = '',
) {
  const holder = await world.admin.connect();
  try {
    await holder.query('begin');
    await holder.query('select from billing.bill_line where line_id = any ($1::uuid[]) for update', [
      lineIds,
    ]);
    const running = meanwhile();
    await until(async () => {
      const [row] = await world.ask<{ n: number }>(
        `select count(*)::integer as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      return row!.n >= others;
    });
    if (last !== '') await holder.query(last, [lineIds]);
    await holder.query('commit');
    return await Promise.all(running);
  } finally {
    holder.release();
  }
}

describe('lines that several want at once', () => {
  it('are taken in one order by payments and refunds: nobody waits crosswise, everything counts once', async () => {
    const { desk, manager } = world.people;
    const scopeId = world.near.compound;
    const { id: sessionId } = expected(
      await desk.client.post('/payments/tills', { scopeId, till: 'locks', openingFen: 0 }),
      201,
    );
    const [a, b] = [await world.owes(world.home, 1_000), await world.owes(world.home, 1_000)];
    const takes = (who: typeof desk, targets: Json[]) =>
      who.client.post('/payments/desk', {
        scopeId,
        householdId: world.home,
        sessionId,
        way: 'cash',
        targets,
      });
    const taken = (await holding([a, b], 2, () => [
      takes(desk, [line(a, 400), line(b, 400)]),
      takes(manager, [line(b, 500), line(a, 500)]),
    ])) as Answer[];
    const payments = taken.map((answer) => expected(answer, 201));
    const refunds = [await asks(payments[0]!), await asks(payments[1]!)];
    const decided = (await holding([a, b], 2, () => refunds.map(approves))) as Answer[];
    expect(decided.map(({ status }) => status)).toEqual([200, 200]);
    const lines = await world.ask<{ settled: number; sum: number }>(
      `select l.settled_fen::integer as settled, (select sum(s.amount_fen)::integer from billing.settlement s where s.line_id = l.line_id) as sum
       from billing.bill_line l where l.line_id = any ($1::uuid[])`,
      [[a, b]],
    );
    expect(lines).toEqual([
      { settled: 0, sum: 0 },
      { settled: 0, sum: 0 },
    ]);
    for (const refund of refunds)
      expected(await desk.client.post(`/payments/refunds/${refund.id}/hand-out?${at()}`, { sessionId }), 200);
    expect([await world.balance('cash:locks'), await world.balance('refund:pending')]).toEqual([0, 0]);
    expected(await takes(desk, [line(a, 1_000), line(b, 1_000)]), 201);
  });

  it('are held while the balance decides what it pays: what was paid meanwhile is not paid again', async () => {
    const { chen } = world.people;
    const householdId = world.near.households['3-2-102']!;
    const scopeId = world.near.compound;
    const payment = await world.orders(chen, [prepay(900)], 'alipay', householdId);
    await world.providers.pay(world.tradeOf(payment));
    const id = await world.owes(householdId, 900);
    const on = { scopeId, householdId, isOn: true };
    expected(
      await chen.client.send('PUT', '/payments/deduction', on, { 'idempotency-key': 'held-meanwhile' }),
      200,
    );
    const paid = `update billing.bill_line set settled_fen = amount_fen where line_id = any ($1::uuid[])`;
    await holding([id], 1, () => [world.due()], paid);
    const balance = `/payments?${at()}&householdId=${householdId}&way=balance`;
    expect(expected(await chen.client.get(balance), 200).items).toEqual([]);
    expect((await world.offer(chen, householdId)).balanceFen).toBe(900);
  });
});

describe('a refund without money at the merchant', () => {
  it('waits, is tried again, and is carried out once there is money', async () => {
    for (const way of ['wechat', 'alipay'] as const) {
      world.providers.behave({ refunds: 'short' });
      const payment = await world.orders(world.people.wang, [prepay(2_600)], way);
      await world.providers.pay(world.tradeOf(payment));
      const before = await held();
      const refund = await asks(payment);
      expected(await approves(refund), 200);
      await waits(0, 1, 5, 30);
      expect(await refundOf(refund.id)).toMatchObject({ state: 'sending', fault: 'no_money' });
      expect([await world.balance('refund:pending'), await held()]).toEqual([-2_600, before - 2_600]);
      const detail = await world.paymentOf(payment.id, world.people.desk);
      expect(detail.steps.filter(({ state }: Json) => state === 'refund_waiting')).toHaveLength(1);
      world.providers.behave({});
      await waits(120, 120);
      expect(await refundOf(refund.id)).toMatchObject({ state: 'done', fault: null });
      expect(await world.balance('refund:pending')).toBe(0);
    }
  });

  it('is stopped by somebody who may decide, and becomes the balance; what got through is not stopped', async () => {
    const { desk, manager, farDesk } = world.people;
    world.providers.behave({ refunds: 'short' });
    const before = await held();
    const refund = await allowed(1_700);
    await waits(0);
    const { version } = await refundOf(refund.id);
    const stop = (who: typeof desk, expectedVersion = version) =>
      who.client.post(`/payments/refunds/${refund.id}/stop?${at()}`, { expectedVersion });
    expect((await stop(desk)).status).toBe(403);
    expect((await stop(farDesk)).status).toBeGreaterThanOrEqual(403);
    expect((await stop(manager, version + 5)).body.code).toBe('payments.stale');
    world.providers.behave({ isDown: true });
    expect((await stop(manager)).status).toBe(503);
    world.providers.behave({ refunds: 'short' });
    expect(expected(await stop(manager), 200)).toMatchObject({ state: 'failed', fault: 'stopped' });
    expect([await held(), await world.balance('refund:pending')]).toEqual([before + 1_700, 0]);
    expect((await stop(manager, version + 1)).body.code).toBe('payments.refund_over');
    await waits(120, 120);
    expect((await refundOf(refund.id)).state).toBe('failed');

    // Sent, and its answer was lost: who stops it learns that it has gone.
    world.providers.behave({ refunds: 'later' });
    const other = await allowed(800);
    const number = other.id.replaceAll('-', '');
    const { book } = world.providers;
    const payment = await world.paymentOf(other.paymentId, desk);
    book.refund({ refundNo: number, tradeNo: world.tradeOf(payment), amountFen: 800, notifyUrl: '' });
    const now = await refundOf(other.id);
    const stopped = await manager.client.post(`/payments/refunds/${other.id}/stop?${at()}`, {
      expectedVersion: now.version,
    });
    expect(expected(stopped, 200).state).toBe('processing');
    book.finishRefunds();
    await waits(5, 30);
    expect((await refundOf(other.id)).state).toBe('done');
  });
});

describe('a refund that was given up here and carried out there', () => {
  it('is booked when somebody asks again, from the balance it had become; where that is spent it says so', async () => {
    const { company, manager } = world.people;
    world.providers.behave({ refunds: 'short' });
    const refund = await allowed(3_100);
    await waits(0);
    const { version } = await refundOf(refund.id);
    expected(
      await manager.client.post(`/payments/refunds/${refund.id}/stop?${at()}`, { expectedVersion: version }),
      200,
    );
    const given = await held();
    // The provider had taken it after all.
    world.providers.behave({});
    const payment = await world.paymentOf(refund.paymentId, manager);
    const number = refund.id.replaceAll('-', '');
    const tradeNo = world.tradeOf(payment);
    world.providers.book.refund({ refundNo: number, tradeNo, amountFen: 3_100, notifyUrl: '' });
    const scopeId = world.near.company;
    const day = world.clock.now().toISOString().slice(0, 10);
    const run = async (): Promise<Json> => {
      const made = await company.client.post('/payments/reconciliations', { scopeId, way: 'wechat', day });
      const { id } = expected(made, 201);
      return expected(await company.client.get(`/payments/reconciliations/${id}?scopeId=${scopeId}`), 200);
    };
    const item = (await run()).items.find((one: Json) => one.kind === 'refund' && one.theirsFen === 3_100);
    expect(item).toMatchObject({ verdict: 'missing_here', oursFen: null });
    const again = () =>
      company.client.post(`/payments/reconciliation-items/${item.id}/commands?scopeId=${scopeId}`, {
        action: 'ask_again',
      });
    // Spent meanwhile: nothing is booked, and what is lacking is named.
    const spent = await world.owes(world.home, given - 1_000);
    expected(
      await world.people.wang.client.send(
        'PUT',
        '/payments/deduction',
        { scopeId: world.near.compound, householdId: world.home, isOn: true },
        { 'idempotency-key': 'spends-what-came-back' },
      ),
      200,
    );
    await world.due();
    expect((await world.offer()).lines.some((one: Json) => one.lineId === spent)).toBe(false);
    expect((await again()).body).toMatchObject({
      code: 'payments.refund_spent',
      params: { missing: '21.00' },
    });
    const more = await world.orders(world.people.wang, [prepay(2_100)]);
    await world.providers.pay(world.tradeOf(more));
    const cleared = await world.balance('provider:wechat');
    expect((await again()).status).toBe(204);
    expect((await refundOf(refund.id)).state).toBe('done');
    expect([await held(), await world.balance('provider:wechat')]).toEqual([0, cleared - 3_100]);
    expect((await world.paymentOf(payment.id, manager)).refundedFen).toBe(3_100);
    // Once: asked again nothing moves, and the day agrees.
    const check = await manager.client.post(`/payments/refunds/${refund.id}/check?${at()}`, {
      expectedVersion: 1,
    });
    expect(expected(check, 200).state).toBe('done');
    expect(await world.balance('provider:wechat')).toBe(cleared - 3_100);
    expect((await run()).items.filter((one: Json) => one.theirsFen === 3_100)).toEqual([]);
  });
});

describe('inside WeChat', () => {
  it('says that the merchant is bound to another official account, not that WeChat was not bound', async () => {
    const { wang } = world.people;
    const scopeId = world.near.compound;
    const body = { scopeId, householdId: world.home, way: 'wechat', targets: [prepay(100)] };
    const { id } = expected(await wang.client.post('/payments', body), 201);
    const order = await wang.client.post(`/payments/${id}/order?${at()}`, { channel: 'jsapi' });
    expect([order.status, order.body.code]).toEqual([422, 'payments.not_in_wechat']);
    await askAbout(world.server.house, scopeId, id, 'payer', { close: true });
  });
});
