import type { Executor } from '../../platform/db/database.ts';
import { empty, raw, sql, type Statement } from '../../platform/db/sql.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { sizeRows } from '../places/index.ts';
import {
  periodMeasures,
  type PeriodSums,
  placesReported,
  regionsReported,
  standingRows,
  sumsByPlace,
  sumsByRegion,
} from '../work-orders/index.ts';
import { sumOf } from './domain.ts';
import type { By, PlacedBy } from './domain-groups.ts';
import { lateKeySql, type PartRow, type Parts, type PartsInput, wholeOf } from './queries.ts';

/**
 * The parts of a whole city, without what was reported in the period at each of its thousands of places: its streets and
 * companies have sums of their own, and where those with most that is late come first, what stands now says among which
 * places they are. It tells what `readParts` tells, for half the work.
 */

/** As many as are likely to share the last place that is told; of more, all are added up at once. */
const MOST_CANDIDATES = 1_500;

type Told = 'place' | 'street' | 'company';
/** What of the parts is known without the period. */
type Standing = Omit<PartRow, keyof PeriodSums>;
type AnsweredRow = Standing & { readonly by: PlacedBy | 'whole' | null; readonly parts: number | null };

/** Null where it is no whole city, has no more places than are told, or is ranked by what was reported. */
export async function readCityParts(
  q: Executor,
  acting: Acting,
  input: PartsInput,
  asked: By | undefined,
): Promise<Parts | null> {
  const { sums, today, most, sort } = input;
  if (acting.actor.kind !== 'city' || sums.scope !== null || asked === undefined) return null;
  const told = toldWhen(asked);
  if (told === undefined || (told === 'place' && sort !== 'late')) return null;
  const { counts, whole, standing } = await readStanding(q, acting, input, told);
  if (counts.place <= most) return null;
  if (told === null) return { isRankOnly: false, counts, whole, first: {} };
  if (told === 'place' && (standing.length < most || standing.length > MOST_CANDIDATES)) return null;
  if (told !== 'place' && counts[told] < 2) return null;
  const only = standing.map(({ scopeId }) => scopeId);
  const reported =
    told === 'place'
      ? await sumsByPlace(q, acting, { ...sums, only }, today, periodMeasures)
      : await sumsByRegion(q, acting, told, sums, today);
  return { isRankOnly: false, counts, whole, first: { [told]: withReported(standing, reported) } };
}

/** Undefined: of departments and communities nothing is kept. Null: matters are told, and no parts. */
function toldWhen(asked: By): Told | null | undefined {
  if (asked === 'category') return null;
  if (asked === 'grid') return 'place';
  return asked === 'place' || asked === 'street' || asked === 'company' ? asked : undefined;
}

function withReported(
  rows: readonly Standing[],
  reported: readonly (PeriodSums & { readonly scopeId: string })[],
): PartRow[] {
  const of = Map.groupBy(reported, ({ scopeId }) => scopeId);
  return rows.map((row) => ({ ...row, ...sumOf(of.get(row.scopeId) ?? []) }));
}

/** How many parts there are of each kind, what stands in all, and of those that may be told. */
async function readStanding(
  q: Executor,
  acting: Acting,
  { sums, per, most }: PartsInput,
  told: Told | null,
): Promise<Pick<Parts, 'counts' | 'whole'> & { readonly standing: readonly Standing[] }> {
  const region = (kind: 'street' | 'company') => {
    const id = raw(`${kind}_id`);
    return sql`select '${raw(kind)}', count(*) filter (where k.id is not null), ${noughts} from (
        select t.${id} as id from standing t union select z.${id} from size z union ${regionsReported(acting, kind, sums)}) k`;
  };
  const within = (kind: 'department' | 'community') => {
    const id = raw(`${kind}_id`);
    return sql`select '${raw(kind)}', count(*) filter (where k.id is not null), ${noughts} from (
        select z.${id} as id from size z union select e.${id} from elsewhere e) k`;
  };
  const rows = await q.query<AnsweredRow>(
    sql`with standing as materialized (${standingRows(acting, sums)}),
      size as materialized (${sizeRows(acting, sums.scope)}),
      elsewhere as materialized (
        select s.scope_id, s.department_id, s.community_id from places.scope s
        where s.scope_id in (select t.scope_id from standing t) and s.scope_id not in (select z.scope_id from size z)
        union all ${placesReported(acting, sums, sql`select t.scope_id from standing t union all select z.scope_id from size z`)})
      select 'place' as by, (select count(*) from size) + (select count(*) from elsewhere) as parts, ${noughts}
      union all ${region('street')} union all ${region('company')} union all ${within('department')} union all ${within('community')}
      union all select 'whole', null, null, coalesce(sum(t.open), 0)::bigint, coalesce(sum(t.unassigned), 0)::bigint,
          coalesce(sum(t."openLate"), 0)::bigint, (select coalesce(sum(z.households), 0) from size z)::bigint, (select coalesce(sum(z.area), 0) from size z)::bigint
        from standing t
      ${told === null ? empty : sql`union all select null, null, t.* from (${candidates(acting, told, sums, per, most)}) t`}`,
  );
  return { ...wholeOf(rows), standing: rows.filter((row) => row.by === null) };
}

const noughts = sql`null::uuid as "scopeId", 0::bigint as open, 0::bigint as unassigned, 0::bigint as "openLate", 0::bigint as households, 0::bigint as area`;

/** All streets or companies; of the places those that have something late and may, by how much, be among the first. */
function candidates(
  acting: Acting,
  told: Told,
  sums: PartsInput['sums'],
  per: PartsInput['per'],
  most: number,
): Statement {
  if (told !== 'place') {
    const id = raw(`${told}_id`);
    return sql`select k.id, sum(k.open)::bigint, sum(k.unassigned)::bigint, sum(k."openLate")::bigint, sum(k.households)::bigint, sum(k.area)::bigint
      from (select t.${id} as id, t.open, t.unassigned, t."openLate", 0::bigint as households, 0::bigint as area from standing t
        union all select z.${id}, 0, 0, 0, z.households, z.area from size z
        union all select r.scope_id, 0, 0, 0, 0, 0 from (${regionsReported(acting, told, sums)}) r) k
      where k.id is not null group by 1`;
  }
  return sql`with late as materialized (
      select t.*, ${lateKeySql(per)} as key from (
        select t.scope_id, t.open, t.unassigned, t."openLate", coalesce(z.households, 0)::bigint as households, coalesce(z.area, 0)::bigint as area
        from (select t.scope_id, sum(t.open)::bigint as open, sum(t.unassigned)::bigint as unassigned, sum(t."openLate")::bigint as "openLate"
            from standing t group by 1 having sum(t."openLate") > 0) t
          left join size z on z.scope_id = t.scope_id) t)
    select l.scope_id, l.open, l.unassigned, l."openLate", l.households, l.area from late l
    where l.key <= (select max(k.key) from (select l.key from late l order by l.key limit ${most}) k) and l.key < 'infinity'`;
}
