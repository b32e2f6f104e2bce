import { describe, expect, it } from 'vitest';
import { gramsOf, soughtIn, wordsOf } from './grams.ts';

describe('words', () => {
  it.each([
    ['３号楼，水管－漏水 AB-12', ['3号楼', '水管', '漏水', 'ab', '12']],
    ['芍药居北里3-1-502', ['芍药居北里3', '1', '502']],
    ['Ａｐｐ　ＤＯＷＮ', ['app', 'down']],
    ["'; drop table--%_\\", ['drop', 'table']],
    ['\u202e\u200b水\u0000管', ['水', '管']],
    ['😀🚰', []],
    ['𠮷野家', ['𠮷野家']],
    ['', []],
    ['， ！', []],
  ])('%j', (text, words) => expect(wordsOf(text)).toEqual(words));

  it('of a long text are those of its beginning', () => {
    expect(wordsOf(`${'水 '.repeat(150)}漏水`)).toHaveLength(150);
  });
});

describe('pairs', () => {
  it('are of neighbouring characters, each once, as signed numbers of 32 bits', () => {
    expect(gramsOf('漏水漏水')).toHaveLength(2);
    expect(gramsOf('')).toEqual([]);
    expect(gramsOf('水')).toHaveLength(1);
    expect(gramsOf('𠮷野')).toEqual(gramsOf('𠮷野𠮷野').slice(0, 1));
    for (const gram of gramsOf('卫生间漏水 3号楼')) expect(gram | 0).toBe(gram);
  });

  it('are what is looked for, never a single character', () => {
    expect(soughtIn('水')).toBe(null);
    expect(soughtIn('， ！')).toBe(null);
    expect(soughtIn('水 管')).toBe(null);
    expect(soughtIn('水管')?.grams).toEqual(gramsOf('水管'));
    expect(soughtIn('漏水 水')?.words).toEqual(['漏水', '水']);
    expect(soughtIn('一二三四五六七八九十甲乙丙丁')?.grams).toHaveLength(8);
  });
});
