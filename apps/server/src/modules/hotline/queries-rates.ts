import type { Executor } from '../../platform/db/database.ts';
import { empty, join, sql, type Statement } from '../../platform/db/sql.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import type { Satisfaction } from './domain.ts';
import { reachesOf } from './queries-reach.ts';

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

interface Keys {
  readonly ofCase: Statement;
  /** A callback counts for who led then. Where it lies it says itself, for it moves with its case; its topic the case says. */
  readonly ofCallback: Statement;
  readonly isOfUnits: boolean;
}

function keysOf(by: Group): Keys {
  switch (by) {
    case 'unit':
      return {
        ofCase: sql`coalesce(c.lead_unit_id, c.holder_unit_id)`,
        ofCallback: sql`b.unit_id`,
        isOfUnits: true,
      };
    case 'street':
      return { ofCase: sql`c.street_id`, ofCallback: sql`b.street_id`, isOfUnits: true };
    case 'topic':
      return { ofCase: sql`c.topic`, ofCallback: sql`c.topic`, isOfUnits: false };
    case 'month':
      return { ofCase: sql`''`, ofCallback: sql`''`, isOfUnits: false };
  }
}

/** Counted piece by piece and then added up: a month has ten thousand rows and a hundred keys. */
export function countByGroup(
  q: Executor,
  { actor }: Acting,
  cityId: string,
  by: Group,
  from: Date,
  to: Date,
): Promise<CountRow[]> {
  const { ofCase, ofCallback, isOfUnits } = keysOf(by);
  const within = (column: Statement) => sql`${column} >= ${from} and ${column} < ${to}`;
  const cases = reachesOf(actor, 'c').flatMap((reach) => [
    sql`select ${ofCase} as key, count(*) as received, 0 as replied, 0 as called, 0 as excluded, 0 as valid, 0 as contacted, 0 as solved,
          0 as satisfied, 0 as basically
        from hotline.hotline_case c where c.scope_id = ${cityId} and ${within(sql`c.received_at`)}
          and c.outcome is distinct from 'not_dispatched' and ${reach} group by 1`,
    sql`select ${ofCase}, 0, count(*), 0, 0, 0, 0, 0, 0, 0
        from hotline.hotline_case c where c.scope_id = ${cityId} and ${within(sql`c.replied_at`)} and ${reach} group by 1`,
  ]);
  const withCase = sql`join hotline.hotline_case c on c.scope_id = b.scope_id and c.case_id = b.case_id`;
  const callbacks = reachesOf(actor, 'b').map(
    (
      reach,
    ) => sql`select ${ofCallback}, 0, 0, count(*), count(*) filter (where b.is_excluded), count(*) filter (where ${counted.valid}),
          count(*) filter (where ${counted.contacted}), count(*) filter (where ${counted.solved}), count(*) filter (where ${counted.satisfied}),
          count(*) filter (where ${counted.basically})
        from hotline.callback b ${by === 'topic' ? withCase : empty}
        where b.scope_id = ${cityId} and ${within(sql`b.called_at`)} and ${reach} group by 1`,
  );
  return q.query(
    sql`select coalesce(k.key::text, '') as key, sum(k.received)::int as received, sum(k.replied)::int as replied, sum(k.called)::int as called,
          sum(k.excluded)::int as excluded, sum(k.valid)::int as valid, sum(k.contacted)::int as contacted, sum(k.solved)::int as solved,
          sum(k.satisfied)::int as satisfied, sum(k.basically)::int as basically,
          ${isOfUnits ? sql`coalesce((select s.name from places.scope s where s.scope_id = k.key), '')` : sql`k.key`} as name
        from (${join([...cases, ...callbacks], ' union all ')}) k group by k.key order by 1`,
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
  if (filter.streetId !== undefined) where.push(sql`b.street_id = ${filter.streetId}::uuid`);
  if (filter.topic !== undefined) where.push(sql`c.topic = ${filter.topic}`);
  if (filter.withoutStreet === true) where.push(sql`b.street_id is null`);
  if (filter.withoutTopic === true) where.push(sql`c.topic = ''`);
  return join(where, ' and ');
}

/** One row a callback: what the rates are recomputed from. */
export function listCallbacks(
  q: Executor,
  { actor }: Acting,
  cityId: string,
  from: Date,
  to: Date,
  filter: CallbackFilter,
  after: readonly [string, string, number] | null,
  limit: number,
): Promise<CallbackItem[]> {
  const isOfTopic = filter.topic !== undefined || filter.withoutTopic === true;
  const order = sql`order by b.called_at, b.case_id, b.round`;
  const withCase = sql`join hotline.hotline_case c on c.scope_id = b.scope_id and c.case_id = b.case_id`;
  const pieces = reachesOf(actor, 'b').map(
    (reach) => sql`(select b.* from hotline.callback b ${isOfTopic ? withCase : empty}
          where b.scope_id = ${cityId} and b.called_at >= ${from} and b.called_at < ${to} and ${narrowed(filter)} and ${reach}
            ${after === null ? empty : sql`and (b.called_at, b.case_id, b.round) > (${after[0]}::timestamptz, ${after[1]}::uuid, ${after[2]})`}
          ${order} limit ${limit})`,
  );
  return q.query(
    sql`select b.case_id as "caseId", c.number, b.round, b.unit_id as "unitId", coalesce(u.name, b.unit_name) as "unitName", s.name as "streetName", c.topic,
          b.called_at as "calledAt", b.is_valid as "isValid", b.is_excluded as "isExcluded", b.was_contacted as "wasContacted",
          b.is_solved as "isSolved", b.satisfaction
        from (select b.* from (${join(pieces, ' union all ')}) b ${order} limit ${limit}) b ${withCase}
          left join places.scope s on s.scope_id = b.street_id left join places.scope u on u.scope_id = b.unit_id
        ${order}`,
  );
}

export interface DensityRow {
  /** Null in the sums of all that were built in one year. */
  readonly compoundId: string | null;
  readonly name: string | null;
  readonly builtYear: number | null;
  readonly compounds: number;
  /** How many of them had cases. */
  readonly withCases: number;
  readonly cases: number;
  readonly households: number;
  readonly areaHundredths: string;
}

/**
 * Cases of a period by the compound they lie in, beside its households and their area as places count them hourly: the
 * sums by year, and the first so many compounds that had any, by their rate as domain/density.ts rounds it. Counting a
 * city's homes for it took a second.
 */
export function countByCompound(
  q: Executor,
  { actor }: Acting,
  cityId: string,
  from: Date,
  to: Date,
  mostCompounds: number,
): Promise<DensityRow[]> {
  const pieces = reachesOf(actor, 'c').map(
    (reach) => sql`select coalesce(c.compound_id, c.place_scope_id) as id from hotline.hotline_case c
          where c.scope_id = ${cityId} and c.received_at >= ${from} and c.received_at < ${to} and c.outcome is distinct from 'not_dispatched'
            and coalesce(c.compound_id, c.place_scope_id) is not null and ${reach}`,
  );
  return q.query(
    sql`with n as materialized (select id, count(*)::int as cases from (${join(pieces, ' union all ')}) c group by id),
          z as materialized (
            select s.scope_id, s.name, s.built_year, z.households, z.area_m2, coalesce(n.cases, 0) as cases
            from places.compound_size z join places.scope s on s.scope_id = z.scope_id left join n on n.id = z.scope_id
            where z.city_id = ${cityId})
        select null::uuid as "compoundId", null as name, z.built_year as "builtYear", count(*)::int as compounds,
          (count(*) filter (where z.cases > 0))::int as "withCases", sum(z.cases)::int as cases, sum(z.households)::int as households,
          (sum(z.area_m2) * 100)::bigint::text as "areaHundredths", 0 as place
        from z group by z.built_year
        union all
        (select z.scope_id, z.name, z.built_year, 1, 1, z.cases, z.households, (z.area_m2 * 100)::bigint::text,
          row_number() over (order by floor(z.cases * 1000 / z.households::float8 * 10 + 1e-7 + 0.5) desc, z.name, z.scope_id) as place
        from z where z.cases > 0 order by place limit ${mostCompounds})
        order by place`,
  );
}
