import type { Executor } from '../../platform/db/database.ts';
import { join, raw, sql, type Statement } from '../../platform/db/sql.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { type Measure, STANDING, type StandingMeasure } from './domain.ts';
import { figureSql, isCountedSql } from './queries-figures.ts';
import { partSqlOf } from './queries-folding.ts';
import { gridOfHomeSql, tellsGrid } from './queries-grid.ts';
import { notAccused, withinReach, withinScope } from './reach.ts';
import { type PeriodMeasure, periodMeasures, type SumsInput } from './queries-sums.ts';
import { columnOf } from './tables-figures.ts';

/**
 * What counts for each grid, from the orders themselves: a home may move to another grid, and what was summed for it would
 * stay behind. Asked for where few orders are looked at only.
 */
export type GridRow<Of extends Measure> = Readonly<Record<Of, number>> & {
  readonly scopeId: string;
  /** Of the homes of a grid, or of a matter of a building, which is its grid's (places: gridPartsOf); never of both. */
  readonly gridId: string | null;
  readonly buildingId: string | null;
};

function sumsOf<Of extends Measure>(
  q: Executor,
  acting: Acting,
  { scope, now }: SumsInput,
  measures: readonly Of[],
  which: Statement,
): Promise<GridRow<Of>[]> {
  const within = scope === null ? sql`true` : withinScope(scope);
  const sums = measures.map((measure) =>
    measure === 'late'
      ? sql`sum(p.late_by_now)::bigint as late`
      : sql`sum(p.${raw(columnOf(measure))})::bigint as ${raw(`"${measure}"`)}`,
  );
  return q.query<GridRow<Of>>(
    sql`select p.scope_id as "scopeId", p.grid_id as "gridId", p.building_id as "buildingId", ${join(sums, ', ')}
      from (select o.scope_id, case when o.household_id is not null then ${gridOfHomeSql} end as grid_id,
          case when o.household_id is null then o.building_id end as building_id, ${partSqlOf(measures)},
          coalesce(${isCountedSql} and ${figureSql('late', now)}, false)::integer as late_by_now
        from work_orders.work_order o
        where ${withinReach(acting.actor)} and ${within} and ${notAccused(acting)} and ${tellsGrid(acting)} and ${which}
          and (o.household_id is not null or o.building_id is not null) offset 0) p
      where p.grid_id is not null or p.building_id is not null group by 1, 2, 3`,
  );
}

/** What was reported in the period. */
export const sumsByGrid = (
  q: Executor,
  acting: Acting,
  input: SumsInput,
): Promise<GridRow<PeriodMeasure>[]> =>
  sumsOf(
    q,
    acting,
    input,
    periodMeasures,
    sql`o.created_at >= ${input.fromAt} and o.created_at < ${input.toAt}`,
  );

/** What stands in the queues now. */
export const standingByGrid = (
  q: Executor,
  acting: Acting,
  input: SumsInput,
): Promise<GridRow<StandingMeasure>[]> => sumsOf(q, acting, input, STANDING, sql`o.is_open`);
