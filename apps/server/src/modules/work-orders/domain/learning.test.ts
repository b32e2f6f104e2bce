import { suggestCategories } from '@gongzhi/kernel/suggest.ts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { catalogue } from '../catalogue/index.ts';
import { tradeWordsIn } from '../catalogue/lexicon.ts';
import { type Correction, learn, LEAST_EVIDENCE } from './learning.ts';

const text = '王秀英家水表箱里一直滴水，电话13800001111';
const first = (taught: readonly Correction[], said = text) =>
  suggestCategories(said, catalogue, null, 1, learn(taught))[0]?.code;

it('keeps the words of the trade and nothing that could name anybody', () => {
  expect(tradeWordsIn(text)).toEqual(['水表', '水表箱', '滴水'].sort());
  expect(tradeWordsIn('Mrs Wang at 3-2-601: the TAP drips, tapestry')).toEqual(['tap']);
  expect(tradeWordsIn('王秀英 13800001111')).toEqual([]);
});

it('a planted confusion is learnt after so many corrections, and not before', () => {
  const wrong = first([]) as string;
  const right = 'water.pressure';
  expect(catalogue.some(({ code }) => code === right)).toBe(true);
  expect(wrong).not.toBe(right);
  const correction = { words: tradeWordsIn(text), suggestedCode: wrong, chosenCode: wrong, finalCode: right };
  const after = (n: number) => first(Array.from({ length: n }, () => correction));
  for (let n = 1; n < LEAST_EVIDENCE; n++) expect([n, after(n)]).toEqual([n, wrong]);
  expect(after(LEAST_EVIDENCE)).toBe(right);
  // What it knows of other words is as it was.
  expect(
    first(
      Array.from({ length: 9 }, () => correction),
      '电梯里有人被困',
    ),
  ).toBe('lift.trapped');
  // And it is taken back when the desk changes its mind.
  const back = { ...correction, suggestedCode: right, chosenCode: right, finalCode: wrong };
  expect(
    first([...Array.from({ length: 3 }, () => correction), ...Array.from({ length: 4 }, () => back)]),
  ).toBe(wrong);
});

it('learns from English as from Chinese', () => {
  const said = 'the meter box drips';
  const wrong = first([], said) as string;
  const right = 'water.pressure';
  const correction = { words: tradeWordsIn(said), suggestedCode: wrong, chosenCode: wrong, finalCode: right };
  expect(tradeWordsIn(said)).toContain('meter');
  expect(
    first(
      Array.from({ length: 5 }, () => correction),
      said,
    ),
  ).toBe(right);
});

it('weighs alike whatever the order, within its bounds, and counts one mistake once', () => {
  const code = fc.constantFrom('a', 'b', 'c');
  const correction = fc.record({
    words: fc.uniqueArray(fc.constantFrom('x', 'y', 'z'), { minLength: 1 }),
    suggestedCode: fc.option(code),
    chosenCode: code,
    finalCode: code,
  });
  const key = (list: ReturnType<typeof learn>) =>
    JSON.stringify(list.map((one) => JSON.stringify(one)).sort());
  fc.assert(
    fc.property(fc.array(correction, { maxLength: 30 }), (list) => {
      const learnt = learn(list);
      expect(key(learn([...list].reverse()))).toBe(key(learnt));
      for (const { weight, evidence } of learnt) {
        expect(Math.abs(weight)).toBeLessThan(20);
        if (evidence < LEAST_EVIDENCE) expect(weight).toBe(0);
      }
    }),
  );
  const twice = { words: ['x'], suggestedCode: 'a', chosenCode: 'a', finalCode: 'b' };
  expect(learn([twice]).find((one) => one.code === 'a')?.evidence).toBe(1);
});
