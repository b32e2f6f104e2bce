import type { ComparedFigures, ComparedRow } from '../../api-types.ts';
import type { CompareBy, CompareSearch, DeskSearch, Figure } from '../../app/routes.ts';

/** The columns of a comparison: what is shown, whether more is better, and the list behind it. Pure. */
export interface Measure {
  readonly key: Exclude<
    keyof ComparedFigures,
    'satisfied' | 'basicallySatisfied' | 'unsatisfied' | 'onTime' | 'firstTime' | 'rated'
  >;
  readonly kind: 'count' | 'share' | 'minutes';
  /** Of two periods the larger figure is better, worse, or neither. */
  readonly better: 'more' | 'less' | 'neither';
  readonly figure: Figure;
}

export const measures: readonly Measure[] = [
  { key: 'total', kind: 'count', better: 'neither', figure: 'all' },
  { key: 'done', kind: 'count', better: 'neither', figure: 'done' },
  { key: 'onTimeRate', kind: 'share', better: 'more', figure: 'on_time' },
  { key: 'late', kind: 'count', better: 'less', figure: 'late' },
  { key: 'firstTimeRate', kind: 'share', better: 'more', figure: 'first_time' },
  { key: 'secondVisit', kind: 'count', better: 'less', figure: 'second_visit' },
  { key: 'reopened', kind: 'count', better: 'less', figure: 'reopened' },
  { key: 'satisfaction', kind: 'share', better: 'more', figure: 'rated' },
  { key: 'acceptMinutes', kind: 'minutes', better: 'less', figure: 'all' },
  { key: 'arriveMinutes', kind: 'minutes', better: 'less', figure: 'all' },
  { key: 'resolveMinutes', kind: 'minutes', better: 'less', figure: 'done' },
];

export type MeasureKey = Measure['key'];

/** Better, worse or the same as before; null where one of the two is not known. */
export function trend({ better, key }: Measure, { now, before }: ComparedRow): 'better' | 'worse' | null {
  const [a, b] = [now[key], before?.[key] ?? null];
  if (better === 'neither' || a === null || b === null || a === b) return null;
  return a > b === (better === 'more') ? 'better' : 'worse';
}

export function sortRows(
  rows: readonly ComparedRow[],
  key: MeasureKey,
  isDescending: boolean,
): ComparedRow[] {
  const sign = isDescending ? -1 : 1;
  return [...rows].sort((one, other) => {
    const [a, b] = [one.now[key], other.now[key]];
    // What is not known stands last, whichever way round.
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
    return sign * (a - b) || other.now.total - one.now.total;
  });
}

const FILTER: Readonly<Record<CompareBy, (key: string) => DeskSearch>> = {
  worker: (assigneeId) => ({ assigneeId }),
  category: (category) => ({ category }),
  building: (building) => ({ building }),
  place: (scope) => ({ scope }),
  department: (scope) => ({ scope }),
};

/** The list that holds exactly what the figure counted; null for what has no list of its own (nobody's, nowhere). */
export function listOf(
  search: CompareSearch & { readonly from: string; readonly to: string },
  by: CompareBy,
  key: string | null,
  figure: Figure,
): DeskSearch | null {
  if (key === '') return null;
  return {
    queue: 'all',
    scope: search.scope,
    from: search.from,
    to: search.to,
    ...(key === null ? {} : FILTER[by](key)),
    figure,
    sort: 'created',
  };
}

/** The last thirty days, the last being today. */
export function lastDays(today: string, days: number): { from: string; to: string } {
  const from = new Date(Date.parse(`${today}T00:00:00Z`) - (days - 1) * 86_400_000);
  return { from: from.toISOString().slice(0, 10), to: today };
}
