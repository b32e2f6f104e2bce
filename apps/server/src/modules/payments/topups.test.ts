import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { type MeterLine, serveMeters } from '../../../../../simulator/src/meters/line.ts';
import { aMeter, type MeterState } from '../../../../../simulator/src/meters/meter.ts';
import { MeterYard } from '../metering/fixtures.ts';
import { aMoneyWorld, expected, type MoneyWorld } from './fixtures.ts';

let world: MoneyWorld;
let yard: MeterYard;
let line: MeterLine;
let gateway: Json;
const states: MeterState[] = [];
const HOUR = 3_600_000;

beforeAll(async () => {
  world = await aMoneyWorld();
  yard = new MeterYard(world);
  line = await serveMeters(states, 0, { lateMilliseconds: 1_500 });
  ({ gateway } = await yard.dial(line.port));
});
afterAll(async () => {
  await line.close();
  await yard.collector.stop();
  await world.close();
});
beforeEach(() => {
  world.providers.behave({});
  world.clock.advance(60_000);
});

/** A prepaid meter on the line: what hangs on the wall, and what stands in our books. */
async function aPrepaid(
  more: Record<string, unknown> = {},
  state: Partial<MeterState> = {},
  room = '3-2-601',
) {
  const address = `50210707250${states.length + 1}`;
  const wall = aMeter(address, { energy: 10_000, ...state });
  states.push(wall);
  const meter = await yard.meter({
    line: { gatewayId: gateway.id, address },
    householdId: world.near.households[room],
  });
  await yard.works();
  expected(await yard.prepaid(meter, more), 201);
  return { meter, wall };
}
const buys = (meter: Json, amountFen: number): Json => ({ kind: 'meter_topup', id: meter.id, amountFen });
const held = async (account: string) => 0 - (await world.balance(account));
const onMeter = (meter: Json) => held(`meter:${meter.id}:prepaid`);
const onHome = () => held(`household:${world.home}:prepaid`);
const bought = async (payment: Json) =>
  (await world.paymentOf(payment.id)).topUps.map(({ state }: Json) => state);
const own = async (meter: Json) =>
  (await world.people.wang.client.get('/meters/own')).body.items.find(
    (one: Json) => one.meter.id === meter.id,
  );
async function pays(meter: Json, amountFen: number): Promise<Json> {
  const payment = await world.orders(world.people.wang, [buys(meter, amountFen)]);
  expect(await world.providers.pay(world.tradeOf(payment))).toBe(true);
  return payment;
}

describe('topping up a meter by phone', () => {
  it('moves money, meter and payment together, and says when it is on it', async () => {
    const { wang, chen } = world.people;
    const { meter, wall } = await aPrepaid({ keeps: 'meter' }, { fen: 0 });
    const cleared = await world.balance('provider:wechat');
    const payment = await pays(meter, 5_000);
    expect(await world.paymentOf(payment.id)).toMatchObject({
      state: 'paid',
      targets: [{ kind: 'meter_topup', label: meter.serial, settledFen: 5_000, balanceFen: 0 }],
      topUps: [{ meterId: meter.id, state: 'waiting' }],
    });
    expect([await onMeter(meter), await world.balance('provider:wechat')]).toEqual([5_000, cleared + 5_000]);
    await yard.works();
    expect([await bought(payment), wall.fen]).toEqual([['confirmed'], 5_000]);
    expect((await own(meter)).topUps).toMatchObject([{ amountFen: 5_000, state: 'confirmed' }]);
    // Told again, asked again: once.
    await world.providers.deliver();
    await wang.client.post(`/payments/${payment.id}/check?scopeId=${world.near.compound}`);
    await yard.works();
    expect([await onMeter(meter), wall.fen, wall.purchases]).toEqual([5_000, 5_000, 1]);
    // Nobody else's meter, none that is not paid for ahead, and no more than it may hold.
    const asks = (who: typeof wang, target: Json, householdId = world.home) =>
      who.client.post('/payments', {
        scopeId: world.near.compound,
        householdId,
        way: 'wechat',
        targets: [target],
      });
    const chens = world.near.households['3-2-102']!;
    expect((await asks(chen, buys(meter, 100), chens)).body.code).toBe('payments.invalid');
    const plain = await yard.meter();
    expect((await asks(wang, buys(plain, 100))).body.code).toBe('payments.invalid');
    expect((await asks(wang, { kind: 'meter_topup', amountFen: 100 })).body.code).toBe('payments.invalid');
    expect((await asks(wang, buys(meter, 45_001))).body).toMatchObject({
      code: 'payments.meter_full',
      params: { most: '450.00' },
    });
    expect((await asks(wang, buys(meter, 45_000))).status).toBe(201);
    // Paid for ahead no more while somebody pays: what can no longer be put on it is the home's.
    const { gateway: other } = await yard.dial(line.port);
    const address = '502107072599';
    const lonely = await yard.meter({ line: { gatewayId: other.id, address } });
    expected(await yard.prepaid(lonely, { keeps: 'meter' }), 201);
    const late = await world.orders(wang, [buys(lonely, 300)]);
    // Paid before, and not on its way yet.
    const early = await pays(lonely, 200);
    const { desk, manager } = world.people;
    const retire = `/meters/gateways/${other.id}/retire?scopeId=${world.near.compound}`;
    expect((await manager.client.post(retire)).body).toMatchObject({
      code: 'metering.gateway_prepaid',
      params: { count: 1, serials: lonely.serial },
    });
    const before = await onHome();
    world.clock.advance(60_000);
    const end = `/meters/${lonely.id}/prepaid/end?scopeId=${world.near.compound}`;
    expect(
      expected(await manager.client.post(end, { finalValue: 100, answer: 'sure', expectedVersion: 1 }), 200),
    ).toEqual({ leftFen: 200, owedFen: 0 });
    expect(await world.providers.pay(world.tradeOf(late))).toBe(true);
    expect([await onMeter(lonely), (await onHome()) - before]).toEqual([0, 500]);
    expect([await bought(early), await bought(late), (await own(lonely)).prepaid]).toEqual([
      ['carried'],
      [],
      null,
    ]);
    expect((await asks(wang, buys(lonely, 100))).body.code).toBe('payments.invalid');
    await yard.works();
    // The purchase is no longer there to be given back: it is in the balance.
    const asked = await desk.client.post(`/payments/refunds?scopeId=${world.near.compound}`, {
      paymentId: early.id,
      parts: [{ position: 0, amountFen: 200 }],
      reason: 'not_provided',
    });
    expect(asked.body).toMatchObject({ code: 'payments.topup_kept', params: { reason: 'carried' } });
    expect((await manager.client.post(retire)).status).toBe(200);
  });

  it('by two at one moment holds what fits, and the rest is the home’s balance', async () => {
    const { wang, fang } = world.people;
    const { meter } = await aPrepaid({ hoardingFen: 30_000 });
    const before = await onHome();
    const [one, two] = [
      await world.orders(wang, [buys(meter, 20_000)]),
      await world.orders(fang, [buys(meter, 20_000)], 'alipay'),
    ];
    expect(
      await Promise.all([
        world.providers.pay(world.tradeOf(one)),
        world.providers.pay(world.tradeOf(two)),
        yard.works(),
      ]),
    ).toMatchObject([true, true, undefined]);
    expect([await onMeter(meter), (await onHome()) - before]).toEqual([20_000, 20_000]);
    const states = [...(await bought(one)), ...(await bought(two))];
    expect(states).toHaveLength(1);
    await yard.works();
    expect((await own(meter)).prepaid).toMatchObject({ balanceFen: 20_000, roomFen: 10_000 });
  });

  it('says when it did not get there; what the meter refused goes back by two, once', async () => {
    const { desk, manager } = world.people;
    const { meter, wall } = await aPrepaid({ keeps: 'meter' }, { fen: 0, mood: 'refusing' });
    const payment = await pays(meter, 5_000);
    await yard.works();
    expect(await bought(payment)).toEqual(['failed']);
    // The next one waits behind it: the meter counts them in their order.
    const next = await pays(meter, 700);
    await yard.works();
    const path = `/payments/refunds?scopeId=${world.near.compound}`;
    const asks = (id: string, amountFen: number) =>
      desk.client.post(path, {
        paymentId: id,
        parts: [{ position: 0, amountFen }],
        reason: 'not_provided',
      });
    expect((await asks(payment.id, 4_999)).body).toMatchObject({
      code: 'payments.topup_kept',
      params: { reason: 'part' },
    });
    const asked = expected(await asks(payment.id, 5_000), 201);
    const approve = () =>
      manager.client.post(`/payments/refunds/${asked.id}/commands?scopeId=${world.near.compound}`, {
        action: 'approve',
        expectedVersion: asked.version,
      });
    const both = await Promise.all([approve(), approve()]);
    expect(both.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409]);
    expect([await onMeter(meter), await bought(payment)]).toEqual([700, ['returned']]);
    expect((await asks(payment.id, 5_000)).status).toBe(422);
    const topUp = (await own(meter)).topUps.find(({ amountFen }: Json) => amountFen === 5_000);
    const retry = (id: string) =>
      desk.client.post(`/meters/${meter.id}/top-ups/${id}/retry?scopeId=${meter.scopeId}`);
    expect((await retry(topUp.id)).status).toBe(404);
    world.clock.advance(60_000);
    await world.due();
    world.clock.advance(5 * 60_000);
    await world.due();
    expect((await world.paymentOf(payment.id)).refunds).toMatchObject([{ state: 'done', amountFen: 5_000 }]);
    expect(await world.balance('refund:pending')).toBe(0);
    // The other one is sent once more, with the number that was never used.
    wall.mood = 'well';
    const other = (await own(meter)).topUps.find(({ amountFen }: Json) => amountFen === 700);
    expected(await retry(other.id), 202);
    await yard.works();
    expect([await bought(next), wall.fen, wall.purchases]).toEqual([['confirmed'], 700, 1]);
    expect((await asks(next.id, 700)).body.params).toEqual({ reason: 'arrived' });
  });

  it('is not given back while nobody knows: a lost answer is found by the next reading', async () => {
    const { desk } = world.people;
    const { meter, wall } = await aPrepaid({ keeps: 'meter' }, { fen: 0 });
    wall.mood = 'lost_once';
    const payment = await pays(meter, 900);
    await yard.works();
    expect([await bought(payment), wall.fen]).toEqual([['sent'], 900]);
    wall.mood = 'silent';
    const asks = () =>
      desk.client.post(`/payments/refunds?scopeId=${world.near.compound}`, {
        paymentId: payment.id,
        parts: [{ position: 0, amountFen: 900 }],
        reason: 'not_provided',
      });
    expect((await asks()).body.params).toEqual({ reason: 'under_way' });
    for (let turn = 0; turn < 6; turn += 1) {
      world.clock.advance(31 * 60_000);
      await yard.works();
    }
    expect(await bought(payment)).toEqual(['failed']);
    expect((await asks()).body.params).toEqual({ reason: 'not_known_yet' });
    wall.mood = 'well';
    world.clock.advance(HOUR);
    await yard.readNow(meter);
    await yard.works();
    expect([await bought(payment), (await yard.page(meter)).findings]).toEqual([['confirmed'], []]);
    expect((await asks()).body.params).toEqual({ reason: 'arrived' });
  });
});

describe('topping up a meter at the till', () => {
  it('goes the same way: on the meter, or said not to be and handed back out of the till', async () => {
    const { desk, manager } = world.people;
    const scopeId = world.near.compound;
    const { meter, wall } = await aPrepaid({ keeps: 'meter' }, { fen: 0 });
    const opened = await desk.client.post('/payments/tills', { scopeId, till: 'meters', openingFen: 0 });
    const { id: sessionId } = expected(opened, 201);
    const offered = (await world.offer(desk)).meters.find((one: Json) => one.meterId === meter.id);
    expect(offered).toMatchObject({ serial: meter.serial, mostFen: 50_000 });
    const takes = (amountFen: number) =>
      desk.client.post('/payments/desk', {
        scopeId,
        householdId: world.home,
        sessionId,
        way: 'cash',
        targets: [buys(meter, amountFen)],
      });
    expect((await takes(50_001)).body.code).toBe('payments.meter_full');
    const taken = expected(await takes(3_000), 201);
    expect(taken.targets).toMatchObject([{ kind: 'meter_topup', settledFen: 3_000 }]);
    await yard.works();
    expect([await bought(taken), wall.fen, await world.balance('cash:meters')]).toEqual([
      ['confirmed'],
      3_000,
      3_000,
    ]);
    wall.mood = 'refusing';
    const lost = expected(await takes(900), 201);
    await yard.works();
    expect(await bought(lost)).toEqual(['failed']);
    const back = { paymentId: lost.id, parts: [{ position: 0, amountFen: 900 }], reason: 'not_provided' };
    const asked = expected(await desk.client.post(`/payments/refunds?scopeId=${scopeId}`, back), 201);
    const commands = `/payments/refunds/${asked.id}/commands?scopeId=${scopeId}`;
    const approve = { action: 'approve', expectedVersion: asked.version };
    expected(await manager.client.post(commands, approve), 200);
    const handOut = `/payments/refunds/${asked.id}/hand-out?scopeId=${scopeId}`;
    expected(await desk.client.post(handOut, { sessionId }), 200);
    expect([await bought(lost), await onMeter(meter), await world.balance('cash:meters')]).toEqual([
      ['returned'],
      3_000,
      3_000,
    ]);
  });
});
