import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addDays, localDate } from '@gongzhi/kernel';
import type { Json } from '../../../../../test/server.ts';
import { readMigrations } from '../../platform/db/migrate.ts';
import type { Somebody } from '../work-orders/fixtures.ts';
import { aMoneyWorld, expected, type MoneyWorld } from './fixtures.ts';

/** The till's cash on its way to the bank. */
let world: MoneyWorld;
/** Another person of the company than `people.company`. */
let second: Somebody;
beforeAll(async () => {
  world = await aMoneyWorld();
  second = await world.aPerson('财务复核', 'company', world.near.company);
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
const underway = async (by = world.people.company): Promise<Json[]> =>
  expected(await by.client.get(`/payments/deposits/underway?scopeId=${world.near.company}`), 200).items;
const byId = async (id: string, by = world.people.company) =>
  (await underway(by)).find((one) => one.id === id)!;
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
    let transit = await balances();
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
      // Proposed: nothing has moved, and the line is no other deposit's.
      expect(await byId(id)).toMatchObject({ verdict: 'proposed', lineFen, mayConfirm: false, version: 3 });
      expect(await balances()).toEqual(transit);
      expected(await acts(id, { action: 'confirm', expectedVersion: 3 }, second), 200);
      transit = await balances();
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
    expect(await world.balance('cash:e')).toBe(0);
    expected(await acts(lost, { action: 'confirm', expectedVersion: 4 }, second), 200);
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

describe('what only a person’s word stands for', () => {
  /** Signed for and on its way; the bank lists it with so much. */
  async function aShort(till: string, slipNo: string, yuan: string): Promise<{ id: string; lineId: string }> {
    const sessionId = await aDay(till, 20_000);
    const { id } = expected(await brings(sessionId, 20_000, { slipNo }), 201);
    expected(await signs(id, world.people.manager), 200);
    await lists([[today(), `现金 ${slipNo}`, yuan]]);
    return { id, lineId: (await byId(id)).bankLineId };
  }
  const code = (answer: { body: Json }) => answer.body.code;
  const confirm = (id: string, by: Somebody, expectedVersion = 3) =>
    acts(id, { action: 'confirm', expectedVersion }, by);

  it('is confirmed by nobody who proposed it or brought the cash, in whatever capacity', async () => {
    const { company, desk, farCompany, manager } = world.people;
    const { id, lineId } = await aShort('h', 'BYTWO-1', '190.00');
    expect(code(await acts(id, { action: 'confirm' }, second))).toBe('payments.deposit_not_proposed');
    expect(code(await acts(id, { action: 'turn_down' }, second))).toBe('payments.deposit_not_proposed');
    expected(await acts(id, { action: 'arrive', bankLineId: lineId, note: '少了一张' }), 200);
    const before = await balances();
    const elsewhere = await world.asAlso(company, 'company', world.far.company);
    const bringer = await world.asAlso(desk, 'company', world.near.company);
    for (const who of [company, bringer])
      expect(code(await confirm(id, who))).toBe('payments.needs_second_person');
    expect((await confirm(id, manager)).status).toBe(403);
    expect((await confirm(id, elsewhere)).status).toBe(404);
    const theirs = { action: 'confirm', companyId: world.far.company, expectedVersion: 3 };
    expect((await acts(id, theirs, farCompany)).status).toBe(404);
    expect((await byId(id, bringer)).mayConfirm).toBe(false);
    expect(await byId(id, second)).toMatchObject({ mayConfirm: true, note: '少了一张', bankLineId: lineId });
    // Nothing else happens to it meanwhile.
    for (const body of [
      { action: 'arrive', bankLineId: lineId },
      { action: 'give_back', note: '退' },
      { action: 'note', note: '问' },
    ])
      expect(code(await acts(id, { ...body, expectedVersion: 3 }, second))).toBe('payments.deposit_proposed');
    expect(await balances()).toEqual(before);
    expected(await confirm(id, second), 200);
    expect(await balances()).toEqual([before[0]! - 20_000, before[1]! + 19_000]);
    const [seen] = expected(await desk.client.get(`/payments/deposits?${at()}`), 200).items;
    expect(seen).toMatchObject({
      id,
      state: 'arrived',
      arrivedFen: 19_000,
      proposedByName: company.name,
      actedByName: second.name,
    });
  });

  it('or with any unused line of its account from its day on, which are shown to the company alone', async () => {
    const { company, desk, farCompany } = world.people;
    const { id, lineId } = await aShort('n', 'BYTWO-7', '100.00');
    await lists([
      [addDays(today(), -1), '前一天', '200.00'],
      [today(), '没有写回单号', '200.00'],
    ]);
    await lists([[today(), '别的账户', '200.00']], 'ccb');
    const unused = (more = '', by = company) =>
      by.client.get(
        `/payments/bank-lines/unused?scopeId=${world.near.company}&account=icbc&since=${today()}${more}`,
      );
    const { items } = expected(await unused('&limit=100'), 200);
    const texts = items.map(({ text }: Json) => text);
    expect(texts.slice(0, 2)).toEqual(['没有写回单号', '现金 BYTWO-7']);
    expect(texts).not.toContain('前一天');
    expect(texts).not.toContain('别的账户');
    expect(items.every((one: Json) => one.depositId === null && one.runId === null)).toBe(true);
    const first = expected(await unused('&limit=1'), 200);
    const next = expected(await unused(`&limit=1&cursor=${first.nextCursor}`), 200);
    expect([first.items[0].id, next.items[0].id]).toEqual([items[0].id, items[1].id]);
    for (const [who, status] of [
      [desk, 403],
      [farCompany, 404],
    ] as const)
      expect((await unused('', who)).status).toBe(status);
    const noAccount = `/payments/bank-lines/unused?scopeId=${world.near.company}&account=IC%20BC&since=${today()}`;
    expect((await company.client.get(noAccount)).status).toBe(422);
    // Of the very amount, and not the one that bears its number: it may be somebody else's money.
    const other = { action: 'arrive', bankLineId: items[0].id, note: '写错了回单号' };
    expect(items[1].id).toBe(lineId);
    expect((await acts(id, { ...other, note: undefined })).status).toBe(422);
    expected(await acts(id, other), 200);
    expected(await confirm(id, second), 200);
    expect(expected(await unused('&limit=100'), 200).items[0].id).toBe(lineId);
  });

  it('turned down it is where it was, and may be proposed again; by the same person taken back', async () => {
    const { id, lineId } = await aShort('i', 'BYTWO-2', '210.00');
    const before = await balances();
    const arrive = { action: 'arrive', bankLineId: lineId, note: '多了一张' };
    expected(await acts(id, arrive), 200);
    expected(await acts(id, { action: 'turn_down', expectedVersion: 3 }, second), 200);
    expect(await byId(id)).toMatchObject({ verdict: 'differs', proposal: null, version: 4 });
    expected(await acts(id, { ...arrive, expectedVersion: 4 }, second), 200);
    expected(await acts(id, { action: 'turn_down', expectedVersion: 5 }, second), 200);
    expect(await balances()).toEqual(before);
    expected(await acts(id, { ...arrive, expectedVersion: 6 }, second), 200);
    expected(await confirm(id, world.people.company, 7), 200);
    expect(await balances()).toEqual([before[0]! - 20_000, before[1]! + 21_000]);
  });

  it('of two who confirm at once one does, and it is booked once', async () => {
    const third = await world.aPerson('财务三', 'company', world.near.company);
    const { id } = await aShort('j', 'BYTWO-3', '0.50');
    expected(await acts(id, { action: 'give_back', note: '没有存成' }), 200);
    const before = await balances();
    const both = await Promise.all([confirm(id, second), confirm(id, third)]);
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    expect(await world.balance('cash:j')).toBe(20_000);
    expect(await balances()).toEqual([before[0]! - 20_000, before[1]]);
  });

  it('a line that is proposed for one is nobody else’s until that is answered', async () => {
    const { company } = world.people;
    const { id, lineId } = await aShort('k', 'BYTWO-4', '199.00');
    const { id: other } = await aShort('l', 'BYTWO-5', '200.00');
    const third = await aShort('o', 'BYTWO-8', '198.00');
    const propose = (which: string, by: Somebody, expectedVersion = 2) =>
      acts(which, { action: 'arrive', bankLineId: lineId, note: '少一元', expectedVersion }, by);
    // Two propose it at once, for two deposits: one does.
    const both = await Promise.all([propose(id, company), propose(other, second)]);
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    const refused = both.find(({ status }) => status === 409)!.body;
    expect(refused).toMatchObject({
      code: 'payments.line_proposed',
      fields: [{ path: '/bankLineId', code: 'line_proposed' }],
    });
    const [held, free] = both[0]!.status === 200 ? [id, other] : [other, id];
    expect(code(await propose(third.id, company))).toBe('payments.line_proposed');
    // It is no transfer either, and the company sees what it is held for.
    const transfer = { companyId: world.near.company, scopeId: world.near.compound, householdId: world.home };
    const taken = await company.client.post('/payments/transfers', { ...transfer, bankLineId: lineId });
    expect(code(taken)).toBe('payments.line_proposed');
    const heldFor = async () =>
      expected(
        await company.client.get(`/payments/bank-lines?scopeId=${world.near.company}`),
        200,
      ).items.find((one: Json) => one.id === lineId).proposedDepositId;
    expect(await heldFor()).toBe(held);
    // So is one that was proposed before that was kept: the owner, who migrates, is behind the wall.
    await world.ask('update payments.bank_line set proposed_deposit_id = null where line_id = $1', [lineId]);
    const { body } = (await readMigrations()).find(({ name }) =>
      name.endsWith('_lines_proposed_before.sql'),
    )!;
    await world.ask(`begin; set local role gongzhi_owner; ${body}; commit`);
    expect(await heldFor()).toBe(held);
    expected(await acts(held, { action: 'turn_down', expectedVersion: 3 }), 200);
    expected(await propose(free, second), 200);
    expected(await confirm(free, company), 200);
    expect(code(await propose(held, company, 4))).toBe('payments.stale');
  });

  it('is walled by the database too', async () => {
    const { company, manager } = world.people;
    const { id, lineId } = await aShort('m', 'BYTWO-6', '198.00');
    expected(await acts(id, { action: 'arrive', bankLineId: lineId, note: '少两元' }), 200);
    const settle = (state: string, by: string) =>
      world.ask(
        `update payments.cash_deposit set state = $2, bank_line_id = case when $2 = 'arrived' then proposed_line_id end,
           arrived_fen = case when $2 = 'arrived' then proposed_fen end, acted_by = $3 where deposit_id = $1`,
        [id, state, by],
      );
    await expect(settle('arrived', company.accountId)).rejects.toThrow('cash_deposit_by_two');
    await expect(settle('arrived', world.people.desk.accountId)).rejects.toThrow('cash_deposit_by_two');
    // Another thing than was proposed.
    await expect(settle('returned', second.accountId)).rejects.toThrow('cash_deposit_by_two');
    await settle('arrived', manager.accountId);
    // Nor is a line another thing than what it is proposed for.
    const uses = (column: string) =>
      world.ask(`update payments.bank_line set ${column} = $2 where line_id = $1`, [
        lineId,
        manager.accountId,
      ]);
    for (const column of ['deposit_id', 'run_id', 'payment_id'])
      await expect(uses(column)).rejects.toThrow('bank_line_proposed');
  });
});
