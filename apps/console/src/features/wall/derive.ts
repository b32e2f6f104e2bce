import { addDays } from '@gongzhi/kernel/time.ts';
import type { OverviewData, WallData } from './api.ts';

/** What the wall says of what it read. Pure. */

export const LEVELS = ['calm', 'open', 'late', 'grave'] as const;
export type Level = (typeof LEVELS)[number];
/** From so many overdue on a place stands out among those that have some. */
export const GRAVE = 5;

export function levelOf({ open, late }: { readonly open: number; readonly late: number }): Level {
  return late >= GRAVE ? 'grave' : late > 0 ? 'late' : open > 0 ? 'open' : 'calm';
}

type Group = OverviewData['places'][number];
export interface Ranking {
  readonly of: 'streets' | 'communities' | 'places';
  readonly rows: readonly Group[];
}

/** The widest comparison there is: of streets, of communities where there is one street, else of places. Worst first. */
export function rankingOf(overview: OverviewData, most: number): Ranking {
  const of = overview.by === 'street' ? 'streets' : overview.by === 'community' ? 'communities' : 'places';
  return { of, rows: overview[of].slice(0, most) };
}

/** Asked for by street it is told by place, of which one wants to see each by name: a street's compounds, no more. */
export const areTooMany = ({ by, counts }: Pick<OverviewData, 'by' | 'counts'>): boolean =>
  by !== 'street' && counts.place > LONGEST_RANKING && counts.community > 1;
const LONGEST_RANKING = 30;

export interface Day {
  readonly day: string;
  readonly total: number;
  readonly late: number;
}
export interface Trend {
  readonly days: readonly Day[];
  readonly most: number;
  readonly least: number;
  readonly today: number;
}

export function trendOf({ series }: Pick<OverviewData, 'series'>): Trend {
  const days = series.map(({ from, figures }) => ({ day: from, total: figures.total, late: figures.late }));
  const totals = days.map(({ total }) => total);
  return {
    days,
    most: Math.max(0, ...totals),
    least: totals.length === 0 ? 0 : Math.min(...totals),
    today: totals.at(-1) ?? 0,
  };
}

export interface MainFigures {
  readonly today: number;
  readonly yesterday: number;
  readonly open: number;
  readonly unassigned: number;
  readonly late: number;
  readonly dueHour: number;
  /** Of what was reported in the days that end today, and yesterday; null of nothing. */
  readonly onTime: number | null;
  readonly onTimeYesterday: number | null;
}

export function mainFiguresOf(overview: OverviewData): MainFigures {
  const at = (day: string) => overview.series.find(({ from }) => from === day)?.figures;
  const yesterday = at(addDays(overview.today, -1));
  const { open, unassigned, late, dueHour } = overview.standing;
  return {
    today: at(overview.today)?.total ?? 0,
    yesterday: yesterday?.total ?? 0,
    open,
    unassigned,
    late,
    dueHour,
    onTime: overview.now.onTimeRate,
    onTimeYesterday: yesterday?.onTimeRate ?? null,
  };
}

/** For how long an order has been overdue; null where only an earlier step was late. */
export function overdueFor(
  { resolveDueAt }: Pick<WallData['overdue'][number], 'resolveDueAt'>,
  now: number,
): number | null {
  if (resolveDueAt === null) return null;
  const over = now - Date.parse(resolveDueAt);
  return over > 0 ? over : null;
}

/** Whole days, else whole hours, else as it is: nobody across the room needs more, and there is room for the matter. */
export function roughly(ms: number): number {
  const unit = [24 * HOUR, HOUR].find((one) => ms >= one);
  return unit === undefined ? ms : Math.floor(ms / unit) * unit;
}
const HOUR = 3_600_000;

/** Reported within the last minute: it glows once. */
export function isFresh(createdAt: string, now: number): boolean {
  return now - Date.parse(createdAt) < 60_000;
}

export type Connection = 'live' | 'late' | 'lost' | 'refused' | 'signedOut';

/** What can be said of the figures that hang there. `status`: of the answer that failed last; 0: there was none. */
export function connectionOf(isLineLost: boolean, status: number | null): Connection {
  if (status === 401) return 'signedOut';
  if (status === 403 || status === 404) return 'refused';
  if (status !== null) return 'lost';
  return isLineLost ? 'late' : 'live';
}

const EVERY_SECONDS: Readonly<Record<Connection, number>> = {
  // Deadlines run out without an event.
  live: 60,
  late: 15,
  lost: 5,
  refused: 30,
  signedOut: 10,
};
export const secondsBetween = (connection: Connection): number => EVERY_SECONDS[connection];

/** So long at least between two readings that events ask for, in ms: a large city has one every second. */
const SHORTEST_PAUSE = 2_000;
/** An event seldom comes alone. */
const GATHER = 800;

/** When to read again after an event, in ms from now: a server that needs long is left alone for longer. */
export function pauseAfter(read: { readonly endedAt: number; readonly tookMs: number }, now: number): number {
  return Math.max(GATHER, read.endedAt + Math.max(SHORTEST_PAUSE, 4 * read.tookMs) - now);
}

const NIGHT_HOUR = 4;
const HALF_DAY = 12 * HOUR;

/** A page that hangs for months takes the newest version at night, and only from a server that answers. */
export function wantsNewVersion(page: {
  readonly hour: number;
  readonly openForMs: number;
  readonly connection: Connection;
}): boolean {
  return page.hour === NIGHT_HOUR && page.openForMs > HALF_DAY && page.connection === 'live';
}
