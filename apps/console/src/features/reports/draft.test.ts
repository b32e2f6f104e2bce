import { describe, expect, test } from 'vitest';
import type { Kind } from './api.ts';
import { bodyOf, type Draft, draftOf, emptyDraft, ofKind } from './draft.ts';

const kind: Kind = {
  kind: 'on-time',
  title: 'On time',
  periods: ['yesterday', 'last_week', 'last_month'],
  hasScope: true,
  filters: [
    { name: 'by', label: 'Grouped', isNeeded: true, options: [{ value: 'category', label: 'By category' }] },
    { name: 'late', label: 'Late', isNeeded: false, options: [{ value: 'true', label: 'Late ones' }] },
  ],
  columns: [{ key: 'a', label: 'A' }],
};
const whole: Draft = { ...emptyDraft, ...ofKind(kind), name: ' Mine ', columns: ['a'] };

describe('a draft', () => {
  test('takes from its list what it needs, and no more', () => {
    expect(ofKind(kind)).toEqual({
      kind: 'on-time',
      period: 'last_month',
      filters: { by: 'category' },
      columns: [],
      about: '',
    });
  });
  test('becomes a report that comes back as the same draft', () => {
    const body = bodyOf(
      { ...whole, every: 'week', day: '3', filters: { by: 'category', late: '' } },
      4,
      'en',
    )!;
    expect(body).toMatchObject({
      expectedVersion: 4,
      name: 'Mine',
      filters: { by: 'category' },
      aboutScopeId: null,
      schedule: { every: 'week', day: 3, hour: 8, isWorkdaysOnly: true },
      keepDays: 90,
    });
    const { expectedVersion: version, ...rest } = body;
    const again = draftOf({
      ...rest,
      id: 'x',
      isOwn: true,
      ownerName: 'me',
      nextDueAt: null,
      stopped: null,
      version,
      updatedAt: '',
    });
    expect(bodyOf(again, 4, 'en')).toEqual(body);
  });
  test('of every workday has no day, and is never moved', () => {
    expect(bodyOf({ ...whole, every: 'workday' }, 0, 'en')?.schedule).toEqual({
      every: 'workday',
      day: null,
      hour: 8,
      isWorkdaysOnly: false,
    });
  });
  test.each([
    { name: ' ' },
    { kind: '' },
    { period: '' },
    { keepDays: '0' },
    { keepDays: '401' },
    { keepDays: 'x' },
  ])('is not whole with %o', (part) => {
    expect(bodyOf({ ...whole, ...part }, 0, 'en')).toBeNull();
  });
});
