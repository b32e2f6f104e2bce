import { describe, expect, it } from 'vitest';
import type { ReportRow } from '../../api-types.ts';
import { listOf, rangeOf, sortRows, undecided } from './figures.ts';

const row = (key: string, total: number, onTime: number, late: number): ReportRow => ({
  key,
  label: key,
  labelEn: key,
  total,
  onTime,
  late,
  dueTotal: onTime + late,
  open: 0,
  rate: onTime + late === 0 ? null : onTime / (onTime + late),
});
const keys = (rows: readonly ReportRow[]): string => rows.map(({ key }) => key).join(' ');
const rows = [row('b', 10, 5, 5), row('a', 30, 30, 0), row('c', 20, 0, 0)];

describe('the report’s figures', () => {
  it('sort by any column, those without a rate last both ways', () => {
    const by = (column: 'label' | 'total' | 'rate', isDescending: boolean) =>
      keys(sortRows(rows, { column, isDescending }, ({ label }) => label));
    expect(by('total', true)).toBe('a c b');
    expect(by('label', false)).toBe('a b c');
    expect(by('rate', true)).toBe('a b c');
    expect(by('rate', false)).toBe('b a c');
  });

  it('leave what is undecided as the rest', () => {
    expect(rows.map(undecided)).toEqual([0, 0, 20]);
  });

  it('open their lists', () => {
    const search = { from: '2026-09-10', to: '2026-11-05', scope: 's' };
    expect(listOf(search, 'category', 'leak', 'late')).toMatchObject({
      queue: 'all',
      category: 'leak',
      late: true,
      scope: 's',
    });
    expect(listOf(search, 'place', 'p', 'open')).toMatchObject({
      queue: 'open',
      scope: 'p',
      from: '2026-09-10',
    });
    expect(listOf(search, 'month', '2026-09', 'total')).toMatchObject({
      from: '2026-09-10',
      to: '2026-09-30',
    });
    expect(listOf(search, 'month', '2026-11', 'total')).toMatchObject({
      from: '2026-11-01',
      to: '2026-11-05',
    });
    expect(listOf({}, 'month', '2024-02', 'total')).toMatchObject({ from: '2024-02-01', to: '2024-02-29' });
  });

  it('have ranges that know the turn of the year', () => {
    expect(rangeOf('lastMonth', '2027-01-15')).toEqual({ from: '2026-12-01', to: '2026-12-31' });
    expect(rangeOf('thisYear', '2027-01-15')).toEqual({ from: '2027-01-01', to: '2027-01-15' });
    expect(rangeOf('all', '2027-01-15')).toEqual({ from: undefined, to: undefined });
  });
});
