import type { LocalDate } from '@gongzhi/kernel';
import type { Executor } from '../../platform/db/database.ts';
import { join, raw, sql, type Statement } from '../../platform/db/sql.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { withinReach } from '../places/index.ts';
import { stretchesOf } from './domain.ts';
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
  const folded = stretchesOf(input.from, input.to, today).map(({ of, sign, from, to }) => {
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

/**
 * Where something was reported in the period though nothing may stand there now: the places that are not in `known`, and
 * the streets and companies. In rows of scope_id, street_id, company_id, of which those that are not the part are null.
 */
export function reportedElsewhere(
  acting: Acting,
  { from, to }: Pick<SumsInput, 'from' | 'to'>,
  known: Statement,
): Statement {
  const during = sql`f.day >= ${from}::date and f.day <= ${to}::date and ${withinReach(acting.actor, 'f')} and ${accusedOf(acting)}`;
  const regions = (kind: RegionKind): Statement =>
    sql`s.scope_id in (${regionsOf(acting, kind)}) and exists (select from work_orders.figure_region_day f
        where f.scope_id = s.scope_id and f.kind = ${kind} and ${during})`;
  return sql`select s.scope_id, s.street_id, s.company_id from places.scope s
      where ${withinReach(acting.actor, 's')} and s.scope_id not in (${known})
        and exists (select from work_orders.figure_place f where f.scope_id = s.scope_id and ${during})
    union all select null, s.scope_id, null from places.scope s where ${regions('street')}
    union all select null, null, s.scope_id from places.scope s where ${regions('company')}`;
}
