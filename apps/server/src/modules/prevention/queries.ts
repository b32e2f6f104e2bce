import type { Executor, Tx } from '../../platform/db/database.ts';
import { empty, join, raw, sql, type Statement } from '../../platform/db/sql.ts';
import { mayAttempt } from '../../platform/permissions/permissions.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import type { State } from './domain.ts';
import { withinReach, withinScope } from '../places/index.ts';
import type { EntryRow, NamedProject, ProjectRow, StepRow } from './tables.ts';

/** What the pages ask. */

const columns =
  raw(`p.scope_id as "scopeId", p.project_id as id, p.city_id as "cityId", p.street_id as "streetId", p.company_id as "companyId",
  p.subject_key as "subjectKey", p.subject_kind as "subjectKind", p.facility_id as "facilityId", p.building_id as "buildingId",
  p.category_code as "categoryCode", p.state, p.reasons, p.weeks, p.order_count as "orderCount", p.strength, p.first_at as "firstAt",
  p.proposed_at as "proposedAt", p.decided_at as "decidedAt", p.decided_by_name as "decidedByName", p.decline_reason as "declineReason",
  p.cause, p.accepted_at as "acceptedAt", p.done_at as "doneAt", p.work_done as "workDone", p.watch_until as "watchUntil",
  p.closed_at as "closedAt", p.effect, p.version`);

const named =
  raw(`s.name as "scopeName", f.label as "facilityLabel", b.name as "buildingName", c.name_zh as "categoryNameZh",
  c.name_en as "categoryNameEn",
  (select count(*)::integer from prevention.step t where t.scope_id = p.scope_id and t.project_id = p.project_id and t.state = 'open') as "openSteps",
  (select count(*)::integer from prevention.step t where t.scope_id = p.scope_id and t.project_id = p.project_id and t.state = 'done') as "doneSteps",
  (select min(t.due_on)::text from prevention.step t where t.scope_id = p.scope_id and t.project_id = p.project_id and t.state = 'open') as "nextDueOn"`);

const besideOf = (
  projects: Statement,
): Statement => sql`${projects} p join places.scope s on s.scope_id = p.scope_id
  left join places.facility f on f.scope_id = p.scope_id and f.facility_id = p.facility_id
  left join places.building b on b.scope_id = p.scope_id and b.building_id = coalesce(p.building_id, f.building_id)
  left join work_orders.category c on c.code = p.category_code`;

export interface ProjectFilter {
  readonly scope: { readonly scopeId: string; readonly kind: string } | null;
  readonly state: State | null;
  /** Also proposals that merely repeat. */
  readonly isAll: boolean;
}

/**
 * What waits for a decision first, by how far it stands out; then what was proposed last. An index has it under these very
 * words; what has been decided lies where no proposal can (surpriseOf is -9 at the least).
 */
const rank = raw(`(case p.state when 'proposed' then p.strength else -1000 end)`);
const STANDS_OUT = sql`${rank} >= 0`;
const IS_DECIDED = sql`${rank} = -1000 and p.state <> 'proposed'`;

/** Stretches of that order. What merely repeats, in between, is nearly all there is. */
function stretchesOf({ state, isAll }: ProjectFilter): readonly Statement[] {
  if (state === null) return isAll ? [sql`true`] : [STANDS_OUT, IS_DECIDED];
  const is = sql`p.state = ${state}`;
  if (state !== 'proposed') return [sql`${IS_DECIDED} and ${is}`];
  return [isAll ? is : sql`${STANDS_OUT} and ${is}`];
}

export function listProjects(
  q: Executor,
  acting: Acting,
  filter: ProjectFilter,
  after: { readonly rank: number; readonly id: string } | null,
  limit: number,
): Promise<NamedProject[]> {
  const where: Statement[] = filter.scope === null ? [] : [withinScope(filter.scope, 'p')];
  if (after !== null)
    where.push(sql`(${rank}, p.project_id) < (${after.rank}::double precision, ${after.id}::uuid)`);
  const order = sql`order by ${rank} desc, p.project_id desc limit ${limit}`;
  const pieces = stretchesOf(filter).map(
    (stretch) =>
      sql`(select p.* from prevention.project p
        where ${withinReach(acting.actor, 'p')} and ${join([...where, stretch], ' and ')} ${order})`,
  );
  // The page first: what it is called and how far its steps are is looked up for those on it.
  return q.query<NamedProject>(
    sql`select ${columns}, ${named} from ${besideOf(sql`(select p.* from (${join(pieces, ' union all ')}) p ${order})`)} order by ${rank} desc, p.project_id desc`,
  );
}

export interface Sums {
  readonly state: State;
  readonly count: number;
  readonly avoided: number;
  readonly measured: number;
  readonly weak: number;
}

/**
 * How many there are of each state, and what the measured ones avoided together. What was measured stands in the row alone and
 * is of the few that were taken up: all others are counted from the index.
 */
export function sumProjects(q: Executor, acting: Acting, scope: ProjectFilter['scope']): Promise<Sums[]> {
  const asked = scope === null ? empty : sql`and ${withinScope(scope, 'p')}`;
  return q.query<Sums>(
    sql`select c.state, sum(c.count)::integer as count, sum(c.avoided) as avoided, sum(c.measured)::integer as measured, sum(c.weak)::integer as weak
        from (select p.state, count(*) as count, 0::double precision as avoided, 0 as measured,
            count(*) filter (where p.state = 'proposed' and p.strength < 0) as weak
          from prevention.project p where ${withinReach(acting.actor, 'p')} ${asked} group by 1
          union all select p.state, 0, coalesce(sum((p.effect->>'avoided')::double precision), 0), count(*), 0
          from prevention.project p where p.effect is not null and ${withinReach(acting.actor, 'p')} ${asked} group by 1) c
        group by 1`,
  );
}

export async function findProject(q: Executor, scopeId: string, id: string): Promise<NamedProject | null> {
  const [row] = await q.query<NamedProject>(
    sql`select ${columns}, ${named} from ${besideOf(sql`prevention.project`)} where p.scope_id = ${scopeId} and p.project_id = ${id}`,
  );
  return row ?? null;
}

export async function lockProject(tx: Tx, scopeId: string, id: string): Promise<ProjectRow | null> {
  const [row] = await tx.query<ProjectRow>(
    sql`select ${columns} from prevention.project p where p.scope_id = ${scopeId} and p.project_id = ${id} for no key update`,
  );
  return row ?? null;
}

export function stepsOf(q: Executor, scopeId: string, id: string): Promise<StepRow[]> {
  return q.query<StepRow>(
    sql`select t.step_no as no, t.what, t.owner_account_id as "ownerAccountId", t.owner_name as "ownerName", t.due_on::text as "dueOn",
          t.state, t.note, t.ended_at as "endedAt"
        from prevention.step t where t.scope_id = ${scopeId} and t.project_id = ${id} order by t.step_no`,
  );
}

export function entriesOf(q: Executor, scopeId: string, id: string): Promise<EntryRow[]> {
  return q.query<EntryRow>(
    sql`select e.entry_id as id, e.kind, e.actor_name as "actorName", e.params, e.at from prevention.entry e
        where e.scope_id = ${scopeId} and e.project_id = ${id} order by e.entry_id desc limit 200`,
  );
}

export async function orderIdsOf(q: Executor, scopeId: string, id: string): Promise<string[]> {
  const rows = await q.query<{ id: string }>(
    sql`select o.work_order_id as id from prevention.project_order o where o.scope_id = ${scopeId} and o.project_id = ${id}
        order by o.work_order_id desc limit 300`,
  );
  return rows.map((row) => row.id);
}

export async function visibleProjects(
  q: Executor,
  acting: Acting,
  objects: readonly { scopeId: string; id: string }[],
): Promise<ReadonlySet<string>> {
  if (!mayAttempt(acting.role, 'prevention.read')) return new Set();
  const rows = await q.query<{ id: string }>(
    sql`select p.project_id as id from prevention.project p
        where p.scope_id = any (${objects.map(({ scopeId }) => scopeId)}::uuid[]) and p.project_id = any (${objects.map(({ id }) => id)}::uuid[])`,
  );
  return new Set(rows.map(({ id }) => id));
}

export interface PlaceNames {
  readonly buildings: ReadonlyMap<string, { readonly name: string; readonly gridIds: readonly string[] }>;
  readonly facilities: ReadonlyMap<string, { readonly label: string; readonly buildingId: string | null }>;
}

/** What the places of a compound are called, and in which grids a building's homes lie. */
export async function placeNames(q: Executor, scopeId: string): Promise<PlaceNames> {
  const [buildings, facilities] = await Promise.all([
    q.query<{ id: string; name: string; gridIds: string[] }>(
      sql`select b.building_id as id, b.name, coalesce((select array_agg(distinct h.grid_id) from places.household h
            where h.scope_id = b.scope_id and h.building_id = b.building_id and h.grid_id is not null), '{}') as "gridIds"
          from places.building b where b.scope_id = ${scopeId}`,
    ),
    q.query<{ id: string; label: string; buildingId: string | null }>(
      sql`select f.facility_id as id, f.label, f.building_id as "buildingId" from places.facility f where f.scope_id = ${scopeId}`,
    ),
  ]);
  return {
    buildings: new Map(buildings.map((one) => [one.id, one])),
    facilities: new Map(facilities.map((one) => [one.id, one])),
  };
}

export function gridsOfCompound(
  q: Executor,
  scopeId: string,
): Promise<{ id: string; code: string; name: string; stewardName: string | null }[]> {
  return q.query(
    sql`select g.grid_id as id, g.code, g.name, g.steward_name as "stewardName" from places.grid g
        where g.scope_id = ${scopeId} order by g.code`,
  );
}
