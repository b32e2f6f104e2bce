import { describe, expect, it } from 'vitest';
import { type Suggestible, suggestCategories } from './suggest.ts';

const category = (
  code: string,
  nameZh: string,
  nameEn: string,
  more: Partial<Suggestible> = {},
): Suggestible => ({
  code,
  nameZh,
  nameEn,
  keywordsZh: [],
  keywordsEn: [],
  place: 'both',
  isEmergency: false,
  ...more,
});
const list = [
  category('leak', '家中漏水', 'Water leak at home', {
    keywordsZh: ['漏水', '滴水'],
    keywordsEn: ['leak', 'drip'],
    place: 'home',
  }),
  category('roof', '屋顶漏水', 'Roof leak', { keywordsZh: ['楼顶'], place: 'public' }),
  category('trapped', '电梯困人', 'Trapped in the lift', {
    keywordsZh: ['被困'],
    keywordsEn: ['stuck'],
    isEmergency: true,
  }),
  category('lift', '电梯停运', 'Lift out of service', { keywordsEn: ['elevator'] }),
];
const codes = (text: string, place: 'home' | 'public' | null = null, limit?: number): string[] =>
  suggestCategories(text, list, place, limit).map((c) => c.code);

describe('suggestCategories', () => {
  it('finds by a keyword inside a sentence', () => {
    expect(codes('厨房一直漏水怎么办')[0]).toBe('leak');
    expect(codes('the pipe in my kitchen has a leak')[0]).toBe('leak');
  });
  it('finds while one is still typing', () => {
    expect(codes('漏')).toEqual(['leak', 'roof']);
    expect(codes('elev')).toEqual(['lift']);
    expect(codes('leaking')).toContain('leak');
  });
  it('puts the emergency first among equals', () => {
    expect(codes('电梯')[0]).toBe('trapped');
  });
  it('leaves out what cannot be at that place', () => {
    expect(codes('漏水', 'public')).toEqual(['roof']);
  });
  it('says nothing to nothing', () => {
    expect(codes('')).toEqual([]);
    expect(codes('   ')).toEqual([]);
    expect(codes('the of my')).toEqual([]);
    expect(codes('🙂!?')).toEqual([]);
  });
  it('keeps to the limit, and reads full-width letters', () => {
    expect(codes('漏水', null, 1)).toHaveLength(1);
    expect(codes('LEAK')).toContain('leak');
  });
});
