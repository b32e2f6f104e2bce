import { localDate, uuidv7 } from '@gongzhi/kernel';
import { audit } from '../../platform/audit/audit.ts';
import type { Tx } from '../../platform/db/database.ts';
import { recordEvent } from '../../platform/events/outbox.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import type { Static } from 'typebox';
import type { Wall } from './domain.ts';
import type { GridHalf } from './domain-staff.ts';
import {
  assignHouseholds,
  endKeeper,
  findHalf,
  type GridRow,
  insertKeeper,
  lockGrid,
  updateGrid,
} from './queries-grids.ts';
import { findBuilding } from './queries-lookups.ts';
import { accessScope } from './queries-walls.ts';
import type { GridCommand, NewGrid } from './schemas-organisation.ts';
import { sql } from '../../platform/db/sql.ts';

/** Which side names which half: the property its steward, the committee and the street their social worker. */
const sideOf: Partial<Record<Acting['role'], GridHalf>> = {
  manager: 'steward',
  company: 'steward',
  committee: 'social_worker',
  street: 'social_worker',
};

function told(tx: Tx, acting: Acting, wall: Wall, gridId: string, action: string, detail: object, now: Date) {
  const rowWall = { cityId: wall.cityId, streetId: wall.streetId, companyId: wall.companyId };
  audit(tx, {
    auditId: uuidv7(now.getTime()),
    scopeId: wall.scopeId,
    wall: rowWall,
    accountId: acting.accountId,
    action: `grid.${action}`,
    objectType: 'grid',
    objectId: gridId,
    detail: { ...detail },
    at: now,
  });
  recordEvent(tx, {
    eventId: uuidv7(now.getTime()),
    scopeId: wall.scopeId,
    wall: { ...rowWall, householdId: null, reporterAccountId: null, isPublic: false, isInternal: true },
    kind: 'grid.changed',
    version: 1,
    objectId: gridId,
    payload: { action },
    occurredAt: now,
  });
}

export async function createGrid(
  tx: Tx,
  acting: Acting,
  scopeId: string,
  body: Static<typeof NewGrid>,
  now: Date,
): Promise<GridRow> {
  const wall = await accessScope(tx, acting, scopeId);
  if (wall.kind !== 'compound') throw new Problem('not_found');
  const grid: GridRow = {
    grid_id: uuidv7(now.getTime()),
    scope_id: scopeId,
    code: body.code.trim(),
    name: body.name.trim(),
    social_worker_account_id: null,
    social_worker_name: null,
    steward_account_id: null,
    steward_name: null,
    version: 1,
  };
  tx.write(
    sql`insert into places.grid (scope_id, grid_id, city_id, street_id, company_id, code, name, version)
        values (${scopeId}, ${grid.grid_id}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${grid.code}, ${grid.name}, 1)`,
  );
  told(tx, acting, wall, grid.grid_id, 'created', { code: grid.code }, now);
  return grid;
}

async function halfOf(
  tx: Tx,
  wall: Wall,
  acting: Acting,
  half: GridHalf,
  accountId: string | null,
  now: Date,
): Promise<string | null> {
  if (sideOf[acting.role] !== half) throw new Problem('grid.half_not_yours', { half });
  if (accountId === null) return null;
  const employer = half === 'steward' ? wall.departmentId : wall.communityId;
  const today = localDate(now.getTime(), wall.timeZone);
  const name = employer === null ? null : await findHalf(tx, employer, accountId, half, today);
  if (name === null)
    throw new Problem('grid.half_unknown', {}, [{ path: '/accountId', code: 'unknown', params: {} }]);
  return name;
}

export async function commandGrid(
  tx: Tx,
  acting: Acting,
  scopeId: string,
  gridId: string,
  body: Static<typeof GridCommand>,
  now: Date,
): Promise<{ grid: GridRow; movedHouseholds: number }> {
  const [wall, before] = [await accessScope(tx, acting, scopeId), await lockGrid(tx, scopeId, gridId)];
  if (before === null) throw new Problem('not_found');
  if (before.version !== body.expectedVersion) throw new Problem('place.stale', { version: before.version });
  let grid: GridRow = { ...before, version: before.version + 1 };
  let movedHouseholds = 0;
  switch (body.action) {
    case 'rename':
      grid = { ...grid, name: body.name.trim() };
      told(tx, acting, wall, gridId, 'renamed', { from: before.name, to: grid.name }, now);
      break;
    case 'set_half': {
      const name = await halfOf(tx, wall, acting, body.half, body.accountId, now);
      const isSteward = body.half === 'steward';
      const from = isSteward ? before.steward_account_id : before.social_worker_account_id;
      grid = isSteward
        ? { ...grid, steward_account_id: body.accountId, steward_name: name }
        : { ...grid, social_worker_account_id: body.accountId, social_worker_name: name };
      if (from !== body.accountId) {
        const today = localDate(now.getTime(), wall.timeZone);
        const { cityId, streetId, companyId } = wall;
        tx.write(endKeeper(scopeId, gridId, body.half, today));
        if (body.accountId !== null && name !== null)
          tx.write(
            insertKeeper({
              id: uuidv7(now.getTime()),
              scopeId,
              cityId,
              streetId,
              companyId,
              gridId,
              half: body.half,
              accountId: body.accountId,
              name,
              startsOn: today,
            }),
          );
      }
      told(tx, acting, wall, gridId, 'pair_changed', { half: body.half, from, to: body.accountId }, now);
      break;
    }
    case 'assign': {
      if ((await findBuilding(tx, scopeId, body.buildingId)) === null)
        throw new Problem('grid.building_unknown', {}, [
          { path: '/buildingId', code: 'unknown', params: {} },
        ]);
      movedHouseholds = await assignHouseholds(tx, scopeId, gridId, body);
      told(
        tx,
        acting,
        wall,
        gridId,
        'households_assigned',
        { buildingId: body.buildingId, unitId: body.unitId ?? null, moved: movedHouseholds },
        now,
      );
      break;
    }
  }
  tx.write(updateGrid(grid));
  return { grid, movedHouseholds };
}
