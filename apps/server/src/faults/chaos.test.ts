import { afterAll, beforeAll, expect, test } from 'vitest';
import { faultsFound } from '../../../../test/chaos/checks.ts';
import type { Fault } from '../../../../test/chaos/faults.ts';
import { drawnRounds, playRound } from '../../../../test/chaos/run.ts';
import { laySiege, type Siege } from '../../../../test/chaos/siege.ts';

/** A few rounds of `npm run chaos`, on one street that is never set right in between. */
let siege: Siege;
beforeAll(async () => {
  siege = await laySiege();
});
afterAll(() => siege?.close());

const rounds: [Fault, number][] = [
  ['server killed', 400],
  ['wire cut', 400],
  ['PostgreSQL killed', 400],
  ['clock moved', 900],
  ['clock set back', 1_500],
];

test.each(rounds)(
  '%s: what was acknowledged is there once, whole and told',
  async (fault, milliseconds) => {
    const round = await playRound(siege, 0, [fault, milliseconds]);
    expect(round.found).toEqual([]);
  },
  120_000,
);

test('every fault is drawn before one comes again, by the seed alone', () => {
  const drawn = drawnRounds({ disk: null }, 20, 7);
  expect(new Set(drawn.slice(0, 11).map(([fault]) => fault)).size).toBe(11);
  expect(drawnRounds({ disk: null }, 20, 7)).toEqual(drawn);
  expect(drawn.some(([fault]) => fault === 'disk full')).toBe(false);
});

test('what is missing, twice or untold is found', async () => {
  expect(await faultsFound(siege)).toEqual([]);
  siege.said.orders.add('01900000-0000-7000-8000-00000000dead');
  // The rounds did pay, and a payment that the provider knows nothing of is noticed.
  const [paid] = [...siege.world.providers.book.trades.values()].filter(({ state }) => state === 'paid');
  siege.world.providers.book.trades.delete(paid!.tradeNo);
  const [gate] = siege.said.passages.values();
  gate!.add('01900000-0000-7000-8000-00000000dead');
  await siege.world.ask(
    `update platform.notification set template = 'work_order.other' where ctid in (select ctid from platform.notification where template = 'work_order.submitted' and account_id = $1 limit 1)`,
    [siege.world.people.desk.accountId],
  );
  // A reading that was acknowledged and is gone, money on the wall that nobody bought, a balance and a sum that do not follow.
  const [meter] = siege.meters.read;
  meter!.said.push(1);
  siege.meters.wall.state.fen = (siege.meters.wall.state.fen ?? 0) + 1;
  await siege.world.ask('update metering.prepaid set balance_fen = balance_fen + 1 where meter_id = $1', [
    meter!.id,
  ]);
  await siege.world.ask(
    'update work_orders.figure_day set total = total + 1 where ctid in (select ctid from work_orders.figure_day limit 1)',
  );
  const found = (await faultsFound(siege)).map(({ area, text }) => `${area}: ${text}`);
  for (const what of [
    /^lost: 1 of \d+ acknowledged readings of meter 1/,
    /^meters: 1 wall counts/,
    /^ledger: .*1 meters are not what/,
    /^rollups: .*a sum of orders/,
    /^lost: 1 of \d+ acknowledged passages/,
  ])
    expect([what, found.filter((line) => what.test(line))]).toEqual([what, [expect.any(String)]]);
  expect(found).toContain('lost: 1 acknowledged orders are gone');
  expect(found).toContain('twice: 1 payments are booked that nobody made');
  expect(found).toContain('outbox: 1 orders of which the desk was not told once');
});
