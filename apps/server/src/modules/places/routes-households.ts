import { localDate } from '@gongzhi/kernel';
import type { App } from '../../platform/http/app.ts';
import { page } from '../../platform/http/pagination.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import type { Executor } from '../../platform/db/database.ts';
import type { Wall } from './domain.ts';
import { stateOf, type TieState } from './domain-residence.ts';
import { findHouseholdDetail, type HouseholdRow, listHouseholds } from './queries.ts';
import { type TieRow, tiesOfHousehold } from './queries-people.ts';
import { accessScope } from './queries-walls.ts';
import { householdCursor } from './routes-cursors.ts';
import {
  HouseholdDetail,
  HouseholdPage,
  HouseholdParams,
  HouseholdQuery,
  HouseholdsQuery,
  ScopeParams,
} from './schemas.ts';

function toHousehold(row: HouseholdRow) {
  return {
    id: row.household_id,
    label: row.label,
    buildingId: row.building_id,
    buildingName: row.building_name,
    unitName: row.unit_name,
    roomNo: row.room_no,
    floor: row.floor,
    areaM2: row.area_m2,
  };
}

const tags = ['places'];

/** A household as its page shows it: who belongs to it today, who is to come, who has left. */
export async function readHousehold(q: Executor, wall: Wall, householdId: string, now: Date) {
  const { scopeId } = wall;
  const today = localDate(now.getTime(), wall.timeZone);
  const [row, ties] = await Promise.all([
    findHouseholdDetail(q, scopeId, householdId),
    tiesOfHousehold(q, scopeId, householdId),
  ]);
  if (row === null) throw new Problem('not_found');
  const toTie = (tie: TieRow) => ({
    id: tie.person_id,
    occupancyId: tie.occupancy_id,
    nameMasked: tie.name_masked,
    phoneMasked: tie.phone_masked,
    hasAccount: tie.account_id !== null,
    isErased: tie.erased_at !== null,
    relation: tie.relation,
    since: tie.starts_on,
    until: tie.ends_on,
  });
  const inState = (state: TieState) =>
    ties
      .filter((tie) => stateOf({ startsOn: tie.starts_on, endsOn: tie.ends_on }, today) === state)
      .map(toTie);
  return {
    ...toHousehold(row),
    scopeId: row.scope_id,
    scopeName: wall.name,
    version: row.version,
    people: inState('current'),
    coming: inState('coming'),
    former: inState('past').toReversed(),
    grid:
      row.grid_id === null
        ? null
        : {
            id: row.grid_id,
            code: row.grid_code ?? '',
            name: row.grid_name ?? '',
            socialWorkerName: row.social_worker_name,
            stewardName: row.steward_name,
          },
  };
}

export function householdRoutes(app: App, { db, clock }: House): void {
  app.get(
    '/places/scopes/:scopeId/households',
    {
      config: { permission: 'household.list' },
      schema: {
        operationId: 'listHouseholds',
        tags,
        summary: 'Households of a compound, found by label or number ("3-2-601")',
        params: ScopeParams,
        querystring: HouseholdsQuery,
        response: { 200: HouseholdPage },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { scopeId } = request.params;
      const { q: words, buildingId, cursor, limit = 20 } = request.query;
      const after = householdCursor(cursor);
      const rows = await db.read(acting.actor, async (q) => {
        await accessScope(q, acting, scopeId);
        return listHouseholds(q, scopeId, { q: words, buildingId }, after, limit + 1);
      });
      return page(rows, limit, toHousehold, (row) => [
        row.building_position,
        row.unit_position,
        row.floor,
        row.room_no,
        row.household_id,
      ]);
    },
  );

  app.get(
    '/places/households/:householdId',
    {
      config: { permission: 'household.read' },
      schema: {
        operationId: 'getHousehold',
        tags,
        summary: 'A household with its people (masked) and its grid',
        params: HouseholdParams,
        querystring: HouseholdQuery,
        response: { 200: HouseholdDetail },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { householdId } = request.params;
      const { scopeId } = request.query;
      return db.read(acting.actor, async (q) => {
        const wall = await accessScope(q, acting, scopeId);
        return readHousehold(q, wall, householdId, clock.now());
      });
    },
  );
}
