import { addDays, type LocalDate, startOfDay } from '@gongzhi/kernel';
import type { Actor } from '../../platform/db/actor.ts';
import type { Wall } from '../places/index.ts';
import type { CellRow } from '../work-orders/index.ts';
import {
  figuresOf,
  type Per,
  perTenThousandMetres,
  perThousandHouseholds,
  seriesBy,
  seriesFrom,
  type Sort,
  spansOf,
  sumOf,
} from './domain.ts';
import type { Waiting } from './domain-groups.ts';
import type { GroupAnswer, OverviewAnswer } from './schemas.ts';

/** What was summed, as it is told: figures with the filter of the orders behind each. */

export interface Facts {
  readonly actor: Actor;
  /** Null where all that is within reach was asked for. */
  readonly narrowed: string | null;
  readonly from: LocalDate;
  readonly to: LocalDate;
  /** The instants at which the first of these days begins and the last ends. */
  readonly fromAt: Date;
  readonly toAt: Date;
  readonly timeZone: string;
  /** What a basically satisfied answer is worth. */
  readonly basically: number;
  readonly cells: readonly CellRow[];
  readonly walls: ReadonlyMap<string, Wall>;
  readonly categoryNames: ReadonlyMap<string, { readonly zh: string; readonly en: string }>;
  readonly sort: Sort;
  readonly per: Per;
}

type Filter = Exclude<OverviewAnswer['filter'], null>;

export function periodFilter(
  { fromAt, toAt, narrowed }: Pick<Facts, 'fromAt' | 'toAt' | 'narrowed'>,
  more: Filter = {},
): Filter {
  return {
    ...(narrowed === null ? {} : { scopeId: narrowed }),
    from: fromAt.toISOString(),
    to: toAt.toISOString(),
    ...more,
  };
}

export const standingFilter = ({ narrowed }: Facts): Filter =>
  narrowed === null ? {} : { scopeId: narrowed };

export function totalsView(
  facts: Pick<Facts, 'cells' | 'basically'>,
): Pick<OverviewAnswer, 'now' | 'before'> {
  const of = (isNow: boolean) =>
    figuresOf(sumOf(facts.cells.filter((cell) => cell.isNow === isNow)), facts.basically);
  return { now: of(true), before: of(false) };
}

export function seriesView(facts: Facts): Pick<OverviewAnswer, 'seriesBy' | 'series'> {
  const { to, timeZone, basically, narrowed } = facts;
  const from = seriesFrom(facts.from, to);
  const by = seriesBy(from, to);
  const at = (day: LocalDate) => new Date(startOfDay(day, timeZone));
  const days = new Map(facts.cells.flatMap((cell) => (cell.day === null ? [] : [[cell.day, cell] as const])));
  return {
    seriesBy: by,
    series: spansOf(from, to, by).map((span) => {
      const cells: CellRow[] = [];
      for (let day = span.from; day <= span.to; day = addDays(day, 1)) {
        const cell = days.get(day);
        if (cell !== undefined) cells.push(cell);
      }
      return {
        ...span,
        figures: figuresOf(sumOf(cells), basically),
        filter: periodFilter({ narrowed, fromAt: at(span.from), toAt: at(addDays(span.to, 1)) }),
      };
    }),
  };
}

export function categoriesView(facts: Facts): OverviewAnswer['categories'] {
  const { cells, categoryNames, basically } = facts;
  const codes = Map.groupBy(
    cells.filter((cell) => cell.category !== null),
    (cell) => cell.category ?? '',
  );
  return [...codes]
    .map(([code, rows]) => ({
      code,
      label: categoryNames.get(code)?.zh ?? code,
      labelEn: categoryNames.get(code)?.en ?? code,
      now: figuresOf(sumOf(rows.filter((row) => row.isNow === true)), basically),
      before: figuresOf(sumOf(rows.filter((row) => row.isNow === false)), basically),
      filter: periodFilter(facts, { category: code }),
    }))
    .filter(({ now, before }) => now.total > 0 || before.total > 0)
    .sort((a, b) => b.now.total - a.now.total || (a.code < b.code ? -1 : 1));
}

export function standingOf(rows: readonly Waiting[]): GroupAnswer['standing'] {
  const sum = { open: 0, unassigned: 0, late: 0 };
  for (const { open, unassigned, openLate } of rows) {
    sum.open += open;
    sum.unassigned += unassigned;
    sum.late += openLate;
  }
  return sum;
}

export function sizeView(
  size: { households: number; area: number },
  total: number,
): Pick<GroupAnswer, 'households' | 'areaM2' | 'perThousandHouseholds' | 'perTenThousandMetres'> {
  return {
    households: size.households === 0 ? null : size.households,
    areaM2: size.area === 0 ? null : size.area / 100,
    perThousandHouseholds: perThousandHouseholds(total, size),
    perTenThousandMetres: perTenThousandMetres(total, size),
  };
}
