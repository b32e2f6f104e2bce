import type { LocalDate } from '@gongzhi/kernel';
import type { Executor } from '../../../platform/db/database.ts';
import { empty, sql, type Statement } from '../../../platform/db/sql.ts';
import type { Acting } from '../../../platform/sessions/sessions.ts';
import { onTimeSums, type SumsInput } from '../queries-sums.ts';
import type { OnTimeFigures, OnTimeRow, ReportBy } from './schemas.ts';

export interface OnTimeInput extends SumsInput {
  readonly by: ReportBy;
  readonly today: LocalDate;
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

/** Groups first and names afterwards: the names of some hundred rows. */
export async function onTimeRows(q: Executor, acting: Acting, input: OnTimeInput): Promise<OnTimeRow[]> {
  const shape = shapes[input.by];
  const rows = await q.query<CountedRow>(
    sql`with counted as materialized (${onTimeSums(acting, input, input.by, input.today)})
        select c.key::text as key, ${shape.label} as label, ${shape.labelEn} as "labelEn", c.total, c.on_time as "onTime", c.late, c.open
        from counted c ${shape.names} order by ${shape.order}`,
  );
  return rows.map(({ key, label, labelEn, ...counts }) => ({ key, label, labelEn, ...figuresOf(counts) }));
}

interface Shape {
  /** How a group is called. */
  readonly names: Statement;
  readonly label: Statement;
  readonly labelEn: Statement;
  readonly order: Statement;
}

const shapes: Record<ReportBy, Shape> = {
  category: {
    names: sql`join work_orders.category n on n.code = c.key`,
    label: sql`n.name_zh`,
    labelEn: sql`n.name_en`,
    order: sql`c.total desc, c.key`,
  },
  place: {
    names: sql`join places.scope n on n.scope_id = c.key`,
    label: sql`n.name`,
    labelEn: sql`n.name`,
    order: sql`c.total desc, n.name, c.key`,
  },
  month: {
    names: empty,
    label: sql`c.key`,
    labelEn: sql`c.key`,
    order: sql`c.key`,
  },
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
