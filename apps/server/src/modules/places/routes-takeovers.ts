import { addDays } from '@gongzhi/kernel';
import type { Static } from 'typebox';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import { page, idPosition } from '../../platform/http/pagination.ts';
import type { House } from '../../platform/house.ts';
import { mayAttempt } from '../../platform/permissions/permissions.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { reaches } from './permissions.ts';
import { listDepartments, listTakeovers, servicePeriods, type TakeoverRow } from './queries-takeovers.ts';
import { accessScope, wallOf } from './queries-walls.ts';
import { HouseholdQuery as ScopeQuery, ScopeParams } from './schemas.ts';
import {
  Departments,
  DepartmentsQuery,
  NewTakeover,
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
  const { db } = house;

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
      const after = idPosition(cursor);
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
}
