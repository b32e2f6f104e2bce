import { addDays, isUuid, localDate, uuidv7 } from '@gongzhi/kernel';
import type { Static } from 'typebox';
import { audit } from '../../platform/audit/audit.ts';
import { sql } from '../../platform/db/sql.ts';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import { page, positionOf } from '../../platform/http/pagination.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import { mayAttempt } from '../../platform/permissions/permissions.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { reaches } from './permissions.ts';
import { findBuilding } from './queries-lookups.ts';
import { findOrganisation, listOwners, lockOwner } from './queries-owners.ts';
import { listDepartments, listTakeovers, servicePeriods, type TakeoverRow } from './queries-takeovers.ts';
import { accessScope, wallOf } from './queries-walls.ts';
import { HouseholdQuery as ScopeQuery, ScopeParams } from './schemas.ts';
import {
  Departments,
  DepartmentsQuery,
  NewTakeover,
  OwnerChange,
  Owners,
  ServicePeriods,
  TakeoverCommand,
  TakeoverDone,
  type TakeoverItem,
  TakeoverPage,
  TakeoverParams,
  TakeoversQuery,
} from './schemas-takeovers.ts';
import { commandTakeover, planTakeover } from './service-takeovers.ts';

const tags = ['places'];
const iso = (date: Date | null) => date?.toISOString() ?? null;
const lastDayOf = (endsOn: string | null) => (endsOn === null ? null : addDays(endsOn, -1));
const named = (id: string | null, name: string | null) =>
  id === null || name === null ? null : { id, name };

function toTakeover(row: TakeoverRow, acting: Acting): Static<typeof TakeoverItem> {
  const isOwn = acting.role !== 'company' || row.plannedByRole === 'company';
  const reachesFrom = reaches(acting.actor, {
    scopeId: row.scopeId,
    kind: 'compound',
    name: row.scopeName,
    cityId: row.cityId,
    districtId: null,
    streetId: row.streetId,
    communityId: null,
    companyId: row.fromCompanyId,
    departmentId: row.fromDepartmentId,
    timeZone: 'Asia/Shanghai',
  });
  return {
    id: row.takeoverId,
    scopeId: row.scopeId,
    scopeName: row.scopeName,
    fromCompany: named(row.fromCompanyId, row.fromCompanyName),
    fromDepartment: named(row.fromDepartmentId, row.fromDepartmentName),
    toCompany: { id: row.toCompanyId, name: row.toCompanyName },
    toDepartment: { id: row.toDepartmentId, name: row.toDepartmentName },
    kind: row.kind,
    effectiveOn: row.effectiveOn,
    lastDay: lastDayOf(row.endsOn),
    documentNumber: row.documentNumber,
    decidedBy: row.decidedBy,
    note: row.note,
    state: row.state,
    plannedByRole: row.plannedByRole,
    plannedAt: row.plannedAt.toISOString(),
    appliedAt: iso(row.appliedAt),
    doneAt: iso(row.doneAt),
    cancelledAt: iso(row.cancelledAt),
    cancelledReason: row.cancelledReason,
    ordersPassed: row.ordersPassed,
    mayChange: row.state === 'planned' && mayAttempt(acting.role, 'takeover.plan') && isOwn && reachesFrom,
    version: row.version,
  };
}

export function takeoverRoutes(app: App, house: House): void {
  const { db, clock } = house;

  app.get(
    '/places/takeovers',
    {
      config: { permission: 'takeover.read' },
      schema: {
        operationId: 'listTakeovers',
        tags,
        summary: 'Compounds that change or changed their company, as both companies and the street see them',
        querystring: TakeoversQuery,
        response: { 200: TakeoverPage },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { scopeId, cursor, limit = 20 } = request.query;
      const after = positionOf(cursor, 1, ([id]) => (typeof id === 'string' && isUuid(id) ? id : null));
      const rows = await db.read(acting.actor, (q) => listTakeovers(q, scopeId, after, limit + 1));
      return page(
        rows,
        limit,
        (row) => toTakeover(row, acting),
        (row) => [row.takeoverId],
      );
    },
  );

  app.post(
    '/places/scopes/:scopeId/takeovers',
    {
      config: { permission: 'takeover.plan' },
      schema: {
        operationId: 'planTakeover',
        tags,
        summary: 'Let a compound pass to another company and department on a date',
        params: ScopeParams,
        body: NewTakeover,
        response: { 201: TakeoverDone },
      },
    },
    (request, reply) => {
      const acting = request.acting!;
      const { scopeId } = request.params;
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        const { takeoverId, version, state } = await planTakeover(
          house,
          acting,
          tx,
          scopeId,
          request.body,
          now,
        );
        return { status: 201, body: { id: takeoverId, version, state } };
      });
    },
  );

  app.post(
    '/places/takeovers/:takeoverId/commands',
    {
      config: { permission: 'takeover.plan' },
      schema: {
        operationId: 'commandTakeover',
        tags,
        summary: 'Change or cancel a takeover before its day',
        params: TakeoverParams,
        querystring: ScopeQuery,
        body: TakeoverCommand,
        response: { 200: TakeoverDone },
      },
    },
    (request, reply) => {
      const acting = request.acting!;
      const { scopeId } = request.query;
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        const { takeoverId } = request.params;
        const done = await commandTakeover(house, acting, tx, scopeId, takeoverId, request.body, now);
        return { status: 200, body: { id: takeoverId, version: done.version, state: done.state } };
      });
    },
  );

  app.get(
    '/places/departments',
    {
      config: { permission: 'takeover.plan' },
      schema: {
        operationId: 'listDepartments',
        tags,
        summary: "The city's project departments and their companies: who could take a compound over",
        querystring: DepartmentsQuery,
        response: { 200: Departments },
      },
    },
    async (request) => {
      const acting = request.acting!;
      return db.read(acting.actor, async (q) => {
        const home = await wallOf(q, acting.homeScopeId);
        const cityId = home?.kind === 'city' ? home.scopeId : (home?.cityId ?? null);
        const items = await listDepartments(q, cityId, request.query.q, 200);
        return { items: items.map((item) => ({ ...item })) };
      });
    },
  );

  app.get(
    '/places/scopes/:scopeId/service-periods',
    {
      config: { permission: 'place.read' },
      schema: {
        operationId: 'listServicePeriods',
        tags,
        summary: 'Which company served a compound when',
        params: ScopeParams,
        response: { 200: ServicePeriods },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const rows = await db.read(acting.actor, async (q) => {
        await accessScope(q, acting, request.params.scopeId);
        return servicePeriods(q, request.params.scopeId);
      });
      return {
        items: rows.map((row) => ({
          company: { id: row.companyId, name: row.companyName },
          department: { id: row.departmentId, name: row.departmentName },
          startsOn: row.startsOn,
          lastDay: lastDayOf(row.endsOn),
        })),
      };
    },
  );

  app.get(
    '/places/scopes/:scopeId/owners',
    {
      config: { permission: 'owner.list' },
      schema: {
        operationId: 'listOwners',
        tags,
        summary: 'Which property-right unit owns which building today',
        params: ScopeParams,
        response: { 200: Owners },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { scopeId } = request.params;
      const items = await db.read(acting.actor, async (q) => {
        const wall = await accessScope(q, acting, scopeId);
        return listOwners(q, scopeId, localDate(clock.now().getTime(), wall.timeZone));
      });
      return { items: items.map((item) => ({ ...item })) };
    },
  );

  app.post(
    '/places/scopes/:scopeId/owners',
    {
      config: { permission: 'owner.manage' },
      schema: {
        operationId: 'setOwner',
        tags,
        summary: 'From a day on a building belongs to a property-right unit, or to none',
        params: ScopeParams,
        body: OwnerChange,
        response: { 200: Owners },
      },
    },
    (request, reply) => {
      const acting = request.acting!;
      const { scopeId } = request.params;
      const { buildingId, organisationId, startsOn } = request.body;
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        const wall = await accessScope(tx, acting, scopeId);
        if ((await findBuilding(tx, scopeId, buildingId)) === null)
          throw new Problem('grid.building_unknown', {}, [
            { path: '/buildingId', code: 'unknown', params: {} },
          ]);
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
        const items = await listOwners(tx, scopeId, localDate(now.getTime(), wall.timeZone));
        return { status: 200, body: { items } };
      });
    },
  );
}
