import { describe, expect, it } from 'vitest';
import { everyPage } from './every-page.ts';

/** A list of so many, a hundred at a time. */
const listOf = (length: number) => {
  const asked: (string | undefined)[] = [];
  const ask = ({ cursor }: { cursor?: string }) => {
    asked.push(cursor);
    const from = Number(cursor ?? 0);
    const to = Math.min(from + 100, length);
    const items = Array.from({ length: to - from }, (_, i) => from + i);
    return Promise.resolve({ items, nextCursor: to < length ? String(to) : null });
  };
  return { asked, ask };
};

describe('a list as a whole', () => {
  it.each([
    [0, 0, 1],
    [100, 100, 1],
    [101, 101, 2],
    [2_000, 2_000, 20],
    [2_001, 2_000, 20],
  ])('%i items: %i come, asked %i times', async (length, come, times) => {
    const { asked, ask } = listOf(length);
    const whole = await everyPage(ask);
    expect(whole.items).toHaveLength(come);
    expect(new Set(whole.items).size).toBe(come);
    expect(whole.nextCursor === null).toBe(come === length);
    expect(asked).toHaveLength(times);
    expect(asked[0]).toBeUndefined();
  });
});
