import type { Executor } from '../../platform/db/database.ts';
import { join, raw, sql, type Statement } from '../../platform/db/sql.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { MEASURES, type Part } from './domain.ts';
import { figureSql, isCountedSql } from './queries-figures.ts';
import { partSql } from './queries-folding.ts';
import { gridOfSql, tellsGrid } from './queries-grid.ts';
import { notAccused, withinReach, withinScope } from './reach.ts';
import type { SumsInput } from './queries-sums.ts';
import { measureColumns } from './tables-figures.ts';

/**
 * What counts for each grid, from the orders themselves: a home may move to another grid, and what was summed for it would
 * stay behind. Asked for where few orders are looked at only.
 */
export interface GridRow extends Part {
  readonly scopeId: string;
  readonly gridId: string;
}

const sums = join(
  MEASURES.map((measure, i) =>
    measure === 'late'
      ? sql`sum(p.late_by_now)::bigint as late`
      : sql`sum(p.${raw(measureColumns[i] ?? '')})::bigint as ${raw(`"${measure}"`)}`,
  ),
  ', ',
);

function sumsOf(
  q: Executor,
  acting: Acting,
  { scope, now }: SumsInput,
  which: Statement,
): Promise<GridRow[]> {
  const within = scope === null ? sql`true` : withinScope(scope);
  return q.query<GridRow>(
    sql`select p.scope_id as "scopeId", p.grid_id as "gridId", ${sums}
      from (select o.scope_id, ${gridOfSql} as grid_id, ${partSql},
          coalesce(${isCountedSql} and ${figureSql('late', now)}, false)::integer as late_by_now
        from work_orders.work_order o
        where ${withinReach(acting.actor)} and ${within} and ${notAccused(acting)} and ${tellsGrid(acting)} and ${which}) p
      where p.grid_id is not null group by 1, 2`,
  );
}

/** What was reported in the period. */
export const sumsByGrid = (q: Executor, acting: Acting, input: SumsInput): Promise<GridRow[]> =>
  sumsOf(q, acting, input, sql`o.created_at >= ${input.fromAt} and o.created_at < ${input.toAt}`);

/** What stands in the queues now; of the other measures only those of what stands there mean something. */
export const standingByGrid = (q: Executor, acting: Acting, input: SumsInput): Promise<GridRow[]> =>
  sumsOf(q, acting, input, sql`o.is_open`);
