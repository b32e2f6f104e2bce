import { beforeEach, expect, test } from 'vitest';
import { GateClock } from './gate-clock.ts';

const DAY = 86_400_000;
const MINUTE = 60_000;
let wall = 0;
let steady = 0;
const ticks = { wall: () => wall, steady: () => steady };
const pass = (ms: number): void => {
  wall += ms;
  steady += ms;
};
beforeEach(() => {
  wall = 1_800_000_000_000;
  steady = 5000;
});

test('a phone that is a day ahead decides by the server’s time', () => {
  const clock = new GateClock(ticks, undefined);
  const asked = wall;
  pass(200);
  clock.heard(wall - 100 - DAY, asked);
  expect(clock.skewMs).toBe(-DAY);
  pass(20 * MINUTE);
  expect(clock.now()).toBe(wall - DAY);
  expect(clock.isBack).toBe(false);
});

test('what was learnt is kept over a start without a network', () => {
  const first = new GateClock(ticks, undefined);
  first.heard(wall + 3 * MINUTE, wall);
  pass(MINUTE);
  steady = 0;
  const second = new GateClock(ticks, first.kept);
  expect(second.now()).toBe(wall + 3 * MINUTE);
  expect(second.isBack).toBe(false);
});

test('turned back while the page stands: noticed, and time goes on', () => {
  const clock = new GateClock(ticks, undefined);
  clock.heard(wall, wall);
  const right = wall;
  pass(10 * MINUTE);
  wall -= DAY;
  expect(clock.now()).toBe(right + 10 * MINUTE);
  expect(clock.isBack).toBe(true);
  // Heard again, it is right again.
  clock.heard(right + 10 * MINUTE, wall);
  expect(clock.now()).toBe(right + 10 * MINUTE);
  expect(clock.isBack).toBe(false);
});

test('two seconds back are no turning, a little more is', () => {
  const clock = new GateClock(ticks, undefined);
  clock.heard(wall, wall);
  wall -= 2000;
  clock.now();
  expect(clock.isBack).toBe(false);
  wall -= 1;
  clock.now();
  expect(clock.isBack).toBe(true);
});

test('turned back before a start without a network: noticed by what was known before', () => {
  const first = new GateClock(ticks, undefined);
  first.heard(wall, wall);
  wall -= 60 * MINUTE;
  const second = new GateClock(ticks, first.kept);
  second.now();
  expect(second.isBack).toBe(true);
});

test('asleep, the steady clock stands: the wall clock counts', () => {
  const clock = new GateClock(ticks, undefined);
  clock.heard(wall, wall);
  wall += 3 * 60 * MINUTE;
  steady += 1000;
  expect(clock.now()).toBe(wall);
  expect(clock.isBack).toBe(false);
});
