import type { Executor } from '../../../platform/db/database.ts';
import { join, sql, type Statement } from '../../../platform/db/sql.ts';
import type { Acting } from '../../../platform/sessions/sessions.ts';
import { type ScopeRef, visibleTo, withinReach, withinScope } from '../reach.ts';
import { isLateSql, isOnTimeSql } from './on-time.ts';
import type { OnTimeFigures, OnTimeRow, ReportBy } from './schemas.ts';

export interface OnTimeInput {
  readonly by: ReportBy;
  readonly scope: ScopeRef | null;
  /** Created at or after, and before. */
  readonly from: Date | null;
  readonly to: Date | null;
  /** Months begin where the people live. */
  readonly timeZone: string;
  readonly now: Date;
}

interface CountedRow {
  key: string;
  label: string;
  labelEn: string;
  total: number;
  onTime: number;
  late: number;
  open: number;
}

/**
 * Groups first and names afterwards: the names of some hundred rows, not of every order. One pass over the
 * actor's orders.
 */
export async function onTimeRows(q: Executor, acting: Acting, input: OnTimeInput): Promise<OnTimeRow[]> {
  const where: Statement[] = [withinReach(acting.actor), visibleTo(acting)];
  if (input.scope !== null) where.push(withinScope(input.scope));
  if (input.from !== null) where.push(sql`o.created_at >= ${input.from}`);
  if (input.to !== null) where.push(sql`o.created_at < ${input.to}`);
  const shape = shapes[input.by](input);
  const rows = await q.query<CountedRow>(
    sql`with counted as materialized (
          select ${shape.key} as key, count(*)::integer as total, count(*) filter (where ${isOnTimeSql})::integer as on_time,
            count(*) filter (where ${isLateSql(input.now)})::integer as late, count(*) filter (where o.is_open)::integer as open
          from work_orders.work_order o where ${join(where, ' and ')} group by 1)
        select ${shape.name} as key, ${shape.label} as label, ${shape.labelEn} as "labelEn", c.total, c.on_time as "onTime", c.late, c.open
        from counted c ${shape.names} order by ${shape.order}`,
  );
  return rows.map(({ key, label, labelEn, ...counts }) => ({ key, label, labelEn, ...figuresOf(counts) }));
}

interface Shape {
  /** What orders are grouped by; and how a group is called. */
  readonly key: Statement;
  readonly name: Statement;
  readonly names: Statement;
  readonly label: Statement;
  readonly labelEn: Statement;
  readonly order: Statement;
}

const shapes: Record<ReportBy, (input: OnTimeInput) => Shape> = {
  category: () => ({
    key: sql`o.category_code`,
    name: sql`c.key`,
    names: sql`join work_orders.category n on n.code = c.key`,
    label: sql`n.name_zh`,
    labelEn: sql`n.name_en`,
    order: sql`c.total desc, c.key`,
  }),
  place: () => ({
    key: sql`o.scope_id`,
    name: sql`c.key::text`,
    names: sql`join places.scope n on n.scope_id = c.key`,
    label: sql`n.name`,
    labelEn: sql`n.name`,
    order: sql`c.total desc, n.name, c.key`,
  }),
  // Asking the zone's calendar for every order costs twice what the rest does. The beginnings of the months are
  // asked for once, and each order finds its place among them.
  month: ({ timeZone, now }) => ({
    key: sql`width_bucket(o.created_at, array(select m at time zone ${timeZone}
      from generate_series(timestamp '1900-01-01', ${now}::timestamptz at time zone ${timeZone}, interval '1 month') m order by m))`,
    name: sql`n.month`,
    names: sql`cross join lateral (select to_char(timestamp '1900-01-01' + (c.key - 1) * interval '1 month', 'YYYY-MM') as month) n`,
    label: sql`n.month`,
    labelEn: sql`n.month`,
    order: sql`n.month`,
  }),
};

export function figuresOf(counts: {
  total: number;
  onTime: number;
  late: number;
  open: number;
}): OnTimeFigures {
  const dueTotal = counts.onTime + counts.late;
  const { total, onTime, late, open } = counts;
  return { total, dueTotal, onTime, late, open, rate: dueTotal === 0 ? null : onTime / dueTotal };
}

export function totalsOf(rows: readonly OnTimeFigures[]): OnTimeFigures {
  const sum = (field: 'total' | 'onTime' | 'late' | 'open') => rows.reduce((all, row) => all + row[field], 0);
  return figuresOf({ total: sum('total'), onTime: sum('onTime'), late: sum('late'), open: sum('open') });
}
