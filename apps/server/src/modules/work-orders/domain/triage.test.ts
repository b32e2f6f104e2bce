import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ask, type Example, fitSigmoid, type Model, teach } from './triage.ts';
import { pack, unpack } from './triage-bytes.ts';

function taught(examples: readonly Example[], options = {}): Model {
  const steps = teach(examples, { buckets: 4_096, ...options });
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

const where = ['厨房', '卫生间', '阳台', '楼道', '地下室', '门口', '二楼', '客厅'];
const when = ['今天', '昨晚', '刚才', '一直', '又', '早上', '这几天'];
const said: Readonly<Record<string, readonly string[]>> = {
  leak: ['水管漏水', '龙头滴水', '下水道返水'],
  power: ['停电了', '灯不亮', '电闸跳了'],
  noise: ['邻居太吵', '装修噪音', '半夜放音乐'],
};
const all: Example[] = Object.entries(said).flatMap(([label, matters]) =>
  where.flatMap((place) =>
    when.flatMap((time) => matters.map((matter) => ({ text: `${place}${time}${matter}`, label }))),
  ),
);

describe('triage', () => {
  const model = taught(all);

  it('answers what it was taught, and says what in the text spoke for it', () => {
    const [best] = ask(model, '3号楼厨房水管漏水了，麻烦看看');
    expect(best?.label).toBe('leak');
    expect(best?.confidence).toBeGreaterThan(0.8);
    expect(best?.words.join()).toMatch(/水管|漏水/);
    for (const word of best?.words ?? []) expect('3号楼厨房水管漏水了，麻烦看看').toContain(word);
    expect(ask(model, '半夜邻居吵')[0]?.label).toBe('noise');
  });

  it('says nothing to what holds nothing it knows', () => {
    for (const text of ['', '  ', '12345', '😀', 'zzz', '龘龘龘']) expect(ask(model, text)).toEqual([]);
    expect(ask(taught([]), '水管漏水')).toEqual([]);
  });

  it('is less sure of what speaks for two than of what speaks for one', () => {
    const sure = ask(model, '水管漏水')[0]!.confidence;
    const torn = ask(model, '水管漏水，停电了')[0]!.confidence;
    expect(torn).toBeLessThan(sure);
  });

  it('its confidence is how often it is right, on labels that are partly wrong', () => {
    // Every fourth label is drawn wrongly: nobody can be right more often than three times in four.
    const labels = Object.keys(said);
    const noisy = all.map((one, i) => (i % 4 === 0 ? { ...one, label: labels[(i / 4) % 3]! } : one));
    const doubtful = taught(noisy);
    const mean = all.reduce((sum, one) => sum + ask(doubtful, one.text)[0]!.confidence, 0) / all.length;
    expect(mean).toBeGreaterThan(0.6);
    expect(mean).toBeLessThan(0.95);
    expect(doubtful.rightFirst).toBeLessThan(doubtful.asked);
  });

  it('forgets what only one report said', () => {
    const name = '王秀英';
    // As many buckets as in earnest: in few of them a name shares its bucket with a word.
    const named = taught([...all, { text: `${name}家漏水`, label: 'leak' }], { buckets: 2 ** 18 });
    expect(ask(named, name)).toEqual([]);
  });

  it('is the same from the same examples, and the same again after it was packed', () => {
    const again = taught(all);
    expect(again).toEqual(model);
    const kept = unpack(pack(model));
    for (const { text, label } of all.slice(0, 200)) {
      const [before, after] = [ask(model, text)[0]!, ask(kept, text)[0]!];
      expect(after.label).toBe(label);
      expect(Math.abs(after.confidence - before.confidence)).toBeLessThan(0.05);
    }
  });

  it('gives shares between 0 and 1, best first, whatever is asked', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...'水管漏停电灯邻居吵a1 '), fc.string())), (pieces) => {
        const answers = ask(model, pieces.join(''));
        for (const [i, { confidence }] of answers.entries()) {
          expect(confidence).toBeGreaterThanOrEqual(0);
          expect(confidence).toBeLessThanOrEqual(1);
          if (i > 0) expect(confidence).toBeLessThanOrEqual(answers[i - 1]!.confidence);
        }
      }),
    );
  });
});

describe('fitSigmoid', () => {
  const at = ({ steepness, height }: { steepness: number; height: number }, x: number) =>
    1 / (1 + Math.exp(-(steepness * x + height)));
  it('finds the share that was right', () => {
    const clear = Array.from({ length: 400 }, (_, i) => i % 2);
    // Of the clear ones nine in ten were right, of the unclear ones five in ten.
    const isRight = clear.map((x, i) =>
      x === 1 ? Math.floor(i / 2) % 10 !== 0 : Math.floor(i / 2) % 2 === 0,
    );
    const curve = fitSigmoid(clear, isRight);
    expect(at(curve, 1)).toBeCloseTo(0.9, 1);
    expect(at(curve, 0)).toBeCloseTo(0.5, 1);
  });
  it('promises little after few examples', () => {
    expect(at(fitSigmoid([1, 1], [true, true]), 1)).toBeLessThan(0.9);
    expect(at(fitSigmoid([], []), 1)).toBeLessThan(0.9);
  });
});
