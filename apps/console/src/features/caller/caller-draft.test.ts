import { describe, expect, it } from 'vitest';
import type { Category } from '../../api-types.ts';
import { type CallerDraft, freshDraft, missingIn, orderOf } from './caller-draft.ts';

const leak = { code: 'water.leak.home', kind: 'repair' } as Category;
const oxygen = { code: 'special.oxygen', kind: 'special_need' } as Category;
const draft = (more: Partial<CallerDraft> = {}): CallerDraft => ({
  ...freshDraft('s1'),
  householdId: 'h1',
  categoryCode: leak.code,
  description: ' dripping ',
  ...more,
});

describe('what a caller says', () => {
  it('is enough with a place, a matter and words', () => {
    expect(missingIn(draft(), leak)).toEqual([]);
    expect(missingIn(freshDraft(''), undefined)).toEqual(['scope', 'household', 'category', 'description']);
  });
  it('needs no household for a public spot, and a time for a special need', () => {
    expect(missingIn(draft({ place: 'public', householdId: '' }), leak)).toEqual([]);
    expect(missingIn(draft(), oxygen)).toEqual(['neededBy']);
  });
  it('asks for a number that can be called when anybody is named', () => {
    expect(missingIn(draft({ name: 'Wang' }), leak)).toEqual(['phone']);
    expect(missingIn(draft({ phone: '139 0000 0001' }), leak)).toEqual([]);
  });
  it('sends only what was said', () => {
    expect(orderOf(draft(), leak, '-')).toEqual({
      scopeId: 's1',
      categoryCode: 'water.leak.home',
      description: 'dripping',
      place: { type: 'home', householdId: 'h1' },
    });
    expect(
      orderOf(draft({ place: 'public', spot: ' gate ', phone: '13900000001' }), leak, 'caller'),
    ).toMatchObject({
      place: { type: 'public', spot: 'gate' },
      contact: { name: 'caller', phone: '13900000001' },
    });
  });
});
