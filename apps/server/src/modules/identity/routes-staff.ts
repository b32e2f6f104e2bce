import { addDays } from '@gongzhi/kernel';
import type { Static } from 'typebox';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { isSkillValid } from '../places/index.ts';
import { grantableRoles, hasLeft, type StaffRole } from './domain-staff.ts';
import {
  NewStaff,
  StaffChanged,
  StaffCommand,
  StaffEntries,
  StaffEntry,
  StaffParams,
  StaffScope,
} from './schemas-staff.ts';
import {
  commandStaff,
  hireStaff,
  listStaffEntries,
  type StaffEntry as Entry,
  type StaffList,
} from './service-staff.ts';

const tags = ['staff'];

function toEntry({ record, account }: Entry, list: StaffList, acting: Acting): Static<typeof StaffEntry> {
  return {
    staffId: record.staffId,
    scopeId: record.scopeId,
    accountId: record.accountId,
    displayName: record.displayName,
    title: record.title,
    role: record.role,
    phoneMasked: account?.phoneMasked ?? null,
    hasSecondFactor: account?.hasSecondFactor ?? false,
    startsOn: record.startsOn,
    lastDay: record.endsOn === null ? null : addDays(record.endsOn, -1),
    isHere: record.startsOn <= list.today && !hasLeft(record, list.today),
    mayChange:
      record.accountId !== acting.accountId &&
      grantableRoles(acting.role, list.wall.kind).includes(record.role as StaffRole),
    version: record.version,
    skills: record.skills.map((one) => ({ ...one, isValid: isSkillValid(one.validUntil, list.today) })),
  };
}

export function staffRoutes(app: App, house: House): void {
  app.get(
    '/staff',
    {
      config: { permission: 'staff.manage' },
      schema: {
        operationId: 'listStaffEntries',
        tags,
        summary: 'The staff of an employer as its managers keep it, with who has left and what has lapsed',
        querystring: StaffScope,
        response: { 200: StaffEntries },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const list = await listStaffEntries(house, acting, request.query.scopeId);
      return {
        scopeName: list.wall.name,
        roles: [...grantableRoles(acting.role, list.wall.kind)],
        items: list.entries.map((entry) => toEntry(entry, list, acting)),
      };
    },
  );

  /** As it stands after the command, read back by whoever gave it. */
  const entryOf = async (acting: Acting, scopeId: string, staffId: string) => {
    const list = await listStaffEntries(house, acting, scopeId);
    const entry = list.entries.find(({ record }) => record.staffId === staffId);
    if (entry === undefined) throw new Problem('not_found');
    return toEntry(entry, list, acting);
  };

  app.get(
    '/staff/:staffId',
    {
      config: { permission: 'staff.manage' },
      schema: {
        operationId: 'getStaffEntry',
        tags,
        summary: 'One person of the staff',
        params: StaffParams,
        querystring: StaffScope,
        response: { 200: StaffEntry },
      },
    },
    (request) => entryOf(request.acting!, request.query.scopeId, request.params.staffId),
  );

  app.post(
    '/staff',
    {
      config: { permission: 'staff.manage' },
      schema: {
        operationId: 'hireStaff',
        tags,
        summary: 'Take somebody on: by phone, as what, from when',
        body: NewStaff,
        response: { 201: StaffChanged },
      },
    },
    (request, reply) => {
      const acting = request.acting!;
      return runCommand(house, request, reply, request.body.scopeId, async (tx, now) => {
        const { staffId, version } = await hireStaff(house, acting, tx, request.body, now);
        return { status: 201, body: { staffId, version } };
      });
    },
  );

  app.post(
    '/staff/:staffId/commands',
    {
      config: { permission: 'staff.manage' },
      schema: {
        operationId: 'commandStaff',
        tags,
        summary: 'Rename, change the role, end on a day, skills, reset the second factor',
        params: StaffParams,
        querystring: StaffScope,
        body: StaffCommand,
        response: { 200: StaffChanged },
      },
    },
    (request, reply) => {
      const acting = request.acting!;
      const { scopeId } = request.query;
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        const { staffId, version } = await commandStaff(
          house,
          acting,
          tx,
          scopeId,
          request.params.staffId,
          request.body,
          now,
        );
        return { status: 200, body: { staffId, version } };
      });
    },
  );
}
