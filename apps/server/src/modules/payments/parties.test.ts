import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addDays, localDate } from '@gongzhi/kernel';
import type { Json } from '../../../../../test/server.ts';
import { loaders as placesRows } from '../places/index.ts';
import { aMoneyWorld, expected, type MoneyWorld } from './fixtures.ts';

/** Developers and property-right units pay their share, and whoever pays by transfer is found in the bank's list. */
let world: MoneyWorld;
const party = { id: randomUUID(), name: '明天地产公司' };
let sessionId: string;
beforeAll(async () => {
  world = await aMoneyWorld();
  const { desk, manager } = world.people;
  const scopeId = world.near.compound;
  await world.insert(placesRows.organisation, {
    scopeId: world.near.street,
    organisationId: party.id,
    kind: 'developer',
    name: party.name,
  });
  const payer = {
    scopeId,
    payer: 'developer',
    partyId: party.id,
    shareBp: 10_000,
    householdId: world.home,
    startsOn: '2026-01-01',
    deliveredOn: '2026-06-15',
    source: '交付协议',
  };
  expected(await manager.client.post('/billing/payers', payer), 201);
  const opened = await desk.client.post('/payments/tills', { scopeId, till: 'party', openingFen: 0 });
  sessionId = expected(opened, 201).id;
});
afterAll(() => world.close());
beforeEach(() => {
  world.clock.advance(60_000);
});

const at = () => `scopeId=${world.near.compound}`;
const today = () => localDate(world.clock.now().getTime());
const owes = (amountFen: number, dueOn: string) => world.owes(world.home, amountFen, { dueOn, party });
const balances = async () => [
  await world.balance(`party:${party.id}:receivable`),
  0 - (await world.balance(`party:${party.id}:prepaid`)),
];
const pays = (body: Json, who = world.people.desk) =>
  who.client.post('/payments/parties', {
    scopeId: world.near.compound,
    partyId: party.id,
    way: 'cash',
    sessionId,
    ...body,
  });
const parties = async (who = world.people.desk): Promise<Json[]> =>
  expected(await who.client.get(`/billing/parties?${at()}`), 200).items;
const detail = async (): Promise<Json> =>
  expected(await world.people.desk.client.get(`/billing/parties/${party.id}?${at()}`), 200);
const bankLines = async (): Promise<Json[]> =>
  expected(await world.people.company.client.get(`/payments/bank-lines?scopeId=${world.near.company}`), 200)
    .items;
const lists = async (rows: readonly [text: string, yuan: string][], on = today()) => {
  const csv = ['交易日期,摘要,收入金额', ...rows.map((row) => `${on},${row.join(',')}`)].join('\n');
  const path = `/payments/bank-lines?scopeId=${world.near.company}&account=icbc`;
  expected(await world.people.company.client.post(path, new TextEncoder().encode(csv)), 200);
};
const transfers = (body: Json, who = world.people.company) =>
  who.client.post('/payments/transfers', {
    scopeId: world.near.compound,
    companyId: world.near.company,
    ...body,
  });

describe('an organisation that pays a share of bills', () => {
  it('is on the desk’s list with what it owes; pays at the till what is due first; has a receipt and a statement', async () => {
    const { desk, wang, street, manager } = world.people;
    const [old, late] = [await owes(30_000, addDays(today(), -40)), await owes(20_000, addDays(today(), 9))];
    expect((await wang.client.get(`/billing/parties?${at()}`)).status).toBe(403);
    expect((await street.client.get(`/billing/parties?${at()}`)).status).toBe(403);
    expect(await parties()).toMatchObject([
      {
        partyId: party.id,
        name: party.name,
        payer: 'developer',
        openFen: 50_000,
        overdueFen: 30_000,
        lines: 2,
        homes: 1,
        oldestDueOn: addDays(today(), -40),
        prepaidFen: 0,
      },
    ]);
    // A resident of that home sees nothing of it.
    expect((await world.offer(wang)).lines).toEqual([]);
    expect((await pays({ amountFen: 100, sessionId: undefined })).body.code).toBe('payments.no_till');
    expect((await pays({ amountFen: 100 }, wang)).status).toBe(403);
    expect((await pays({ amountFen: 100, partyId: randomUUID() })).status).toBe(404);
    expect((await pays({ amountFen: 0 })).status).toBe(422);
    const taken = expected(await pays({ amountFen: 40_000 }), 201);
    expect(taken).toMatchObject({
      state: 'paid',
      way: 'cash',
      householdId: null,
      partyId: party.id,
      householdLabel: party.name,
      targets: [
        { targetId: old, settledFen: 30_000 },
        { targetId: late, settledFen: 10_000 },
      ],
    });
    expect([await balances(), await world.balance('cash:party')]).toEqual([[10_000, 0], 40_000]);
    expect((await detail()).lines).toMatchObject([
      { lineId: late, dueFen: 10_000, householdLabel: '1-1-101' },
    ]);
    const [till] = expected(await desk.client.get(`/payments/tills?${at()}`), 200).items;
    expect(till).toMatchObject({ takenFen: 40_000, payments: 1 });
    for (const path of [
      `/payments/${taken.id}/receipt?${at()}`,
      `/billing/parties/${party.id}/statement?${at()}`,
    ]) {
      const paper = await desk.client.get(path);
      expect([path, paper.status, (await wang.client.get(path)).status >= 403]).toEqual([path, 200, true]);
    }
    // More than it owes is its balance, which pays later bills; nobody has more than there is.
    const more = expected(await pays({ way: 'card', slipNo: '7788', amountFen: 15_000 }), 201);
    expect(more.targets).toMatchObject([{ settledFen: 10_000 }, { kind: 'prepay', balanceFen: 5_000 }]);
    await owes(8_000, today());
    const off = { way: 'balance', sessionId: undefined };
    expect((await pays({ ...off, amountFen: 5_001 })).body.code).toBe('payments.invalid');
    expected(await pays({ ...off, amountFen: 5_000 }), 201);
    expect([await balances(), (await parties())[0]!.prepaidFen]).toEqual([[3_000, 0], 0]);

    // Back the way it came, by two: the lines are open again.
    const asked = expected(
      await desk.client.post(`/payments/refunds?${at()}`, {
        paymentId: taken.id,
        parts: [{ position: 1, amountFen: 10_000 }],
        reason: 'wrong_amount',
      }),
      201,
    );
    expect(asked).toMatchObject({ householdId: null, partyId: party.id });
    const approve = { action: 'approve', expectedVersion: asked.version };
    expected(await manager.client.post(`/payments/refunds/${asked.id}/commands?${at()}`, approve), 200);
    expected(await desk.client.post(`/payments/refunds/${asked.id}/hand-out?${at()}`, { sessionId }), 200);
    expect([await balances(), await world.balance('cash:party')]).toEqual([[13_000, 0], 30_000]);
    expected(await pays({ amountFen: 13_000 }), 201);
  });

  it('of two who take its money for the same lines at once both count, and nothing is closed twice', async () => {
    await owes(6_000, today());
    await owes(6_000, today());
    const { desk, manager } = world.people;
    const both = await Promise.all([pays({ amountFen: 8_000 }, desk), pays({ amountFen: 8_000 }, manager)]);
    expect(both.map(({ status }) => status)).toEqual([201, 201]);
    expect(await balances()).toEqual([0, 4_000]);
    const [{ wrong } = { wrong: -1 }] = await world.ask<{ wrong: number }>(
      `select count(*)::integer as wrong from billing.bill_line l where l.party_id is not null and l.settled_fen <> (select coalesce(sum(s.amount_fen), 0)
         from billing.settlement s where s.line_id = l.line_id)`,
    );
    expect(wrong).toBe(0);
  });
});

describe('a transfer', () => {
  it('is known by the reference in its words, and closes what the organisation owes', async () => {
    const { company, manager, farCompany } = world.people;
    const first = await owes(25_000, addDays(today(), -1));
    const { reference, prepaidFen } = (await parties())[0]!;
    expect(reference).toMatch(/^GZ\d{8}$/);
    await lists([
      [`地产公司 ${String(reference).toLowerCase()} 物业费`, '300.00'],
      ['不知道谁的钱', '12.00'],
    ]);
    const lines = await bankLines();
    const found = lines.find(({ payer }) => payer !== null)!;
    expect(found).toMatchObject({
      amountFen: 30_000,
      payer: { scopeId: world.near.compound, partyId: party.id, name: party.name },
    });
    expect(lines.filter(({ payer }) => payer === null)).toHaveLength(1);
    const body = { bankLineId: found.id, partyId: party.id };
    expect((await transfers(body, manager)).status).toBe(403);
    expect((await transfers({ ...body, companyId: world.far.company }, farCompany)).status).toBe(404);
    expect((await transfers({ bankLineId: found.id })).body.code).toBe('payments.invalid');
    const taken = expected(await transfers(body), 201);
    expect(taken).toMatchObject({
      way: 'transfer',
      amountFen: 30_000,
      targets: [{ targetId: first, settledFen: 25_000 }, { balanceFen: 5_000 }],
    });
    expect((await transfers(body)).body.code).toBe('payments.stale');
    expect([await world.balance('bank:icbc'), await balances()]).toEqual([30_000, [0, prepaidFen + 5_000]]);
    expect((await bankLines()).find(({ id }) => id === found.id)).toMatchObject({ paymentId: taken.id });

    // Given back by the bank: said at the desk, as with a card.
    const { desk } = world.people;
    const asked = expected(
      await desk.client.post(`/payments/refunds?${at()}`, {
        paymentId: taken.id,
        parts: [{ position: 1, amountFen: 5_000 }],
        reason: 'other',
      }),
      201,
    );
    const approve = { action: 'approve', expectedVersion: asked.version };
    expected(await company.client.post(`/payments/refunds/${asked.id}/commands?${at()}`, approve), 200);
    expected(await desk.client.post(`/payments/refunds/${asked.id}/hand-out?${at()}`, {}), 200);
    expect(await world.balance('bank:icbc')).toBe(25_000);
  });

  it('of a home closes what it is said to be for; the rest is the home’s balance', async () => {
    const { wang, company } = world.people;
    const id = await world.owes(world.home, 9_000);
    const line = (await bankLines()).find(({ amountFen }) => amountFen === 1_200)!;
    const before = (await world.offer()).balanceFen;
    const body = { bankLineId: line.id, householdId: world.home };
    const much = await transfers({ ...body, targets: [{ kind: 'bill_line', id, amountFen: 1_201 }] });
    expect(much.body.code).toBe('payments.invalid');
    const taken = expected(
      await transfers({ ...body, targets: [{ kind: 'bill_line', id, amountFen: 1_000 }] }),
      201,
    );
    expect(taken.targets).toMatchObject([{ settledFen: 1_000 }, { balanceFen: 200 }]);
    expect(await world.offer()).toMatchObject({
      balanceFen: before + 200,
      lines: [{ lineId: id, dueFen: 8_000 }],
    });
    // The home sees it; it has not paid it by phone, and nobody else sees it.
    expect(await world.paymentOf(taken.id, wang)).toMatchObject({ way: 'transfer', householdId: world.home });
    expect((await world.people.chen.client.get(`/payments/${taken.id}?${at()}`)).status).toBe(404);
    expect((await company.client.get(`/payments?${at()}&way=transfer`)).body.items).toHaveLength(2);
  });

  it('of a month that is closed takes what paying early took off, and is booked today', async () => {
    const id = await world.owes(world.home, 10_000);
    const had = addDays(`${today().slice(0, 7)}-01`, -2);
    await world.ask(
      'update billing.bill_line set early_until = $2, early_fen = 500, issued_on = $2 where line_id = $1',
      [id, addDays(had, 1)],
    );
    await world.ask('update ledger.book set closed_to = $2 where scope_id = $1', [
      world.near.compound,
      addDays(had, 1),
    ]);
    await lists([['王家 物业费', '95.00']], had);
    const line = (await bankLines()).find(({ amountFen }) => amountFen === 9_500)!;
    const body = { bankLineId: line.id, householdId: world.home };
    const discount = await world.balance('discount:property_fee');
    const taken = expected(
      await transfers({ ...body, targets: [{ kind: 'bill_line', id, amountFen: 9_500 }] }),
      201,
    );
    expect(taken.targets).toMatchObject([{ settledFen: 9_500, balanceFen: 0 }]);
    expect(await world.balance('discount:property_fee')).toBe(discount + 500);
    const rows = await world.ask<{ on: string }>(
      `select booked_on::text as on from ledger.posting where scope_id = $1 and key like 'early:' || $2 || '%'`,
      [world.near.compound, id],
    );
    expect(rows).toEqual([{ on: today() }]);
  });
});
