import type { Executor, Tx } from '../../platform/db/database.ts';
import { raw, sql } from '../../platform/db/sql.ts';
import { claimByScope } from '../../platform/due/claim.ts';
import type { CheckpointRow, CheckRow, LoweringRow, RoundRow, RouteRow, TimetableRow } from './tables.ts';

/** What commands and sweeps ask, mostly behind a lock. */

export const routeColumns =
  raw(`r.scope_id as "scopeId", r.route_id as id, r.city_id as "cityId", r.street_id as "streetId", r.company_id as "companyId",
  r.label, r.version, r.next_at as "nextAt", r.retired_at as "retiredAt"`);
export const checkpointColumns =
  raw(`c.scope_id as "scopeId", c.checkpoint_id as id, c.city_id as "cityId", c.street_id as "streetId", c.company_id as "companyId",
  c.route_id as "routeId", c.position, c.label, c.building_id as "buildingId", c.facility_id as "facilityId", c.spot,
  c.category_code as "categoryCode", c.minutes, c.device_id as "deviceId", c.every_rounds as "everyRounds",
  c.since_last as "sinceLast", c.version, c.retired_at as "retiredAt"`);
export const loweringColumns =
  raw(`l.scope_id as "scopeId", l.lowering_id as id, l.city_id as "cityId", l.street_id as "streetId", l.company_id as "companyId",
  l.checkpoint_id as "checkpointId", l.device_id as "deviceId", l.every_rounds as "everyRounds", l.until_on::text as "untilOn",
  l.until_at as "untilAt", l.reason, l.state, l.ended, l.proposed_by as "proposedBy", l.proposed_by_name as "proposedByName",
  l.proposed_at as "proposedAt", l.decided_by_name as "decidedByName", l.decided_at as "decidedAt",
  l.decided_words as "decidedWords", l.ended_at as "endedAt", l.version`);
export const roundColumns =
  raw(`o.scope_id as "scopeId", o.round_id as id, o.city_id as "cityId", o.street_id as "streetId", o.company_id as "companyId",
  o.route_id as "routeId", o.opens_at as "opensAt", o.due_at as "dueAt", o.closes_at as "closesAt", o.state, o.done_at as "doneAt"`);
export const checkColumns =
  raw(`k.scope_id as "scopeId", k.round_id as "roundId", k.checkpoint_id as "checkpointId", k.position, k.state, k.minutes, k.how,
  k.result, k.note, k.done_by as "doneBy", k.done_by_name as "doneByName", k.done_at as "doneAt"`);
const timetableColumns =
  raw(`t.route_id as "routeId", t.version, t.valid_from::text as "validFrom", t.every_days as "everyDays", t.times,
  t.within_minutes as "withinMinutes", t.reason, t.changed_by_name as "changedByName"`);

export async function lockRoute(tx: Tx, scopeId: string, routeId: string): Promise<RouteRow | null> {
  const [row] = await tx.query<RouteRow>(
    sql`select ${routeColumns} from patrol.route r where r.scope_id = ${scopeId} and r.route_id = ${routeId} for no key update`,
  );
  return row ?? null;
}

export function timetablesOf(
  q: Executor,
  scopeIds: readonly string[],
  routeIds: readonly string[],
): Promise<TimetableRow[]> {
  return q.query<TimetableRow>(
    sql`select ${timetableColumns} from patrol.timetable t
        where t.scope_id = any (${[...scopeIds]}::uuid[]) and t.route_id = any (${[...routeIds]}::uuid[]) order by t.version`,
  );
}

/** Those that are still looked at, in the order in which they are walked. */
export function checkpointsOf(
  q: Executor,
  scopeIds: readonly string[],
  routeIds: readonly string[],
): Promise<CheckpointRow[]> {
  return q.query<CheckpointRow>(
    sql`select ${checkpointColumns} from patrol.checkpoint c
        where c.scope_id = any (${[...scopeIds]}::uuid[]) and c.route_id = any (${[...routeIds]}::uuid[]) and c.retired_at is null
        order by c.route_id, c.position, c.checkpoint_id`,
  );
}

export async function lockCheckpoint(
  tx: Tx,
  scopeId: string,
  checkpointId: string,
): Promise<CheckpointRow | null> {
  const [row] = await tx.query<CheckpointRow>(
    sql`select ${checkpointColumns} from patrol.checkpoint c
        where c.scope_id = ${scopeId} and c.checkpoint_id = ${checkpointId} for no key update`,
  );
  return row ?? null;
}

export async function lockLowering(tx: Tx, scopeId: string, id: string): Promise<LoweringRow | null> {
  const [row] = await tx.query<LoweringRow>(
    sql`select ${loweringColumns} from patrol.lowering l where l.scope_id = ${scopeId} and l.lowering_id = ${id} for no key update`,
  );
  return row ?? null;
}

/** Asked for, allowed or suspended; at most one. */
export async function openLoweringOf(
  tx: Tx,
  scopeId: string,
  checkpointId: string,
): Promise<LoweringRow | null> {
  const [row] = await tx.query<LoweringRow>(
    sql`select ${loweringColumns} from patrol.lowering l
        where l.scope_id = ${scopeId} and l.checkpoint_id = ${checkpointId} and l.state in ('proposed', 'approved', 'suspended') for no key update`,
  );
  return row ?? null;
}

/** Of a device that was taken away. */
export function openLoweringsOfDevice(
  q: Executor,
  scopeId: string,
  deviceId: string,
): Promise<LoweringRow[]> {
  return q.query<LoweringRow>(
    sql`select ${loweringColumns} from patrol.lowering l
        where l.scope_id = ${scopeId} and l.device_id = ${deviceId} and l.state in ('proposed', 'approved', 'suspended')
        order by l.lowering_id`,
  );
}

export async function lockRound(tx: Tx, scopeId: string, roundId: string): Promise<RoundRow | null> {
  const [row] = await tx.query<RoundRow>(
    sql`select ${roundColumns} from patrol.round o where o.scope_id = ${scopeId} and o.round_id = ${roundId} for no key update`,
  );
  return row ?? null;
}

export function checksOf(
  q: Executor,
  scopeIds: readonly string[],
  roundIds: readonly string[],
): Promise<CheckRow[]> {
  return q.query<CheckRow>(
    sql`select ${checkColumns} from patrol.round_check k
        where k.scope_id = any (${[...scopeIds]}::uuid[]) and k.round_id = any (${[...roundIds]}::uuid[])
        order by k.round_id, k.position, k.checkpoint_id`,
  );
}

export interface OpenFinding {
  readonly id: string;
  readonly workOrderId: string;
}

export async function openFinding(
  tx: Tx,
  scopeId: string,
  checkpointId: string,
): Promise<OpenFinding | null> {
  const [row] = await tx.query<OpenFinding>(
    sql`select f.finding_id as id, f.work_order_id as "workOrderId" from patrol.finding f
        where f.scope_id = ${scopeId} and f.checkpoint_id = ${checkpointId} and f.ended_at is null for no key update`,
  );
  return row ?? null;
}

/** Routes whose next round opens, over all scopes: the worker's. */
export function claimRoutes(tx: Tx, now: Date, limit: number): Promise<RouteRow[]> {
  return claimByScope<RouteRow>(tx, {
    columns: sql`${routeColumns}`,
    from: sql`patrol.route r`,
    scope: sql`r.scope_id`,
    id: sql`r.route_id`,
    due: sql`r.next_at <= ${now}`,
    order: sql`r.next_at`,
    limit,
  });
}

/** Rounds that become late or are missed, over all scopes: the worker's. */
export function claimRounds(tx: Tx, now: Date, limit: number): Promise<RoundRow[]> {
  return claimByScope<RoundRow>(tx, {
    columns: sql`${roundColumns}`,
    from: sql`patrol.round o`,
    scope: sql`o.scope_id`,
    id: sql`o.round_id`,
    due: sql`o.mark_at <= ${now}`,
    order: sql`o.mark_at`,
    limit,
  });
}

/** Over all scopes: the worker's. Not locked here: the checkpoint is locked first (service-lowering). */
export function claimLowerings(tx: Tx, now: Date, limit: number): Promise<LoweringRow[]> {
  return tx.query<LoweringRow>(
    sql`select ${loweringColumns} from patrol.lowering l where l.look_at <= ${now} order by l.look_at limit ${limit}`,
  );
}

export interface MissedRound {
  readonly opensAt: Date;
  readonly closesAt: Date;
  readonly missedChecks: number;
}

export async function missedRound(
  q: Executor,
  scopeId: string,
  roundId: string,
): Promise<MissedRound | null> {
  const [row] = await q.query<MissedRound>(
    sql`select o.opens_at as "opensAt", o.closes_at as "closesAt",
          (select count(*)::integer from patrol.round_check k
            where k.scope_id = ${scopeId} and k.round_id = o.round_id and k.state = 'missed') as "missedChecks"
        from patrol.round o where o.scope_id = ${scopeId} and o.round_id = ${roundId}`,
  );
  return row ?? null;
}
