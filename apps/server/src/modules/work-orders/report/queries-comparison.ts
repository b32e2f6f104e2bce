import type { Executor } from '../../../platform/db/database.ts';
import { join, sql, type Statement } from '../../../platform/db/sql.ts';
import type { Acting } from '../../../platform/sessions/sessions.ts';
import { figureSql, isCountedSql } from '../queries-figures.ts';
import { type ScopeRef, visibleTo, withinReach, withinScope } from '../reach.ts';
import type { CompareBy } from './schemas-comparison.ts';

export interface ComparisonInput {
  readonly by: CompareBy;
  readonly scope: ScopeRef | null;
  readonly previousFrom: Date;
  readonly from: Date;
  readonly to: Date;
  readonly now: Date;
  /** Of these places alone, and then without a total: who names them tells that of all places. */
  readonly only?: readonly string[];
}

export interface CountedRow {
  /** Null in the total of all. */
  key: string | null;
  isTotal: boolean;
  isNow: boolean;
  label: string | null;
  total: number;
  done: number;
  onTime: number;
  late: number;
  firstTime: number;
  reopened: number;
  secondVisit: number;
  rated: number;
  satisfied: number;
  basicallySatisfied: number;
  unsatisfied: number;
  accept: number | null;
  arrive: number | null;
  resolve: number | null;
}

const keys: Record<CompareBy, Statement> = {
  worker: sql`o.assignee_account_id`,
  category: sql`o.category_code`,
  building: sql`o.building_id`,
  place: sql`o.scope_id`,
  // A dozen scopes are looked up once, not once an order.
  department: sql`o.scope_id`,
};

/**
 * The median of what was measured, in minutes; a duration that a bad clock made negative is none. date_part counts in
 * machine numbers: what extract gives is exact, and a quarter of the whole report went into its decimals. The way there is
 * that of what is done, as the sums have it (domain/times.ts).
 */
const median = (from: Statement, to: Statement): Statement =>
  sql`percentile_cont(0.5) within group (order by date_part('epoch', ${to} - ${from}) / 60) filter (where ${to} >= ${from})`;

/**
 * What is counted. Places that are named are read by themselves and by day: beside whose they are the planner takes them for
 * far fewer, and looks through all that was ever reported there and all that was reported anywhere then.
 */
function ordersOf(acting: Acting, { scope, previousFrom, to, only }: ComparisonInput): Statement {
  const reported = sql`o.created_at >= ${previousFrom} and o.created_at < ${to}`;
  const where: Statement[] = [withinReach(acting.actor), visibleTo(acting), isCountedSql];
  if (scope !== null) where.push(withinScope(scope));
  if (only === undefined) return sql`work_orders.work_order o where ${join([...where, reported], ' and ')}`;
  return sql`(select o.* from work_orders.work_order o where o.scope_id = any (${[...only]}::uuid[]) and ${reported} offset 0) o
    where ${join(where, ' and ')}`;
}

/**
 * Both periods in one pass over the orders that were reported in them; the total of all is counted with them, since
 * medians do not add up. Names come afterwards, for some hundred rows.
 */
export async function comparedRows(
  q: Executor,
  acting: Acting,
  input: ComparisonInput,
): Promise<CountedRow[]> {
  const { by, from, now } = input;
  const count = (figure: Parameters<typeof figureSql>[0]) =>
    sql`count(*) filter (where ${figureSql(figure, now)})::integer`;
  const key =
    by === 'department'
      ? sql`(select s.department_id from places.scope s where s.scope_id = o.scope_id)`
      : keys[by];
  return q.query<CountedRow>(
    sql`select c.key::text as key, c.is_total as "isTotal", c.is_now as "isNow", c.label, c.total, c.done, c.on_time as "onTime", c.late,
        c.first_time as "firstTime", c.reopened, c.second_visit as "secondVisit", c.rated, c.satisfied,
        c.basically_satisfied as "basicallySatisfied", c.unsatisfied, c.accept, c.arrive, c.resolve
      from (select o.key, grouping(o.key) = 1 as is_total, o.is_now, ${by === 'worker' ? sql`max(o.assignee_name)` : sql`null::text`} as label,
          count(*)::integer as total, ${count('done')} as done, ${count('on_time')} as on_time, ${count('late')} as late,
          ${count('first_time')} as first_time, ${count('reopened')} as reopened, ${count('second_visit')} as second_visit,
          ${count('rated')} as rated, ${count('satisfied')} as satisfied, ${count('basically_satisfied')} as basically_satisfied,
          ${count('unsatisfied')} as unsatisfied,
          ${median(sql`o.clock_start_at`, sql`o.accepted_at`)} as accept,
          ${median(sql`o.clock_start_at`, sql`case when o.finished_at is not null then o.arrived_at end`)} as arrive,
          ${median(sql`o.clock_start_at`, sql`o.finished_at`)} as resolve
        from (select ${key} as key, o.created_at >= ${from} as is_now, o.assignee_name, o.finished_at, o.resolve_late_at, o.resolve_due_at,
            o.is_open, o.dispute_count, o.reopen_count, o.rating, o.clock_start_at, o.accepted_at, o.arrived_at
          from ${ordersOf(acting, input)}) o
        group by grouping sets ((o.key, o.is_now)${input.only === undefined ? sql`, (o.is_now)` : sql``})) c
      order by c.is_total desc, c.is_now desc, c.total desc, c.key`,
  );
}

/** What the keys of a comparison are called. */
export async function namesOf(
  q: Executor,
  by: CompareBy,
  keysOf: readonly string[],
): Promise<Map<string, { label: string; labelEn: string }>> {
  interface Named {
    key: string;
    label: string;
    labelEn: string;
  }
  const read = (statement: Statement) => (keysOf.length === 0 ? [] : q.query<Named>(statement));
  const rows = await (() => {
    switch (by) {
      case 'category':
        return read(
          sql`select c.code as key, c.name_zh as label, c.name_en as "labelEn" from work_orders.category c where c.code = any (${[...keysOf]}::text[])`,
        );
      case 'building':
        return read(
          sql`select b.building_id as key, s.name || ' ' || b.name as label, s.name || ' ' || b.name as "labelEn"
            from places.building b join places.scope s on s.scope_id = b.scope_id where b.building_id = any (${[...keysOf]}::uuid[])`,
        );
      case 'place':
      case 'department':
        return read(
          sql`select s.scope_id as key, s.name as label, s.name as "labelEn" from places.scope s where s.scope_id = any (${[...keysOf]}::uuid[])`,
        );
      case 'worker':
        return [];
    }
  })();
  return new Map(rows.map(({ key, label, labelEn }) => [key, { label, labelEn }]));
}
