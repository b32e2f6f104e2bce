import { uuidv7 } from '@gongzhi/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { expectStatus, type Somebody } from '../work-orders/fixtures.ts';
import { aPosting, bookOf, seals } from './fixtures.ts';
import { type LedgerWall, type NewPosting, post } from './index.ts';

/** The proof: trial balance, what lies behind each balance, months that close, a chain that tells. */
let world: World;
let wall: LedgerWall;
beforeAll(async () => {
  world = await aWorld();
  wall = bookOf(world);
});
afterAll(() => world.close());

const books = (...postings: NewPosting[]) =>
  world.worker.work((tx) => post(tx, { wall, postings, by: null, now: world.clock.now() }));
const get = async (path: string, who: Somebody = world.people.manager): Promise<Json> =>
  expectStatus(await who.client.get(`${path}${path.includes('?') ? '&' : '?'}scopeId=${wall.scopeId}`), 200);
const closes = (month: string, who: Somebody = world.people.manager) =>
  who.client.post('/ledger/periods', { scopeId: wall.scopeId, month });
const proves = async (who: Somebody = world.people.manager): Promise<Json> =>
  expectStatus(await who.client.post('/ledger/verifications', { scopeId: wall.scopeId }), 201);

test('nothing was booked: there is no book', async () => {
  const answer = await world.people.manager.client.get(`/ledger/trial-balance?scopeId=${wall.scopeId}`);
  expect(answer.status).toBe(404);
});

describe('the trial balance', () => {
  test('lists every account, and both sides are the same', async () => {
    await books(
      aPosting({
        debit: `household:${world.home}:receivable`,
        credit: 'income:property_fee',
        amountFen: 30_000,
        bookedOn: '2026-09-05',
      }),
      aPosting({
        debit: 'provider:wechat',
        credit: `household:${world.home}:receivable`,
        amountFen: 20_000,
        bookedOn: '2026-10-05',
      }),
    );
    const now = await get('/ledger/trial-balance');
    expect(now).toMatchObject({ debitFen: 50_000, creditFen: 50_000, differenceFen: 0 });
    expect(
      now.items.map(({ account, kind, isOwned, balanceFen }: Json) => [account, kind, isOwned, balanceFen]),
    ).toEqual([
      ['household:receivable', 'asset', true, 10_000],
      ['income:property_fee', 'income', false, 30_000],
      ['provider:wechat', 'asset', false, 20_000],
    ]);
    const september = await get('/ledger/trial-balance?day=2026-09-30');
    expect(september.items.map(({ balanceFen }: Json) => balanceFen)).toEqual([30_000, 30_000]);
    expect(
      (await get(`/ledger/trial-balance?instant=${new Date(world.clock.now().getTime() - 1).toISOString()}`))
        .items,
    ).toEqual([]);
    const wrong = await world.people.manager.client.get(
      `/ledger/trial-balance?scopeId=${wall.scopeId}&day=2026-02-30`,
    );
    expect(wrong.status).toBe(422);
  });

  test('opens whose a balance is, what moved it, and where that came from', async () => {
    const owners = await get('/ledger/owners?account=household:receivable');
    expect(owners.items).toMatchObject([{ ownerId: world.home, balanceFen: 10_000 }]);
    expect(owners.items[0].label).toContain('601');
    const first = await get(`/ledger/postings?account=${owners.items[0].account}&limit=1`);
    expect(first.items).toMatchObject([
      {
        bookedOn: '2026-10-05',
        debit: { name: 'provider:wechat', label: null },
        credit: { name: 'household:receivable', label: owners.items[0].label },
      },
    ]);
    const next = await get(
      `/ledger/postings?account=${owners.items[0].account}&limit=1&cursor=${first.nextCursor}`,
    );
    expect(next).toMatchObject({ items: [{ bookedOn: '2026-09-05', amountFen: 30_000 }], nextCursor: null });
    const { kind, id } = next.items[0].source;
    const ofSource = await get(`/ledger/postings?sourceKind=${kind}&sourceId=${id}`);
    expect(ofSource.items.map((row: Json) => row.id)).toEqual([next.items[0].id]);
    expect((await get('/ledger/postings?account=income:property_fee&from=2026-10-01')).items).toEqual([]);
    const { client } = world.people.manager;
    for (const query of [
      'account=nonsense:1',
      'account=household:receivable',
      '',
      'account=suspense&cursor=eA',
    ])
      expect([query, (await client.get(`/ledger/postings?scopeId=${wall.scopeId}&${query}`)).status]).toEqual(
        [query, 422],
      );
    expect((await client.get(`/ledger/owners?scopeId=${wall.scopeId}&account=suspense`)).status).toBe(422);
  });

  test('is of the company; a street sees sums and nobody’s home, a resident and a stranger nothing', async () => {
    expect((await get('/ledger/trial-balance', world.people.street)).differenceFen).toBe(0);
    const seen = expectStatus(await world.people.company.client.get('/ledger/books'), 200);
    expect(seen.items).toMatchObject([{ scopeId: wall.scopeId, closedTo: null }]);
    const path = `/ledger/trial-balance?scopeId=${wall.scopeId}`;
    const { street, wang, desk, farCompany, farStreet, company } = world.people;
    for (const [who, status] of [
      [company, 200],
      [wang, 403],
      [desk, 403],
      [farCompany, 404],
      [farStreet, 404],
    ] as const)
      expect((await who.client.get(path)).status).toBe(status);
    for (const room of ['owners?account=household:receivable&', 'postings?account=suspense&'])
      expect((await street.client.get(`/ledger/${room}scopeId=${wall.scopeId}`)).status).toBe(403);
    expect((await farCompany.client.get('/ledger/books')).body.items).toEqual([]);
  });

  test('goes out as a workbook', async () => {
    const answer = await world.people.manager.client.get(
      `/exports/trial-balance?scopeId=${wall.scopeId}&format=csv&locale=en`,
    );
    expect(answer.status).toBe(200);
  });
});

describe('a month', () => {
  test('closes in its order once it is over, and takes nothing any more', async () => {
    const months = (await get('/ledger/periods')).items;
    expect(months.map(({ month, state, mayClose }: Json) => [month, state, mayClose])).toEqual([
      ['2026-11-01', 'open', false],
      ['2026-10-01', 'open', false],
      ['2026-09-01', 'open', true],
    ]);
    for (const [month, reason] of [
      ['2026-11-01', 'not_over'],
      ['2026-10-01', 'earlier_open'],
      ['2026-12-01', 'not_over'],
    ] as const)
      expect(await closes(month)).toMatchObject({
        status: 409,
        body: { code: 'ledger.cannot_close', params: { reason } },
      });
    expect((await closes('2026-09-01', world.people.street)).status).toBe(403);
    expectStatus(await closes('2026-09-01'), 202);
    expect((await get('/ledger/periods')).items.at(-1)).toMatchObject({ state: 'closing', mayClose: false });
    expect(await closes('2026-09-01')).toMatchObject({ body: { params: { reason: 'closed_already' } } });
    const late = aPosting({ bookedOn: '2026-09-30' });
    await expect(books(late)).rejects.toMatchObject({ code: 'ledger.period_closed' });
    await seals(world);
    const closed = (await get('/ledger/periods')).items;
    expect(closed.at(-1)).toMatchObject({
      state: 'closed',
      postings: 1,
      turnoverFen: 30_000,
      askedByName: world.people.manager.name,
    });
    expect(closed.at(-1).digest).toHaveLength(64);
    expect(closed.at(-2)).toMatchObject({ month: '2026-10-01', mayClose: true });
    // Said again after its month was closed, it is still the posting that is there.
    const [before] = await world.ask<{ key: string; source_id: string }>(
      `select key, source_id from ledger.posting where scope_id = $1 and booked_on = '2026-09-05'`,
      [wall.scopeId],
    );
    const again = await books({
      key: before!.key,
      debit: `household:${world.home}:receivable`,
      credit: 'income:property_fee',
      amountFen: 30_000,
      bookedOn: '2026-09-05',
      source: { kind: 'test.source', id: before!.source_id },
    });
    expect(again).toMatchObject([{ isReplay: true }]);
  });

  test('that closes while somebody posts has all of it or refuses it', async () => {
    const outcomes = await Promise.all([
      ...Array.from({ length: 12 }, (_, i) =>
        books(aPosting({ bookedOn: '2026-10-31', amountFen: i + 1, credit: 'income:race' })).then(
          () => i + 1,
          () => 0,
        ),
      ),
      closes('2026-10-01').then(() => 0),
    ]);
    const booked = outcomes.reduce((sum, fen) => sum + fen, 0);
    await seals(world);
    const october = (await get('/ledger/periods')).items.find(({ month }: Json) => month === '2026-10-01');
    expect(october).toMatchObject({ state: 'closed', turnoverFen: 20_000 + booked });
  });
});

describe('the chain', () => {
  /** Changes what nobody may change, as whoever owns the database could; put back afterwards. */
  const tampers = async (change: string, back: string): Promise<Json> => {
    await world.admin.query(change);
    const found = await proves();
    await world.admin.query(back);
    return found;
  };

  test('holds, and shows a changed fen, a moved day, a missing posting, an added one and a missing block', async () => {
    await books(aPosting({ amountFen: 4_711 }));
    await seals(world);
    await books(aPosting({ amountFen: 815 }));
    await seals(world);
    expect(await proves()).toMatchObject({ isRight: true, brokenBlock: null });
    const at = `where scope_id = '${wall.scopeId}' and amount_fen`;
    for (const [change, back] of [
      [
        `update ledger.posting set amount_fen = 4712 ${at} = 4711`,
        `update ledger.posting set amount_fen = 4711 ${at} = 4712`,
      ],
      [
        `update ledger.posting set booked_on = '2026-11-22' ${at} = 4711`,
        `update ledger.posting set booked_on = '2026-11-23' ${at} = 4711`,
      ],
      [
        `create table public.kept as select * from ledger.posting ${at} = 4711; delete from ledger.posting ${at} = 4711`,
        `insert into ledger.posting select * from public.kept; drop table public.kept`,
      ],
      [
        `insert into ledger.posting (select (jsonb_populate_record(p, '{"posting_id": "${uuidv7(1)}", "key": "forged"}')).* from ledger.posting p ${at} = 4711)`,
        `delete from ledger.posting where key = 'forged'`,
      ],
    ] as const) {
      const found = await tampers(change, back);
      expect([change, found.isRight, found.brokenBlock !== null]).toEqual([change, false, true]);
    }
    const last = `from ledger.block where scope_id = '${wall.scopeId}' and block_no = (select max(block_no) from ledger.block where scope_id = '${wall.scopeId}')`;
    const short = await tampers(
      `create table public.kept as select * ${last}; delete ${last}`,
      `insert into ledger.block select * from public.kept; drop table public.kept`,
    );
    expect(short.brokenBlock).not.toBeNull();
    expect(await proves()).toMatchObject({ isRight: true });
  });

  test('tells sums and balances that are not what the postings say', async () => {
    const days = await tampers(
      `update ledger.account_day set debit_fen = debit_fen + 1 where scope_id = '${wall.scopeId}' and account = 'provider:wechat'`,
      `update ledger.account_day set debit_fen = debit_fen - 1 where scope_id = '${wall.scopeId}' and account = 'provider:wechat'`,
    );
    expect(days).toMatchObject({
      isRight: false,
      brokenBlock: null,
      areDaysRight: false,
      areBalancesRight: true,
    });
    const owed = await tampers(
      `update ledger.balance set balance_fen = balance_fen - 1 where owner_id = '${world.home}'`,
      `update ledger.balance set balance_fen = balance_fen + 1 where owner_id = '${world.home}'`,
    );
    expect(owed).toMatchObject({ isRight: false, areDaysRight: true, areBalancesRight: false });
  });

  test('that does not hold is told to the managers and their company, once for each break', async () => {
    const { manager, company, desk, wang, street } = world.people;
    const told = async () => {
      await world.told();
      return Promise.all(
        [manager, company, desk, wang, street].map(
          async (who) => (await who.inbox()).filter((template) => template === 'ledger.broken').length,
        ),
      );
    };
    // Each of the above held again in between: broken, mended, broken is told each time.
    world.clock.advance(1_000);
    expect(await proves()).toMatchObject({ isRight: true });
    const [before = 0, ...others] = await told();
    expect(others).toEqual([before, 0, 0, 0]);
    const change = (to: number) =>
      world.admin.query(
        `update ledger.balance set balance_fen = balance_fen + ${to} where owner_id = '${world.home}'`,
      );
    await change(1);
    world.clock.advance(1_000);
    expect(await proves()).toMatchObject({ isRight: false });
    world.clock.advance(1_000);
    expect(await proves()).toMatchObject({ isRight: false });
    expect(await told()).toEqual([before + 1, before + 1, 0, 0, 0]);
    await change(-1);
    world.clock.advance(1_000);
    expect(await proves()).toMatchObject({ isRight: true });
  });

  test('is looked through by itself once a day, and the page says what was found', async () => {
    world.clock.advance(25 * 3_600_000);
    await seals(world);
    expect(await get('/ledger/chain')).toMatchObject({
      unsealed: 0,
      verification: { isRight: true, byName: null },
    });
    expect((await world.people.street.client.get(`/ledger/chain?scopeId=${wall.scopeId}`)).status).toBe(200);
  });
});
