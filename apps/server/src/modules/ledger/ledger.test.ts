import { uuidv7 } from '@gongzhi/kernel';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aWorld, type World } from '../../../../../test/world.ts';
import { Problem } from '../../platform/http/problem.ts';
import { aPosting, bookOf, seals } from './fixtures.ts';
import { booksToSeal, sealBlock } from './queries-sealing.ts';
import { balances, type LedgerWall, type NewPosting, post, postingsOf, reverse } from './index.ts';
import { accountSums } from './queries-balances.ts';

let world: World;
let wall: LedgerWall;
beforeAll(async () => {
  world = await aWorld();
  wall = bookOf(world);
});
afterAll(() => world.close());

const books = (...postings: NewPosting[]) =>
  world.worker.work((tx) => post(tx, { wall, postings, by: null, now: world.clock.now() }));
const undoes = (postingId: string, key: string, bookedOn = '2026-11-23') =>
  world.worker.work((tx) =>
    reverse(tx, { wall, reversals: [{ postingId, key, bookedOn }], by: null, now: world.clock.now() }),
  );
const held = async (...codes: string[]) => [
  ...(await world.worker.work((tx) => balances(tx, wall, codes))).values(),
];
const refused = async (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'done',
    (error: unknown) => (error instanceof Problem ? error.code : String(error)),
  );
const aHome = () => uuidv7(world.clock.now().getTime());

describe('a posting', () => {
  test('moves an amount from one account to the other, once, however often it is said', async () => {
    const home = aHome();
    const owed = aPosting({
      debit: `household:${home}:receivable`,
      credit: 'income:water',
      amountFen: 13_060,
    });
    const [first] = await books(owed);
    expect(first).toMatchObject({ key: owed.key, isReplay: false });
    const again = await books(owed, aPosting({ credit: 'income:other', debit: 'bank:else' }));
    expect(again.map(({ isReplay }) => isReplay)).toEqual([true, false]);
    expect(again[0]!.id).toBe(first!.id);
    // Said again on another day it is still the same.
    expect((await books({ ...owed, bookedOn: '2026-11-24' }))[0]).toMatchObject({ isReplay: true });
    expect(await held(`household:${home}:receivable`, 'income:water')).toEqual([13_060, 13_060]);
  });

  test('that says something else under the same key is refused, and nothing beside it is booked', async () => {
    const one = aPosting();
    await books(one);
    const beside = aPosting({ debit: 'bank:beside', credit: 'suspense' });
    for (const other of [{ amountFen: 101 }, { debit: 'bank:second' }, { credit: 'income:parking' }])
      expect(await refused(books(beside, { ...one, ...other }))).toBe('ledger.key_reused');
    expect(await held('bank:beside')).toEqual([0]);
  });

  test('is a posting: whole fen, two accounts that exist, one household, a day that exists', async () => {
    const faults: Partial<NewPosting>[] = [
      { amountFen: 0 },
      { amountFen: -1 },
      { amountFen: 0.5 },
      { amountFen: 2 ** 53 },
      { amountFen: Number.NaN },
      { debit: 'income:property_fee' },
      { debit: 'purse' },
      { debit: 'household:receivable' },
      { debit: 'household:7:receivable' },
      { debit: `income:${aHome()}:x` },
      { debit: `household:${aHome()}:receivable`, credit: `household:${aHome()}:prepaid` },
      { bookedOn: '2026-02-30' },
      { bookedOn: '23.11.2026' },
      { key: '' },
      { key: 'with blank' },
      { source: { kind: 'nonsense', id: aHome() } },
    ];
    for (const fault of faults)
      expect([fault, await refused(books(aPosting(fault)))]).toEqual([fault, 'ledger.invalid']);
    const twice = aPosting();
    expect(await refused(books(twice, twice))).toBe('ledger.invalid');
  });

  test('and its reversal are nothing; it is reversed once', async () => {
    const home = aHome();
    const [owed] = await books(
      aPosting({ debit: `household:${home}:receivable`, credit: 'income:heat', amountFen: 2_400_00 }),
    );
    const [undone] = await undoes(owed!.id, 'undo:1');
    expect(undone).toMatchObject({ isReplay: false });
    expect(await held(`household:${home}:receivable`, 'income:heat')).toEqual([0, 0]);
    expect((await undoes(owed!.id, 'undo:1'))[0]).toMatchObject({ id: undone!.id, isReplay: true });
    const problem = await undoes(owed!.id, 'undo:2').catch((error: { constraint?: string }) => error);
    expect(problem).toMatchObject({ constraint: 'posting_reverses' });
    expect(await refused(undoes(aHome(), 'undo:3'))).toBe('not_found');
    const rows = await world.worker.work((tx) => postingsOf(tx, wall, `household:${home}:receivable`));
    expect(rows.map(({ reverses, reversedBy }) => [reverses, reversedBy])).toEqual([
      [owed!.id, null],
      [null, undone!.id],
    ]);
  });

  test('never takes more than was prepaid, not even by two at once', async () => {
    const home = aHome();
    const [prepaid, owed] = [`household:${home}:prepaid`, `household:${home}:receivable`];
    expect(await refused(books(aPosting({ debit: prepaid, credit: owed, amountFen: 1 })))).toBe(
      'ledger.overdrawn',
    );
    await books(aPosting({ debit: 'bank:main', credit: prepaid, amountFen: 10_000 }));
    const spends = Array.from({ length: 6 }, () =>
      refused(books(aPosting({ debit: prepaid, credit: owed, amountFen: 3_000 }))),
    );
    expect((await Promise.all(spends)).sort()).toEqual([
      ...Array.from({ length: 3 }, () => 'done'),
      ...Array.from({ length: 3 }, () => 'ledger.overdrawn'),
    ]);
    expect(await held(prepaid)).toEqual([1_000]);
  });
});

describe('what is recorded', () => {
  test('that another worker sealed meanwhile is not sealed again', async () => {
    await books(aPosting({ credit: 'income:sealed-once' }));
    const found = async () =>
      (await world.worker.work((tx) => booksToSeal(tx, 200))).find(({ scopeId }) => scopeId === wall.scopeId);
    // It waits for the oldest transaction of the whole test server.
    await expect.poll(found).toBeDefined();
    const open = (await found())!;
    await seals(world);
    const blocks = () =>
      world.ask('select count(*)::integer as n from ledger.block where scope_id = $1', [wall.scopeId]);
    const before = await blocks();
    const [sealed] = await world.ask<{ sealedTo: string; blocks: number }>(
      'select sealed_to::text as "sealedTo", blocks from ledger.book where scope_id = $1',
      [wall.scopeId],
    );
    // As it comes back where the row was waited for: what stands there now, and the horizon of before.
    await world.worker.work((tx) => sealBlock(tx, { ...open, ...sealed! }, world.clock.now()));
    expect(await blocks()).toEqual(before);
  });

  test('is sealed and added up, and every balance stays what it was; a changed fen shows', async () => {
    await books(
      ...Array.from({ length: 30 }, (_, i) => aPosting({ amountFen: i + 1, credit: 'income:rent' })),
    );
    const before = await world.worker.work((tx) => accountSums(tx, wall, null));
    await seals(world);
    const [book] = await world.ask('select blocks, sealed_at from ledger.book where scope_id = $1', [
      wall.scopeId,
    ]);
    expect(book!['blocks']).toBeGreaterThan(0);
    expect(await world.worker.work((tx) => accountSums(tx, wall, null))).toEqual(before);
    await books(aPosting({ amountFen: 7, credit: 'income:rent' }));
    expect((await held('income:rent'))[0]).toBe(465 + 7);
    await seals(world);
    expect((await held('income:rent'))[0]).toBe(465 + 7);
  });

  test('can be looked back on, by the day it is booked on and by the instant it was recorded', async () => {
    const home = aHome();
    const account = `household:${home}:receivable`;
    const at = world.clock.now();
    await books(aPosting({ debit: account, credit: 'income:past', amountFen: 500, bookedOn: '2026-10-05' }));
    world.clock.advance(60_000);
    await books(aPosting({ debit: account, credit: 'income:past', amountFen: 70, bookedOn: '2026-11-05' }));
    const on = (when: { day: string } | { instant: Date }) =>
      world.worker.work(async (tx) => [
        ...(await balances(tx, wall, [account, 'income:past'], when)).values(),
      ]);
    const past = async () => [
      await on({ day: '2026-10-04' }),
      await on({ day: '2026-10-05' }),
      await on({ day: '2026-11-05' }),
      await on({ instant: new Date(at.getTime() - 1) }),
      await on({ instant: at }),
      await on({ instant: world.clock.now() }),
    ];
    const expected = [0, 500, 570, 0, 500, 570].map((fen) => [fen, fen]);
    expect(await past()).toEqual(expected);
    await seals(world);
    expect(await past()).toEqual(expected);
    world.clock.advance(2 * 86_400_000);
    expect(await on({ instant: world.clock.now() })).toEqual([570, 570]);
  });
});

test('the application may add a posting, and neither change one nor take one away', async () => {
  await books(aPosting());
  for (const role of ['gongzhi_app', 'gongzhi_worker']) {
    const client = new pg.Client({
      connectionString: world.server.house.config.databaseUrl,
      options: `-c role=${role}`,
    });
    await client.connect();
    for (const text of [
      'update ledger.posting set amount_fen = 1',
      'delete from ledger.posting',
      'update ledger.block set postings = 0',
    ])
      expect([role, text, await client.query(text).catch((error: { code: string }) => error.code)]).toEqual([
        role,
        text,
        '42501',
      ]);
    await client.end();
  }
});
