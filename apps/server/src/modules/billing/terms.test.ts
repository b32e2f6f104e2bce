import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { balances } from '../ledger/index.ts';
import { loaders as placesRows } from '../places/index.ts';
import { DAY, expectStatus } from '../work-orders/fixtures.ts';
import { asksRun, aTariff, bills, corrects, decides, works } from './fixtures.ts';
import { settle } from './index.ts';

/**
 * What contracts say, in whole runs: a surcharge where one is agreed and nowhere else, deposits once, an empty home, a
 * developer through the month of delivery. Billed on 23 November, due on 8 December; five days of grace, then 0.3 % a day
 * from the 14th on, at most a tenth.
 */

let world: World;
let scopeId: string;
/** One that pays nothing, one that pays a part, one that stands empty, one that the developer pays for. */
let [own, part, empty, fresh]: string[] = [];
const developer = randomUUID();

beforeAll(async () => {
  world = await aWorld();
  scopeId = world.near.compound;
  const { manager } = world.people;
  const others = Object.values(world.near.households).filter((id) => id !== world.home);
  [own, part, empty, fresh] = [world.home, ...others];
  await world.insert(placesRows.organisation, {
    scopeId: world.near.street,
    organisationId: developer,
    kind: 'developer',
    name: '新城开发公司',
  });
  const add = async (path: string, body: object) =>
    expectStatus(await manager.client.post(path, { scopeId, source: '合同', ...body }), 201);
  await add(
    '/billing/tariffs',
    aTariff(scopeId, {
      terms: { dueDays: 15, vacantBp: 7_000, surcharge: { perDayE5: 300, graceDays: 5, capBp: 1_000 } },
    }),
  );
  await add(
    '/billing/tariffs',
    aTariff(scopeId, { item: 'garbage', name: '垃圾清运', rule: { kind: 'fixed', amountFen: 30_000 } }),
  );
  await add(
    '/billing/tariffs',
    aTariff(scopeId, { item: 'fit_out', name: '装修押金', rule: { kind: 'deposit', amountFen: 200_000 } }),
  );
  await add('/billing/payers', {
    householdId: fresh,
    payer: 'developer',
    partyId: developer,
    shareBp: 10_000,
    startsOn: '2026-11-01',
    deliveredOn: '2026-12-31',
  });
  await add('/billing/agreements', { householdId: empty, kind: 'vacancy', startsOn: '2026-12-11' });
  await add('/billing/agreements', {
    householdId: own,
    kind: 'deposit',
    item: 'fit_out',
    startsOn: '2026-12-01',
  });
  await add('/billing/agreements', {
    householdId: part,
    kind: 'deposit',
    item: 'fit_out',
    depositFen: 50_000,
    startsOn: '2026-12-31',
  });
});
afterAll(() => world.close());

async function until(day: string): Promise<void> {
  world.clock.set(new Date(`${day}T10:00:00+08:00`));
  const now = world.clock.now();
  await world.ask('update identity.session set last_seen_at = $1, expires_at = $2', [
    now,
    new Date(now.getTime() + 30 * DAY),
  ]);
}
const linesOf = (period: string, householdId: string, item: string) =>
  world.ask<{ id: string; payer: string; fen: number; discount: number; basis: Json }>(
    `select line_id as id, payer, amount_fen::integer as fen, discount_fen::integer as discount, basis from billing.bill_line
     where scope_id = $1 and period = $2 and household_id = $3 and item = $4 order by amount_fen`,
    [scopeId, period, householdId, item],
  );
const feeOf = async (period: string, householdId: string) =>
  (await linesOf(period, householdId, 'property_fee'))[0]!;
const held = async (...codes: string[]) =>
  world.worker.work(async (tx) => [
    ...(await balances(tx, { scopeId, companyId: world.near.company }, codes)).values(),
  ]);
const [NOVEMBER, DECEMBER, JANUARY, FEBRUARY] = [
  '2026-11-01',
  '2026-12-01',
  '2027-01-01',
  '2027-02-01',
] as const;
/** Half up: 0.3 % a day of so many fen and days together. */
const threePerMille = (fenDays: number) => Math.floor((fenDays * 300 + 50_000) / 100_000);

describe('what contracts say', () => {
  it('no surcharge through the grace; the first day after it, of what has it, and a tenth of it for ever at most', async () => {
    const { desk, manager } = world.people;
    await bills(world, NOVEMBER);
    // Asked on the 14th: through the 13th, the last day of grace.
    await until('2026-12-14');
    const early = await asksRun(world, desk, DECEMBER);
    const asked = await world.ask(
      `select from billing.run_line where scope_id = $1 and run_id = $2 and item = 'surcharge'`,
      [scopeId, early.id],
    );
    expect(asked).toEqual([]);
    expectStatus(await decides(world, manager, early, 'cancel'), 200);

    await until('2026-12-15');
    await bills(world, DECEMBER);
    const { fen } = await feeOf(NOVEMBER, own!);
    const one = await linesOf(DECEMBER, own!, 'surcharge');
    expect(one).toMatchObject([
      { fen: threePerMille(fen), basis: { lateDays: 1, totalFen: fen, perDayE5: 300, isCapped: false } },
    ]);
    const [sum] = await world.ask<{ fen: number }>(
      `select sum(amount_fen)::integer as fen from billing.bill_line where scope_id = $1 and item = 'surcharge'`,
      [scopeId],
    );
    // The garbage, as late and as open, has none: the surcharges are a line for each fee.
    expect(await held('surcharge')).toEqual([sum!.fen]);
    const [count] = await world.ask<{ lines: number }>(
      `select count(*)::integer as lines from billing.bill_line where scope_id = $1 and item = 'surcharge'`,
      [scopeId],
    );
    expect(count!.lines).toBe(Object.keys(world.near.households).length);

    // One pays a part on the 20th: that day counts what is left.
    const paidFee = await feeOf(NOVEMBER, part!);
    await world.worker.work((tx) =>
      settle(tx, {
        scopeId,
        lineId: paidFee.id,
        amountFen: 5_000,
        by: { kind: 'cash', id: 'till' },
        key: 'a part',
        on: '2026-12-20',
        bookedOn: '2026-12-20',
        now: world.clock.now(),
      }),
    );
    await until('2027-01-10');
    await bills(world, JANUARY);
    // 14 December to 9 January are 27 days: six of the whole, 21 of what was left; one was billed before.
    const left = threePerMille(6 * paidFee.fen + 21 * (paidFee.fen - 5_000)) - threePerMille(paidFee.fen);
    const partly = await linesOf(JANUARY, part!, 'surcharge');
    expect(partly.at(-1)).toMatchObject({ fen: left, basis: { lateDays: 27, isCapped: false } });
    // December's fee fell due on the 30th and had its last day of grace on the 4th: five days by the 9th.
    const december = await feeOf(DECEMBER, part!);
    expect(partly[0]).toMatchObject({ fen: threePerMille(5 * december.fen), basis: { lateDays: 5 } });

    // What somebody waives stays so: the next month adds the days since, and not those.
    const waived = { reason: '减免', expectedSettledFen: 0 };
    const ofDecember = await corrects(world, partly[0]!.id, waived);
    expect(ofDecember).toMatchObject({ state: 'done', replacementId: null });
    // 34 days are more than a tenth: 0.3 % × 34 = 10.2 %.
    await until('2027-02-01');
    await bills(world, FEBRUARY);
    const since = await world.ask<{ fen: number }>(
      `select amount_fen::integer as fen from billing.bill_line where scope_id = $1 and period = $2 and source_id like $3 || ':%'`,
      [scopeId, FEBRUARY, december.id],
    );
    expect(since).toEqual([{ fen: threePerMille(27 * december.fen) - threePerMille(5 * december.fen) }]);
    const all = await world.ask<{ fen: number; basis: Json }>(
      `select amount_fen::integer as fen, basis from billing.bill_line where scope_id = $1 and household_id = $2 and item = 'surcharge'
         and source_id like $3 || ':%' order by line_id`,
      [scopeId, own, (await feeOf(NOVEMBER, own!)).id],
    );
    expect(all.reduce((total, line) => total + line.fen, 0)).toBe(Math.floor(fen / 10 + 0.5));
    expect(all.map(({ basis }) => basis['isCapped'])).toEqual([false, false, true]);
    // It has come to its end: the next month adds nothing for that line.
    await until('2027-03-01');
    const march = await asksRun(world, desk, '2027-03-01');
    const more = await world.ask(
      `select from billing.run_line where scope_id = $1 and run_id = $2 and source_kind = 'surcharge' and source_id like $3 || ':%'`,
      [scopeId, march.id, (await feeOf(NOVEMBER, own!)).id],
    );
    expect(more).toEqual([]);
    expectStatus(await decides(world, manager, march, 'cancel'), 200);
  });

  it('a deposit is billed once, as its agreement says, and stays the home’s own', async () => {
    // The last day of a month is a day of it.
    for (const [home, fen] of [
      [own, 200_000],
      [part, 50_000],
    ] as const) {
      expect(await linesOf(NOVEMBER, home!, 'fit_out')).toEqual([]);
      expect(await linesOf(DECEMBER, home!, 'fit_out')).toMatchObject([{ fen }]);
      expect(await linesOf(JANUARY, home!, 'fit_out')).toEqual([]);
      expect(await held(`household:${home}:deposit`)).toEqual([fen]);
    }
    expect(await held('income:fit_out')).toEqual([0]);
    // Taken back it is nobody's, and the next month bills it anew.
    const [line] = await linesOf(DECEMBER, own!, 'fit_out');
    const { manager, desk } = world.people;
    await corrects(world, line!.id, { reason: '押金改收六百', expectedSettledFen: 0 });
    expect(await held(`household:${own}:deposit`)).toEqual([0]);
    const again = await asksRun(world, desk, '2027-03-01');
    const anew = await world.ask(
      `select household_id as home from billing.run_line where scope_id = $1 and run_id = $2 and item = 'fit_out'`,
      [scopeId, again.id],
    );
    expect(anew).toEqual([{ home: own }]);
    expectStatus(await decides(world, manager, again, 'cancel'), 200);
  });

  it('an empty home pays its part from the day it stands empty; what is not by area or home is whole', async () => {
    const whole = await feeOf(NOVEMBER, empty!);
    expect(whole.discount).toBe(0);
    // 11 to 31 December: 21 of 31 days at 70 %.
    const discount = Math.floor((whole.fen * 21 * 3_000 + 155_000) / 310_000);
    expect(await feeOf(DECEMBER, empty!)).toMatchObject({
      fen: whole.fen - discount,
      discount,
      basis: { vacantDays: 21, vacantBp: 7_000 },
    });
    expect(await feeOf(JANUARY, empty!)).toMatchObject({ basis: { vacantDays: 31 } });
    // Its tariff has no share for empty homes.
    expect(await linesOf(JANUARY, empty!, 'garbage')).toMatchObject([{ fen: 30_000, discount: 0 }]);
    expect(await held('discount:property_fee')).not.toEqual([0]);
  });

  it('the developer pays through the month of delivery, and the household from the next one on', async () => {
    for (const [period, payer] of [
      [NOVEMBER, 'developer'],
      [DECEMBER, 'developer'],
      [JANUARY, 'owner'],
    ] as const)
      expect([period, (await feeOf(period, fresh!)).payer]).toEqual([period, payer]);
    const [owed] = await held(`party:${developer}:receivable`);
    const [sum] = await world.ask<{ fen: number }>(
      `select sum(amount_fen)::integer as fen from billing.bill_line where scope_id = $1 and party_id = $2 and voided_at is null`,
      [scopeId, developer],
    );
    expect(owed).toBe(sum!.fen);
    const { manager } = world.people;
    const refused = await manager.client.post('/billing/payers', {
      scopeId,
      householdId: fresh,
      payer: 'developer',
      partyId: developer,
      shareBp: 5_000,
      startsOn: '2026-12-15',
      deliveredOn: '2026-12-20',
      source: '合同',
    });
    expect(refused.body.fields).toMatchObject([
      { path: '/shareBp', code: 'bill_share', params: { percent: 0 } },
    ]);
  });

  it('what is ended ends sooner, and never later: its part may be another’s by then', async () => {
    const { manager } = world.people;
    const tenant = { scopeId, householdId: own, payer: 'tenant', source: '合同' };
    const { id } = expectStatus(
      await manager.client.post('/billing/payers', {
        ...tenant,
        shareBp: 6_000,
        startsOn: '2027-04-01',
        endsOn: '2027-07-01',
      }),
      201,
    );
    expectStatus(
      await manager.client.post('/billing/payers', { ...tenant, shareBp: 6_000, startsOn: '2027-07-01' }),
      201,
    );
    for (const [version, endsOn, found] of [
      [1, '2027-09-01', '2027-07-01'],
      [2, '2027-05-01', '2027-05-01'],
    ] as const) {
      const ended = await manager.client.post(`/billing/payers/${id}/end?scopeId=${scopeId}`, {
        endsOn,
        expectedVersion: version,
      });
      expectStatus(ended, 200);
      const list = expectStatus(await manager.client.get(`/billing/payers?scopeId=${scopeId}`), 200);
      expect(list.items.find((one: Json) => one.id === id)).toMatchObject({ endsOn: found });
    }
  });

  it('a bill is due so many days after its own day, also where it was approved long after it was asked for', async () => {
    const { desk, manager } = world.people;
    const period = '2027-03-01';
    await until('2027-03-05');
    const asked = await asksRun(world, desk, period);
    await until('2027-03-25');
    expectStatus(await decides(world, manager, asked, 'approve'), 200);
    await works(world);
    const days = await world.ask<{ issued: string; due: string }>(
      `select distinct issued_on::text as issued, due_on::text as due from billing.bill_line
       where scope_id = $1 and period = $2 and item = 'property_fee'`,
      [scopeId, period],
    );
    expect(days).toEqual([{ issued: '2027-03-25', due: '2027-04-09' }]);
  });
});
