import { describe, expect, it } from 'vitest';
import type { ComparedFigures, ComparedRow } from '../../api-types.ts';
import { lastDays, listOf, measures, sortRows, trend } from './measures.ts';

const figures = (part: Partial<ComparedFigures>): ComparedFigures => ({
  total: 0,
  done: 0,
  onTime: 0,
  late: 0,
  onTimeRate: null,
  firstTime: 0,
  firstTimeRate: null,
  reopened: 0,
  secondVisit: 0,
  rated: 0,
  satisfied: null,
  basicallySatisfied: null,
  unsatisfied: null,
  satisfaction: null,
  acceptMinutes: null,
  arriveMinutes: null,
  resolveMinutes: null,
  ...part,
});
const row = (
  key: string,
  now: Partial<ComparedFigures>,
  before: Partial<ComparedFigures> | null = null,
): ComparedRow => ({
  key,
  label: key,
  labelEn: key,
  now: figures(now),
  before: before === null ? null : figures(before),
});
const measure = (key: string) => measures.find((one) => one.key === key)!;

describe('a comparison', () => {
  it('knows which way is better, and says nothing where nothing is known', () => {
    expect(trend(measure('onTimeRate'), row('a', { onTimeRate: 0.9 }, { onTimeRate: 0.8 }))).toBe('better');
    expect(trend(measure('late'), row('a', { late: 9 }, { late: 8 }))).toBe('worse');
    expect(trend(measure('late'), row('a', { late: 8 }, { late: 8 }))).toBeNull();
    expect(trend(measure('total'), row('a', { total: 9 }, { total: 8 }))).toBeNull();
    expect(trend(measure('resolveMinutes'), row('a', { resolveMinutes: 3 }))).toBeNull();
  });

  it('sorts what is not known last, both ways', () => {
    const rows = [row('none', {}), row('low', { satisfaction: 0.1 }), row('high', { satisfaction: 0.9 })];
    const keys = (isDescending: boolean) =>
      sortRows(rows, 'satisfaction', isDescending)
        .map(({ key }) => key)
        .join(' ');
    expect([keys(true), keys(false)]).toEqual(['high low none', 'low high none']);
  });

  it('opens the list of exactly what was counted', () => {
    const search = { scope: 's', from: '2026-11-01', to: '2026-11-30' };
    expect(listOf(search, 'worker', 'w', 'late')).toEqual({
      queue: 'all',
      scope: 's',
      from: '2026-11-01',
      to: '2026-11-30',
      assigneeId: 'w',
      figure: 'late',
      sort: 'created',
    });
    expect(listOf(search, 'place', 'p', 'done')).toMatchObject({ scope: 'p', figure: 'done' });
    expect(listOf(search, 'worker', null, 'all')).not.toHaveProperty('assigneeId');
    expect(listOf(search, 'worker', '', 'all')).toBeNull();
  });

  it('begins with thirty days that end today', () => {
    expect(lastDays('2026-03-01', 30)).toEqual({ from: '2026-01-31', to: '2026-03-01' });
  });
});
