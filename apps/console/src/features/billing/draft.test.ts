import { describe, expect, it } from 'vitest';
import { draftOf, emptyDraft, ruleOf, scaledOf, termsOf, textOf } from './draft.ts';

describe('a tariff as it is typed', () => {
  it.each([
    ['2.3', 4, 23_000],
    ['0.4883', 4, 4_883],
    ['0.48831', 4, null],
    ['15', 0, 15],
    ['1.5', 0, null],
    ['.5', 2, null],
    ['-1', 2, null],
    ['1,5', 2, null],
    ['', 2, null],
  ])('%s with %i decimals is %s', (text, decimals, value) => {
    expect(scaledOf(text, decimals)).toBe(value);
    if (value !== null && decimals > 0) expect(scaledOf(textOf(value, decimals), decimals)).toBe(value);
  });

  it('is read back as what it was', () => {
    const typed = {
      ...emptyDraft(new Date('2026-11-23T00:00:00Z')),
      name: '居民电费',
      item: 'power',
      kind: 'tiered' as const,
      steps: '2880 0.4883\n4800 0.5383\n- 0.7883',
      source: '京发改〔2012〕831号',
      vacantPercent: '70',
      earlyDays: '5',
      earlyPercent: '2',
      surchargePerMille: '0.5',
    };
    const rule = ruleOf(typed);
    const terms = termsOf(typed);
    expect(rule).toEqual({
      kind: 'tiered',
      meter: 'power',
      steps: [
        { upToMilli: 2_880_000, rateE4: 4_883 },
        { upToMilli: 4_800_000, rateE4: 5_383 },
        { upToMilli: null, rateE4: 7_883 },
      ],
    });
    expect(terms).toEqual({
      dueDays: 15,
      vacantBp: 7_000,
      early: { withinDays: 5, shareBp: 200 },
      surcharge: { perDayE5: 50, graceDays: 0, capBp: 3_000 },
    });
    const again = draftOf({
      id: '',
      item: 'power',
      name: '居民电费',
      rule: rule!,
      terms: terms!,
      source: typed.source,
      validFrom: '2026-11-01',
      validTo: null,
      createdAt: '',
      createdByName: '',
      isCurrent: true,
    });
    expect(ruleOf(again)).toEqual(rule);
    expect(termsOf(again)).toEqual(terms);
  });

  it('is nothing while a figure is missing', () => {
    const draft = emptyDraft();
    expect(ruleOf(draft)).toBeNull();
    expect(ruleOf({ ...draft, kind: 'tiered', steps: '2880' })).toBeNull();
    expect(ruleOf({ ...draft, kind: 'heating', price: '30', cold: 'warm' })).toBeNull();
    expect(termsOf({ ...draft, dueDays: '' })).toBeNull();
    expect(termsOf({ ...draft, earlyPercent: '2' })).toBeNull();
  });
});
