import { expect, test } from 'vitest';
import { ofGuesses, take } from './limits.ts';

test('twenty guesses, then one in five seconds, by a clock that is set back too', () => {
  const empty = take(undefined, 0, ofGuesses.burst, ofGuesses);
  expect(empty).toEqual({ level: 0, at: 0 });
  expect(take(empty!, 4_999, 1, ofGuesses)).toBeNull();
  expect(take(empty!, 5_000, 1, ofGuesses)).toEqual({ level: 0, at: 5_000 });
  // Set back: no longer than an empty one takes to fill, and no sooner.
  expect(take({ level: 0, at: 100_000 }, 0, 1, ofGuesses)).toBeNull();
  expect(take({ level: 0, at: 100_001 }, 0, 1, ofGuesses)).toEqual({ level: 19, at: 0 });
});
