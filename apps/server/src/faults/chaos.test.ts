import { afterAll, beforeAll, expect, test } from 'vitest';
import { faultsFound } from '../../../../test/chaos/checks.ts';
import type { Fault } from '../../../../test/chaos/faults.ts';
import { drawnRounds, playRound } from '../../../../test/chaos/run.ts';
import { laySiege, type Siege } from '../../../../test/chaos/siege.ts';

/** A few rounds of `npm run chaos`, on one street that is never set right in between. */
let siege: Siege;
beforeAll(async () => {
  siege = await laySiege();
}, 180_000);
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
    expect([round.found, round.odd]).toEqual([[], []]);
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
  const found = await faultsFound(siege);
  expect(found).toContain('1 acknowledged orders are gone');
  expect(found).toContain('1 payments are booked that nobody made');
  expect(found.some((what) => what.includes('passages of'))).toBe(true);
  expect(found).toContain('the desk was not told once of 1 orders');
}, 60_000);
