import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Family, familyOf } from '../../../../../test/family.ts';
import type { Json } from '../../../../../test/server.ts';
import { signingIn } from '../../platform/db/actor.ts';
import { bindWechat } from '../../platform/notify/addresses.ts';
import type { Somebody } from '../work-orders/fixtures.ts';
import { aMoneyWorld, expected, type MoneyWorld } from './fixtures.ts';

/** Who pays, who sees it, and who is told: a child for a parent, inside WeChat, at the desk, off the balance. */
const appId = 'wxd678efh567hg6787';
let world: MoneyWorld;
let family: Family;
beforeAll(async () => {
  world = await aMoneyWorld({
    env: {
      GONGZHI_WECHAT_APP_ID: appId,
      GONGZHI_WECHAT_SECRET: 's'.repeat(32),
      GONGZHI_WECHAT_TEMPLATE: 't',
    },
  });
  family = familyOf(world);
});
afterAll(() => world.close());
beforeEach(() => {
  world.providers.behave({});
  world.clock.advance(60_000);
});

const at = () => `scopeId=${world.near.compound}`;
const line = (id: string, amountFen: number): Json => ({ kind: 'bill_line', id, amountFen });
const inboxOf = async (who: Somebody): Promise<string[]> => {
  await world.told();
  return (await who.inbox()).filter((template) => template.startsWith('payment.'));
};

describe('a child pays for a parent', () => {
  it('by consent to pay and no other; both see it, and nobody else', async () => {
    const { wang, desk } = world.people;
    const { mother, daughter } = await family.aDaughter({ purposes: ['follow', 'pay'] });
    const { householdId } = mother;
    const id = await world.owes(householdId, 12_000);
    expect((await world.offer(daughter, householdId)).lines).toMatchObject([{ lineId: id, dueFen: 12_000 }]);
    const payment = await world.orders(daughter, [line(id, 12_000)], 'alipay', householdId);
    await world.providers.pay(world.tradeOf(payment));
    expect(await world.paymentOf(payment.id, daughter)).toMatchObject({ state: 'paid', payerName: '李*' });
    expect(await world.paymentOf(payment.id, desk)).toMatchObject({ state: 'paid', householdId });
    expect((await wang.client.get(`/payments/${payment.id}?${at()}`)).status).toBe(404);
    expect((await wang.client.get(`/payments/offer?${at()}&householdId=${householdId}`)).status).toBe(404);
    const receipt = await daughter.client.get(`/payments/${payment.id}/receipt?${at()}`);
    expect(receipt.status).toBe(200);
    expect(await inboxOf(daughter)).toEqual(['payment.paid']);

    const other = await family.aDaughter({ purposes: ['follow', 'report'] });
    const owed = await world.owes(other.mother.householdId, 700);
    const body = { scopeId: world.near.compound, way: 'wechat' };
    const refused = await other.daughter.client.post('/payments', {
      ...body,
      householdId: other.mother.householdId,
      targets: [line(owed, 700)],
    });
    expect([refused.status, refused.body.code]).toEqual([403, 'consent.not_for_this']);
    // Nor does she open what the home owes and pays.
    const { compound: scopeId } = world.near;
    const till = await desk.client.post('/payments/tills', { scopeId, till: 'family', openingFen: 0 });
    const atDesk = await desk.client.post('/payments/desk', {
      scopeId,
      householdId: other.mother.householdId,
      way: 'cash',
      sessionId: expected(till, 201).id,
      targets: [line(owed, 700)],
    });
    const owned = expected(atDesk, 201);
    for (const path of [
      `/payments/offer?${at()}&householdId=${other.mother.householdId}`,
      `/payments?${at()}`,
      `/payments/${owned.id}?${at()}`,
      `/payments/${owned.id}/receipt?${at()}`,
    ]) {
      const seen = await other.daughter.client.get(path);
      expect([path, seen.status, seen.body?.code]).toEqual([path, 403, 'consent.not_for_this']);
    }
    for (const path of ['check', 'cancel']) {
      const done = await other.daughter.client.post(`/payments/${owned.id}/${path}?${at()}`);
      expect([path, done.status, done.body.code]).toEqual([path, 403, 'consent.not_for_this']);
    }
    // For another mother than the one who agreed.
    const strange = await other.daughter.client.post('/payments', {
      ...body,
      householdId,
      targets: [line(id, 1)],
    });
    expect(strange.status).toBe(404);
    expect((await other.daughter.client.get(`/payments/${payment.id}?${at()}`)).status).toBe(403);
  });

  it('and the consent is withdrawn in the middle: nothing more is ordered, what was paid is counted', async () => {
    const { desk } = world.people;
    const { mother, daughter, consent } = await family.aDaughter({ purposes: ['follow', 'pay'] });
    const { householdId } = mother;
    const [first, second] = [await world.owes(householdId, 5_000), await world.owes(householdId, 6_000)];
    const body = { scopeId: world.near.compound, householdId, way: 'wechat' };
    const created = expected(
      await daughter.client.post('/payments', { ...body, targets: [line(first, 5_000)] }),
      201,
    );
    const ordered = await world.orders(daughter, [line(second, 6_000)], 'wechat', householdId);
    expected(await family.withdraw(desk, consent, {}, '/consents'), 200);
    const order = await daughter.client.post(`/payments/${created.id}/order?${at()}`, { channel: 'h5' });
    expect([401, 403, 404]).toContain(order.status);
    const more = await daughter.client.post('/payments', { ...body, targets: [line(first, 5_000)] });
    expect([401, 403, 404]).toContain(more.status);
    for (const path of [
      `/payments/${ordered.id}?${at()}`,
      `/payments/offer?${at()}&householdId=${householdId}`,
    ])
      expect([401, 403, 404], path).toContain((await daughter.client.get(path)).status);
    // It lay open on her phone at the provider's: the money is there, and counts for the mother.
    await world.providers.pay(world.tradeOf(ordered));
    expect(await world.paymentOf(ordered.id, desk)).toMatchObject({
      state: 'paid',
      targets: [{ settledFen: 6_000, balanceFen: 0 }],
    });
    expect((await world.offer(desk, householdId)).lines.map((one: Json) => one.lineId)).toEqual([first]);
    // The one that was never ordered runs out by itself.
    world.clock.advance(31 * 60_000);
    await world.due();
    expect((await world.paymentOf(created.id, desk)).state).toBe('closed');
  });
});

describe('inside WeChat', () => {
  const openId = 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o';
  it('is paid by whoever has bound it, with parameters that WeChat believes', async () => {
    const { wang, fang } = world.people;
    const id = await world.owes(world.home, 4_200);
    const body = {
      scopeId: world.near.compound,
      householdId: world.home,
      way: 'wechat',
      targets: [line(id, 4_200)],
    };
    const { id: paymentId } = expected(await wang.client.post('/payments', body), 201);
    const order = (who: Somebody, more: object = {}) =>
      who.client.post(`/payments/${paymentId}/order?${at()}`, { channel: 'jsapi', ...more });
    expect([(await order(wang)).status, (await order(wang)).body.code]).toEqual([409, 'payments.no_wechat']);
    // Nobody says who they are there.
    expect((await order(wang, { openId })).status).toBe(422);
    const { house } = world.server;
    await house.db.act({ ...signingIn, accountId: wang.accountId }, async (tx) =>
      bindWechat(house, tx, wang.accountId, openId, world.clock.now()),
    );
    expect((await order(fang)).body.code).toBe('payments.no_wechat');
    const { next } = expected(await order(wang), 200);
    expect(next).toMatchObject({
      kind: 'wechat',
      parameters: { appId, signType: 'RSA', package: `prepay_id=wx${paymentId.replaceAll('-', '')}` },
    });
    const { parameters } = next;
    for (const change of [
      { timeStamp: '1' },
      { nonceStr: 'x' },
      { package: 'prepay_id=wx1' },
      { appId: 'wx0' },
    ])
      expect(await world.providers.payInWechat({ ...parameters, ...change })).toBe(false);
    expect(await world.providers.payInWechat(parameters)).toBe(true);
    expect((await world.paymentOf(paymentId)).state).toBe('paid');
    expect(await inboxOf(wang)).toContain('payment.paid');
    expect(await inboxOf(fang)).not.toContain('payment.paid');
  });

  it('is not offered for another provider', async () => {
    const { wang } = world.people;
    const id = await world.owes(world.home, 10);
    const body = {
      scopeId: world.near.compound,
      householdId: world.home,
      way: 'alipay',
      targets: [line(id, 10)],
    };
    const { id: paymentId } = expected(await wang.client.post('/payments', body), 201);
    const order = await wang.client.post(`/payments/${paymentId}/order?${at()}`, { channel: 'jsapi' });
    expect(order.body.code).toBe('payments.not_in_wechat');
  });
});

describe('who is told', () => {
  it('of money at the desk, off the balance and back: everybody of the home; no amount and no name in it', async () => {
    const { chen, desk, manager } = world.people;
    const householdId = world.near.households['3-2-102']!;
    const scopeId = world.near.compound;
    const { id: sessionId } = expected(
      await desk.client.post('/payments/tills', { scopeId, till: 'told', openingFen: 0 }),
      201,
    );
    const taken = expected(
      await desk.client.post('/payments/desk', {
        scopeId,
        householdId,
        sessionId,
        way: 'cash',
        targets: [{ kind: 'prepay', amountFen: 9_000 }],
      }),
      201,
    );
    expect(await inboxOf(chen)).toEqual(['payment.taken']);
    await world.owes(householdId, 3_000);
    const on = await chen.client.send(
      'PUT',
      '/payments/deduction',
      { scopeId, householdId, isOn: true },
      { 'idempotency-key': 'told-of-it' },
    );
    expect(on.status).toBe(200);
    await world.due();
    expect(await inboxOf(chen)).toContain('payment.deducted');
    const refund = expected(
      await desk.client.post(`/payments/refunds?${at()}`, {
        paymentId: taken.id,
        parts: [{ position: 0, amountFen: 1_000 }],
        reason: 'wrong_amount',
      }),
      201,
    );
    expected(
      await manager.client.post(`/payments/refunds/${refund.id}/commands?${at()}`, {
        action: 'approve',
        expectedVersion: refund.version,
      }),
      200,
    );
    expected(await desk.client.post(`/payments/refunds/${refund.id}/hand-out?${at()}`, { sessionId }), 200);
    expect((await inboxOf(chen)).toSorted()).toEqual([
      'payment.deducted',
      'payment.refunded',
      'payment.taken',
    ]);
    expect(await inboxOf(desk)).toEqual([]);
    const stored = await world.ask<{ params: object; link: string }>(
      `select params, link from platform.notification where template like 'payment.%' and account_id = $1`,
      [chen.accountId],
    );
    expect(stored.map(({ params }) => params)).toEqual([{}, {}, {}]);
    expect(stored.some(({ link }) => link === `/m/pay/${scopeId}/${taken.id}`)).toBe(true);
  });
});
