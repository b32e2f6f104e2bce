import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { localDate } from '@gongzhi/kernel';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { type MeterLine, serveMeters } from '../../../../../simulator/src/meters/line.ts';
import { aMeter, type MeterState } from '../../../../../simulator/src/meters/meter.ts';
import { expectStatus } from '../work-orders/fixtures.ts';
import { MeterYard } from './fixtures.ts';

const HOUR = 3_600_000;
let world: World;
let yard: MeterYard;
let line: MeterLine;
let gateway: Json;
const states: MeterState[] = [];
let next = 1;

beforeAll(async () => {
  world = await aWorld();
  yard = new MeterYard(world);
  line = await serveMeters(states, 0, { lateMilliseconds: 1_500 });
  ({ gateway } = await yard.dial(line.port));
});
afterAll(async () => {
  await line.close();
  await yard.collector.stop();
  await world.close();
});
beforeEach(nextMorning);

/** The next Monday at ten: nothing stands in the way of switching off. */
function nextMorning(): void {
  const day = 24 * HOUR;
  let at = Date.parse('2026-11-23T10:00:00+08:00');
  while (at <= world.clock.now().getTime()) at += day;
  while ([0, 6].includes(new Date(at + 8 * HOUR).getUTCDay())) at += day;
  world.clock.advance(at - world.clock.now().getTime());
}
const minute = () => world.clock.advance(60_000);

function onTheWall(state: Partial<MeterState> = {}): MeterState {
  const wall = aMeter(`6021070725${String(next++).padStart(2, '0')}`, { energy: 10_000, ...state });
  states.push(wall);
  return wall;
}
const lineTo = (wall: MeterState) => ({ gatewayId: gateway.id, address: wall.address });

async function aPrepaid(more: Record<string, unknown> = {}, state: Partial<MeterState> = {}) {
  const wall = onTheWall(state);
  const meter = await yard.meter({ line: lineTo(wall) });
  await yard.works();
  expectStatus(await yard.prepaid(meter, more), 201);
  const uses = async (units: number) => {
    minute();
    wall.energy += Math.round(units * 100);
    expectStatus(await yard.readNow(meter), 202);
    await yard.works();
  };
  return { meter, wall, uses };
}

const manager = () => world.people.manager.client;
const ends = (meter: Json, body: Record<string, unknown>, who = manager()) =>
  who.post(`/meters/${meter.id}/prepaid/end?scopeId=${meter.scopeId}`, { expectedVersion: 1, ...body });
let serial = 900;
async function replaces(meter: Json, wall: MeterState | null, more: Record<string, unknown> = {}) {
  const { version } = (await yard.page(meter)).meter;
  serial += 1;
  return manager().post(`/meters/${meter.id}/replacement?scopeId=${meter.scopeId}`, {
    finalValue: 110,
    serial: `N${serial}`,
    digits: 6,
    firstValue: 0,
    line: wall === null ? null : lineTo(wall),
    expectedVersion: version,
    ...more,
  });
}
async function held(account: string): Promise<number> {
  const [name, id, part] = account.split(':');
  const [row] = await world.ask(
    `select coalesce(sum(balance_fen), 0)::text as fen from ledger.balance where account = $1 and ($2::uuid is null or owner_id = $2)`,
    part === undefined ? [account, null] : [`${name}:${part}`, id],
  );
  return Number(row?.['fen'] ?? 0);
}
const atHome = () => held(`household:${world.home}:prepaid`);
async function agrees(meter: Json): Promise<void> {
  world.clock.advance(24 * HOUR);
  await yard.works();
  expect((await yard.page(meter)).findings).toEqual([]);
}

describe('a price of another day', () => {
  it('is charged for what was used from then on; what is withdrawn goes back at the price it was charged at', async () => {
    const { meter, uses } = await aPrepaid();
    await yard.pay(meter, 40_000);
    await yard.works();
    const balance = async () => (await yard.page(meter)).prepaid.balanceFen;
    await uses(10);
    expect(await balance()).toBe(39_500);
    const change = (more: Record<string, unknown>, expectedVersion: number) =>
      manager().send(
        'PUT',
        `/meters/${meter.id}/prepaid?scopeId=${meter.scopeId}`,
        {
          price: 10_000,
          alarm1Fen: 2_000,
          alarm2Fen: 500,
          overdraftFen: 1_000,
          hoardingFen: 50_000,
          closePermitFen: 1_000,
          isCloseStrict: false,
          expectedVersion,
          ...more,
        },
        { 'idempotency-key': randomUUID() },
      );
    // Read at eleven, dearer from twelve on, read at one: half of it at either price.
    world.clock.advance(HOUR);
    expectStatus(await yard.read(meter, 110, { answer: 'sure' }), 201);
    world.clock.advance(HOUR);
    expectStatus(await change({}, 1), 200);
    // Read before the change, and brought in after it: at the price of its time.
    const early = new Date(world.clock.now().getTime() - HOUR / 2).toISOString();
    expectStatus(await yard.read(meter, 112, { takenAt: early, answer: 'sure' }), 201);
    await yard.works();
    expect(await balance()).toBe(39_400);
    world.clock.advance(HOUR / 2);
    expectStatus(await yard.read(meter, 122, { answer: 'sure' }), 201);
    await yard.works();
    expect(await balance()).toBe(39_400 - 250 - 500);
    // Dearer again, and then the last figure turns out to be another meter's: it goes back as it came.
    expectStatus(await change({ price: 20_000 }, 2), 200);
    minute();
    expectStatus(await yard.read(meter, 113, { answer: 'earlier_wrong' }), 201);
    await yard.works();
    const [row] = await world.ask(
      `select charged from metering.reading where meter_id = $1 and state = 'counted' order by taken_at desc limit 1`,
      [meter.id],
    );
    // One unit since half past eleven: 30 minutes at 0.50, 30 at 1.00, and one at 2.00.
    const parts = row?.['charged'] as { milli: number; price: number }[];
    expect(parts).toEqual([
      { milli: 492, price: 5_000 },
      { milli: 492, price: 10_000 },
      { milli: 16, price: 20_000 },
    ]);
    const exact = parts.reduce((sum, one) => sum + one.milli * one.price, 0) / 100_000;
    expect(await balance()).toBe(39_400 - Math.floor(exact));
    // From a later day on: until then nothing changes, and it is said.
    const priceFrom = localDate(world.clock.now().getTime() + 72 * HOUR);
    const from = new Date(`${priceFrom}T00:00:00+08:00`);
    const dated = expectStatus(await change({ price: 30_000, priceFrom }, 3), 200);
    expect(dated).toMatchObject({
      price: 20_000,
      nextPrice: { price: 30_000, from: from.toISOString() },
    });
    // Other limits leave it alone; another price from now on takes its place.
    expect(expectStatus(await change({ price: 20_000, overdraftFen: 900 }, 4), 200).nextPrice).not.toBeNull();
    for (const wrong of ['2026-11-01', '2029-01-01'])
      expect((await change({ priceFrom: wrong }, 5)).body).toMatchObject({
        code: 'metering.limits_invalid',
        fields: [{ path: '/priceFrom' }],
      });
    world.clock.advance(from.getTime() + HOUR - world.clock.now().getTime());
    await yard.works();
    expect((await yard.page(meter)).prepaid).toMatchObject({ price: 30_000, nextPrice: null });
    await agrees(meter);
  });
});

describe('a prepaid meter ends', () => {
  it('to the last figure: what is left is the home’s balance, and what it uses then is billed like any other', async () => {
    const { meter, uses, wall } = await aPrepaid();
    await yard.pay(meter, 5_000);
    await yard.works();
    await uses(10);
    // Paid a moment ago, and not put on it yet.
    await yard.pay(meter, 700);
    const before = await atHome();
    minute();
    const { desk, wang, street } = world.people;
    for (const who of [desk, wang, street])
      expect((await ends(meter, { finalValue: 120 }, who.client)).status).toBe(403);
    expect((await ends(meter, { finalValue: 120, expectedVersion: 9 })).body.code).toBe('metering.stale');
    expect((await ends(meter, { finalValue: 90 })).body).toMatchObject({
      code: 'metering.reading_doubted',
      fields: [{ path: '/finalValue' }],
    });
    expect((await ends(meter, { finalValue: 1.00001 })).body.code).toBe('metering.reading_impossible');
    // By two at one moment: once.
    const both = await Promise.all([ends(meter, { finalValue: 120 }), ends(meter, { finalValue: 120 })]);
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    expect(both.find(({ status }) => status === 200)?.body).toEqual({ leftFen: 4_700, owedFen: 0 });
    expect([await yard.ledger(meter), (await atHome()) - before]).toEqual([0, 4_700]);
    const page = await yard.page(meter);
    expect([page.prepaid, page.topUps.map((one: Json) => one.state)]).toEqual([
      null,
      ['confirmed', 'confirmed'],
    ]);
    expect((await ends(meter, { finalValue: 121 })).body.code).toBe('metering.not_prepaid');
    expect((await yard.pay(meter, 100)).ok).toBe(false);
    // Nothing is taken off any more, and nobody is switched off.
    await uses(500);
    world.clock.advance(24 * HOUR);
    await yard.works();
    expect([wall.told, (await yard.page(meter)).findings]).toEqual([[], []]);
    await world.told();
    expect(
      (await wang.client.get('/inbox?limit=50')).body.items.filter(
        (one: Json) => one.template === 'meter.prepaid_ended',
      ),
    ).toHaveLength(1);
    expect(expectStatus(await yard.prepaid(meter), 201)).toMatchObject({ balanceFen: 0, version: 3 });
    expect(await yard.page(meter)).toMatchObject({ prepaid: { phase: 'ok' } });
  });

  it('beyond what was bought: it is switched on again, and what is owed becomes a bill, not a cut', async () => {
    const { meter, uses, wall } = await aPrepaid();
    await yard.pay(meter, 1_000);
    await yard.works();
    await uses(45);
    expect(wall.isOpen).toBe(true);
    minute();
    expect(expectStatus(await ends(meter, { finalValue: 145, answer: 'sure' }), 200)).toEqual({
      leftFen: 0,
      owedFen: 1_250,
    });
    await yard.works();
    expect([wall.isOpen, wall.told.at(-1)]).toEqual([false, 'close']);
    // It is no income of a purchase any more: the bill is.
    const undone = await world.ask(
      `select debit, amount_fen::int as fen from ledger.posting where key like $1`,
      [`metering.ended:${meter.id}:%`],
    );
    expect([await yard.ledger(meter), undone]).toEqual([0, [{ debit: 'income:electricity', fen: 1_250 }]]);
    await world.told();
    const { homes } = expectStatus(
      await world.people.wang.client.get(`/bills/open?scopeId=${world.near.compound}`),
      200,
    );
    expect(homes[0].lines).toMatchObject([
      {
        item: 'prepaid_meter',
        amountFen: 1_250,
        basis: { kind: 'prepaid_meter', serial: meter.serial, meter: 'power' },
      },
    ]);
  });

  it('while it counts its own money: what was said to it counts as left, and it is told to stay on', async () => {
    const { meter, wall } = await aPrepaid({ keeps: 'meter' }, { fen: 0 });
    await yard.pay(meter, 3_000);
    await yard.works();
    wall.mood = 'silent';
    minute();
    await yard.pay(meter, 800);
    await yard.works();
    expect((await yard.page(meter)).topUps[0]).toMatchObject({ amountFen: 800, state: 'sent' });
    const before = await atHome();
    wall.mood = 'well';
    minute();
    expect(expectStatus(await ends(meter, { finalValue: 110 }), 200)).toEqual({ leftFen: 3_300, owedFen: 0 });
    await yard.works();
    world.clock.advance(10 * 60_000);
    await yard.works();
    // It did what it was told, and said nothing: nobody knew.
    expect([(await atHome()) - before, wall.purchases, wall.isProtected]).toEqual([3_300, 2, true]);
    const page = await yard.page(meter);
    expect(page.topUps.map((one: Json) => one.state)).toEqual(['carried', 'confirmed']);
    expect(page.commands.filter((one: Json) => one.kind === 'top_up')[0]).toMatchObject({
      state: 'cancelled',
      error: 'ended',
    });
    // Begun again, its count goes on behind whatever may have arrived, and it may switch by itself again.
    expectStatus(await yard.prepaid(meter, { keeps: 'meter' }), 201);
    await yard.pay(meter, 500);
    await yard.works();
    expect([wall.purchases, wall.isProtected, (await yard.page(meter)).topUps[0].state]).toEqual([
      3,
      false,
      'confirmed',
    ]);
  });
});

describe('a prepaid meter is replaced', () => {
  it('with its balance, its limits and its protection; the new one has to be reachable', async () => {
    const { meter, uses } = await aPrepaid({ price: 4_883 });
    await yard.pay(meter, 9_000);
    await yard.works();
    await uses(3.33);
    const protect = `/meters/${meter.id}/protection?scopeId=${meter.scopeId}`;
    const why = '家里用制氧机';
    expectStatus(await world.people.desk.client.post(protect, { isOn: true, why, until: '2027-06-30' }), 200);
    await yard.works();
    minute();
    expect((await replaces(meter, null)).body).toMatchObject({
      code: 'metering.prepaid_line',
      fields: [{ path: '/line' }],
    });
    const wall = onTheWall({ energy: 500 });
    const key = randomUUID();
    const version = (await yard.page(meter)).meter.version;
    const body = {
      finalValue: 110,
      serial: 'N-PRE',
      digits: 6,
      firstValue: 5,
      line: lineTo(wall),
      expectedVersion: version,
    };
    const path = `/meters/${meter.id}/replacement?scopeId=${meter.scopeId}`;
    const fresh = expectStatus(await manager().post(path, body, { 'idempotency-key': key }), 201);
    // Sent again it is the same answer, and nothing moves twice.
    expect((await manager().post(path, body, { 'idempotency-key': key })).body).toEqual(fresh);
    await yard.works();
    // 10 units at 0.4883: 488.3 fen. 8511.7 are left, and the 0.3 are not lost.
    expect([await yard.ledger(meter), await yard.ledger(fresh)]).toEqual([0, 8_512]);
    const page = await yard.page(fresh);
    expect(page.prepaid).toMatchObject({
      balanceFen: 8_512,
      price: 4_883,
      alarm1Fen: 2_000,
      isProtected: true,
      protectedUntil: '2027-06-30',
    });
    const opened = await world.people.desk.client.post(
      `/meters/${fresh.id}/protection/reason?scopeId=${fresh.scopeId}`,
    );
    expect(opened.body).toEqual({ why });
    expect(wall.isProtected).toBe(true);
    const [sealed] = await world.ask(
      `select protection_cipher is null as gone from metering.prepaid where meter_id = $1`,
      [meter.id],
    );
    expect(sealed).toEqual({ gone: true });
    // 7 more: 17 × 48.83 are 830.11 fen of 9000 in all, to the rest.
    minute();
    wall.energy += 700;
    expectStatus(await yard.readNow(fresh), 202);
    await yard.works();
    expect((await yard.page(fresh)).prepaid.balanceFen).toBe(9_000 - 830);
    await agrees(fresh);
  });

  it('that counts its own money: what is left is the first purchase of the new one, also what never reached the old', async () => {
    const { meter, wall: old } = await aPrepaid({ keeps: 'meter' }, { fen: 0 });
    await yard.pay(meter, 2_000);
    await yard.works();
    // It has died: what was paid since is on no meter, and nobody knows.
    old.mood = 'silent';
    minute();
    await yard.pay(meter, 1_500);
    await yard.works();
    minute();
    const wall = onTheWall({ energy: 0, fen: 0 });
    const fresh = expectStatus(await replaces(meter, wall, { finalValue: 120, answer: 'sure' }), 201);
    await yard.works();
    expect([wall.fen, wall.purchases, await yard.ledger(meter), await yard.ledger(fresh)]).toEqual([
      2_500, 1, 0, 2_500,
    ]);
    const [before, after] = [await yard.page(meter), await yard.page(fresh)];
    expect([before.prepaid, before.topUps.map((one: Json) => one.state)]).toEqual([
      null,
      ['carried', 'confirmed'],
    ]);
    expect([after.prepaid.balanceFen, after.topUps]).toMatchObject([
      2_500,
      [{ amountFen: 2_500, state: 'confirmed' }],
    ]);
    await yard.pay(fresh, 100);
    await yard.works();
    expect([wall.fen, wall.purchases]).toEqual([2_600, 2]);
    await agrees(fresh);
  });

  it('while somebody pays: the payment is on the new one or the home’s, and in no case lost', async () => {
    const { meter } = await aPrepaid();
    await yard.pay(meter, 1_000);
    await yard.works();
    minute();
    const wall = onTheWall({ energy: 0 });
    const before = await atHome();
    const [bought, replaced] = await Promise.all([yard.pay(meter, 300), replaces(meter, wall)]);
    const fresh = expectStatus(replaced, 201);
    await yard.works();
    expect((await yard.page(fresh)).prepaid.balanceFen).toBe(bought.ok ? 800 : 500);
    // What came too late is whoever's took it: here it lies where the test posted it.
    expect([await yard.ledger(meter), await yard.ledger(fresh), (await atHome()) - before]).toEqual([
      bought.ok ? 0 : 300,
      bought.ok ? 800 : 500,
      0,
    ]);
  });
});

describe('a prepaid meter stays within reach', () => {
  const changes = async (meter: Json, line: Json, spot = '楼道') => {
    const { version } = (await yard.page(meter)).meter;
    return manager().post(`/meters/${meter.id}/changes?scopeId=${meter.scopeId}`, {
      spot,
      line,
      expectedVersion: version,
    });
  };
  it('keeps a line, and with money on it its address; a concentrator with prepaid meters is not retired', async () => {
    const { gateway: other } = await yard.dial(line.port);
    const { meter, wall } = await aPrepaid({ keeps: 'meter' }, { fen: 0 });
    const at = lineTo(wall);
    expect((await changes(meter, null)).body).toMatchObject({
      code: 'metering.prepaid_line',
      fields: [{ path: '/line' }],
    });
    // Nothing was bought yet: a digit that was written down wrongly is put right.
    const wrong = { ...at, address: '699999999999' };
    expectStatus(await changes(meter, wrong), 200);
    expectStatus(await changes(meter, at), 200);
    await yard.pay(meter, 1_000);
    expect((await changes(meter, wrong)).body).toMatchObject({
      code: 'metering.prepaid_address',
      fields: [{ path: '/line/address' }],
    });
    await yard.works();
    expect((await changes(meter, wrong)).status).toBe(409);
    expectStatus(await changes(meter, at, '三层表箱'), 200);
    // The same meter behind another box: it is reached all the same.
    expectStatus(await changes(meter, { ...at, gatewayId: other.id }), 200);
    const retire = () => manager().post(`/meters/gateways/${other.id}/retire?scopeId=${meter.scopeId}`);
    expect((await retire()).body).toMatchObject({
      code: 'metering.gateway_prepaid',
      params: { count: 1, serials: meter.serial },
    });
    expect((await yard.page(meter)).meter).toMatchObject({ gatewayId: other.id, lineState: 'never' });
    minute();
    expectStatus(await ends(meter, { finalValue: 100, answer: 'sure' }), 200);
    expectStatus(await retire(), 200);
    expect((await yard.page(meter)).meter).toMatchObject({ gatewayId: null, lineState: 'none' });
    // Counted by us a wrong address is only an address; but a line it has.
    const ours = await aPrepaid();
    await yard.pay(ours.meter, 1_000);
    await yard.works();
    expect((await changes(ours.meter, null)).body.code).toBe('metering.prepaid_line');
    expectStatus(await changes(ours.meter, { ...lineTo(ours.wall), address: '688888888888' }), 200);
  });
});
