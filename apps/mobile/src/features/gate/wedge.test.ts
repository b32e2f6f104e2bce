import { expect, test } from 'vitest';
import { Wedge } from './wedge.ts';

function type(wedge: Wedge, text: string, everyMs: number, from = 1000): string | null {
  let at = from;
  let code: string | null = null;
  for (const key of [...text, 'Enter']) {
    code = wedge.press(key, at) ?? code;
    at += everyMs;
  }
  return code;
}

test('a code that comes as fast as a scanner types is read with its Enter', () => {
  expect(type(new Wedge(), 'AQIDBAUGBwg', 8)).toBe('AQIDBAUGBwg');
});

test('at sixty milliseconds a key it is still a scanner, at sixty-one a hand', () => {
  expect(type(new Wedge(), '483920', 60)).toBe('483920');
  expect(type(new Wedge(), '483920', 61)).toBeNull();
});

test('five characters are no code, six are', () => {
  expect(type(new Wedge(), '12345', 8)).toBeNull();
  expect(type(new Wedge(), '123456', 8)).toBe('123456');
});

test('what a hand typed before is no part of it', () => {
  const wedge = new Wedge();
  wedge.press('x', 0);
  wedge.press('y', 300);
  expect(type(wedge, 'ABCDEF', 5, 900)).toBe('ABCDEF');
});

test('keys that write nothing are passed over, and one code follows another', () => {
  const wedge = new Wedge();
  let code: string | null = null;
  for (const [at, key] of ['Shift', 'A', 'B', 'Shift', 'C', 'D', 'E', 'F', 'Enter'].entries())
    code = wedge.press(key, 5000 + at * 10) ?? code;
  expect(code).toBe('ABCDEF');
  expect(type(wedge, 'GHIJKL', 10, 5100)).toBe('GHIJKL');
});

test('a cat on the keyboard fills no memory', () => {
  expect(type(new Wedge(), 'a'.repeat(5000), 1)?.length).toBe(200);
});
