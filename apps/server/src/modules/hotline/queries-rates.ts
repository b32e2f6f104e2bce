import type { Executor } from '../../platform/db/database.ts';
import { empty, join, sql, type Statement } from '../../platform/db/sql.ts';
import type { Satisfaction } from './domain.ts';

/** What is counted of callbacks and cases, grouped: the sums behind every figure. */
export const GROUPS = ['unit', 'street', 'topic', 'month'] as const;
export type Group = (typeof GROUPS)[number];

export interface CountRow {
  readonly key: string;
  readonly name: string;
  readonly received: number;
  readonly replied: number;
  readonly called: number;
  readonly excluded: number;
  readonly valid: number;
  readonly contacted: number;
  readonly solved: number;
  readonly satisfied: number;
  readonly basically: number;
}

/** The group of a case and of a callback; a callback counts for who led then. */
function keysOf(by: Exclude<Group, 'month'>): { ofCase: Statement; ofCallback: Statement; name: Statement } {
  if (by === 'topic') return { ofCase: sql`c.topic`, ofCallback: sql`c.topic`, name: sql`k.key` };
  const ofCase =
    by === 'unit'
      ? sql`coalesce(c.lead_unit_id, c.holder_unit_id)::text`
      : sql`coalesce(c.street_id::text, '')`;
  return {
    ofCase,
    ofCallback: by === 'unit' ? sql`b.unit_id::text` : ofCase,
    name: sql`coalesce(s.name, '')`,
  };
}

export function countByGroup(
  q: Executor,
  cityId: string,
  by: Group,
  from: Date,
  to: Date,
): Promise<CountRow[]> {
  const { ofCase, ofCallback, name } =
    by === 'month' ? { ofCase: sql`''`, ofCallback: sql`''`, name: sql`''` } : keysOf(by);
  const isNamed = by === 'unit' || by === 'street';
  return q.query(
    sql`with k as materialized (
          select key, sum(received)::int as received, sum(replied)::int as replied, sum(called)::int as called, sum(excluded)::int as excluded,
            sum(valid)::int as valid, sum(contacted)::int as contacted, sum(solved)::int as solved, sum(satisfied)::int as satisfied,
            sum(basically)::int as basically
          from (
            select ${ofCase} as key, 1 as received, 0 as replied, 0 as called, 0 as excluded, 0 as valid, 0 as contacted, 0 as solved, 0 as satisfied, 0 as basically
            from hotline.hotline_case c where c.scope_id = ${cityId} and c.received_at >= ${from} and c.received_at < ${to}
              and c.outcome is distinct from 'not_dispatched'
            union all
            select ${ofCase}, 0, 1, 0, 0, 0, 0, 0, 0, 0
            from hotline.hotline_case c where c.scope_id = ${cityId} and c.replied_at >= ${from} and c.replied_at < ${to}
            union all
            select ${ofCallback}, 0, 0, 1, b.is_excluded::int, (b.is_valid and not b.is_excluded)::int,
              (b.is_valid and not b.is_excluded and b.was_contacted)::int, (b.is_valid and not b.is_excluded and b.is_solved)::int,
              (b.is_valid and not b.is_excluded and b.satisfaction = 'satisfied')::int,
              (b.is_valid and not b.is_excluded and b.satisfaction = 'basically_satisfied')::int
            from hotline.callback b join hotline.hotline_case c on c.scope_id = b.scope_id and c.case_id = b.case_id
            where b.scope_id = ${cityId} and b.called_at >= ${from} and b.called_at < ${to}
          ) each_one group by key)
        select k.*, ${name} as name from k ${isNamed ? sql`left join places.scope s on s.scope_id::text = k.key` : empty} order by 1`,
  );
}

export interface CallbackItem {
  readonly caseId: string;
  readonly number: string;
  readonly round: number;
  readonly unitId: string;
  readonly unitName: string;
  readonly streetName: string | null;
  readonly topic: string;
  readonly calledAt: Date;
  readonly isValid: boolean;
  readonly isExcluded: boolean;
  readonly wasContacted: boolean | null;
  readonly isSolved: boolean | null;
  readonly satisfaction: Satisfaction | null;
}

export const CALLBACK_FIGURES = [
  'called',
  'excluded',
  'valid',
  'contacted',
  'solved',
  'satisfied',
  'basically',
] as const;
export type CallbackFigure = (typeof CALLBACK_FIGURES)[number];

/** Which callbacks of a month: those a figure has counted, of a unit, a street, a topic. */
export interface CallbackFilter {
  readonly figure?: CallbackFigure | undefined;
  readonly unitId?: string | undefined;
  readonly streetId?: string | undefined;
  readonly topic?: string | undefined;
  readonly withoutStreet?: boolean | undefined;
  readonly withoutTopic?: boolean | undefined;
}

const counted: Readonly<Record<CallbackFigure, Statement>> = {
  called: sql`true`,
  excluded: sql`b.is_excluded`,
  valid: sql`b.is_valid and not b.is_excluded`,
  contacted: sql`b.is_valid and not b.is_excluded and b.was_contacted`,
  solved: sql`b.is_valid and not b.is_excluded and b.is_solved`,
  satisfied: sql`b.is_valid and not b.is_excluded and b.satisfaction = 'satisfied'`,
  basically: sql`b.is_valid and not b.is_excluded and b.satisfaction = 'basically_satisfied'`,
};

function narrowed(filter: CallbackFilter): Statement {
  const where: Statement[] = [counted[filter.figure ?? 'called']];
  if (filter.unitId !== undefined) where.push(sql`b.unit_id = ${filter.unitId}::uuid`);
  if (filter.streetId !== undefined) where.push(sql`c.street_id = ${filter.streetId}::uuid`);
  if (filter.topic !== undefined) where.push(sql`c.topic = ${filter.topic}`);
  if (filter.withoutStreet === true) where.push(sql`c.street_id is null`);
  if (filter.withoutTopic === true) where.push(sql`c.topic = ''`);
  return join(where, ' and ');
}

/** One row a callback: what the rates are recomputed from. */
export function listCallbacks(
  q: Executor,
  cityId: string,
  from: Date,
  to: Date,
  filter: CallbackFilter,
  after: readonly [string, string, number] | null,
  limit: number,
): Promise<CallbackItem[]> {
  return q.query(
    sql`select b.case_id as "caseId", c.number, b.round, b.unit_id as "unitId", coalesce(u.name, b.unit_name) as "unitName", s.name as "streetName", c.topic,
          b.called_at as "calledAt", b.is_valid as "isValid", b.is_excluded as "isExcluded", b.was_contacted as "wasContacted",
          b.is_solved as "isSolved", b.satisfaction
        from hotline.callback b join hotline.hotline_case c on c.scope_id = b.scope_id and c.case_id = b.case_id
          left join places.scope s on s.scope_id = c.street_id left join places.scope u on u.scope_id = b.unit_id
        where b.scope_id = ${cityId} and b.called_at >= ${from} and b.called_at < ${to} and ${narrowed(filter)}
          ${after === null ? empty : sql`and (b.called_at, b.case_id, b.round) > (${after[0]}::timestamptz, ${after[1]}::uuid, ${after[2]})`}
        order by b.called_at, b.case_id, b.round limit ${limit}`,
  );
}

export interface DensityRow {
  /** Null in the sums of all that were built in one year. */
  readonly compoundId: string | null;
  readonly name: string | null;
  readonly builtYear: number | null;
  readonly compounds: number;
  readonly cases: number;
  readonly households: number;
  readonly areaHundredths: string;
}

/**
 * Cases of a period by the compound they lie in, beside its households and their area as places count them hourly: the
 * sums by year, and each compound that has any. Counting a city's homes for it took a second.
 */
export function countByCompound(q: Executor, cityId: string, from: Date, to: Date): Promise<DensityRow[]> {
  return q.query(
    sql`with n as materialized (
          select coalesce(c.compound_id, c.place_scope_id) as id, count(*)::int as cases from hotline.hotline_case c
          where c.scope_id = ${cityId} and c.received_at >= ${from} and c.received_at < ${to} and c.outcome is distinct from 'not_dispatched'
            and coalesce(c.compound_id, c.place_scope_id) is not null group by 1)
        select s.scope_id as "compoundId", s.name, s.built_year as "builtYear", count(*)::int as compounds,
          coalesce(sum(n.cases), 0)::int as cases, sum(z.households)::int as households, (sum(z.area_m2) * 100)::bigint::text as "areaHundredths"
        from places.compound_size z join places.scope s on s.scope_id = z.scope_id left join n on n.id = z.scope_id
        where z.city_id = ${cityId}
        group by grouping sets ((s.built_year), (s.built_year, s.name, s.scope_id))
        having grouping(s.scope_id) = 1 or sum(n.cases) > 0 order by s.name, s.scope_id`,
  );
}
