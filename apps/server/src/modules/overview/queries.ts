import type { LocalDate } from '@gongzhi/kernel';
import type { Executor } from '../../platform/db/database.ts';
import { join, raw, sql, type Statement } from '../../platform/db/sql.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { sizeRows } from '../places/index.ts';
import {
  MEASURES,
  type PartSums,
  periodMeasures,
  placeRows,
  RANKING,
  STANDING,
  type SumsInput,
} from '../work-orders/index.ts';
import { PLACED, type PlacedBy } from './domain-groups.ts';
import type { Per, Size, Sort } from './domain.ts';

/** Parts of a whole, added up and put in order where they lie: of thousands of places the first are told. */

export interface PartRow extends PartSums, Size {
  readonly scopeId: string;
}

export interface Parts {
  /** Of what is told only that by which it is ranked was added up. */
  readonly isRankOnly: boolean;
  readonly counts: Readonly<Record<PlacedBy, number>>;
  /** All of it that stands now, and its homes. */
  readonly whole: Pick<PartSums, 'open' | 'unassigned' | 'openLate'> & Size;
  /** The first of each kind, in any order; more than were asked for where they do not differ. */
  readonly first: Readonly<Partial<Record<PlacedBy, readonly PartRow[]>>>;
}

export interface PartsInput {
  readonly sums: SumsInput;
  readonly today: LocalDate;
  readonly sort: Sort;
  readonly per: Per;
  readonly most: number;
  /** Only by what parts are ranked is added up; the rest is nought. */
  readonly isRankOnly: boolean;
  /** What a basically satisfied answer is worth. */
  readonly basically: number;
  /** The kinds that are told: always, or where there are no more places than so many or fewer than two of the other kind. */
  readonly told: readonly PlacedBy[];
  readonly placesUpTo: { readonly most: number; readonly unless: PlacedBy | null } | null;
}

type AnsweredRow = PartRow & { readonly by: PlacedBy | 'whole'; readonly parts: number | null };

/** Of rows that tell how many parts there are of a kind, and one that tells the whole. */
export function wholeOf(
  rows: readonly (Parts['whole'] & { readonly by: string | null; readonly parts: number | null })[],
): Pick<Parts, 'counts' | 'whole'> {
  const countOf = (by: PlacedBy) => rows.find((row) => row.by === by && row.parts !== null)?.parts ?? 0;
  return {
    whole: rows.find((row) => row.by === 'whole') ?? {
      open: 0,
      unassigned: 0,
      openLate: 0,
      households: 0,
      area: 0,
    },
    counts: {
      street: countOf('street'),
      company: countOf('company'),
      department: countOf('department'),
      community: countOf('community'),
      place: countOf('place'),
    },
  };
}

const answered: readonly string[] = [...MEASURES, 'households', 'area'];
const quoted = (names: readonly string[], make: (name: string) => string) =>
  raw(names.map((name) => make(`"${name}"`)).join(', '));
/** Milliseconds and hundredths of square metres may be more than an integer holds; what is not adds up in half the time. */
const long = new Set(['"acceptMs"', '"resolveMs"', '"area"']);
const sumSql = (name: string): string => (long.has(name) ? `sum(${name})::bigint` : `sum(${name}::integer)`);
/** As in domain.ts, to the last bit: half up after a ten-millionth, so that what is equal there is equal here. */
const oneDecimal = (value: string): string => `floor((${value}) * 10 + 1e-7::float8 + 0.5::float8) / 10`;
const perHouseholds = (count: string): string =>
  oneDecimal(`t.${count}::float8 * 1000 / nullif(t.households, 0)::float8`);
const perArea = (count: string): string =>
  oneDecimal(`t.${count}::float8 * 1000000 / nullif(t.area, 0)::float8`);
const high = (value: string): string => `coalesce(-(${value}), 'infinity'::float8)`;

const against = (count: string, per: Per): string =>
  per === 'count' ? `t.${count}::float8` : per === 'households' ? perHouseholds(count) : perArea(count);
/** The first of `keysOf` where it is asked who has most that is late. Of `t`. */
export const lateKeySql = (per: Per): Statement => sql`${raw(high(against('"openLate"', per)))}`;

/** `keysOf` of the domain as SQL: what comes first where it is less. */
function keysSql(sort: Sort, per: Per, basically: number): Statement {
  const by: Record<Sort, Statement> = {
    late: lateKeySql(per),
    on_time: sql`coalesce(t."onTime"::float8 / nullif(t."onTime" + t.late, 0)::float8, 'infinity'::float8)`,
    households: sql`${raw(high(perHouseholds('total')))}`,
    satisfaction: sql`case when t.rated >= 5 then (t.satisfied::float8 + ${basically}::float8 * t."basicallySatisfied"::float8) / t.rated::float8 else 'infinity'::float8 end`,
    total: sql`${raw(high(against('total', per)))}`,
  };
  return join([by[sort], by.late, by.on_time, by.households, by.total], ', ');
}

export async function readParts(q: Executor, acting: Acting, input: PartsInput): Promise<Parts> {
  const { sums, today, sort, per, most, basically, told, placesUpTo } = input;
  const reported = input.isRankOnly ? RANKING : periodMeasures;
  const counted: readonly string[] = [...reported, ...STANDING];
  const summed = [...counted, 'households', 'area'];
  const added = quoted(summed, (name) => `${sumSql(name)} as ${name}`);
  /** All that a part is told with, nought where it was not asked for. */
  const answer = (make: (name: string) => string) =>
    quoted(answered, (name) => `${summed.includes(name.slice(1, -1)) ? make(name) : '0::bigint'} as ${name}`);
  const groupOf: Record<PlacedBy, string> = {
    street: 'street_id',
    company: 'company_id',
    department: 'department_id',
    community: 'community_id',
    place: 'place_id',
  };
  const isTold = (by: PlacedBy): Statement => {
    // One part is no comparison, unless it is the place itself: what it says stands on top already.
    if (by !== 'place') return sql`(select c.parts from counted c where c.by = ${by}) > 1`;
    if (placesUpTo === null) return sql`true`;
    const few = sql`(select c.parts from counted c where c.by = 'place') <= ${placesUpTo.most}`;
    return placesUpTo.unless === null
      ? few
      : sql`(${few} or coalesce((select c.parts from counted c where c.by = ${placesUpTo.unless}), 0) < 2)`;
  };
  const keys = keysSql(sort, per, basically);
  const first = told.map(
    (
      by,
    ) => sql`select ${by}::text as by, null::bigint as parts, r.id as "scopeId", ${answer((name) => `r.${name}`)}
      from (select t.*, rank() over (order by ${keys}) as place from (
        select g.${raw(groupOf[by])} as id, ${added} from part g where g.${raw(groupOf[by])} is not null and ${isTold(by)} group by 1) t) r
      where r.place <= ${most}`,
  );
  // Each by hashing: counting all distinct ones at once sorts the parts five times.
  const kinds = raw(
    PLACED.map(
      (by) =>
        `select '${by}' as by, count(*) as parts from (select from part g where g.${groupOf[by]} is not null group by g.${groupOf[by]}) k`,
    ).join(' union all '),
  );
  const rows = await q.query<AnsweredRow>(
    sql`with part as materialized (
        select g.*, s.scope_id as place_id, s.department_id, s.community_id from (
          select p.scope_id, p.street_id, p.company_id, ${added} from (
            select m.*, 0::bigint as households, 0::bigint as area from (${placeRows(acting, sums, today, reported)}) m
            union all select z.scope_id, z.street_id, z.company_id, ${quoted(counted, () => '0::bigint')}, z.households::bigint, z.area
              from (${sizeRows(acting, sums.scope)}) z) p group by 1, 2, 3) g
        left join (select s.* from places.scope s offset 0) s on s.scope_id = g.scope_id),
      counted as materialized (${kinds})
      select c.by, c.parts, null::uuid as "scopeId", ${answer(() => '0::bigint')} from counted c
      union all select 'whole', null, null, ${answer((name) => `coalesce(sum(g.${name}), 0)::bigint`)} from part g
      union all ${join(first, ' union all ')}`,
  );
  return {
    isRankOnly: input.isRankOnly,
    ...wholeOf(rows),
    first: Object.fromEntries(
      told.map((by) => [by, rows.filter((row) => row.by === by && row.parts === null)]),
    ),
  };
}
