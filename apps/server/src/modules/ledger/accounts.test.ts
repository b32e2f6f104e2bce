import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json } from '../../../../../test/server.ts';
import { aWorld, type World } from '../../../../../test/world.ts';
import { expectStatus, type Somebody } from '../work-orders/fixtures.ts';
import { bookOf, seals } from './fixtures.ts';
import { balances } from './index.ts';

/** A compound's accounts: entered with their papers, published to who lives there, corrected by another version. */
let world: World;
let scopeId: string;
beforeAll(async () => {
  world = await aWorld();
  scopeId = world.near.compound;
});
afterAll(() => world.close());

const manager = () => world.people.manager;
const enters = (more: Json = {}, who: Somebody = manager()) =>
  who.client.post('/accounts/entries', {
    scopeId,
    section: 'common_income',
    item: '电梯广告',
    amountFen: 12_000_00,
    occurredOn: '2026-10-12',
    ...more,
  });
const drafts = async (fromMonth: string, toMonth = fromMonth): Promise<Json> =>
  expectStatus(
    await manager().client.get(
      `/accounts/draft?scopeId=${scopeId}&fromMonth=${fromMonth}&toMonth=${toMonth}`,
    ),
    200,
  );
/** An owner, the desk, and an owner elsewhere: how often each was told that accounts were published. */
const toldOwners = async (): Promise<number[]> => {
  await world.told();
  const { wang, desk, farResident } = world.people;
  const inboxes = await Promise.all([wang, desk, farResident].map((who) => who.inbox()));
  return inboxes.map((inbox) => inbox.filter((template) => template === 'accounts.published').length);
};
const publishes = async (month: string, more: Json = {}) => {
  const { figures } = await drafts(month);
  return manager().client.post('/accounts', {
    scopeId,
    fromMonth: month,
    toMonth: month,
    expected: { lines: figures.lineCount, ...figures.closing },
    ...more,
  });
};
const reads = async (id: string, who: Somebody = world.people.wang): Promise<Json> =>
  expectStatus(await who.client.get(`/accounts/${id}?scopeId=${scopeId}`), 200);

let first: string;
let picture: string;

describe('an entry', () => {
  test('is a posting between the owners’ own accounts', async () => {
    picture = await manager().uploads();
    first = expectStatus(await enters({ fileIds: [picture], note: ' 合同 2026-17 ' }), 201).id;
    expectStatus(await enters({ section: 'common_expense', item: '楼道灯', amountFen: 3_000_50 }), 201);
    expectStatus(
      await enters({ section: 'fund_in', item: '业主补交', amountFen: 500_000_00, occurredOn: '2026-09-01' }),
      201,
    );
    expectStatus(await enters({ section: 'fund_out', item: '3号楼屋面', amountFen: 88_000_00 }), 201);
    const held = await world.worker.work((tx) =>
      balances(tx, bookOf(world), [
        'common:income',
        'common:expense',
        'bank:common',
        'fund:maintenance',
        'bank:fund',
      ]),
    );
    expect([...held.values()]).toEqual([12_000_00, 3_000_50, 8_999_50, 412_000_00, 412_000_00]);
    const list = expectStatus(await manager().client.get(`/accounts/entries?scopeId=${scopeId}`), 200);
    expect(list.items).toHaveLength(4);
    const one = expectStatus(
      await manager().client.get(`/accounts/entries/${first}?scopeId=${scopeId}`),
      200,
    );
    expect(one).toMatchObject({ note: '合同 2026-17', fileIds: [picture], bookedOn: '2026-10-12' });
  });

  test('is refused where it cannot be', async () => {
    for (const [more, status] of [
      [{ occurredOn: '2026-11-24' }, 422],
      [{ occurredOn: '2026-02-30' }, 422],
      [{ amountFen: 0 }, 422],
      [{ amountFen: 0.5 }, 422],
      [{ item: ' ' }, 422],
      [{ section: 'pocket' }, 422],
      [{ fileIds: [picture] }, 422],
      [{ scopeId: world.far.compound }, 404],
    ] as const)
      expect([more, (await enters(more)).status]).toEqual([more, status]);
    const { wang, desk, street, farCompany } = world.people;
    for (const [who, status] of [
      [wang, 403],
      [desk, 403],
      [street, 403],
      [farCompany, 404],
    ] as const)
      expect((await enters({}, who)).status).toBe(status);
    expect((await farCompany.client.get(`/accounts/entries?scopeId=${scopeId}`)).status).toBe(404);
  });
});

describe('accounts', () => {
  let id: string;

  test('are published for months that are over, as they were looked at', async () => {
    expect(await drafts('2026-10-01')).toMatchObject({
      version: 0,
      figures: {
        opening: { commonFen: 0, fundFen: 500_000_00 },
        closing: { commonFen: 8_999_50, fundFen: 412_000_00 },
        sums: { common_income: 12_000_00, common_expense: 3_000_50, fund_in: 0, fund_out: 88_000_00 },
      },
    });
    await seals(world);
    for (const [month, more, code] of [
      ['2026-11-01', {}, 'ledger.entry_invalid'],
      ['2026-08-01', {}, 'ledger.entry_invalid'],
      ['2026-10-01', { reason: '更正' }, 'ledger.entry_invalid'],
      ['2026-10-01', { expected: { lines: 3, commonFen: 8_999_51, fundFen: 412_000_00 } }, 'ledger.stale'],
    ] as const)
      expect([month, (await publishes(month, more)).body.code]).toEqual([month, code]);
    expect((await world.people.wang.client.get('/accounts')).body.items).toEqual([]);
    expect((await world.people.wang.client.get(`/files/${picture}?scopeId=${scopeId}`)).status).toBe(404);
    id = expectStatus(await publishes('2026-10-01', { note: '有疑问请到服务中心' }), 201).id;
    expect(await toldOwners()).toEqual([1, 0, 0]);
  });

  test('are read by everybody who lives there, with their papers, and by nobody from elsewhere', async () => {
    const { wang, chen, farResident, committee, street, farDesk } = world.people;
    const list = expectStatus(await wang.client.get('/accounts'), 200);
    expect(list.items).toMatchObject([{ id, version: 1, closing: { commonFen: 8_999_50 } }]);
    const paper = await reads(id);
    expect(paper.figures.lines.map(({ item, fileIds }: Json) => [item, fileIds])).toEqual([
      ['楼道灯', []],
      ['电梯广告', [picture]],
      ['3号楼屋面', []],
    ]);
    expect(paper.head).toHaveLength(64);
    expect((await chen.client.get(`/accounts/${id}?scopeId=${scopeId}`)).status).toBe(200);
    expect((await wang.client.get(`/files/${picture}?scopeId=${scopeId}`)).status).toBe(200);
    for (const who of [committee, street])
      expect((await who.client.get(`/accounts?scopeId=${scopeId}`)).body.items).toHaveLength(1);
    for (const who of [farResident, farDesk]) {
      expect((await who.client.get(`/accounts/${id}?scopeId=${scopeId}`)).status).toBe(404);
      expect((await who.client.get(`/accounts?scopeId=${scopeId}`)).status).toBe(404);
      expect((await who.client.get(`/files/${picture}?scopeId=${scopeId}`)).status).toBe(404);
    }
  });

  test('are corrected by another version with its reason; the earlier one stays as it was', async () => {
    const withdraws = (reason: string) =>
      manager().client.post(`/accounts/entries/${first}/withdrawal`, { scopeId, reason });
    expectStatus(await withdraws('金额抄错'), 200);
    const outdated = async (who: Somebody) =>
      (await who.client.get(`/accounts?scopeId=${scopeId}`)).body.items.map((item: Json) => item.isOutdated);
    expect(await outdated(manager())).toEqual([true]);
    // Whoever reads it is told of another version once there is one.
    expect(await outdated(world.people.wang)).toEqual([false]);
    expect((await withdraws('再撤一次')).body.code).toBe('ledger.withdrawn_already');
    // Its month is closed by now: what is entered for it is booked today.
    for (const month of ['2026-09-01', '2026-10-01'])
      expectStatus(await manager().client.post('/ledger/periods', { scopeId, month }), 202);
    const { id: right } = expectStatus(await enters({ amountFen: 13_000_00 }), 201);
    expect(
      expectStatus(await manager().client.get(`/accounts/entries/${right}?scopeId=${scopeId}`), 200),
    ).toMatchObject({
      occurredOn: '2026-10-12',
      bookedOn: '2026-11-23',
    });
    expect((await publishes('2026-10-01')).body).toMatchObject({
      code: 'ledger.entry_invalid',
      params: { reason: 'no_reason' },
    });
    const second = expectStatus(await publishes('2026-10-01', { reason: '电梯广告金额抄错' }), 201).id;
    // Every version is told once.
    expect(await toldOwners()).toEqual([2, 0, 0]);
    expect((await reads(second)).figures.closing.commonFen).toBe(9_999_50);
    expect(await outdated(manager())).toEqual([false]);
    expect((await reads(second)).versions.map(({ version, reason }: Json) => [version, reason])).toEqual([
      [1, null],
      [2, '电梯广告金额抄错'],
    ]);
    expect(await reads(id)).toMatchObject({ version: 1, latestVersion: 2, closing: { commonFen: 8_999_50 } });
    expect((await world.people.wang.client.get('/accounts')).body.items).toMatchObject([
      { id: second, version: 2 },
    ]);
    // The papers of what was withdrawn stand in the first version still.
    expect((await world.people.wang.client.get(`/files/${picture}?scopeId=${scopeId}`)).status).toBe(200);
  });

  test('published twice at once are published once', async () => {
    expectStatus(await enters({ occurredOn: '2026-11-02', item: '快递柜' }), 201);
    world.clock.advance(10 * 86_400_000);
    await world.admin.query('update identity.session set expires_at = $1, last_seen_at = $2', [
      new Date(world.clock.now().getTime() + 30 * 86_400_000),
      world.clock.now(),
    ]);
    const both = await Promise.all([publishes('2026-11-01'), publishes('2026-11-01')]);
    expect(both.filter(({ status }) => status === 201)).toHaveLength(1);
    const [row] = await world.ask<{ count: number }>(
      `select count(*)::integer as count from ledger.publication where from_month = '2026-11-01'`,
    );
    expect(row!.count).toBe(1);
  });

  test('of more lines than a page are read page by page, and what is left counts all of them', async () => {
    const month = '2026-08-01';
    const { id } = expectStatus(
      await enters({ occurredOn: '2026-08-03', item: '停车', amountFen: 100 }),
      201,
    );
    await world.ask(
      `insert into ledger.entry (scope_id, entry_id, book_id, city_id, street_id, company_id, section, item, amount_fen, occurred_on, booked_on, note,
         posting_id, entered_at, entered_by, entered_by_name)
       select e.scope_id, gen_random_uuid(), e.book_id, e.city_id, e.street_id, e.company_id, e.section, e.item, e.amount_fen, e.occurred_on, e.booked_on,
         e.note, e.posting_id, e.entered_at, e.entered_by, e.entered_by_name
       from ledger.entry e, generate_series(1, 2000) where e.entry_id = $1`,
      [id],
    );
    const { figures: drafted, withoutPapers } = await drafts(month);
    expect([drafted.lineCount, drafted.lines.length, drafted.sums.common_income, withoutPapers]).toEqual([
      2_001, 200, 2_001_00, 2_001,
    ]);
    const published = expectStatus(await publishes(month), 201).id;
    const { wang } = world.people;
    const seen = new Set<string>();
    let cursor: string | null = null;
    do {
      const path: string = `/accounts/${published}?scopeId=${scopeId}&limit=500${cursor === null ? '' : `&cursor=${cursor}`}`;
      const { figures, nextCursor }: Json = expectStatus(await wang.client.get(path), 200);
      for (const { entryId } of figures.lines) seen.add(entryId);
      expect([figures.lineCount, figures.closing.commonFen]).toEqual([2_001, drafted.closing.commonFen]);
      cursor = nextCursor;
    } while (cursor !== null);
    expect(seen.size).toBe(2_001);
    expect((await wang.client.get(`/accounts/${published}?scopeId=${scopeId}&cursor=abc`)).status).toBe(422);
  });
});
