import { sql, type Statement } from '../../platform/db/sql.ts';
import type { Figure } from './domain.ts';
import { isLateSql, isOnTimeSql } from './report/on-time.ts';

/**
 * What each figure of a comparison counts, once: the comparison counts by it and the list behind the figure is
 * narrowed by it, so the two cannot disagree. Conditions on work_orders.work_order as `o`.
 *
 * A report that was split is told by its parts, and a duplicate by the order it was merged into: neither is counted
 * itself, as done or as anything else.
 */
export const isCountedSql: Statement = sql`(o.part_count = 0 and o.duplicate_of_id is null)`;

/** Beyond being counted at all. */
export function figureSql(figure: Figure, now: Date): Statement {
  switch (figure) {
    case 'all':
      return sql`true`;
    case 'done':
      return sql`o.finished_at is not null`;
    case 'on_time':
      return isOnTimeSql;
    case 'late':
      return isLateSql(now);
    case 'first_time':
      return sql`(o.finished_at is not null and o.dispute_count = 0 and o.reopen_count = 0)`;
    case 'reopened':
      return sql`o.reopen_count > 0`;
    case 'second_visit':
      return sql`o.dispute_count > 0`;
    case 'rated':
      return sql`o.rating is not null`;
    case 'satisfied':
    case 'basically_satisfied':
    case 'unsatisfied':
      return sql`o.rating = ${figure}`;
  }
}
