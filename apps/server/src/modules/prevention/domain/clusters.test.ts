import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  clustersIn,
  findClusters,
  isAbout,
  type Matter,
  type Rules,
  risingOf,
  see,
  subjectKey,
  weeksOf,
} from './clusters.ts';
import { likeness, MOST_COMPARED, shareAlike, weigh } from './likeness.ts';

const DAY = 86_400_000;
const now = Date.UTC(2026, 10, 22);
const rules: Rules = {
  windowDays: 56,
  least: { facility: 3, building: 5, compound: 10 },
  alikeShare: 0.5,
  alikeLeast: 0.15,
  chance: 0.01,
  riseLeast: 4,
  mostProposed: 6,
  falseAlarms: 1,
};
let count = 0;
const matter = (daysAgo: number, more: Partial<Matter> = {}): Matter => ({
  id: `m${++count}`,
  at: now - daysAgo * DAY,
  teller: `t${count}`,
  category: 'lift.fault',
  buildingId: 'b1',
  facilityId: null,
  isHome: false,
  text: '电梯又停了',
  isCall: false,
  ...more,
});
/** One each week or so, so that nothing rises. */
const spread = (n: number, more: (i: number) => Partial<Matter> = () => ({})) =>
  Array.from({ length: n }, (_, i) => matter(54 - (i * 52) / n, more(i)));
const kinds = (matters: readonly Matter[], taken?: ReadonlySet<string>) =>
  findClusters(matters, now, rules, taken).map(({ subject }) => subject.kind);
const nothingInCommon = [
  '灯坏了',
  '窗户漏风',
  '墙皮掉落',
  '水压小',
  '门锁卡住',
  '地砖松动',
  '味道很大',
  '楼道堆物',
  '信箱丢失',
  '栏杆锈蚀',
];

describe('a cluster', () => {
  it.each([
    [2, []],
    [3, ['facility']],
  ])('of one facility is %i', (n, expected) => {
    expect(kinds(spread(n, () => ({ facilityId: 'f1', teller: 'guard' })))).toEqual(expected);
  });
  it.each([
    [4, []],
    [5, ['building']],
  ])('of one matter in one building is %i', (n, expected) => {
    expect(kinds(spread(n))).toEqual(expected);
  });
  it.each([
    [9, []],
    [10, ['compound']],
  ])('all over the compound in like words is %i', (n, expected) => {
    const everywhere = (i: number) => ({ buildingId: `b${i}`, isHome: true, text: `${i}号楼暖气不热` });
    expect(kinds(spread(n, everywhere))).toEqual(expected);
  });
  it('all over the compound in different words is wear and no cluster', () => {
    expect(kinds(spread(10, (i) => ({ buildingId: `b${i}`, text: nothingInCommon[i]! })))).toEqual([]);
  });
  it('counts to the edge of its window and not beyond', () => {
    const at = (days: number) => [days, 20, 10].map((one) => matter(one, { facilityId: 'f1' }));
    expect(kinds(at(56))).toEqual([]);
    expect(kinds(at(56 - 1 / 86_400_000))).toEqual(['facility']);
    expect(kinds([matter(-1, { facilityId: 'f1' }), ...at(30).slice(1)])).toEqual([]);
  });
  it('is nobody: one home’s own trouble, or one who writes ninety times', () => {
    expect(kinds(spread(9, () => ({ teller: 'h1', isHome: true })))).toEqual([]);
    expect(kinds(spread(90, () => ({ teller: 'u1' })))).toEqual([]);
    expect(kinds(spread(9, (i) => ({ teller: i === 0 ? 'h2' : 'h1', isHome: true })))).toEqual(['building']);
    // What staff find has no teller; a wall in the stairs is no person.
    expect(kinds(spread(5, () => ({ teller: null })))).toEqual(['building']);
  });
  it('takes the narrowest cause that explains most, and each matter once', () => {
    const matters = [
      ...spread(6, () => ({ facilityId: 'f1' })),
      ...spread(5, () => ({ buildingId: 'b2', category: 'water.main', text: '主管漏水' })),
    ];
    const found = findClusters(matters, now, rules);
    expect(found.map(({ subject }) => subject.kind)).toEqual(['facility', 'building']);
    const ids = found.flatMap((one) => one.ids);
    expect(new Set(ids).size).toBe(ids.length);
  });
  it('leaves alone what is spoken of already', () => {
    const matters = spread(6, () => ({ facilityId: 'f1' }));
    const [found] = findClusters(matters, now, rules);
    expect(kinds(matters, new Set([subjectKey(found!.subject)]))).toEqual([]);
    expect(matters.every((one) => isAbout(found!.subject, one))).toBe(true);
  });
  it('is found whatever the order, says only what was there, and proposes no more than is wanted', () => {
    const some = fc.array(
      fc.record({
        days: fc.integer({ min: 0, max: 70 }),
        buildingId: fc.constantFrom('b1', 'b2', null),
        facilityId: fc.constantFrom('f1', null, null),
        category: fc.constantFrom('a', 'b'),
        isHome: fc.boolean(),
        teller: fc.constantFrom('t1', 't2', null),
        text: fc.constantFrom('电梯停了', '漏水', '太吵'),
      }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(some, (list) => {
        const matters = list.map(({ days, ...more }, i) => ({ ...matter(days, more), id: `p${i}` }));
        const found = findClusters(matters, now, rules);
        const keys = (clusters: typeof found) =>
          clusters.map((one) => [subjectKey(one.subject), [...one.ids].sort()]);
        expect(keys(findClusters([...matters].reverse(), now, rules))).toEqual(keys(found));
        expect(found.length).toBeLessThanOrEqual(rules.mostProposed);
        for (const one of found) {
          expect(one.weeks.reduce((sum, n) => sum + n, 0)).toBe(one.ids.length);
          expect(one.reasons.length).toBeGreaterThan(0);
        }
        expect(new Set(found.map(({ subject }) => subjectKey(subject))).size).toBe(found.length);
      }),
    );
  });
});

describe('rising', () => {
  it('is judged by the last two weeks against the mean of those before', () => {
    // Two a fortnight are usual: six come by chance in 1.7 %, seven in 0.5 %.
    expect(risingOf([1, 1, 1, 1, 1, 1, 3, 3], rules)).toBeNull();
    expect(risingOf([1, 1, 1, 1, 1, 1, 3, 4], rules)).toEqual({ code: 'rising', recent: 7, expected: 2 });
  });
  it('takes four where nothing was for a rise, and three for chance', () => {
    expect(risingOf([0, 0, 0, 0, 0, 0, 0, 3], rules)).toBeNull();
    expect(risingOf([0, 0, 0, 0, 0, 0, 0, 4], rules)).toEqual({ code: 'rising', recent: 4, expected: 0.5 });
    expect(risingOf([4, 4], rules)).toBeNull();
  });
  it('makes a cluster of fewer than a repeat', () => {
    const four = [1, 2, 3, 4].map((days) => matter(days));
    expect(findClusters(four, now, rules)[0]?.reasons[0]).toMatchObject({ code: 'rising', recent: 4 });
  });
});

describe('weeks', () => {
  it('are seven days counted back from now', () => {
    const at = (days: number) => now - days * DAY;
    expect(weeksOf([at(0), at(6.99), at(7), at(13), at(14), at(21)], now, 3)).toEqual([1, 2, 2]);
    expect(weeksOf([at(-1)], now, 3)).toEqual([0, 0, 0]);
  });
});

describe('likeness', () => {
  const said = weigh(['3号楼电梯总是坏', '3号楼电梯又坏了', '小区门口停车收费太贵', '']);
  it('is 1 with itself, more of one matter than of two, nothing with nothing', () => {
    expect(likeness(said[0]!, said[0]!)).toBeCloseTo(1);
    expect(likeness(said[0]!, said[1]!)).toBeGreaterThan(likeness(said[0]!, said[2]!));
    expect(likeness(said[0]!, said[3]!)).toBe(0);
    expect(likeness(said[1]!, said[0]!)).toBeCloseTo(likeness(said[0]!, said[1]!));
  });
  it('of a group is the share that has a like one', () => {
    expect(shareAlike(said.slice(0, 2), 0.2)).toBe(1);
    expect(shareAlike(said.slice(0, 1), 0)).toBe(0);
    expect(shareAlike(said.slice(1, 3), 0.2)).toBe(0);
  });
  it('of a group is what comparing each with each would say', () => {
    const texts = fc.array(fc.string({ unit: fc.constantFrom(...'水漏灯坏梯停电压a1 '), maxLength: 12 }), {
      maxLength: 25,
    });
    fc.assert(
      fc.property(texts, fc.constantFrom(0.1, 0.15, 0.4, 0.9), (list, least) => {
        const all = weigh(list);
        const alike = all.filter((one, i) =>
          all.some((other, j) => i !== j && likeness(one, other) >= least),
        );
        const close = all.some((one, i) =>
          all.some((other, j) => i !== j && Math.abs(likeness(one, other) - least) < 1e-9),
        );
        fc.pre(!close);
        expect(shareAlike(all, least)).toBe(all.length < 2 ? 0 : alike.length / all.length);
      }),
    );
  });
});

describe('a flood', () => {
  /** No two of them share a word. */
  const stranger = (i: number) =>
    Array.from({ length: 30 }, (_, k) =>
      String.fromCodePoint(0x4e00 + ((i * 31 + k * 7_919 + i * k) % 20_000)),
    ).join('');
  const flood = (n: number, text: (i: number) => string) =>
    spread(n, (i) => ({ buildingId: null, category: 'noise', text: text(i) }));

  it('in words of which none is like another is looked through in slices, none of them long', () => {
    const seen = see(
      [
        ...flood(4_000, stranger),
        ...spread(6, () => ({ facilityId: 'f1', category: 'lift.fault' })),
        ...spread(5, () => ({ buildingId: 'b2', category: 'water.main', text: '主管漏水' })),
      ],
      now,
      rules,
    );
    let slices = 0;
    const looking = clustersIn(seen, rules.mostProposed, new Set());
    let slice = looking.next();
    for (; !slice.done; slice = looking.next()) slices++;
    expect(slice.value.map(({ subject }) => subject.kind)).toEqual(['facility', 'building']);
    // Each group once, not once for each round.
    expect(slices).toBeLessThan(10);
  });
  it('in like words says that its newest were compared', () => {
    const [found] = findClusters(
      flood(MOST_COMPARED + 1, () => '夜里施工太吵'),
      now,
      rules,
    );
    expect(found?.ids).toHaveLength(MOST_COMPARED + 1);
    expect(found?.reasons).toContainEqual({ code: 'alike_newest', share: 1, of: MOST_COMPARED });
    const [whole] = findClusters(
      flood(MOST_COMPARED, () => '夜里施工太吵'),
      now,
      rules,
    );
    expect(whole?.reasons).toContainEqual({ code: 'alike', share: 1 });
  });
});
