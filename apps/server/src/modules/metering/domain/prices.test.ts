import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chargeOf } from './prepaid.ts';
import { backOf, type Charged, nextPrice, partsOf, priceAt, withPrice } from './prices.ts';

const DAY = 86_400_000;
const prices = [
  { price: 5_000, from: 0 },
  { price: 6_000, from: 10 * DAY },
  { price: 4_000, from: 20 * DAY },
];
const parts = (used: number, from: number | null, to: number) =>
  partsOf(used, from === null ? null : from * DAY, to * DAY, prices).map(({ milli, price }) => [
    milli,
    price,
  ]);

describe('a price', () => {
  it.each([
    [-1, 5_000],
    [0, 5_000],
    [10 * DAY - 1, 5_000],
    [10 * DAY, 6_000],
    [20 * DAY, 4_000],
  ])('at %d is %d', (at, price) => {
    expect(priceAt(prices, at)).toBe(price);
  });

  it('comes from then on, in the place of what was announced for later; what was in force stays', () => {
    expect(nextPrice(prices, 10 * DAY)).toEqual(prices[2]);
    expect(nextPrice(prices, 20 * DAY)).toBeNull();
    const next = { price: 7_000, from: 15 * DAY };
    expect(withPrice(prices, next, 12 * DAY)).toEqual([prices[0], prices[1], next]);
    expect(withPrice(prices, { price: 6_000, from: 15 * DAY }, 12 * DAY)).toEqual([prices[0], prices[1]]);
  });

  it.each([
    // A change within: by the time on either side of it.
    [
      10_000,
      5,
      15,
      [
        [5_000, 5_000],
        [5_000, 6_000],
      ],
    ],
    [
      10_000,
      8,
      18,
      [
        [2_000, 5_000],
        [8_000, 6_000],
      ],
    ],
    [
      30_000,
      0,
      30,
      [
        [10_000, 5_000],
        [10_000, 6_000],
        [10_000, 4_000],
      ],
    ],
    // Ended exactly with the old one, begun exactly with the new one.
    [10_000, 5, 10, [[10_000, 5_000]]],
    [10_000, 10, 15, [[10_000, 6_000]]],
    // Nobody knows since when: as it was just before.
    [10_000, null, 10, [[10_000, 5_000]]],
    [10_000, null, 11, [[10_000, 6_000]]],
    [0, 5, 15, []],
    [1, 5, 15, [[1, 5_000]]],
  ])('for %d used from day %s to day %d: %j', (used, from, to, expected) => {
    expect(parts(used, from, to)).toEqual(expected);
  });
});

const aPrice = fc.integer({ min: 1, max: 10_000_000 });
const someReadings = fc.array(
  fc.record({
    used: fc.integer({ min: 0, max: 900_000_000 }),
    span: fc.integer({ min: 1, max: 90 * DAY }),
  }),
  { minLength: 1, maxLength: 12 },
);
const somePrices = fc.array(fc.record({ price: aPrice, from: fc.integer({ min: 0, max: 400 * DAY }) }), {
  minLength: 1,
  maxLength: 5,
});

describe('what is charged', () => {
  it('is all that was used, whatever the prices do, and none of it at a price of another time', () => {
    fc.assert(
      fc.property(someReadings, somePrices, (readings, changes) => {
        let at = 0;
        for (const { used, span } of readings) {
          const found = partsOf(used, at, at + span, changes);
          expect(found.reduce((sum, { milli }) => sum + milli, 0)).toBe(used);
          const inForce = new Set([
            priceAt(changes, at),
            ...changes.filter(({ from }) => from > at && from < at + span).map(({ price }) => price),
          ]);
          for (const one of found) expect(one.milli > 0 && inForce.has(one.price)).toBe(true);
          at += span;
        }
      }),
    );
  });

  it('and given back, in any order and with others between, comes to nothing, to the last rest', () => {
    const used = fc.array(
      fc.array(fc.record({ milli: fc.integer({ min: 0, max: 9e8 }), price: aPrice }), { maxLength: 4 }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(
        used,
        fc.integer({ min: 0, max: 99_999 }),
        fc.infiniteStream(fc.nat()),
        (readings, rest, dice) => {
          const moves: Charged[][] = [...readings];
          // Each goes back some time after it was charged.
          for (const reading of readings) {
            const first = moves.indexOf(reading) + 1;
            const later = (dice.next().value ?? 0) % (moves.length - first + 1);
            moves.splice(first + later, 0, backOf(reading));
          }
          let [balance, left] = [0, rest];
          for (const move of moves) {
            const charge = chargeOf(move, left);
            balance += charge.fen;
            left = charge.rest;
          }
          expect([balance, left]).toEqual([0, rest]);
        },
      ),
    );
  });
});
