import { describe, expect, it } from 'vitest';
import { buildingPattern, foundBy, homePattern, readHome } from './domain-search.ts';

describe('a home', () => {
  it.each([
    ['3-1-502', [], ['3', '1', '502']],
    ['３－１－５０２', [], ['3', '1', '502']],
    ['3号楼1单元502', [], ['3', '1', '502']],
    ['3号楼 1单元 502室', [], ['3', '1', '502']],
    ['3 1 5', [], ['3', '1', '5']],
    ['芍药居北里3-1-502', ['芍药居北里'], ['3', '1', '502']],
    ['芍药居 北里 3#502', ['芍药居', '北里'], ['3', '502']],
    ['syj 3-502', ['syj'], ['3', '502']],
    // The number of a lane belongs to the name.
    ['农光里1号院 3-1-502', ['农光里1号院'], ['3', '1', '502']],
    ['农光里1号院3号楼', ['农光里1号院'], ['3']],
    ['502', [], ['502']],
    ['502a', [], ['502a']],
    ['Building 3 Unit 1 Room 502', ['building'], ['3', '1', '502']],
  ])('%s', (text, name, numbers) => expect(readHome(text)).toEqual({ name, numbers }));

  it.each(['13912345678', '20261122-7K4QM-X', '漏水', '3号楼漏水', '1-2-3-4', '', 'ab12cd'])(
    'is not %s',
    (text) => expect(readHome(text)).toBe(null),
  );

  // The patterns are PostgreSQL's; these use nothing in which JavaScript differs.
  const label = (numbers: string[], of: string) => new RegExp(homePattern(numbers), 'i').test(of);
  it.each([
    [['3', '2', '601'], '3号楼2单元601', true],
    [['3', '2', '6'], '3号楼2单元601', true],
    [['3', '601'], '3号楼2单元601', true],
    [['601'], '3号楼2单元601', true],
    [['3', '2', '601'], '13号楼2单元601', false],
    [['3', '601'], '13号楼3单元601', false],
    [['3', '2', '601'], '3号楼12单元601', false],
    [['3', '1', '601'], '3号楼2单元601', false],
    [['3', '2', '601'], '甲3号楼2单元601', true],
    [['3', '01'], '3号楼2单元601', false],
    [['3', '2', '501'], '3号楼02单元501', true],
  ])('%j is %s: %s', (numbers, of, is) => expect(label(numbers, of)).toBe(is));
});

it('gives up on a long text that is nearly a home', () => {
  expect(readHome(`1${'号楼'.repeat(49)}吗`)).toBeNull();
  expect(readHome(`1${'号楼'.repeat(48)}2`)?.numbers).toEqual(['1', '2']);
});

it.each([
  ['3', '3号楼', true],
  ['3', '13号楼', false],
  ['3', '甲3号楼', true],
  ['3', '3', true],
  ['3', '30号楼', false],
])('building %s is %s: %s', (number, name, is) =>
  expect(new RegExp(buildingPattern(number)).test(name)).toBe(is),
);

describe('a name is found by', () => {
  it.each([
    ['芍药居', ['shao', 'yao', 'ju'], '芍药居 syj shaoyaoju'],
    ['CBD 国贸', ['c', 'b', 'd', ' ', 'guo', 'mao'], 'cbd 国贸 cbdgm cbdguomao'],
    ['甲1号院', ['jia', '1', 'hao', 'yuan'], '甲1号院 j1hy jia1haoyuan'],
    ['', [], ''],
  ])('%s', (name, syllables, found) => expect(foundBy(name, () => syllables)).toBe(found));
});
