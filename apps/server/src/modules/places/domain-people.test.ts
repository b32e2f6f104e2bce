import { describe, expect, it } from 'vitest';
import { partsOfName, plainName, readSearch } from './domain-people.ts';

describe('what is typed at the desk is read as', () => {
  it.each([
    ['13800001234', { by: 'phone', phone: '13800001234' }],
    ['138 0000-1234', { by: 'phone', phone: '13800001234' }],
    ['+86 138 0000 1234', { by: 'phone', phone: '13800001234' }],
    ['8613800001234', { by: 'phone', phone: '13800001234' }],
    ['１３８００００１２３４', { by: 'phone', phone: '13800001234' }],
    ['6655123', { by: 'phone', phone: '6655123' }],
    ['010-66551234', { by: 'phone', phone: '01066551234' }],
    ['1234', { by: 'last_four', digits: '1234' }],
    ['123', null],
    ['665512', null],
    ['王秀英', { by: 'characters', characters: ['王', '秀', '英'] }],
    ['英', { by: 'characters', characters: ['英'] }],
    ['英英', { by: 'characters', characters: ['英'] }],
    ['王 秀英', { by: 'characters', characters: ['王', '秀', '英'] }],
    ['wxy', { by: 'initials', letters: 'wxy', name: 'wxy' }],
    ['ＷＸＹ', { by: 'initials', letters: 'wxy', name: 'wxy' }],
    ['w x y', { by: 'initials', letters: 'wxy', name: 'wxy' }],
    ['alexandra', { by: 'name', name: 'alexandra' }],
    ['王a', { by: 'name', name: '王a' }],
    ['· ', null],
    ['%', { by: 'name', name: '%' }],
  ])('%j', (words, search) => expect(readSearch(words)).toEqual(search));
});

describe('a name is found by its characters and the beginnings of its initials', () => {
  const readings: Record<string, string[]> = {
    单: ['shan', 'dan', 'chan'],
    秀: ['xiu'],
    英: ['ying'],
    乐: ['le', 'yue'],
  };
  const readingsOf = (name: string) => [...name].map((character) => readings[character] ?? []);
  it('in every plausible reading', () => {
    expect(partsOfName('单乐', readingsOf)).toEqual({
      characters: ['单', '乐'],
      initials: ['s', 'd', 'c', 'sl', 'sy', 'dl', 'dy', 'cl', 'cy'],
    });
  });
  it('each once', () => {
    expect(partsOfName('英英', readingsOf)).toEqual({ characters: ['英'], initials: ['y', 'yy'] });
  });
  it('in letters by its words', () => {
    expect(partsOfName('Mary-Jane O’Neill', () => [])).toEqual({
      characters: [],
      initials: ['m', 'mj', 'mjo'],
    });
  });
  it('never by more than a handful of rows', () => {
    const many = partsOfName('乐'.repeat(40), readingsOf);
    expect(many.initials.length).toBeLessThanOrEqual(8 * 24);
    expect(many.initials.every((letters) => letters.length <= 8)).toBe(true);
    expect(partsOfName('', readingsOf)).toEqual({ characters: [], initials: [] });
    expect(partsOfName('123', readingsOf)).toEqual({ characters: [], initials: [] });
  });
  it('with one spelling', () => {
    expect(plainName('阿卜杜拉·买买提')).toBe(plainName('阿卜杜拉 买买提'));
    expect(plainName(' Ｊohn  Smith ')).toBe('johnsmith');
  });
});
