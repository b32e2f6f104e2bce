import type { Figure, Queue } from '../../app/routes.ts';
import type { OverviewPer, OverviewSort } from '../../app/routes-overview.ts';
import type { OverviewFigures, OverviewStanding } from './api.ts';

/** What is shown of a group, which way is better, and the list behind each number. Pure. */

export interface Measure {
  readonly key: Exclude<
    keyof OverviewFigures,
    'satisfied' | 'basicallySatisfied' | 'unsatisfied' | 'onTime' | 'rated' | 'secondVisit'
  >;
  readonly kind: 'count' | 'share' | 'minutes';
  /** Of two periods the larger figure is better, worse, or neither. */
  readonly better: 'more' | 'less' | 'neither';
  readonly figure: Figure;
}

const measures = {
  total: { key: 'total', kind: 'count', better: 'neither', figure: 'all' },
  done: { key: 'done', kind: 'count', better: 'neither', figure: 'done' },
  onTimeRate: { key: 'onTimeRate', kind: 'share', better: 'more', figure: 'on_time' },
  late: { key: 'late', kind: 'count', better: 'less', figure: 'late' },
  firstTimeRate: { key: 'firstTimeRate', kind: 'share', better: 'more', figure: 'first_time' },
  reopened: { key: 'reopened', kind: 'count', better: 'less', figure: 'reopened' },
  satisfaction: { key: 'satisfaction', kind: 'share', better: 'more', figure: 'rated' },
  acceptMinutes: { key: 'acceptMinutes', kind: 'minutes', better: 'less', figure: 'all' },
  resolveMinutes: { key: 'resolveMinutes', kind: 'minutes', better: 'less', figure: 'done' },
} as const satisfies Record<string, Measure>;

/** On top, for the whole. */
export const headline: readonly Measure[] = [
  measures.total,
  measures.onTimeRate,
  measures.late,
  measures.firstTimeRate,
  measures.satisfaction,
  measures.reopened,
  measures.acceptMinutes,
  measures.resolveMinutes,
];

/** In the ranking, for each group. */
export const columns: readonly Measure[] = [
  measures.total,
  measures.done,
  measures.onTimeRate,
  measures.late,
  measures.firstTimeRate,
  measures.reopened,
  measures.satisfaction,
  measures.resolveMinutes,
];

/** What stands in the queues now, and the queue that holds it. */
export const standing: readonly {
  readonly key: keyof OverviewStanding;
  readonly queue: Queue;
}[] = [
  { key: 'late', queue: 'late' },
  { key: 'unassigned', queue: 'unassigned' },
  { key: 'open', queue: 'open' },
];

/** The columns one may rank by; of what is not here more would be neither worse nor better. */
export const sortOf: Partial<Record<Measure['key'], OverviewSort>> = {
  total: 'total',
  onTimeRate: 'on_time',
  satisfaction: 'satisfaction',
};

/** Better, worse or the same as before; null where one of the two is not known. */
export function trend(
  { better, key }: Measure,
  now: OverviewFigures,
  before: OverviewFigures | null,
): 'better' | 'worse' | null {
  const [a, b] = [now[key], before?.[key] ?? null];
  if (better === 'neither' || a === null || b === null || a === b) return null;
  return a > b === (better === 'more') ? 'better' : 'worse';
}

/** How many orders are behind what is shown. */
export function behind({ key }: Measure, figures: OverviewFigures): number {
  switch (key) {
    case 'onTimeRate':
      return figures.onTime;
    case 'firstTimeRate':
      return Math.round((figures.firstTimeRate ?? 0) * figures.done);
    case 'satisfaction':
      return figures.rated;
    case 'acceptMinutes':
      return figures.total;
    case 'resolveMinutes':
      return figures.done;
    default:
      return figures[key];
  }
}

export interface Size {
  readonly households: number | null;
  readonly areaM2: number | null;
}

/** A count for each thousand homes or ten thousand square metres; null where nobody lives or nothing was measured. */
export function countPer(count: number, per: OverviewPer, { households, areaM2 }: Size): number | null {
  if (per === 'count') return count;
  const [size, unit] = per === 'households' ? [households, 1_000] : [areaM2, 10_000];
  return size === null || size === 0 ? null : Math.round((count * unit * 10) / size + 1e-7) / 10;
}
