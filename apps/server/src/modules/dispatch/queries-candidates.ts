import { DAY, type Instant, localDate, startOfDay } from '@gongzhi/kernel';
import type { Executor } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { House } from '../../platform/house.ts';
import {
  buildingSpots,
  compoundsOfDepartment,
  findFacility,
  findHousehold,
  staffRecords,
  type StaffRecord,
  type Wall,
  wallOf,
} from '../places/index.ts';
import { type DispatchOrder, workloadsOf } from '../work-orders/index.ts';
import {
  dutiesAt,
  type Person,
  type Ranked,
  rankCandidates,
  type RankSettings,
  type Spot,
  type Wanted,
} from './domain.ts';
import { planOf, storedPlan } from './queries-roster.ts';

/** Who could go, with what is known about each: gathered once for a department, asked for many orders. */

export interface Team {
  readonly wall: Wall;
  readonly staff: ReadonlyMap<string, StaffRecord>;
  readonly people: readonly Person[];
  readonly spots: ReadonlyMap<string, Spot>;
  readonly settings: RankSettings;
  readonly today: string;
}

const chainOf = (wall: Wall) =>
  [wall.scopeId, wall.companyId, wall.streetId, wall.cityId].filter((id) => id !== null);

/** Null when nobody serves the place. */
export async function teamOf(
  q: Executor,
  house: Pick<House, 'settings'>,
  scopeId: string,
  now: Instant,
): Promise<Team | null> {
  const place = await wallOf(q, scopeId);
  const departmentId = place?.kind === 'department' ? place.scopeId : place?.departmentId;
  const wall = departmentId == null ? null : await wallOf(q, departmentId);
  if (wall === null) return null;
  const { timeZone } = wall;
  const today = localDate(now, timeZone);
  const [stored, records, compounds, settings] = await Promise.all([
    storedPlan(q, wall.scopeId, now, now + 4 * DAY),
    staffRecords(q, wall.scopeId),
    compoundsOfDepartment(q, wall.scopeId),
    house.settings.get(q, chainOf(wall), 'dispatch.ranking', new Date(now)),
  ]);
  const here = records.filter(
    (record) => record.startsOn <= today && (record.endsOn === null || record.endsOn > today),
  );
  const staff = new Map(here.map((record) => [record.accountId, record]));
  const accountIds = [...staff.keys()];
  const scopeIds = compounds.map(({ id }) => id);
  const [loads, buildings, positions] = await Promise.all([
    workloadsOf(q, scopeIds, accountIds, new Date(startOfDay(today, timeZone))),
    buildingSpots(q, scopeIds),
    positionsOf(q, wall.scopeId, new Date(now)),
  ]);
  const spots = new Map<string, Spot>(
    buildings.map(({ id, scopeId: at, point }) => [id, { scopeId: at, buildingId: id, point }]),
  );
  const duties = dutiesAt(planOf(stored), accountIds, now, timeZone);
  const people = [...staff.values()].map((record): Person => {
    const load = loads.get(record.accountId);
    const phone = positions.get(record.accountId);
    const last =
      load?.lastScopeId == null
        ? null
        : ((load.lastBuildingId === null ? undefined : spots.get(load.lastBuildingId)) ?? {
            scopeId: load.lastScopeId,
            buildingId: null,
            point: null,
          });
    return {
      accountId: record.accountId,
      role: record.role,
      skills: record.skills,
      duty: duties.get(record.accountId)!,
      openOrders: load?.openOrders ?? 0,
      openEmergencies: load?.openEmergencies ?? 0,
      takenToday: load?.taken ?? 0,
      spot:
        phone === undefined ? last : { scopeId: last?.scopeId ?? scopeId, buildingId: null, point: phone },
      spotFrom: phone !== undefined ? 'phone' : last === null ? null : 'last_order',
    };
  });
  return { wall, staff, people, spots, settings, today };
}

async function positionsOf(
  q: Executor,
  scopeId: string,
  now: Date,
): Promise<Map<string, { latitude: number; longitude: number }>> {
  const rows = await q.query<{ id: string; latitude: number; longitude: number }>(
    sql`select p.account_id as id, p.latitude, p.longitude from dispatch.position p
        where p.scope_id = ${scopeId} and p.expires_at > ${now}`,
  );
  return new Map(rows.map(({ id, latitude, longitude }) => [id, { latitude, longitude }]));
}

export async function wantedOf(
  q: Executor,
  team: Team,
  { order, scopeId, skill }: DispatchOrder,
  declinedBy: readonly string[],
): Promise<Wanted> {
  const { householdId } = order.wall;
  const household = householdId === null ? null : await findHousehold(q, scopeId, householdId);
  const facility =
    order.facilityId === null || order.buildingId !== null
      ? null
      : await findFacility(q, scopeId, order.facilityId);
  const buildingId = order.buildingId ?? household?.buildingId ?? facility?.buildingId ?? null;
  return {
    scopeId,
    gridId: household?.gridId ?? null,
    skill,
    isEmergency: order.state.isEmergency,
    spot: (buildingId === null ? undefined : team.spots.get(buildingId)) ?? {
      scopeId,
      buildingId,
      point: null,
    },
    accusedAccountId: order.state.accusedAccountId,
    declinedBy,
  };
}

/** Whoever might be sent: people who do such work, and the manager. */
const SENT: ReadonlySet<string> = new Set(['worker', 'guard', 'steward', 'desk', 'manager']);

export async function rankingOf(
  q: Executor,
  team: Team,
  order: DispatchOrder,
  declinedBy: readonly string[] = [],
): Promise<Ranked[]> {
  const wanted = await wantedOf(q, team, order, declinedBy);
  const people = team.people.filter(({ role }) => SENT.has(role));
  return rankCandidates(wanted, people, team.settings, team.today);
}
