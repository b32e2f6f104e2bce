import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aMoneyWorld, expected, type MoneyWorld } from './fixtures.ts';

let world: MoneyWorld;
beforeAll(async () => {
  world = await aMoneyWorld();
});
afterAll(() => world.close());
beforeEach(() => {
  world.providers.behave({});
  world.clock.advance(60_000);
});

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const line = (id: string, amountFen: number): Json => ({ kind: 'bill_line', id, amountFen });
const receivable = () => world.balance(`household:${world.home}:receivable`);
const prepaid = async () => 0 - (await world.balance(`household:${world.home}:prepaid`));
const stateOf = async (payment: Json) => (await world.paymentOf(payment.id)).state;

describe.each(['wechat', 'alipay'] as const)('paying by %s', (way) => {
  it('closes the line, moves the money once and has a receipt', async () => {
    const { wang } = world.people;
    const id = await world.owes(world.home, 28_800);
    const [owed, cleared] = [await receivable(), await world.balance(`provider:${way}`)];
    const offer = await world.offer();
    expect(offer.lines.find((one: Json) => one.lineId === id)).toMatchObject({
      dueFen: 28_800,
      name: '物业服务费',
    });
    expect(offer).toMatchObject({ ways: ['wechat', 'alipay'], isSimulated: true });
    const payment = await world.orders(wang, [line(id, 28_800)], way);
    expect(payment.state).toBe('pending');
    expect(await world.providers.pay(world.tradeOf(payment))).toBe(true);
    const paid = await world.paymentOf(payment.id);
    expect(paid).toMatchObject({ state: 'paid', amountFen: 28_800, way });
    expect(paid.targets).toMatchObject([{ settledFen: 28_800, balanceFen: 0 }]);
    expect(paid.steps.map((step: Json) => [step.state, step.source])).toEqual([
      ['created', 'payer'],
      ['pending', 'order'],
      ['paid', 'notice'],
    ]);
    expect((await world.offer()).lines.map((one: Json) => one.lineId)).not.toContain(id);
    expect([await receivable(), await world.balance(`provider:${way}`)]).toEqual([
      owed - 28_800,
      cleared + 28_800,
    ]);
    const receipt = await fetch(
      `${world.url}/api/v1/payments/${payment.id}/receipt?scopeId=${world.near.compound}`,
      {
        headers: { cookie: wang.client.cookie },
      },
    );
    expect([receipt.status, receipt.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect(
      Buffer.from(await receipt.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
  });

  it('is counted once, though it is told twice, asked about and looked at by hand at the same time', async () => {
    const id = await world.owes(world.home, 10_001);
    const owed = await receivable();
    const payment = await world.orders(world.people.wang, [line(id, 10_001)], way);
    world.providers.behave({ notices: 'late' });
    await world.providers.pay(world.tradeOf(payment));
    world.providers.book.letters.push(...world.providers.book.letters);
    world.clock.advance(20 * SECOND);
    const check = () =>
      world.people.wang.client.post(`/payments/${payment.id}/check?scopeId=${world.near.compound}`);
    await Promise.all([world.providers.deliver(), world.due(), check(), check(), world.providers.deliver()]);
    expect(await stateOf(payment)).toBe('paid');
    expect(await receivable()).toBe(owed - 10_001);
    const steps = (await world.paymentOf(payment.id)).steps.filter((step: Json) => step.state === 'paid');
    expect(steps).toHaveLength(1);
  });

  it('is found within a minute when the notice never comes', async () => {
    const id = await world.owes(world.home, 500);
    const payment = await world.orders(world.people.wang, [line(id, 500)], way);
    world.providers.behave({ notices: 'never' });
    await world.providers.pay(world.tradeOf(payment));
    expect(await stateOf(payment)).toBe('pending');
    world.clock.advance(16 * SECOND);
    await world.due();
    expect(await stateOf(payment)).toBe('paid');
  });

  it('believes no notice that is forged, and no other amount than was ordered', async () => {
    const id = await world.owes(world.home, 700);
    const payment = await world.orders(world.people.wang, [line(id, 700)], way);
    const owed = await receivable();
    world.providers.behave({ notices: 'bad_signature' });
    await world.providers.pay(world.tradeOf(payment));
    expect(await stateOf(payment)).toBe('pending');
    // The provider itself says another amount: nothing is counted, and it is asked again.
    world.providers.behave({ notices: 'other_amount' });
    const trade = world.providers.book.trades.get(world.tradeOf(payment))!;
    trade.state = 'open';
    await world.providers.pay(trade.tradeNo);
    expect(await world.paymentOf(payment.id)).toMatchObject({ state: 'disputed', toldFen: 800 });
    expect(await receivable()).toBe(owed);
    world.clock.advance(10 * MINUTE);
    await world.due();
    expect(await stateOf(payment)).toBe('paid');
    expect(await receivable()).toBe(owed - 700);
  });

  it('takes in another amount that the provider stands by, once, and gives it back the way it came', async () => {
    const { wang, desk, manager } = world.people;
    const scope = `scopeId=${world.near.compound}`;
    const id = await world.owes(world.home, 700);
    const ordered = await world.orders(wang, [line(id, 700)], way);
    const trade = world.providers.book.trades.get(world.tradeOf(ordered))!;
    Object.assign(trade, { amountFen: 950 });
    const [owed, held, cleared] = [
      await receivable(),
      await prepaid(),
      await world.balance(`provider:${way}`),
    ];
    expect(await world.providers.pay(trade.tradeNo)).toBe(true);
    const disputed = await world.paymentOf(ordered.id);
    expect(disputed).toMatchObject({ state: 'disputed', toldFen: 950 });
    const accept = () =>
      manager.client.post(`/payments/${ordered.id}/accept?${scope}`, { expectedVersion: disputed.version });
    const taken = expected(await accept(), 200);
    expect(taken).toMatchObject({ state: 'paid', amountFen: 950, targets: [{ balanceFen: 950 }] });
    expect((await accept()).body.code).toBe('payments.over');
    // Told again it is counted already.
    await wang.client.post(`/payments/${ordered.id}/check?${scope}`);
    expect(await stateOf(ordered)).toBe('closed');
    expect([await receivable(), await prepaid(), await world.balance(`provider:${way}`)]).toEqual([
      owed,
      held + 950,
      cleared + 950,
    ]);
    // The provider knows it by its own number: the one it has here was never told to it.
    const asked = expected(
      await desk.client.post(`/payments/refunds?${scope}`, {
        paymentId: taken.id,
        parts: [{ position: 0, amountFen: 950 }],
        reason: 'wrong_amount',
      }),
      201,
    );
    const decided = await manager.client.post(`/payments/refunds/${asked.id}/commands?${scope}`, {
      action: 'approve',
      expectedVersion: asked.version,
    });
    expected(decided, 200);
    for (const wait of [0, MINUTE, 5 * MINUTE]) {
      world.clock.advance(wait);
      await world.due();
    }
    expect((await world.paymentOf(taken.id)).refunds).toMatchObject([{ state: 'done', amountFen: 950 }]);
    expect(world.providers.book.refundedFen(trade)).toBe(950);
    expect([await prepaid(), await world.balance(`provider:${way}`)]).toEqual([held, cleared]);
  });

  it('decides on what the provider says last, where it said yet another thing first', async () => {
    const { wang, manager } = world.people;
    const scope = `scopeId=${world.near.compound}`;
    const id = await world.owes(world.home, 700);
    const ordered = await world.orders(wang, [line(id, 700)], way);
    Object.assign(world.providers.book.trades.get(world.tradeOf(ordered))!, { amountFen: 950 });
    world.providers.behave({ notices: 'other_currency' });
    await world.providers.pay(world.tradeOf(ordered));
    world.providers.behave({});
    expect(await stateOf(ordered)).toBe('disputed');
    await wang.client.post(`/payments/${ordered.id}/check?${scope}`);
    const disputed = await world.paymentOf(ordered.id);
    expect(disputed).toMatchObject({ state: 'disputed', toldFen: 950, toldCurrency: 'CNY' });
    // Said once more it is no news.
    await wang.client.post(`/payments/${ordered.id}/check?${scope}`);
    expect((await world.paymentOf(ordered.id)).version).toBe(disputed.version);
    const taken = await manager.client.post(`/payments/${ordered.id}/accept?${scope}`, {
      expectedVersion: disputed.version,
    });
    expect(expected(taken, 200)).toMatchObject({ state: 'paid', amountFen: 950 });
  });

  it('closes at the provider what nobody paid in its time', async () => {
    const id = await world.owes(world.home, 900);
    const payment = await world.orders(world.people.wang, [line(id, 900)], way);
    for (let i = 0; i < 9; i++) {
      world.clock.advance(5 * MINUTE);
      await world.due();
    }
    expect(await stateOf(payment)).toBe('closed');
    expect(await world.providers.pay(world.tradeOf(payment))).toBe(false);
    const again = await world.orders(world.people.wang, [line(id, 900)], way);
    await world.providers.pay(world.tradeOf(again));
    expect(await stateOf(again)).toBe('paid');
  });

  it('lets two people pay one bill: both are counted, the second becomes the home’s balance and goes back', async () => {
    const { wang, fang, desk, manager } = world.people;
    const id = await world.owes(world.home, 3_000);
    // Both at the same instant: neither sees the other's.
    const body = { scopeId: world.near.compound, householdId: world.home, way, targets: [line(id, 3_000)] };
    const created = await Promise.all([
      wang.client.post('/payments', body),
      fang.client.post('/payments', body),
    ]);
    const made = created.filter(({ status }) => status === 201);
    if (made.length === 1) {
      expect(created.find(({ status }) => status !== 201)!.body.code).toBe('payments.under_way');
      // Slower by a day: the first has run out here, and is still open on the phone that pays it.
      world.clock.advance(31 * MINUTE);
      const second = created[0]!.status === 201 ? fang : wang;
      made.push(await second.client.post('/payments', body));
    }
    const [owed, held] = [await receivable(), await prepaid()];
    for (const { body: payment } of made) {
      const row = world.providers.book;
      row.order({
        provider: way,
        tradeNo: world.tradeOf(payment),
        amountFen: 3_000,
        description: '',
        attach: world.near.compound,
        notifyUrl: `${world.url}/api/v1/payments/notices/${way}/${world.providers.keys[way].merchantId}/${world.near.compound}`,
        returnUrl: '',
        expiresAt: new Date(world.clock.now().getTime() + MINUTE),
      });
      expect(await world.providers.pay(world.tradeOf(payment))).toBe(true);
    }
    expect([await receivable(), await prepaid()]).toEqual([owed - 3_000, held + 3_000]);
    const second = await world.paymentOf(made[1]!.body.id, desk);
    expect(second.targets).toMatchObject([{ settledFen: 0, balanceFen: 3_000 }]);
    const asked = expected(
      await desk.client.post(`/payments/refunds?scopeId=${world.near.compound}`, {
        paymentId: second.id,
        parts: [{ position: 0, amountFen: 3_000 }],
        reason: 'paid_twice',
        note: '王先生和方女士都付了',
      }),
      201,
    );
    const decide = (who: typeof desk) =>
      who.client.post(`/payments/refunds/${asked.id}/commands?scopeId=${world.near.compound}`, {
        action: 'approve',
        expectedVersion: asked.version,
      });
    expect((await decide(desk)).status).toBe(403);
    expected(await decide(manager), 200);
    expect(await prepaid()).toBe(held);
    await world.due();
    await world.due();
    world.clock.advance(2 * MINUTE);
    await world.due();
    const refunded = await world.paymentOf(second.id, desk);
    expect(refunded.refunds).toMatchObject([{ state: 'done', amountFen: 3_000 }]);
    expect(refunded.refundedFen).toBe(3_000);
    expect(await world.balance('refund:pending')).toBe(0);
  });

  it('survives a provider that does what is asked and does not say so', async () => {
    const id = await world.owes(world.home, 1_200);
    world.providers.behave({ orders: 'silent' });
    const body = { scopeId: world.near.compound, householdId: world.home, way, targets: [line(id, 1_200)] };
    const created = expected(await world.people.wang.client.post('/payments', body), 201);
    const path = `/payments/${created.id}/order?scopeId=${world.near.compound}`;
    const first = await world.people.wang.client.post(path, { channel: 'native' });
    expect(first.body.code).toBe('payments.provider_silent');
    world.providers.behave({ isDown: true });
    expect((await world.people.wang.client.post(path, { channel: 'native' })).status).toBe(503);
    world.providers.behave({});
    expect(expected(await world.people.wang.client.post(path, { channel: 'native' }), 200).next.kind).toBe(
      'code',
    );
    await world.providers.pay(world.tradeOf(created));
    expect(await stateOf(created)).toBe('paid');
  });
});
