import type { Executor } from '../../platform/db/database.ts';
import { join, sql, type Statement } from '../../platform/db/sql.ts';
import { mayAttempt } from '../../platform/permissions/permissions.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import type { FrequencyCause } from './tables.ts';
import type { DaySum, RoundState } from './domain.ts';
import { loweringColumns, roundColumns, routeColumns } from './queries.ts';
import { withinReach } from '../places/index.ts';
import type { LoweringRow, RoundRow, RouteRow } from './tables.ts';

/** What the pages ask. */

export type ListedRoute = RouteRow & { readonly scopeName: string };

export function listRoutes(
  q: Executor,
  acting: Acting,
  scopeId: string | null,
  after: string | null,
  limit: number,
): Promise<ListedRoute[]> {
  const where: Statement[] = [withinReach(acting.actor, 'r'), sql`r.retired_at is null`];
  if (scopeId !== null) where.push(sql`r.scope_id = ${scopeId}`);
  if (after !== null) where.push(sql`r.route_id > ${after}`);
  return q.query<ListedRoute>(
    sql`select ${routeColumns}, s.name as "scopeName" from patrol.route r join places.scope s on s.scope_id = r.scope_id
        where ${join(where, ' and ')} order by r.route_id limit ${limit}`,
  );
}

export type ListedRound = RoundRow & {
  readonly scopeName: string;
  readonly routeLabel: string;
};

export interface RoundFilter {
  readonly scopeId: string | null;
  readonly routeId: string | null;
  readonly states: readonly RoundState[] | null;
}

/** The latest first. */
export function listRounds(
  q: Executor,
  acting: Acting,
  filter: RoundFilter,
  before: { readonly at: string; readonly id: string } | null,
  limit: number,
): Promise<ListedRound[]> {
  const where: Statement[] = [withinReach(acting.actor, 'o')];
  if (filter.scopeId !== null) where.push(sql`o.scope_id = ${filter.scopeId}`);
  if (filter.routeId !== null) where.push(sql`o.route_id = ${filter.routeId}`);
  if (filter.states !== null) where.push(sql`o.state = any (${[...filter.states]}::text[])`);
  if (before !== null)
    where.push(sql`(o.opens_at, o.round_id) < (${before.at}::timestamptz, ${before.id}::uuid)`);
  return q.query<ListedRound>(
    sql`select ${roundColumns}, s.name as "scopeName", r.label as "routeLabel"
        from patrol.round o join patrol.route r on r.scope_id = o.scope_id and r.route_id = o.route_id
          join places.scope s on s.scope_id = o.scope_id
        where ${join(where, ' and ')} order by o.opens_at desc, o.round_id desc limit ${limit}`,
  );
}

export async function findRound(q: Executor, scopeId: string, roundId: string): Promise<ListedRound | null> {
  const [row] = await q.query<ListedRound>(
    sql`select ${roundColumns}, s.name as "scopeName", r.label as "routeLabel"
        from patrol.round o join patrol.route r on r.scope_id = o.scope_id and r.route_id = o.route_id
          join places.scope s on s.scope_id = o.scope_id
        where o.scope_id = ${scopeId} and o.round_id = ${roundId}`,
  );
  return row ?? null;
}

export interface CheckPlace {
  readonly checkpointId: string;
  readonly label: string;
  readonly spot: string;
  readonly placeLabel: string;
  readonly facilityId: string | null;
}

/** Of rounds, given-up ones too: what was walked keeps its name. */
export function placesOf(
  q: Executor,
  scopeIds: readonly string[],
  checkpointIds: readonly string[],
): Promise<CheckPlace[]> {
  return q.query<CheckPlace>(
    sql`select c.checkpoint_id as "checkpointId", c.label, c.spot, c.facility_id as "facilityId",
          coalesce(f.label, b.name, '') as "placeLabel"
        from patrol.checkpoint c
          left join places.building b on b.scope_id = c.scope_id and b.building_id = c.building_id
          left join places.facility f on f.scope_id = c.scope_id and f.facility_id = c.facility_id
        where c.scope_id = any (${[...scopeIds]}::uuid[]) and c.checkpoint_id = any (${[...checkpointIds]}::uuid[])`,
  );
}

export interface CheckFinding {
  readonly roundId: string;
  readonly checkpointId: string;
  readonly workOrderId: string;
  readonly orderNumber: string;
}

export function findingsOf(
  q: Executor,
  scopeIds: readonly string[],
  roundIds: readonly string[],
): Promise<CheckFinding[]> {
  return q.query<CheckFinding>(
    sql`select k.round_id as "roundId", k.checkpoint_id as "checkpointId", f.work_order_id as "workOrderId", f.order_number as "orderNumber"
        from patrol.round_check k join patrol.finding f on f.scope_id = k.scope_id and f.finding_id = k.finding_id
        where k.scope_id = any (${[...scopeIds]}::uuid[]) and k.round_id = any (${[...roundIds]}::uuid[])`,
  );
}

export type ListedLowering = LoweringRow & {
  readonly scopeName: string;
  readonly routeLabel: string;
  readonly checkpointLabel: string;
};

/** What waits for somebody first, then the newest. */
export function listLowerings(
  q: Executor,
  acting: Acting,
  scopeId: string | null,
  limit: number,
): Promise<ListedLowering[]> {
  const where: Statement[] = [withinReach(acting.actor, 'l')];
  if (scopeId !== null) where.push(sql`l.scope_id = ${scopeId}`);
  return q.query<ListedLowering>(
    sql`select ${loweringColumns}, s.name as "scopeName", r.label as "routeLabel", c.label as "checkpointLabel"
        from patrol.lowering l
          join patrol.checkpoint c on c.scope_id = l.scope_id and c.checkpoint_id = l.checkpoint_id
          join patrol.route r on r.scope_id = c.scope_id and r.route_id = c.route_id
          join places.scope s on s.scope_id = l.scope_id
        where ${join(where, ' and ')}
        order by array_position(array['proposed', 'suspended', 'approved']::text[], l.state) nulls last, l.lowering_id desc limit ${limit}`,
  );
}

export function openLowerings(
  q: Executor,
  scopeIds: readonly string[],
  checkpointIds: readonly string[],
): Promise<LoweringRow[]> {
  return q.query<LoweringRow>(
    sql`select ${loweringColumns} from patrol.lowering l
        where l.scope_id = any (${[...scopeIds]}::uuid[]) and l.checkpoint_id = any (${[...checkpointIds]}::uuid[])
          and l.state in ('proposed', 'approved', 'suspended')`,
  );
}

export interface FrequencyChange {
  readonly at: Date;
  readonly everyRounds: number;
  readonly cause: FrequencyCause['cause'];
  readonly changedByName: string | null;
}

export function frequenciesOf(
  q: Executor,
  scopeId: string,
  checkpointId: string,
  limit: number,
): Promise<FrequencyChange[]> {
  return q.query<FrequencyChange>(
    sql`select f.at, f.every_rounds as "everyRounds", f.cause, f.changed_by_name as "changedByName" from patrol.frequency f
        where f.scope_id = ${scopeId} and f.checkpoint_id = ${checkpointId} order by f.at desc, f.change_id desc limit ${limit}`,
  );
}

/** What was planned and what of it a sensor spared, by the local days on which rounds opened. */
export function sumsByDay(
  q: Executor,
  acting: Acting,
  scopeId: string | null,
  from: string,
  to: string,
): Promise<DaySum[]> {
  const where: Statement[] = [withinReach(acting.actor, 'o'), sql`o.day between ${from} and ${to}`];
  if (scopeId !== null) where.push(sql`o.scope_id = ${scopeId}`);
  return q.query<DaySum>(
    sql`select o.day::text as day, sum(k.minutes)::integer as "plannedMinutes",
          coalesce(sum(k.minutes) filter (where k.state = 'spared'), 0)::integer as "sparedMinutes",
          (count(*) filter (where k.state = 'spared'))::integer as "sparedChecks"
        from patrol.round o join patrol.round_check k on k.scope_id = o.scope_id and k.round_id = o.round_id
        where ${join(where, ' and ')} group by o.day order by o.day`,
  );
}

/** Which of these rounds or routes the actor may see now; asked again for every live event. */
function visible(table: 'round' | 'route') {
  return async (
    q: Executor,
    acting: Acting,
    objects: readonly { scopeId: string; id: string }[],
  ): Promise<ReadonlySet<string>> => {
    if (!mayAttempt(acting.role, 'patrol.read') && !mayAttempt(acting.role, 'patrol.walk')) return new Set();
    const scopeIds = objects.map(({ scopeId }) => scopeId);
    const ids = objects.map(({ id }) => id);
    const rows = await q.query<{ id: string }>(
      table === 'round'
        ? sql`select o.round_id as id from patrol.round o
              where o.scope_id = any (${scopeIds}::uuid[]) and o.round_id = any (${ids}::uuid[])`
        : sql`select r.route_id as id from patrol.route r
              where r.scope_id = any (${scopeIds}::uuid[]) and r.route_id = any (${ids}::uuid[])`,
    );
    return new Set(rows.map(({ id }) => id));
  };
}
export const visibleRounds = visible('round');
export const visibleRoutes = visible('route');
