import { uuidv7 } from '@gongzhi/kernel';
import type { Static } from 'typebox';
import { audit } from '../../platform/audit/audit.ts';
import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import type { Wall } from './domain.ts';
import { findBuilding } from './queries-lookups.ts';
import { isOrganisationKnown } from './queries-organisation.ts';
import { findOrganisation, lockOwner } from './queries-owners.ts';
import { accessScope, wallOf } from './queries-walls.ts';
import type { NewOrganisation, OwnerChange } from './schemas-owners.ts';

/** From a day on a building is another unit's, or no unit's; what was before stays on record. */
export async function setOwner(
  tx: Tx,
  acting: Acting,
  scopeId: string,
  { buildingId, organisationId, startsOn }: Static<typeof OwnerChange>,
  now: Date,
): Promise<Wall> {
  const wall = await accessScope(tx, acting, scopeId);
  if ((await findBuilding(tx, scopeId, buildingId)) === null)
    throw new Problem('grid.building_unknown', {}, [{ path: '/buildingId', code: 'unknown', params: {} }]);
  const [owner, before] = [
    organisationId === null ? null : await findOrganisation(tx, wall.cityId, organisationId),
    await lockOwner(tx, scopeId, buildingId),
  ];
  if (organisationId !== null && owner?.kind !== 'property_right_unit')
    throw new Problem('owner.organisation_unknown', {}, [
      { path: '/organisationId', code: 'unknown', params: {} },
    ]);
  if (before !== null && startsOn <= before.startsOn)
    throw new Problem('owner.before_predecessor', { startsOn: before.startsOn }, [
      { path: '/startsOn', code: 'minimum', params: { limit: before.startsOn } },
    ]);
  if (before !== null)
    tx.write(
      sql`update places.building_owner set ends_on = ${startsOn} where scope_id = ${scopeId} and building_owner_id = ${before.id}`,
    );
  if (owner !== null)
    tx.write(
      sql`insert into places.building_owner (scope_id, building_owner_id, city_id, street_id, company_id, building_id, owner_scope_id, organisation_id, starts_on)
          values (${scopeId}, ${uuidv7(now.getTime())}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${buildingId}, ${owner.scopeId}, ${organisationId}, ${startsOn})`,
    );
  audit(tx, {
    auditId: uuidv7(now.getTime()),
    scopeId,
    wall: { cityId: wall.cityId, streetId: wall.streetId, companyId: wall.companyId },
    accountId: acting.accountId,
    action: 'building.owner_changed',
    objectType: 'building',
    objectId: buildingId,
    detail: { organisationId, startsOn },
    at: now,
  });
  return wall;
}

/** An organisation that serves or owns without being anybody's employer here: entered by the street or the city. */
export async function createOrganisation(
  tx: Tx,
  acting: Acting,
  body: Static<typeof NewOrganisation>,
  now: Date,
): Promise<{ id: string; scopeId: string; kind: Static<typeof NewOrganisation>['kind']; name: string }> {
  const home = await wallOf(tx, acting.homeScopeId);
  const cityId = home?.kind === 'city' ? home.scopeId : (home?.cityId ?? null);
  if (home === null || cityId === null) throw new Problem('not_found');
  const name = body.name.trim();
  if (await isOrganisationKnown(tx, cityId, body.kind, name))
    throw new Problem('organisation.exists', {}, [{ path: '/name', code: 'taken', params: {} }]);
  const [scopeId, id] = [uuidv7(now.getTime()), uuidv7(now.getTime())];
  const streetId = home.kind === 'street' ? home.scopeId : null;
  tx.write(
    sql`insert into places.scope (scope_id, kind, name, parent_id, city_id, street_id, time_zone, is_demonstration, created_at)
        values (${scopeId}, 'organisation', ${name}, ${cityId}, ${cityId}, ${streetId}, ${home.timeZone}, false, ${now})`,
  );
  tx.write(
    sql`insert into places.organisation (scope_id, organisation_id, city_id, street_id, kind, name)
        values (${scopeId}, ${id}, ${cityId}, ${streetId}, ${body.kind}, ${name})`,
  );
  audit(tx, {
    auditId: uuidv7(now.getTime()),
    scopeId,
    wall: { cityId, streetId, companyId: null },
    accountId: acting.accountId,
    action: 'organisation.entered',
    objectType: 'organisation',
    objectId: id,
    detail: { kind: body.kind, name },
    at: now,
  });
  return { id, scopeId, kind: body.kind, name };
}
