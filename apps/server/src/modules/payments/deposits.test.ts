import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addDays, localDate } from '@gongzhi/kernel';
import type { Json } from '../../../../../test/server.ts';
import type { Somebody } from '../work-orders/fixtures.ts';
import { judgeDeposits, type ListedLine } from './domain.ts';
import { aMoneyWorld, expected, type MoneyWorld } from './fixtures.ts';

/** The till's cash on its way to the bank. */
let world: MoneyWorld;
beforeAll(async () => {
  world = await aMoneyWorld();
});
afterAll(() => world.close());
beforeEach(() => {
  world.clock.advance(60_000);
});

const at = () => `scopeId=${world.near.compound}`;
const today = () => localDate(world.clock.now().getTime());
const slips = { next: 1000 };

/** A day of a till: so much cash taken, counted and signed for. The float never was in the books. */
async function aDay(till: string, takenFen: number): Promise<string> {
  const { desk, manager } = world.people;
  const scopeId = world.near.compound;
  const opened = await desk.client.post('/payments/tills', { scopeId, till, openingFen: 10_000 });
  const { id } = expected(opened, 201);
  expected(
    await desk.client.post('/payments/desk', {
      scopeId,
      householdId: world.home,
      sessionId: id,
      way: 'cash',
      targets: [{ kind: 'prepay', amountFen: takenFen }],
    }),
    201,
  );
  const count = { pieces: [takenFen / 10_000 + 1, 0, 0, 0, 0, 0, 0, 0], expectedVersion: 1 };
  expected(await desk.client.post(`/payments/tills/${id}/count?${at()}`, count), 200);
  expected(await manager.client.post(`/payments/tills/${id}/sign?${at()}`, { expectedVersion: 2 }), 200);
  return id;
}

/** A picture as an upload leaves it. */
async function aSlip(by: Somebody): Promise<string> {
  return by.uploads();
}

const brings = async (sessionId: string, amountFen: number, more: Json = {}, by = world.people.desk) =>
  by.client.post('/payments/deposits', {
    scopeId: world.near.compound,
    sessionId,
    account: 'icbc',
    slipNo: `HD${slips.next++}`,
    broughtOn: today(),
    amountFen,
    fileIds: [await aSlip(by)],
    ...more,
  });
const signs = (id: string, by: Somebody, action = 'sign', expectedVersion = 1) =>
  by.client.post(`/payments/deposits/${id}/sign?${at()}`, { action, expectedVersion });
const acts = (id: string, body: Json, by = world.people.company) =>
  by.client.post(`/payments/deposits/${id}/commands?${at()}`, {
    companyId: world.near.company,
    expectedVersion: 2,
    ...body,
  });
const underway = async (): Promise<Json[]> =>
  expected(
    await world.people.company.client.get(`/payments/deposits/underway?scopeId=${world.near.company}`),
    200,
  ).items;
const lists = async (rows: readonly [day: string, text: string, yuan: string][], account = 'icbc') => {
  const csv = ['交易日期,摘要,收入金额', ...rows.map((row) => row.join(','))].join('\n');
  const path = `/payments/bank-lines?scopeId=${world.near.company}&account=${account}`;
  expected(await world.people.company.client.post(path, new TextEncoder().encode(csv)), 200);
};
const balances = async () => [await world.balance('cash:transit'), await world.balance('bank:icbc')];

describe('cash brought to the bank', () => {
  it('is brought by one and signed for by another, and leaves the till then; the bank’s line is it', async () => {
    const { desk, manager, wang, street, company } = world.people;
    const sessionId = await aDay('a', 60_000);
    expect(await world.balance('cash:a')).toBe(60_000);
    // The float is counted too, and never was in the books.
    const much = await brings(sessionId, 60_001);
    expect(much.body).toMatchObject({ code: 'payments.deposit_too_much', params: { most: '600.00' } });
    expect((await brings(sessionId, 100, { broughtOn: addDays(today(), 1) })).status).toBe(422);
    expect((await brings(sessionId, 100, { fileIds: [] })).status).toBe(422);
    expect((await brings(sessionId, 100, {}, wang)).status).toBe(403);
    const slipNo = 'HD20261123';
    const { id } = expected(await brings(sessionId, 50_000, { slipNo }), 201);
    expect((await brings(sessionId, 5_000, { slipNo })).body.code).toBe('payments.slip_taken');
    // What nobody has signed for is set aside already.
    expect((await brings(sessionId, 10_001)).body.params).toEqual({ most: '100.00' });
    expect(await balances()).toEqual([0, 0]);
    expect((await signs(id, desk)).body.code).toBe('payments.needs_second_person');
    expect((await signs(id, street)).status).toBe(403);
    expected(await signs(id, manager), 200);
    expect((await signs(id, manager)).body.code).toBe('payments.deposit_state');
    expect([await world.balance('cash:a'), ...(await balances())]).toEqual([10_000, 50_000, 0]);
    const [seen] = expected(await desk.client.get(`/payments/deposits?${at()}`), 200).items;
    expect(seen).toMatchObject({ id, state: 'underway', slipNo, signedByName: manager.name, isOwn: true });
    // The slip is seen by who keeps the money, and by nobody else.
    const picture = `/files/${seen.fileIds[0]}?${at()}`;
    expect((await fetchOf(company, picture)).status).toBe(200);
    expect((await fetchOf(wang, picture)).status).toBe(404);

    expect(await underway()).toMatchObject([{ id, verdict: 'waiting', bankLineId: null }]);
    await lists([
      [today(), '现金存入 HD20261123', '500.00'],
      [today(), '现金存入', '500.00'],
    ]);
    const [found] = await underway();
    expect(found).toMatchObject({ verdict: 'matched', lineFen: 50_000 });
    expect((await acts(id, { action: 'arrive', bankLineId: found!.bankLineId }, manager)).status).toBe(403);
    expected(await acts(id, { action: 'arrive', bankLineId: found!.bankLineId }), 200);
    expect(await balances()).toEqual([0, 50_000]);
    expect((await acts(id, { action: 'arrive', bankLineId: found!.bankLineId })).body.code).toBe(
      'payments.deposit_state',
    );
    const { items } = expected(
      await company.client.get(`/payments/bank-lines?scopeId=${world.near.company}`),
      200,
    );
    expect(items.filter((one: Json) => one.depositId === id)).toMatchObject([
      { text: '现金存入 HD20261123' },
    ]);

    // The line is used: it settles nothing else.
    const { id: other } = expected(await brings(sessionId, 10_000), 201);
    expected(await signs(other, manager), 200);
    expect((await acts(other, { action: 'arrive', bankLineId: found!.bankLineId })).body.code).toBe(
      'payments.stale',
    );
  });

  it('is declined by the second, and may be brought again; only of a till that was signed for', async () => {
    const { desk, manager } = world.people;
    const sessionId = await aDay('b', 20_000);
    const { id } = expected(await brings(sessionId, 20_000, { slipNo: 'HD-AGAIN' }), 201);
    expected(await signs(id, manager, 'decline'), 200);
    expect(await world.balance('cash:b')).toBe(20_000);
    expected(await brings(sessionId, 20_000, { slipNo: 'HD-AGAIN' }), 201);
    const opened = await desk.client.post('/payments/tills', {
      scopeId: world.near.compound,
      till: 'c',
      openingFen: 0,
    });
    const open = await brings(expected(opened, 201).id, 100);
    expect(open.body).toMatchObject({ code: 'payments.till_state', params: { state: 'open' } });
    const transit = { scopeId: world.near.compound, till: 'transit', openingFen: 0 };
    expect((await desk.client.post('/payments/tills', transit)).status).toBe(422);
  });

  it('of two who bring the same cash at once one does', async () => {
    const { desk, manager } = world.people;
    const sessionId = await aDay('d', 30_000);
    const both = await Promise.all([
      brings(sessionId, 20_000, {}, desk),
      brings(sessionId, 20_000, {}, manager),
    ]);
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 422]);
  });

  it('what lay in the till when its next day began is that day’s, and is not brought out of the day before', async () => {
    const { desk } = world.people;
    const sessionId = await aDay('f', 60_000);
    const opening = { scopeId: world.near.compound, till: 'f', openingFen: 50_000 };
    expected(await desk.client.post('/payments/tills', opening), 201);
    expect((await brings(sessionId, 20_001)).body.params).toEqual({ most: '200.00' });
    expected(await brings(sessionId, 20_000), 201);
  });

  it('is settled by whose it is, also when another company serves the place by now', async () => {
    const { manager, farCompany } = world.people;
    const sessionId = await aDay('g', 20_000);
    const slipNo = 'HD-TAKEN-OVER';
    const { id } = expected(await brings(sessionId, 20_000, { slipNo }), 201);
    expected(await signs(id, manager), 200);
    await lists([[today(), slipNo, '200.00']]);
    const { bankLineId } = (await underway()).find((one) => one.id === id)!;
    const served = (companyId: string) =>
      world.ask('update places.scope set company_id = $2 where scope_id = $1', [
        world.near.compound,
        companyId,
      ]);
    await served(world.far.company);
    try {
      const arrive = { action: 'arrive', bankLineId };
      const theirs = { ...arrive, companyId: world.far.company };
      expect((await acts(id, theirs, farCompany)).status).toBe(404);
      expected(await acts(id, arrive), 200);
    } finally {
      await served(world.near.company);
    }
  });

  it('that differs is taken in with its reason; that never came is said missing, noted, and goes back into the till', async () => {
    const { manager, farCompany } = world.people;
    const before = await balances();
    const sessionId = await aDay('e', 90_000);
    const { id: short } = expected(await brings(sessionId, 30_000, { slipNo: 'SHORT-77' }), 201);
    const { id: more } = expected(await brings(sessionId, 30_000, { slipNo: 'MORE-78' }), 201);
    const { id: lost } = expected(await brings(sessionId, 30_000, { slipNo: 'LOST-79' }), 201);
    for (const id of [short, more, lost]) expected(await signs(id, manager), 200);
    await lists([
      [today(), '现金 SHORT-77', '299.00'],
      [today(), '现金 MORE-78', '301.00'],
    ]);
    const byId = async (id: string) => (await underway()).find((one) => one.id === id)!;
    for (const [id, lineFen] of [
      [short, 29_900],
      [more, 30_100],
    ] as const) {
      const found = await byId(id);
      expect(found).toMatchObject({ verdict: 'differs', lineFen });
      const arrive = { action: 'arrive', bankLineId: found.bankLineId };
      const noReason = await acts(id, arrive);
      expect(noReason.body.errors ?? noReason.body.fields).toMatchObject([
        { path: '/note', code: 'required' },
      ]);
      expected(await acts(id, { ...arrive, note: '银行点数不同' }), 200);
    }
    expect(await world.balance('expense:till-shortage')).toBe(100);
    expect(await world.balance('suspense')).toBe(-100);
    expect(await byId(lost)).toMatchObject({ verdict: 'waiting' });
    world.clock.advance(4 * 86_400_000);
    expect(await byId(lost)).toMatchObject({ verdict: 'missing', bankLineId: null });
    expect((await acts(lost, { action: 'note', note: ' ' })).status).toBe(422);
    expected(await acts(lost, { action: 'note', note: '已问银行,在查' }), 200);
    expect(await byId(lost)).toMatchObject({ note: '已问银行,在查', version: 3 });
    const back = { action: 'give_back', note: '没有存进去,钱退回来了' };
    expect(
      (await acts(lost, { ...back, companyId: world.far.company, expectedVersion: 3 }, farCompany)).status,
    ).toBe(404);
    expect((await acts(lost, back)).body.code).toBe('payments.stale');
    expected(await acts(lost, { ...back, expectedVersion: 3 }), 200);
    expect([await world.balance('cash:e'), ...(await balances())]).toEqual([
      30_000,
      before[0],
      before[1]! + 60_000,
    ]);
    const sealed = JSON.stringify(await world.ask('select * from payments.cash_deposit'));
    expect(sealed).not.toContain('银行点数不同');
  });
});

const fetchOf = (who: Somebody, path: string) => who.client.get(path);

describe('a deposit held against the bank’s list', () => {
  const deposit = (id: string, more: object = {}) => ({
    id,
    account: 'main',
    slipNo: `S-${id}`,
    broughtOn: '2026-11-20',
    amountFen: 100,
    ...more,
  });
  const listed = (id: string, day: string, amountFen: number, text = '', account = 'main'): ListedLine => ({
    id,
    day,
    amountFen,
    text,
    account,
  });
  const judge = (deposits: ReturnType<typeof deposit>[], lines: ListedLine[], on = '2026-11-23') =>
    [...judgeDeposits(deposits, lines, on, (day) => addDays(day, 3)).entries()]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, { verdict, lineId }]) => [id, verdict, lineId]);
  it.each([
    ['the third day is not late yet', [deposit('1')], [], '2026-11-23', [['1', 'waiting', null]]],
    ['the fourth is', [deposit('1')], [], '2026-11-24', [['1', 'missing', null]]],
    [
      'the same amount within the days',
      [deposit('1')],
      [listed('x', '2026-11-23', 100)],
      '2026-11-30',
      [['1', 'matched', 'x']],
    ],
    [
      'not after them, nor by a number too short to name it',
      [deposit('1'), deposit('2')],
      [listed('x', '2026-11-24', 100), listed('y', '2026-11-29', 100, 'cash S-22 S-2')],
      '2026-11-30',
      [
        ['1', 'missing', null],
        ['2', 'missing', null],
      ],
    ],
    [
      'nor by digits within a longer number',
      [deposit('1', { slipNo: '2026' })],
      [listed('x', '2026-11-21', 1230, '工资 20261102'), listed('y', '2026-11-21', 100, '现金存入')],
      '2026-11-23',
      [['1', 'matched', 'y']],
    ],
    [
      'never before it was brought',
      [deposit('1')],
      [listed('x', '2026-11-19', 100)],
      '2026-11-21',
      [['1', 'waiting', null]],
    ],
    [
      'on no other account',
      [deposit('1')],
      [listed('x', '2026-11-20', 100, '', 'icbc')],
      '2026-11-21',
      [['1', 'waiting', null]],
    ],
    [
      'one line is one deposit’s, and the slip’s number goes first',
      [deposit('1', { slipNo: 'AAAA' }), deposit('2', { slipNo: 'BBBB' })],
      [listed('x', '2026-11-20', 100, 'BBBB'), listed('y', '2026-11-21', 100)],
      '2026-11-21',
      [
        ['1', 'matched', 'y'],
        ['2', 'matched', 'x'],
      ],
    ],
    [
      'another amount under its number differs',
      [deposit('1', { slipNo: 'AAAA' })],
      [listed('x', '2026-11-20', 90, '现金AAAA')],
      '2026-11-21',
      [['1', 'differs', 'x']],
    ],
  ] as const)('%s', (_, deposits, lines, on, wanted) => {
    expect(judge([...deposits], [...lines], on)).toEqual(wanted);
  });
});
