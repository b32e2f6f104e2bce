import type { LocalDate } from '@gongzhi/kernel';
import type { Executor } from '../../platform/db/database.ts';
import { join, raw, sql, type Statement } from '../../platform/db/sql.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { withinReach } from '../places/index.ts';
import { MONTHS_AND_DAYS, stretchesOf } from './domain.ts';
import {
  accusedOf,
  measured,
  periodMeasures,
  type PeriodSums,
  type SumsInput,
  sumsOf,
  unfolded,
} from './queries-sums.ts';

/** A city's streets and companies beside each other: their own kept sums, which are few, instead of those of its places. */

export type RegionKind = 'street' | 'company';

export interface RegionRow extends PeriodSums {
  readonly scopeId: string;
}

/** Streets lie in one city; a company may work in several, and each sees of it what is its own. */
const regionsOf = (acting: Acting, kind: RegionKind): Statement =>
  kind === 'street'
    ? sql`select s.scope_id from places.scope s where s.kind = 'street' and ${withinReach(acting.actor, 's')}`
    : sql`select s.scope_id from places.scope s where s.kind = 'company'`;

/** What was reported in the period, by street or by whose work it was. Asked by a city of all that it sees. */
export function sumsByRegion(
  q: Executor,
  acting: Acting,
  kind: RegionKind,
  input: SumsInput,
  today: LocalDate,
): Promise<RegionRow[]> {
  const folded = stretchesOf(input.from, input.to, today, MONTHS_AND_DAYS).map(({ of, sign, from, to }) => {
    const day = raw(`f.${of}`);
    return sql`select f.scope_id, ${measured(periodMeasures, sign)}
      from work_orders.${raw(of === 'day' ? 'figure_region_day' : 'figure_region_month')} f
      where f.scope_id = any (array(${regionsOf(acting, kind)})) and f.kind = ${kind} and ${withinReach(acting.actor, 'f')}
        and ${day} >= ${from}::date and ${day} <= ${to}::date and ${accusedOf(acting)}`;
  });
  const beside = unfolded({
    acting,
    input,
    measures: periodMeasures,
    key: (letter) => sql`${raw(`${letter}.${kind}_id`)} as scope_id`,
  });
  return q.query<RegionRow>(
    sql`select p.scope_id as "scopeId", ${sumsOf(periodMeasures)} from (${join([...folded, ...beside], ' union all ')}) p
      where p.scope_id is not null group by 1`,
  );
}

/** Streets or companies for which something was reported in the period, though nothing may stand there now: scope_id. */
export function regionsReported(
  acting: Acting,
  kind: RegionKind,
  { from, to }: Pick<SumsInput, 'from' | 'to'>,
): Statement {
  return sql`select r.scope_id from (${regionsOf(acting, kind)}) r cross join lateral (
      select from work_orders.figure_region_day f where f.scope_id = r.scope_id and f.kind = ${kind} and ${withinReach(acting.actor, 'f')}
        and f.day >= ${from}::date and f.day <= ${to}::date and ${accusedOf(acting)} limit 1) f`;
}

/** The same of places, of all but those that `known` tells: scope_id, and in what they lie. */
export function placesReported(
  acting: Acting,
  { from, to }: Pick<SumsInput, 'from' | 'to'>,
  known: Statement,
): Statement {
  // Looked up place by place; left to choose, the planner would read what was reported everywhere.
  return sql`select s.scope_id, s.department_id, s.community_id from places.scope s cross join lateral (
      select from work_orders.figure_place f where f.scope_id = s.scope_id and ${withinReach(acting.actor, 'f')}
        and f.day >= ${from}::date and f.day <= ${to}::date and ${accusedOf(acting)} limit 1) f
    where ${withinReach(acting.actor, 's')} and s.scope_id not in (${known})`;
}
