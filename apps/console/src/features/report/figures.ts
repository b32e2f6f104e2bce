import type { ReportBy, ReportFigures, ReportRow } from '../../api-types.ts';
import type { DeskSearch, ReportSearch } from '../../app/routes.ts';

/** The report's arithmetic and its links: pure, so that plot and table cannot disagree. */

export type Column = 'label' | 'total' | 'dueTotal' | 'onTime' | 'late' | 'open' | 'rate';

export interface Order {
  column: Column;
  isDescending: boolean;
}

/** Months read in their order, everything else by size. */
export function firstOrder(by: ReportBy): Order {
  return by === 'month' ? { column: 'label', isDescending: false } : { column: 'total', isDescending: true };
}

/** Words begin at A, figures at the largest. */
export function nextOrder(now: Order, column: Column): Order {
  if (now.column === column) return { column, isDescending: !now.isDescending };
  return { column, isDescending: column !== 'label' };
}

export function sortRows(
  rows: readonly ReportRow[],
  { column, isDescending }: Order,
  nameOf: (row: ReportRow) => string,
): ReportRow[] {
  const sign = isDescending ? -1 : 1;
  return [...rows].sort((one, other) => {
    if (column === 'label')
      return sign * nameOf(one).localeCompare(nameOf(other), 'zh-CN', { numeric: true });
    const a = one[column];
    const b = other[column];
    // What has no rate stands last, whichever way round.
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
    return sign * (a - b) || other.total - one.total;
  });
}

/** What is neither on time nor late: still open within its time, without a deadline, or ended without being resolved. */
export function undecided({ total, onTime, late }: ReportFigures): number {
  return Math.max(0, total - onTime - late);
}

export type FigureKind = 'total' | 'onTime' | 'late' | 'open';

/** The list behind a figure. */
export function listOf(search: ReportSearch, by: ReportBy, key: string | null, kind: FigureKind): DeskSearch {
  const days =
    by === 'month' && key !== null ? withinMonth(key, search) : { from: search.from, to: search.to };
  return {
    queue: kind === 'open' ? 'open' : 'all',
    scope: by === 'place' && key !== null ? key : search.scope,
    category: by === 'category' && key !== null ? key : undefined,
    ...days,
    late: kind === 'late' ? true : kind === 'onTime' ? false : undefined,
    status: kind === 'onTime' ? 'finished,confirmed,closed' : undefined,
    sort: 'created',
  };
}

/** A month's days, no wider than the report's own. */
function withinMonth(month: string, { from, to }: ReportSearch): { from: string; to: string } {
  const [year = 1970, number = 1] = month.split('-').map(Number);
  const first = `${month}-01`;
  const last = new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
  return {
    from: from !== undefined && from > first ? from : first,
    to: to !== undefined && to < last ? to : last,
  };
}

export type Preset = 'all' | 'thisMonth' | 'lastMonth' | 'thisYear';
export const presets = ['all', 'thisMonth', 'lastMonth', 'thisYear'] as const satisfies readonly Preset[];

/** Ready-made ranges, seen from `today` (yyyy-mm-dd). */
export function rangeOf(preset: Preset, today: string): { from: string | undefined; to: string | undefined } {
  const [year = 1970, month = 1] = today.split('-').map(Number);
  const day = (y: number, m: number, d: number): string =>
    new Date(Date.UTC(y, m - 1, d)).toISOString().slice(0, 10);
  switch (preset) {
    case 'all':
      return { from: undefined, to: undefined };
    case 'thisMonth':
      return { from: day(year, month, 1), to: today };
    case 'lastMonth':
      return { from: day(year, month - 1, 1), to: day(year, month, 0) };
    case 'thisYear':
      return { from: day(year, 1, 1), to: today };
  }
}
