import { localDate, uuidv7 } from '@gongzhi/kernel';
import type { Static } from 'typebox';
import { audit } from '../../platform/audit/audit.ts';
import { type Actor, signingIn } from '../../platform/db/actor.ts';
import type { Tx } from '../../platform/db/database.ts';
import { recordEvent } from '../../platform/events/outbox.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import type { Role } from '../../platform/permissions/permissions.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import {
  accessScope,
  findStaffRecord,
  insertStaff,
  lockStaff,
  type StaffRecord,
  staffRecords,
  storeSkill,
  updateStaff,
  type Wall,
} from '../places/index.ts';
import { normalisePhone } from './domain.ts';
import { endedTerm, grantableRoles, hasLeft, type StaffRole } from './domain-staff.ts';
import { livingMemberships } from './queries-memberships.ts';
import { removeFactor, replaceRecoveryCodes } from './queries-second-factor.ts';
import { enteringAs, findAccountByPhone, removeSessionsOf, restate } from './queries.ts';
import {
  type AccountFacts,
  accountFacts,
  insertAccount,
  insertMembership,
  lockMembership,
  updateMembership,
} from './queries-staff.ts';
import type { NewStaff, StaffCommand } from './schemas-staff.ts';

/**
 * Who works somewhere, as what, until when. Places keeps the record that colleagues and residents read, identity the
 * account and the capacity; both are written in one transaction.
 */
export interface StaffEntry {
  readonly record: StaffRecord;
  readonly account: AccountFacts | null;
}

export interface StaffList {
  readonly wall: Wall;
  readonly today: string;
  readonly entries: readonly StaffEntry[];
}

/** An actor as far as one employer: a company's headquarters states the department it acts for, and nothing more. */
const actingFor = (acting: Acting, scopeId: string): Actor => ({
  kind: 'scope',
  accountId: acting.accountId,
  membershipId: acting.membershipId,
  scopeIds: [scopeId],
  regionId: null,
  households: [],
});

/** Acts as somebody else for a while; whoever follows in this transaction finds it as it was. */
async function as<T>(tx: Tx, acting: Acting, actor: Actor, run: () => Promise<T>): Promise<T> {
  await restate(tx, actor);
  const result = await run();
  await restate(tx, acting.actor);
  return result;
}

export async function listStaffEntries(house: House, acting: Acting, scopeId: string): Promise<StaffList> {
  return house.db.act(acting.actor, async (tx) => {
    const wall = await accessEmployer(tx, acting, scopeId);
    const records = await staffRecords(tx, scopeId);
    const accounts = await as(tx, acting, signingIn, () =>
      accountFacts(
        tx,
        records.map((record) => record.accountId),
      ),
    );
    return {
      wall,
      today: localDate(house.clock.now().getTime(), wall.timeZone),
      entries: records.map((record) => ({ record, account: accounts.get(record.accountId) ?? null })),
    };
  });
}

async function accessEmployer(tx: Tx, acting: Acting, scopeId: string): Promise<Wall> {
  const wall = await accessScope(tx, acting, scopeId);
  if (grantableRoles(acting.role, wall.kind).length === 0) throw new Problem('not_found');
  return wall;
}

function assertGrantable(acting: Acting, wall: Wall, role: string): asserts role is StaffRole {
  if (!grantableRoles(acting.role, wall.kind).includes(role as StaffRole))
    throw new Problem('staff.role_not_yours', { role }, [{ path: '/role', code: 'enum', params: {} }]);
}

function recorded(
  tx: Tx,
  acting: Acting,
  wall: Wall,
  record: Pick<StaffRecord, 'staffId'>,
  action: string,
  detail: Readonly<Record<string, unknown>>,
  now: Date,
): void {
  const rowWall = { cityId: wall.cityId, streetId: wall.streetId, companyId: wall.companyId };
  audit(tx, {
    auditId: uuidv7(now.getTime()),
    scopeId: wall.scopeId,
    wall: rowWall,
    accountId: acting.accountId,
    action: `staff.${action}`,
    objectType: 'staff',
    objectId: record.staffId,
    detail,
    at: now,
  });
  recordEvent(tx, {
    eventId: uuidv7(now.getTime()),
    scopeId: wall.scopeId,
    wall: { ...rowWall, householdId: null, reporterAccountId: null, isPublic: false, isInternal: true },
    kind: 'staff.changed',
    version: 1,
    objectId: record.staffId,
    payload: { action },
    occurredAt: now,
  });
}

/** The account behind a phone; opened as itself when nobody has it yet. */
async function accountOf(
  house: House,
  tx: Tx,
  acting: Acting,
  phone: string,
  name: string,
  now: Date,
): Promise<{ accountId: string; isNew: boolean }> {
  const { crypto, config } = house;
  return as(tx, acting, signingIn, async () => {
    const known = await findAccountByPhone(tx, crypto.cityIndex(phone));
    if (known !== null) return { accountId: known.account_id, isNew: false };
    const accountId = uuidv7(now.getTime());
    await restate(tx, enteringAs(accountId));
    const isDemonstration = config.mode === 'demo';
    insertAccount(tx, crypto, { accountId, displayName: name, phone, locale: 'zh-CN', isDemonstration }, now);
    return { accountId, isNew: true };
  });
}

export async function hireStaff(
  house: House,
  acting: Acting,
  tx: Tx,
  body: Static<typeof NewStaff>,
  now: Date,
): Promise<StaffRecord> {
  const { scopeId, role } = body;
  const wall = await accessEmployer(tx, acting, scopeId);
  assertGrantable(acting, wall, role);
  const phone = normalisePhone(body.phone);
  if (phone === null)
    throw new Problem('auth.phone_invalid', {}, [{ path: '/phone', code: 'phone', params: {} }]);
  const today = localDate(now.getTime(), wall.timeZone);
  const startsOn = body.startsOn ?? today;
  if (startsOn < today)
    throw new Problem('staff.starts_in_past', {}, [
      { path: '/startsOn', code: 'minimum', params: { limit: today } },
    ]);
  const name = body.displayName.trim();
  const { accountId, isNew } = await accountOf(house, tx, acting, phone, name, now);
  if (accountId === acting.accountId) throw new Problem('staff.not_yourself');

  const record = await as(tx, acting, actingFor(acting, scopeId), async () => {
    const before = await findStaffRecord(tx, scopeId, accountId, role);
    const member = await lockMembership(tx, scopeId, accountId, role as Role);
    const isThere =
      (before !== null && !hasLeft(before, today)) ||
      (member !== null && !hasLeft({ startsOn: member.starts_on, endsOn: member.ends_on }, today));
    if (isThere) throw new Problem('staff.exists', {}, [{ path: '/phone', code: 'taken', params: {} }]);
    const next: StaffRecord = {
      staffId: before?.staffId ?? uuidv7(now.getTime()),
      scopeId,
      accountId,
      role,
      displayName: name,
      title: body.title.trim(),
      startsOn,
      endsOn: null,
      version: (before?.version ?? 0) + 1,
      skills: [],
    };
    // Who comes back goes on with the same record; when they were here before is in the audit.
    tx.write(before === null ? insertStaff(wall, next) : updateStaff(next));
    const membership = {
      scope_id: scopeId,
      membership_id: member?.membership_id ?? uuidv7(now.getTime()),
      account_id: accountId,
      role: role as Role,
      starts_on: startsOn,
      ends_on: null,
    };
    if (member === null) insertMembership(tx, membership);
    else updateMembership(tx, membership);
    recorded(
      tx,
      acting,
      wall,
      next,
      before === null ? 'hired' : 'hired_again',
      {
        accountId,
        role,
        startsOn,
        isNewAccount: isNew,
        before: before && { startsOn: before.startsOn, endsOn: before.endsOn },
      },
      now,
    );
    return next;
  });
  tx.afterCommit(() => house.sessions.forget(accountId));
  return record;
}

export async function commandStaff(
  house: House,
  acting: Acting,
  tx: Tx,
  scopeId: string,
  staffId: string,
  body: Static<typeof StaffCommand>,
  now: Date,
): Promise<StaffRecord> {
  const wall = await accessEmployer(tx, acting, scopeId);
  const today = localDate(now.getTime(), wall.timeZone);
  const record = await as(tx, acting, actingFor(acting, scopeId), async () => {
    const before = await lockStaff(tx, scopeId, staffId);
    if (before === null) throw new Problem('not_found');
    assertGrantable(acting, wall, before.role);
    // Nobody gives himself another role, nor locks the last door behind himself.
    if (before.accountId === acting.accountId) throw new Problem('staff.not_yourself');
    if (before.version !== body.expectedVersion)
      throw new Problem('place.stale', { version: before.version });
    const next = { ...before, version: before.version + 1 };
    switch (body.action) {
      case 'rename':
        return changed(
          tx,
          acting,
          wall,
          { ...next, displayName: body.displayName.trim(), title: body.title.trim() },
          'renamed',
          {},
          now,
        );
      case 'change_role':
        return changeRole(tx, acting, wall, next, body.role, today, now);
      case 'end':
        return end(tx, acting, wall, next, body.lastDay, today, now);
      case 'set_skill': {
        if (body.validUntil !== null && body.validUntil < today)
          throw new Problem('staff.skill_lapsed', {}, [
            { path: '/validUntil', code: 'minimum', params: { limit: today } },
          ]);
        const skill = {
          skill: body.skill,
          certificateNo: body.certificateNo?.trim() || null,
          validUntil: body.validUntil,
        };
        tx.write(storeSkill(wall, staffId, skill));
        return changed(
          tx,
          acting,
          wall,
          { ...next, skills: [...next.skills.filter((one) => one.skill !== skill.skill), skill] },
          'skill_set',
          { skill: skill.skill, validUntil: skill.validUntil },
          now,
        );
      }
      case 'end_skill': {
        const skill = before.skills.find((one) => one.skill === body.skill);
        if (skill === undefined) throw new Problem('staff.skill_unknown');
        // It lapsed yesterday: what somebody could do once is still known.
        const yesterday = localDate(now.getTime() - 86_400_000, wall.timeZone);
        const ended = { ...skill, validUntil: yesterday };
        tx.write(storeSkill(wall, staffId, ended));
        return changed(
          tx,
          acting,
          wall,
          { ...next, skills: next.skills.map((one) => (one.skill === skill.skill ? ended : one)) },
          'skill_ended',
          { skill: skill.skill },
          now,
        );
      }
      case 'reset_second_factor':
        await resetFactor(tx, acting, wall, before, now);
        return changed(tx, acting, wall, next, 'second_factor_reset', {}, now);
    }
  });
  tx.afterCommit(() => house.sessions.forget(record.accountId));
  return record;
}

function changed(
  tx: Tx,
  acting: Acting,
  wall: Wall,
  next: StaffRecord,
  action: string,
  detail: Readonly<Record<string, unknown>>,
  now: Date,
): StaffRecord {
  tx.write(updateStaff(next));
  recorded(tx, acting, wall, next, action, { accountId: next.accountId, ...detail }, now);
  return next;
}

async function changeRole(
  tx: Tx,
  acting: Acting,
  wall: Wall,
  record: StaffRecord,
  role: string,
  today: string,
  now: Date,
): Promise<StaffRecord> {
  assertGrantable(acting, wall, role);
  if (role === record.role) throw new Problem('staff.same_role');
  if (hasLeft(record, today)) throw new Problem('staff.has_left');
  const [member, other, otherRecord] = [
    await lockMembership(tx, wall.scopeId, record.accountId, record.role as Role),
    await lockMembership(tx, wall.scopeId, record.accountId, role as Role),
    await findStaffRecord(tx, wall.scopeId, record.accountId, role),
  ];
  // One account has a role once at an employer, even one that it had before.
  if (other !== null || otherRecord !== null) throw new Problem('staff.role_taken', { role });
  if (member !== null) updateMembership(tx, { ...member, role: role as Role });
  return changed(tx, acting, wall, { ...record, role }, 'role_changed', { from: record.role, to: role }, now);
}

async function end(
  tx: Tx,
  acting: Acting,
  wall: Wall,
  record: StaffRecord,
  lastDay: string | null,
  today: string,
  now: Date,
): Promise<StaffRecord> {
  if (lastDay === null && hasLeft(record, today)) throw new Problem('staff.has_left');
  const term = endedTerm(record, lastDay, today);
  if (term === null)
    throw new Problem('staff.ends_in_past', {}, [
      { path: '/lastDay', code: 'minimum', params: { limit: today } },
    ]);
  const member = await lockMembership(tx, wall.scopeId, record.accountId, record.role as Role);
  if (member !== null) updateMembership(tx, { ...member, starts_on: term.startsOn, ends_on: term.endsOn });
  const next = { ...record, startsOn: term.startsOn, endsOn: term.endsOn };
  return changed(tx, acting, wall, next, lastDay === null ? 'kept' : 'ended', { lastDay }, now);
}

/**
 * The telephone is lost. Only who may give every role that this account has may open it by the first factor alone:
 * a department's manager does not loosen the door of somebody who also works for the street.
 */
async function resetFactor(
  tx: Tx,
  acting: Acting,
  wall: Wall,
  record: StaffRecord,
  now: Date,
): Promise<void> {
  const { accountId } = record;
  await restate(tx, enteringAs(accountId));
  const memberships = await livingMemberships(tx, accountId, now);
  const isBeyond = memberships.some(
    (m) =>
      m.role !== 'resident' &&
      (m.scopeId !== wall.scopeId || !grantableRoles(acting.role, wall.kind).includes(m.role as StaffRole)),
  );
  if (isBeyond) throw new Problem('staff.works_elsewhere');
  removeFactor(tx, accountId, now);
  replaceRecoveryCodes(tx, accountId, [], now);
  removeSessionsOf(tx, accountId, null);
  await restate(tx, actingFor(acting, wall.scopeId));
}
