import { raw, sql, type Statement } from '../../platform/db/sql.ts';
import type { Grain } from './domain.ts';

/** The first day of what the day in a column lies in, as domain/stretches.ts says it. */
export function firstDaySql(grain: Grain, column: string): Statement {
  const month = `date_trunc('month', ${column}::timestamp)::date`;
  const told: Record<Grain, string> = {
    day: column,
    pentad: `(${month} + 5 * least(5, (date_part('day', ${column})::integer - 1) / 5))`,
    month,
  };
  return sql`${raw(told[grain])}`;
}
