import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { balances } from '../ledger/index.ts';
import { hangsMeter } from '../metering/fixtures.ts';
import { loaders as placesRows } from '../places/index.ts';
import { DAY, expectStatus, type Somebody } from '../work-orders/fixtures.ts';
import { asksRun, aTariff, bills, corrects, decides, NOVEMBER, seesRun, works } from './fixtures.ts';
import { claimRun } from './queries-claims.ts';
import { postNext } from './service-runs.ts';

let world: World;
let scopeId: string;
const STEPS = {
  kind: 'tiered',
  meter: 'power',
  steps: [
    { upToMilli: 60_000, rateE4: 5_000 },
    { upToMilli: 100_000, rateE4: 6_000 },
    { upToMilli: null, rateE4: 8_000 },
  ],
};
const power = (more: Record<string, unknown> = {}) =>
  aTariff(scopeId, { item: 'power', name: '电费', rule: STEPS, source: '发改价格〔2011〕2617 号', ...more });

beforeAll(async () => {
  world = await aWorld();
  scopeId = world.near.compound;
  expectStatus(await world.people.manager.client.post('/billing/tariffs', power()), 201);
});
afterAll(() => world.close());

/** Nobody signs in anew meanwhile. */
async function until(day: string): Promise<void> {
  world.clock.advance(Date.parse(`${day}T10:00:00+08:00`) - world.clock.now().getTime());
  const now = world.clock.now();
  await world.ask('update identity.session set last_seen_at = $1, expires_at = $2', [
    now,
    new Date(now.getTime() + 30 * DAY),
  ]);
}
const reads = (meter: Json, value: number, more: Record<string, unknown> = {}) =>
  world.people.li.client.post(`/meters/${meter.id}/readings?scopeId=${scopeId}`, {
    value,
    answer: 'sure',
    ...more,
  });
const lineOf = async (who: Somebody, householdId: string, period: string): Promise<Json> => {
  const { homes } = expectStatus(
    await who.client.get(`/bills/open?scopeId=${scopeId}&householdId=${householdId}`),
    200,
  );
  return homes[0].lines.find((line: Json) => line.period === period && line.item === 'power');
};
const exceptions = async (run: Json): Promise<Json[]> => {
  const path = `/billing/runs/${run.id}/exceptions?scopeId=${scopeId}&limit=50`;
  const { items } = expectStatus(await world.people.desk.client.get(path), 200);
  return items
    .filter(({ item, code }: Json) => item === 'power' && !code.startsWith('much_'))
    .map((row: Json) => [row.householdLabel, row.code, row.isLeftOut]);
};
const DECEMBER = '2026-12-01';

describe('the meters of a home in a month’s bill', () => {
  let [own, chens, prepaid]: Json[] = [];
  const homeOf = (room: string) => world.near.households[room]!;

  it('are billed by the steps of the year, each line with its readings', async () => {
    own = await hangsMeter(world, { serial: 'W-1' });
    chens = await hangsMeter(world, { serial: 'C-1', householdId: homeOf('3-2-102') });
    await until('2026-11-28');
    expectStatus(await reads(own, 160), 201);
    const run = await bills(world);
    // A meter that was hung this month and not read again has counted nothing: no line, and nothing to look at.
    expect([run.lines, await exceptions(run)]).toEqual([1, []]);
    // 60 kWh, exactly the first step: 60 × 0.50.
    const line = await lineOf(world.people.wang, world.home, NOVEMBER);
    expect(line).toMatchObject({
      amountFen: 3_000,
      serviceFrom: '2026-11-23',
      serviceTo: '2026-11-28',
      basis: {
        meter: 'power',
        usedMilli: 60_000,
        usedBeforeMilli: 0,
        steps: [{ usedMilli: 60_000, rateE4: 5_000, amountFen: 3_000 }],
      },
    });
    const [use] = line.basis.readings;
    expect(use).toMatchObject({ serial: 'W-1', fromMilli: 100_000, toMilli: 160_000 });
    const seen = expectStatus(
      await world.people.wang.client.get(`/meters/${own.id}/readings?scopeId=${scopeId}`),
      200,
    ).items.map((reading: Json) => [reading.id, reading.value]);
    expect(seen).toEqual([
      [use.toId, 160],
      [use.fromId, 100],
    ]);
  });

  it('are billed across a replacement; what nobody read, what is held and what is lower is left out', async () => {
    const { manager, desk, chen, wang } = world.people;
    await until('2026-12-10');
    const { body } = await manager.client.get(`/meters/${own.id}?scopeId=${scopeId}`);
    const replaced = expectStatus(
      await manager.client.post(`/meters/${own.id}/replacement?scopeId=${scopeId}`, {
        serial: 'W-2',
        digits: 6,
        line: null,
        finalValue: 180,
        firstValue: 5,
        expectedVersion: body.meter.version,
      }),
      201,
    );
    // Paid for ahead: not a bill's matter, however much it counts.
    const gateway = expectStatus(
      await manager.client.post('/meters/gateways', { scopeId, label: '3号楼', transport: 'listen' }),
      201,
    );
    prepaid = await hangsMeter(world, {
      serial: 'P-1',
      householdId: homeOf('3-2-101'),
      line: { gatewayId: gateway.gateway.id, address: '202107072501' },
    });
    expectStatus(
      await manager.client.post(`/meters/${prepaid.id}/prepaid?scopeId=${scopeId}`, {
        keeps: 'us',
        price: 5_000,
        alarm1Fen: 2_000,
        alarm2Fen: 500,
        overdraftFen: 1_000,
        hoardingFen: 50_000,
        closePermitFen: 1_000,
        isCloseStrict: false,
      }),
      201,
    );
    await until('2026-12-30');
    expectStatus(await reads(replaced, 25), 201);
    expectStatus(await reads(prepaid, 140), 201);
    const label = body.meter.householdLabel.replace('601', '102');
    let run = await asksRun(world, desk, DECEMBER);
    expect(await exceptions(run)).toEqual([[label, 'no_reading', true]]);
    expectStatus(await decides(world, manager, run, 'cancel'), 200);
    // From afar came one that is lower than the last: nobody was there to be asked.
    await world.ask(
      `insert into metering.reading (scope_id, reading_id, city_id, street_id, company_id, meter_id, household_id, source_key, source, taken_at, day, milli,
         state, doubts, recorded_at, has_photo, is_charged)
       select scope_id, $2, city_id, street_id, company_id, meter_id, household_id, 'far', 'remote', $3, '2026-12-30', 90000, 'held', '{lower}', $3, false, false
       from metering.meter where meter_id = $1`,
      [chens.id, randomUUID(), world.clock.now()],
    );
    run = await bills(world, DECEMBER);
    expect([run.lines, await exceptions(run)]).toEqual([1, [[label, 'reading_lower', true]]]);
    expect(await lineOf(chen, homeOf('3-2-102'), DECEMBER)).toBeUndefined();
    // 20 of the old one and 20 of the new, from 60 on: exactly the second step, 40 × 0.60.
    const line = await lineOf(wang, world.home, DECEMBER);
    expect(line).toMatchObject({
      amountFen: 2_400,
      basis: {
        usedMilli: 40_000,
        usedBeforeMilli: 60_000,
        readings: [
          { serial: 'W-1', fromMilli: 160_000, toMilli: 180_000, usedMilli: 20_000 },
          { serial: 'W-2', fromMilli: 5_000, toMilli: 25_000, usedMilli: 20_000 },
        ],
      },
    });
    own = replaced;
  });

  it('keep their price when it changes afterwards; a new year begins its steps anew; killed, it is there once', async () => {
    const { manager, desk, wang } = world.people;
    const dearer = { ...STEPS, steps: STEPS.steps.map((step) => ({ ...step, rateE4: step.rateE4 * 2 })) };
    const list = expectStatus(await desk.client.get(`/billing/tariffs?scopeId=${scopeId}`), 200).items;
    const replaces = list.find((one: Json) => one.item === 'power').id;
    expectStatus(
      await manager.client.post(
        '/billing/tariffs',
        power({ rule: dearer, validFrom: '2027-01-01', replaces }),
      ),
      201,
    );
    await until('2027-01-28');
    expectStatus(await reads(own, 45), 201);
    expectStatus(await reads(chens, 110), 201);
    const ready = await asksRun(world, desk, '2027-01-01');
    expectStatus(await decides(world, manager, ready, 'approve'), 200);
    await expect(
      world.worker.work(async (tx) => {
        await postNext(world.server.house, tx, (await claimRun(tx, 'approved'))!, world.clock.now());
        throw new Error('killed');
      }),
    ).rejects.toThrow('killed');
    await Promise.all([works(world), works(world)]);
    expect(await seesRun(world, desk, ready.id)).toMatchObject({
      state: 'posted',
      lines: 2,
      postedLines: 2,
    });
    expect(await lineOf(wang, world.home, DECEMBER)).toMatchObject({ amountFen: 2_400 });
    // 20 × 1.00, from nothing on.
    expect(await lineOf(wang, world.home, '2027-01-01')).toMatchObject({
      amountFen: 2_000,
      basis: { usedMilli: 20_000, usedBeforeMilli: 0 },
    });
    // What nobody had read comes now, whole: 110 − 100, from the reading it was hung with.
    expect(await lineOf(world.people.chen, homeOf('3-2-102'), '2027-01-01')).toMatchObject({
      amountFen: 1_000,
      basis: { readings: [{ fromOn: '2026-11-23', toOn: '2027-01-28', usedMilli: 10_000 }] },
    });
  });

  it('take back what was read wrongly after it was billed', async () => {
    const { desk, manager, wang } = world.people;
    await until('2027-02-10');
    expectStatus(await reads(own, 40, { answer: 'earlier_wrong' }), 201);
    expectStatus(await reads(chens, 115), 201);
    let run = await asksRun(world, desk, '2027-02-01');
    expect((await exceptions(run)).map(([, code]) => code)).toEqual(['reading_lower']);
    expectStatus(await decides(world, manager, run, 'cancel'), 200);
    await until('2027-02-26');
    expectStatus(await reads(own, 60), 201);
    run = await bills(world, '2027-02-01');
    expect(await exceptions(run)).toEqual([]);
    // Billed to 45, though that reading counts no more: 15 × 1.00.
    expect(await lineOf(wang, world.home, '2027-02-01')).toMatchObject({
      amountFen: 1_500,
      basis: {
        usedMilli: 15_000,
        usedBeforeMilli: 20_000,
        readings: [{ fromMilli: 45_000, toMilli: 60_000 }],
      },
    });
    // Taken back with another in its place, its use stays used; the next bill begins where it ended.
    const line = await lineOf(wang, world.home, '2027-02-01');
    await corrects(world, line.lineId, { reason: '优惠', expectedSettledFen: 0, amountFen: 1_000 });
    await until('2027-03-20');
    expectStatus(await reads(own, 90), 201);
    expectStatus(await reads(chens, 116), 201);
    await bills(world, '2027-03-01');
    // From 35 on: 25 to the first step and 5 beyond it, 25 × 1.00 + 5 × 1.20.
    expect(await lineOf(wang, world.home, '2027-03-01')).toMatchObject({
      amountFen: 3_100,
      basis: { usedMilli: 30_000, usedBeforeMilli: 35_000, readings: [{ fromMilli: 60_000 }] },
    });
  });
});

describe('heat', () => {
  it('is billed for the season, and days that both signed as cold are paid back once', async () => {
    const cold = await aWorld();
    const { manager, desk, wang } = cold.people;
    const compound = cold.near.compound;
    expectStatus(
      await manager.client.post(
        '/billing/tariffs',
        aTariff(compound, {
          item: 'heating',
          name: '供暖费',
          rule: {
            kind: 'heating',
            rateE4: 300_000,
            month: 11,
            cold: [
              { belowTenths: 180, shareBp: 5_000 },
              { belowTenths: 160, shareBp: 10_000 },
            ],
          },
          source: '供热合同第 6 条',
        }),
      ),
      201,
    );
    // Of the other home the developer pays three quarters of the heat, through the month in which it is billed.
    const other = cold.near.households['3-2-102']!;
    const developer = randomUUID();
    await cold.insert(placesRows.organisation, {
      scopeId: cold.near.street,
      organisationId: developer,
      kind: 'developer',
      name: '新城开发公司',
    });
    expectStatus(
      await manager.client.post('/billing/payers', {
        scopeId: compound,
        householdId: other,
        payer: 'developer',
        partyId: developer,
        shareBp: 7_500,
        startsOn: '2026-11-01',
        deliveredOn: '2026-11-30',
        source: '合同',
      }),
      201,
    );
    await bills(cold);
    const lines = async (who: Somebody = wang, householdId = cold.home): Promise<Json[]> =>
      expectStatus(
        await who.client.get(`/bills/lines?scopeId=${compound}&householdId=${householdId}&limit=20`),
        200,
      ).items;
    const [fee] = await lines();
    expect(fee).toMatchObject({ item: 'heating', basis: { kind: 'heating', ofDays: 121 } });
    const visits = (celsius: number, more: Record<string, unknown> = {}, householdId = cold.home) =>
      desk.client.post('/heating/visits', {
        scopeId: compound,
        householdId,
        measuredAt: cold.clock.now().toISOString(),
        rooms: [{ room: '北屋', celsius }],
        staffSignature: { how: 'spoken', name: '李师傅' },
        residentSignature: { how: 'spoken', name: '方大妈' },
        ...more,
      });
    const days = async (count: number) => {
      cold.clock.advance(count * DAY);
      const now = cold.clock.now();
      await cold.ask('update identity.session set last_seen_at = $1, expires_at = $2', [
        now,
        new Date(now.getTime() + 30 * DAY),
      ]);
    };
    // Exactly 16.0 is not below it: half of the day's fee. Nobody's word alone is a record.
    expectStatus(await visits(16), 201);
    expectStatus(await visits(16, {}, other), 201);
    await days(5);
    expectStatus(await visits(15, { residentSignature: undefined, unsignedReason: '家里没人' }), 201);
    await days(1);
    await bills(cold, DECEMBER);
    // While it is cold nothing is known of how long.
    expect((await lines()).filter((line) => line.basis.kind === 'cold_refund')).toEqual([]);
    expectStatus(await visits(18), 201);
    expectStatus(await visits(18, {}, other), 201);
    await days(20);
    {
      await bills(cold, '2027-01-01');
      const back = (await lines()).filter((line) => line.basis.kind === 'cold_refund');
      expect(back).toMatchObject([
        {
          amountFen: -Math.round((fee!.amountFen * 6 * 5_000) / (121 * 10_000)),
          basis: { days: 6, coldestTenths: 160, shareBp: 5_000, totalFen: fee!.amountFen },
        },
      ]);
      // To who paid it, in the parts they paid; nobody pays anything in the place of the home any more.
      const of = (kind: string) =>
        cold.ask<{ payer: string; fen: number }>(
          `select payer, amount_fen::integer as fen from billing.bill_line where household_id = $1 and basis ->> 'kind' = $2`,
          [other, kind],
        );
      const billedFen = (await of('heating')).reduce((sum, line) => sum + line.fen, 0);
      const whole = Math.round((billedFen * 6 * 5_000) / (121 * 10_000));
      const byPayer = Object.fromEntries(
        (await of('cold_refund')).map(({ payer, fen }) => [payer, -fen]),
      ) as Record<'developer' | 'owner', number>;
      expect(Object.keys(byPayer).toSorted()).toEqual(['developer', 'owner']);
      expect(byPayer.developer + byPayer.owner).toBe(whole);
      expect(Math.abs(byPayer.developer - whole * 0.75)).toBeLessThan(1);
      const book = { scopeId: compound, companyId: cold.near.company };
      const accounts = [`party:${developer}:prepaid`, `household:${other}:prepaid`];
      const held = await cold.worker.work((tx) => balances(tx, book, accounts));
      expect(accounts.map((code) => held.get(code))).toEqual([byPayer.developer, byPayer.owner]);
    }
    await days(31);
    const again = await bills(cold, '2027-02-01');
    expect(again.lines).toBe(0);
    await cold.close();
  });
});
