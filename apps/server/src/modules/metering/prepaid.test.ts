import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { callServer, type MeterLine, serveMeters } from '../../../../../simulator/src/meters/line.ts';
import { aMeter, type MeterState, type Mood } from '../../../../../simulator/src/meters/meter.ts';
import { expectStatus } from '../work-orders/fixtures.ts';
import { MeterYard } from './fixtures.ts';
import { findMeter } from './queries.ts';
import { storeSaid } from './service-outcomes.ts';

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

/** A prepaid meter on the line: what hangs on the wall and what stands in our books. */
async function aPrepaid(more: Record<string, unknown> = {}, state: Partial<MeterState> = {}) {
  const address = `2021070725${String(next++).padStart(2, '0')}`;
  const wall = aMeter(address, { energy: 10_000, ...state });
  states.push(wall);
  const meter = await yard.meter({ line: { gatewayId: gateway.id, address } });
  await yard.works();
  expectStatus(await yard.prepaid(meter, more), 201);
  const uses = async (units: number) => {
    world.clock.advance(60_000);
    wall.energy += Math.round(units * 100);
    expectStatus(await yard.readNow(meter), 202);
    await yard.works();
  };
  const stands = async () => {
    const { prepaid, meter: shown } = await yard.page(meter);
    return [prepaid.balanceFen, prepaid.phase, shown.isOpen];
  };
  return { meter, wall, uses, stands };
}

/** The next Monday at ten: nothing stands in the way of switching off. */
function nextMorning(): void {
  const day = 24 * HOUR;
  const monday = Date.parse('2026-11-23T10:00:00+08:00');
  let at = monday;
  while (at <= world.clock.now().getTime()) at += day;
  while ([0, 6].includes(new Date(at + 8 * HOUR).getUTCDay())) at += day;
  world.clock.advance(at - world.clock.now().getTime());
}

describe('a meter that is paid for ahead, counted by us', () => {
  it('warns, switches off, is restored by who lives there, goes off again and comes on when it is paid', async () => {
    nextMorning();
    const { meter, wall, uses, stands } = await aPrepaid();
    const { wang, chen } = world.people;
    expect((await yard.pay(meter, 3_000)).ok).toBe(true);
    await yard.works();
    // 0.50 yuan a kWh: 20 kWh leave 20 yuan, exactly the first alarm.
    await uses(20);
    expect(await stands()).toEqual([2_000, 'low', false]);
    await uses(29.98);
    expect(await stands()).toEqual([501, 'low', false]);
    await uses(0.02);
    expect(await stands()).toEqual([500, 'warned_off', true]);
    expect(wall.told).toEqual(['trip']);
    const own = async () => (await wang.client.get('/meters/own')).body.items;
    expect((await own()).find((one: Json) => one.meter.id === meter.id)).toMatchObject({
      prepaid: { phase: 'warned_off', mayRestore: true, balanceFen: 500 },
      topUps: [{ amountFen: 3_000, state: 'confirmed' }],
    });
    const restore = (who: typeof wang) =>
      who.client.post(`/meters/${meter.id}/restore?scopeId=${meter.scopeId}`);
    expect((await restore(chen)).status).toBe(404);
    expectStatus(await restore(wang), 202);
    await yard.works();
    expect(await stands()).toEqual([500, 'overdraft', false]);
    expect((await restore(wang)).body.code).toBe('metering.nothing_to_restore');
    await uses(30);
    expect(await stands()).toEqual([-1_000, 'off', true]);
    expect((await restore(wang)).status).toBe(409);
    // Paid, and a fen below where it is switched on again.
    await yard.pay(meter, 1_999);
    await yard.works();
    expect(await stands()).toEqual([999, 'off', true]);
    await yard.pay(meter, 1);
    await yard.works();
    expect(await stands()).toEqual([1_000, 'low', false]);
    expect(wall.told).toEqual(['trip', 'close', 'trip', 'close']);
    expect(await yard.ledger(meter)).toBe(1_000);
    const inbox = expectStatus(await wang.client.get('/inbox?limit=50'), 200).items.map(
      (one: Json) => one.template,
    );
    expect(inbox.filter((name: string) => name.startsWith('meter.')).toSorted()).toEqual(
      ['meter.low', 'meter.off', 'meter.on_again', 'meter.restored', 'meter.warned_off'].toSorted(),
    );
  });

  it('is not switched off at night, on a weekend, in red weather or with somebody’s health on it, and is at the next hour that may be', async () => {
    nextMorning();
    const { meter, wall, uses, stands } = await aPrepaid();
    await yard.pay(meter, 1_000);
    await yard.works();
    world.clock.advance(6 * HOUR);
    await uses(10);
    // 16:0x: the hours of the day are over.
    expect([(await yard.page(meter)).tripBlock, await stands(), wall.told]).toEqual([
      'night',
      [500, 'low', false],
      [],
    ]);
    // Nor by somebody's hand, but for what burns: it says when it may be.
    const { tripFrom } = await yard.page(meter);
    for (const reason of ['resident_wish', 'meter_work'])
      expect((await yard.command(meter, { kind: 'trip', reason })).body).toMatchObject({
        code: 'metering.not_now',
        params: { reason: 'night', from: tripFrom },
      });
    expect(new Date(tripFrom).getUTCHours()).toBe(1);
    const now = world.clock.now().getTime();
    const warning = { scopeId: world.near.street, level: 'orange', event: '寒潮', issuer: '市气象台' };
    const written = expectStatus(
      await world.people.street.client.post('/meters/warnings', {
        ...warning,
        startsAt: new Date(now).toISOString(),
        endsAt: new Date(now + 40 * HOUR).toISOString(),
      }),
      201,
    );
    nextMorning();
    await yard.works();
    expect([(await yard.page(meter)).tripBlock, wall.told]).toEqual(['weather', []]);
    const why = '家里用呼吸机';
    const protect = (body: Record<string, unknown>, who = world.people.steward) =>
      who.client.post(`/meters/${meter.id}/protection?scopeId=${meter.scopeId}`, body);
    expect((await protect({ isOn: true, why, until: '2026-11-01' })).status).toBe(422);
    expect((await protect({ isOn: true, why, until: '2027-06-30' }, world.people.company)).status).toBe(403);
    expectStatus(await protect({ isOn: true, why, until: '2027-06-30' }), 200);
    expectStatus(
      await world.people.street.client.post(
        `/meters/warnings/${written.id}/lift?scopeId=${world.near.street}`,
      ),
      200,
    );
    world.clock.advance(HOUR);
    await yard.works();
    expect([wall.told, wall.isProtected]).toEqual([['protect_on'], true]);
    // Sealed: neither in the table nor on a page; opened, and written down.
    const [row] = await world.ask(
      `select encode(protection_cipher, 'escape') as sealed from metering.prepaid where meter_id = $1`,
      [meter.id],
    );
    expect(row?.sealed).not.toContain('呼吸');
    expect(JSON.stringify(await yard.page(meter))).not.toContain('呼吸');
    const opened = await world.people.desk.client.post(
      `/meters/${meter.id}/protection/reason?scopeId=${meter.scopeId}`,
    );
    expect(opened.body).toEqual({ why });
    // A person's command is refused too, whatever its reason, and says from when on it would not be
    // (nobody knows the holidays of that year yet).
    for (const reason of ['resident_wish', 'safety'])
      expect((await yard.command(meter, { kind: 'trip', reason })).body).toMatchObject({
        code: 'metering.not_now',
        params: { reason: 'protected', from: null },
        fields: [{ path: '/kind' }],
      });
    expectStatus(await protect({ isOn: false }), 200);
    // On its way already when somebody's health becomes known: it does not arrive.
    expectStatus(await yard.command(meter, { kind: 'trip', reason: 'meter_work' }), 201);
    expectStatus(await protect({ isOn: true, why, until: '2026-11-30' }), 200);
    expect(await yard.page(meter)).toMatchObject({
      tripBlock: 'protected',
      tripFrom: '2026-12-01T01:00:00.000Z',
      commands: [{ kind: 'trip', state: 'cancelled', error: 'protected' }, {}],
    });
    expectStatus(await protect({ isOn: false }), 200);
    nextMorning();
    await yard.works();
    expect(wall.told).toEqual(['protect_on', 'protect_off', 'trip']);
    expect(await stands()).toEqual([500, 'warned_off', true]);
    const audited = await world.ask(
      `select action from platform.audit where object_id = $1 order by audit_id`,
      [meter.id],
    );
    expect(audited.map(({ action }) => action)).toEqual([
      'meter.protected',
      'meter.protection_opened',
      'meter.unprotected',
      'meter.protected',
      'meter.unprotected',
    ]);
  });

  it('holds no more than may be hoarded, counts a key once, and gives back what was read wrongly', async () => {
    nextMorning();
    const { meter, uses, stands } = await aPrepaid();
    expect(await yard.pay(meter, 50_000, 'once')).toMatchObject({ ok: true });
    expect(await yard.pay(meter, 50_000, 'once')).toMatchObject({ ok: true });
    expect(await yard.pay(meter, 1, 'more')).toEqual({
      ok: false,
      error: { code: 'metering.hoarding', mostFen: 0 },
    });
    await yard.works();
    await uses(10);
    expect((await stands())[0]).toBe(49_500);
    // Somebody stood before the wrong meter: what was charged for it goes back with the next reading.
    world.clock.advance(60_000);
    expectStatus(await yard.read(meter, 130), 201);
    await yard.works();
    expect((await stands())[0]).toBe(48_500);
    world.clock.advance(60_000);
    expect((await yard.read(meter, 112)).body).toMatchObject({
      code: 'metering.reading_doubted',
      params: { doubts: ['lower'], last: 130 },
    });
    expectStatus(await yard.read(meter, 112, { answer: 'earlier_wrong' }), 201);
    await yard.works();
    expect((await stands())[0]).toBe(49_400);
    // The payment that was refused lies in the ledger, for whoever took it to give back: that is what is raised.
    expect(await yard.ledger(meter)).toBe(49_401);
    world.clock.advance(24 * HOUR);
    await yard.works();
    expect((await yard.page(meter)).findings).toMatchObject([
      { rule: 'difference', facts: { ours: 49_400, ledger: 49_401 } },
    ]);
  });
});

describe('a meter that counts its own money', () => {
  const own = { keeps: 'meter' };
  it('is told of each purchase once, though answers are lost', async () => {
    nextMorning();
    const { meter, wall, uses } = await aPrepaid(own, { fen: 0 });
    wall.mood = 'lost_once';
    await yard.pay(meter, 5_000);
    await yard.works();
    const state = async () => (await yard.page(meter)).topUps[0];
    expect(await state()).toMatchObject({ state: 'sent' });
    world.clock.advance(2 * 60_000);
    await yard.works();
    expect([await state(), wall.fen, wall.purchases]).toMatchObject([{ state: 'confirmed' }, 5_000, 1]);
    wall.fen = 4_000;
    await uses(20);
    world.clock.advance(24 * HOUR);
    wall.fen = 3_999;
    await uses(0);
    const page = await yard.page(meter);
    expect([page.prepaid.balanceFen, page.prepaid.meterFen, page.findings]).toMatchObject([4_000, 3_999, []]);
    wall.fen = 3_499;
    world.clock.advance(24 * HOUR);
    await uses(0);
    expect((await yard.page(meter)).findings).toMatchObject([
      { rule: 'difference', facts: { ours: 4_000, ledger: 4_000, meter: 3_499 } },
    ]);
  });

  it('says when money did not get there, and takes it when it is sent again', async () => {
    nextMorning();
    const { meter, wall } = await aPrepaid(own, { fen: 0, mood: 'refusing' });
    await yard.pay(meter, 5_000);
    await yard.works();
    const page = await yard.page(meter);
    expect([page.topUps[0], page.findings]).toMatchObject([
      { state: 'failed', error: 'refused:not_authenticated' },
      [{ rule: 'top_up_failed' }],
    ]);
    // Read since, but not what it has counted: what lies on it is as little known as before.
    const now = world.clock.now();
    const half = { milli: 101_000, fen: 4_000, purchases: null, isOpen: false };
    await world.worker.work(async (tx) =>
      storeSaid(world.server.house, tx, (await findMeter(tx, meter.scopeId, meter.id))!, half, now),
    );
    expect((await yard.page(meter)).prepaid.meterAt).toBe(page.prepaid.meterAt);
    wall.mood = 'well';
    const path = `/meters/${meter.id}/top-ups/${page.topUps[0].id}/retry?scopeId=${meter.scopeId}`;
    expectStatus(await world.people.desk.client.post(path), 202);
    await yard.works();
    expect([wall.fen, await yard.page(meter)]).toMatchObject([
      5_000,
      { topUps: [{ state: 'confirmed' }], findings: [] },
    ]);
  });
});

describe('Civil Code 944', () => {
  it('refuses whoever asks to cut over fees, and keeps that they asked', async () => {
    nextMorning();
    const { meter, wall } = await aPrepaid();
    const { desk, manager, wang, street } = world.people;
    for (const who of [desk, manager])
      for (const kind of ['trip', 'alarm_on'])
        expect((await yard.command(meter, { kind, reason: 'property_arrears' }, who)).body).toMatchObject({
          code: 'metering.forbidden_by_law',
          params: { law: 'civil_code_944' },
        });
    for (const who of [wang, street])
      expect((await yard.command(meter, { kind: 'trip', reason: 'property_arrears' }, who)).status).toBe(403);
    // Nor by another word, nor as if the balance said it.
    expect((await yard.command(meter, { kind: 'trip', reason: '欠物业费三个月' })).body.code).toBe(
      'metering.forbidden_by_law',
    );
    expect((await yard.command(meter, { kind: 'trip', reason: 'prepaid_balance' })).body.code).toBe(
      'metering.reason_unknown',
    );
    await yard.works();
    const page = await yard.page(meter);
    expect([page.commands, wall.told, page.refusals.length, page.refusals[0]]).toMatchObject([
      [],
      [],
      5,
      { reason: '欠物业费三个月', law: 'civil_code_944', via: 'api', askedByName: '孙前台' },
    ]);
    // The database refuses it as well, and no rule of ours can write it.
    for (const reason of ['property_arrears', 'fees'])
      await expect(
        world.ask(
          `insert into metering.command (scope_id, command_id, meter_id, kind, reason, state, attempts, next_at, asked_at)
           values ($1, gen_random_uuid(), $2, 'trip', $3, 'waiting', 0, now(), now())`,
          [meter.scopeId, meter.id, reason],
        ),
      ).rejects.toThrow('command_944');
    await expect(
      world.ask(
        `insert into metering.command (scope_id, command_id, meter_id, kind, reason, state, attempts, next_at, asked_at)
         values ($1, gen_random_uuid(), $2, 'trip', 'paid', 'waiting', 0, now(), now())`,
        [meter.scopeId, meter.id],
      ),
    ).rejects.toThrow('command_trip');
  });

  it('lets no fee that is owed lower what the meter decides by', async () => {
    nextMorning();
    const { meter, stands, uses, wall } = await aPrepaid();
    await yard.pay(meter, 10_000);
    await yard.works();
    // Somebody books a property fee against the meter's account: the switch does not care, and it is seen.
    await world.worker.work(async (tx) => {
      const { post } = await import('../ledger/index.ts');
      const { wallOf } = await import('../places/index.ts');
      await post(tx, {
        wall: (await wallOf(tx, meter.scopeId))!,
        postings: [
          {
            key: `theft:${meter.id}`,
            debit: `meter:${meter.id}:prepaid`,
            credit: 'income:property_fee',
            amountFen: 9_900,
            bookedOn: '2026-11-23',
            source: { kind: 'test.theft', id: meter.id },
          },
        ],
        by: null,
        now: world.clock.now(),
      });
    });
    world.clock.advance(24 * HOUR);
    nextMorning();
    await uses(1);
    expect([await stands(), wall.told]).toEqual([[9_950, 'ok', false], []]);
    const [difference] = (await yard.page(meter)).findings;
    expect([difference.rule, difference.facts.ours - difference.facts.ledger]).toEqual(['difference', 9_900]);
  });
});

describe('lines', () => {
  const reads = async (mood: Mood) => {
    const address = `3021070725${String(next++).padStart(2, '0')}`;
    const wall = aMeter(address, { energy: 12_345, mood });
    states.push(wall);
    const meter = await yard.meter({ line: { gatewayId: gateway.id, address } });
    world.clock.advance(60_000);
    await yard.readNow(meter);
    await yard.works();
    const page = await yard.page(meter);
    // Nobody after it waits for what it does not say.
    wall.mood = 'well';
    return [
      page.meter.lastValue,
      page.meter.lineState,
      page.meter.lineFault,
      page.findings.map((one: Json) => one.rule),
    ];
  };
  it('say what is wrong with them, and take no other meter’s word', async () => {
    nextMorning();
    expect(await reads('well')).toEqual([123.45, 'ok', null, []]);
    expect(await reads('pieces')).toEqual([123.45, 'ok', null, []]);
    expect(await reads('silent')).toEqual([100, 'error', 'no_answer', []]);
    expect(await reads('garbage')).toEqual([100, 'error', 'garbled', []]);
    expect(await reads('late')).toEqual([100, 'error', 'no_answer', []]);
    expect(await reads('wrong_address')).toEqual([100, 'error', 'wrong_address', ['wrong_address']]);
    expect(await reads('refusing')).toEqual([100, 'error', 'refused:not_authorised', []]);
  });

  it('are opened by gateways that say who they are, and by nobody else', async () => {
    nextMorning();
    const { port } = (await yard.collector.address())!;
    const { gateway: calling, secret } = await yard.gateway({ transport: 'listen' });
    const wall = aMeter('401234567890', { energy: 10_100 });
    const meter = await yard.meter({ line: { gatewayId: calling.id, address: wall.address } });
    await yard.works();
    expect((await yard.page(meter)).meter.lineState).toBe('never');
    const at = { host: '127.0.0.1', port };
    const stranger = await callServer([wall], at, `${calling.id}.wrong`);
    const known = await callServer([wall], at, `${calling.id}.${secret}`);
    await expect.poll(() => yard.collector.connected()).toEqual([calling.id]);
    world.clock.advance(60_000);
    await yard.readNow(meter);
    await yard.works();
    expect((await yard.page(meter)).meter).toMatchObject({ lastValue: 101, lineState: 'ok' });
    await Promise.all([stranger.close(), known.close()]);
    await expect.poll(() => yard.collector.connected()).toEqual([]);
  });

  it('carry a command until it is done, and say when it was not', async () => {
    nextMorning();
    const { meter, wall } = await aPrepaid();
    wall.mood = 'lazy';
    expectStatus(await yard.command(meter, { kind: 'trip', reason: 'safety', note: '表箱进水' }), 201);
    for (let attempt = 0; attempt < 7; attempt += 1) {
      await yard.works();
      world.clock.advance(31 * 60_000);
    }
    const page = await yard.page(meter);
    expect([page.commands[0], page.findings.map((one: Json) => one.rule)]).toMatchObject([
      { state: 'failed', error: 'not_done', attempts: 6 },
      ['command_failed'],
    ]);
    wall.mood = 'well';
    expectStatus(await yard.command(meter, { kind: 'trip', reason: 'safety' }), 201);
    await yard.works();
    expect(await yard.page(meter)).toMatchObject({
      commands: [{ state: 'confirmed' }, {}],
      findings: [],
      meter: { isOpen: true },
    });
  });
});
