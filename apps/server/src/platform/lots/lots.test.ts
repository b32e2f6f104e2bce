import { describe, expect, it } from 'vitest';
import { Lots } from './lots.ts';

interface Taken {
  readonly lot: readonly number[];
  go(): void;
  fail(): void;
}

/** Lots that lie open until the test lets them go. */
function aStore(lanes = 1, most = 3) {
  const taken: Taken[] = [];
  const lots = new Lots<number, string>({
    lanes,
    most,
    take: (lot) =>
      new Promise((resolve, reject) =>
        taken.push({
          lot,
          go: () => resolve(lot.map((n) => `took ${n}`)),
          fail: () => reject(new Error(`not ${lot.join()}`)),
        }),
      ),
  });
  return { lots, taken, sizes: () => taken.map(({ lot }) => lot) };
}
const turn = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('lots', () => {
  it('take what came meanwhile at once, no more than they hold, in the order it came', async () => {
    const { lots, taken, sizes } = aStore();
    const first = lots.add('a', 1);
    await turn();
    const later = [2, 3, 4, 5].map((n) => lots.add('a', n));
    await turn();
    expect(sizes()).toEqual([[1]]);
    taken[0]!.go();
    expect(await first).toBe('took 1');
    await turn();
    expect(sizes()).toEqual([[1], [2, 3, 4]]);
    taken[1]!.go();
    await turn();
    expect(sizes()).toEqual([[1], [2, 3, 4], [5]]);
    taken[2]!.go();
    expect(await Promise.all(later)).toEqual([2, 3, 4, 5].map((n) => `took ${n}`));
    // At rest again, the next one waits for nobody.
    const last = lots.add('a', 6);
    await turn();
    taken[3]!.go();
    expect(await last).toBe('took 6');
  });

  it('that fail are taken one by one: each answers for itself', async () => {
    const { lots, taken, sizes } = aStore();
    const all = [1, 2, 3].map((n) => lots.add('a', n).catch((error: Error) => error.message));
    await turn();
    taken[0]!.fail();
    await turn();
    expect(sizes()).toEqual([[1, 2, 3], [1]]);
    taken[1]!.go();
    await turn();
    taken[2]!.fail();
    await turn();
    taken[3]!.go();
    expect(sizes()).toEqual([[1, 2, 3], [1], [2], [3]]);
    expect(await Promise.all(all)).toEqual(['took 1', 'not 2', 'took 3']);
  });

  it('go on in the same lane while one that is taken by itself waits; its own key alone waits for it', async () => {
    const { lots, taken, sizes } = aStore();
    const held = [1, 2].map((n) => lots.add('held', n));
    const free = lots.add('free', 3);
    await turn();
    taken[0]!.fail();
    await turn();
    // Of each key one.
    expect(sizes()).toEqual([[1, 2, 3], [1], [3]]);
    taken[2]!.go();
    expect(await free).toBe('took 3');
    const [behind, later] = [lots.add('held', 4), lots.add('free', 5)];
    await turn();
    expect(sizes().slice(3)).toEqual([[5]]);
    taken[3]!.go();
    expect(await later).toBe('took 5');
    taken[1]!.go();
    await turn();
    expect(sizes().slice(4)).toEqual([[2]]);
    taken[4]!.go();
    await turn();
    expect(sizes().slice(5)).toEqual([[4]]);
    taken[5]!.go();
    expect(await Promise.all([...held, behind])).toEqual(['took 1', 'took 2', 'took 4']);
  });

  it('of one key are never under way at once; of others they are', async () => {
    const { lots, taken, sizes } = aStore(8);
    const keys = Array.from({ length: 40 }, (_, i) => `key ${i}`);
    const all = keys.map((key, i) => lots.add(key, i));
    await turn();
    expect(sizes().length).toBeGreaterThan(2);
    const under = sizes().flat();
    // What goes on with what is under way waits for it.
    const again = under.map((i) => lots.add(keys[i]!, 100 + i));
    await turn();
    expect(sizes().flat()).toEqual(under);
    for (let next = 0; next < taken.length; next++) {
      taken[next]!.go();
      await turn();
    }
    expect(await Promise.all([...all, ...again])).toHaveLength(40 + under.length);
  });
});
