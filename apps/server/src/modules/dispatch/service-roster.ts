import { addDays, DAY, instantOn, localDate, uuidv7 } from '@gongzhi/kernel';
import type { Static } from 'typebox';
import { audit } from '../../platform/audit/audit.ts';
import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { recordEvent } from '../../platform/events/outbox.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { compoundsOfDepartment, gridsOfScopes, staffRecords, type Wall } from '../places/index.ts';
import { changeFault, patternFault, type PlanFault } from './domain.ts';
import { findPattern, findRoster, lockRoster, planOf, storedPlan, toChange } from './queries-roster.ts';
import type { ChangeInput, PatternChange, PatternInput, RosterInput } from './schemas-roster.ts';

/** Commands on a department's shifts; one at a time, by the department's lock. */

const field = (code: string, path: string) => new Problem(code, {}, [{ path, code: 'invalid', params: {} }]);

export function tellRoster(tx: Tx, wall: Wall, acting: Acting, now: Date): void {
  recordEvent(tx, {
    eventId: uuidv7(now.getTime()),
    scopeId: wall.scopeId,
    wall: {
      cityId: wall.cityId,
      streetId: wall.streetId,
      companyId: wall.companyId,
      householdId: null,
      reporterAccountId: null,
      isPublic: false,
      isInternal: true,
    },
    kind: 'roster.changed',
    version: 1,
    objectId: wall.scopeId,
    payload: { byAccountId: acting.accountId },
    occurredAt: now,
  });
}

export async function addPattern(
  tx: Tx,
  acting: Acting,
  wall: Wall,
  body: Static<typeof PatternInput>,
  now: Date,
): Promise<string> {
  const fault = patternFault(body.days);
  if (fault !== null) throw field(fault, '/days');
  const id = uuidv7(now.getTime());
  tx.write(
    sql`insert into dispatch.shift_pattern (scope_id, shift_pattern_id, city_id, street_id, company_id, name, anchor_on, days, is_active, version,
          changed_by, changed_at)
        values (${wall.scopeId}, ${id}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${body.name.trim()}, ${body.anchorOn},
          ${JSON.stringify(body.days)}, true, 1, ${acting.accountId}, ${now})`,
  );
  tellRoster(tx, wall, acting, now);
  return id;
}

export async function changePattern(
  tx: Tx,
  acting: Acting,
  wall: Wall,
  id: string,
  body: Static<typeof PatternChange>,
  now: Date,
): Promise<void> {
  await lockRoster(tx, wall.scopeId);
  const pattern = await findPattern(tx, wall.scopeId, id);
  if (pattern === null) throw new Problem('not_found');
  if (pattern.version !== body.expectedVersion) throw new Problem('dispatch.stale');
  const fault = patternFault(body.days);
  if (fault !== null) throw field(fault, '/days');
  tx.write(
    sql`update dispatch.shift_pattern set name = ${body.name.trim()}, days = ${JSON.stringify(body.days)}, is_active = ${body.isActive},
          version = ${pattern.version + 1}, changed_by = ${acting.accountId}, changed_at = ${now}
        where scope_id = ${wall.scopeId} and shift_pattern_id = ${id}`,
  );
  // How people worked until today must stay readable; a pattern has no versions of its own.
  audit(tx, {
    auditId: uuidv7(now.getTime()),
    scopeId: wall.scopeId,
    wall,
    accountId: acting.accountId,
    action: 'shift_pattern.changed',
    objectType: 'shift_pattern',
    objectId: id,
    detail: { before: pattern.days, after: body.days },
    at: now,
  });
  tellRoster(tx, wall, acting, now);
}

async function assertPerson(
  tx: Tx,
  wall: Wall,
  accountId: string,
  path: string,
  today: string,
): Promise<void> {
  const staff = await staffRecords(tx, wall.scopeId);
  const isHere = staff.some(
    (member) => member.accountId === accountId && (member.endsOn === null || member.endsOn > today),
  );
  if (!isHere) throw field('dispatch.person_unknown', path);
}

export async function putOnRoster(
  tx: Tx,
  acting: Acting,
  wall: Wall,
  body: Static<typeof RosterInput>,
  now: Date,
): Promise<string> {
  await lockRoster(tx, wall.scopeId);
  const [pattern, compounds] = await Promise.all([
    findPattern(tx, wall.scopeId, body.patternId),
    compoundsOfDepartment(tx, wall.scopeId),
    assertPerson(tx, wall, body.accountId, '/accountId', body.startsOn),
  ]);
  if (pattern?.isActive !== true) throw field('dispatch.pattern_unknown', '/patternId');
  const { compoundIds = [], gridId = null } = body;
  const own = new Set(compounds.map(({ id }) => id));
  if (compoundIds.some((id) => !own.has(id))) throw field('dispatch.place_unknown', '/compoundIds');
  if (gridId !== null) {
    const grids = await gridsOfScopes(tx, compoundIds.length > 0 ? compoundIds : [...own]);
    if (!grids.some(({ id }) => id === gridId)) throw field('dispatch.place_unknown', '/gridId');
  }
  if (body.lastDay !== undefined && body.lastDay < body.startsOn)
    throw field('dispatch.span_wrong', '/lastDay');
  const id = uuidv7(now.getTime());
  const endsOn = body.lastDay === undefined ? null : addDays(body.lastDay, 1);
  tx.write(
    sql`insert into dispatch.roster (scope_id, roster_id, city_id, street_id, company_id, account_id, shift_pattern_id, kind, starts_on, ends_on,
          compound_ids, grid_id, changed_by, changed_at)
        values (${wall.scopeId}, ${id}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${body.accountId}, ${body.patternId}, ${body.kind},
          ${body.startsOn}, ${endsOn}, ${compoundIds}::uuid[], ${gridId}, ${acting.accountId}, ${now})`,
  );
  tellRoster(tx, wall, acting, now);
  return id;
}

/** From the day after `lastDay` on they no longer follow it; before the first day means: never. */
export async function endRoster(
  tx: Tx,
  acting: Acting,
  wall: Wall,
  id: string,
  lastDay: string,
  now: Date,
): Promise<void> {
  await lockRoster(tx, wall.scopeId);
  const roster = await findRoster(tx, wall.scopeId, id);
  if (roster === null) throw new Problem('not_found');
  const day = addDays(lastDay, 1);
  const endsOn = day < roster.startsOn ? roster.startsOn : day;
  tx.write(
    sql`update dispatch.roster set ends_on = ${endsOn}, changed_by = ${acting.accountId}, changed_at = ${now}
        where scope_id = ${wall.scopeId} and roster_id = ${id}`,
  );
  tellRoster(tx, wall, acting, now);
}

const pathOfFault: Record<PlanFault, string> = {
  'dispatch.no_shift_that_day': '/onDate',
  'dispatch.already_on_shift': '/withAccountId',
  'dispatch.same_person': '/withAccountId',
  'dispatch.span_wrong': '/to',
  'dispatch.shift_overlaps': '/to',
};

export async function addChange(
  tx: Tx,
  acting: Acting,
  wall: Wall,
  body: Static<typeof ChangeInput>,
  now: Date,
): Promise<string> {
  const isDay = body.kind === 'off' || body.kind === 'swap';
  if (isDay && body.onDate === undefined) throw field('validation.failed', '/onDate');
  if (!isDay && body.from === undefined) throw field('validation.failed', '/from');
  if (!isDay && body.to === undefined) throw field('validation.failed', '/to');
  if (body.kind === 'swap' && body.withAccountId === undefined)
    throw field('validation.failed', '/withAccountId');
  await lockRoster(tx, wall.scopeId);
  const row = {
    accountId: body.accountId,
    kind: body.kind,
    onDate: isDay ? (body.onDate ?? null) : null,
    from: isDay || body.from === undefined ? null : new Date(body.from),
    to: isDay || body.to === undefined ? null : new Date(body.to),
    withAccountId: body.kind === 'swap' ? (body.withAccountId ?? null) : null,
  };
  const from = row.from?.getTime() ?? instantOn(row.onDate ?? '', 0, wall.timeZone);
  const to = row.to?.getTime() ?? from + 2 * DAY;
  const day = localDate(from, wall.timeZone);
  await assertPerson(tx, wall, row.accountId, '/accountId', day);
  if (row.withAccountId !== null) await assertPerson(tx, wall, row.withAccountId, '/withAccountId', day);
  const plan = planOf(await storedPlan(tx, wall.scopeId, from, to));
  const fault = changeFault(plan, toChange(row), wall.timeZone);
  if (fault !== null)
    throw field(
      fault,
      body.kind === 'overtime' && fault !== 'dispatch.span_wrong' ? '/from' : pathOfFault[fault],
    );
  const id = uuidv7(now.getTime());
  tx.write(
    sql`insert into dispatch.shift_change (scope_id, shift_change_id, city_id, street_id, company_id, account_id, kind, on_date, from_at, to_at,
          with_account_id, reason, changed_by, changed_by_name, changed_at)
        values (${wall.scopeId}, ${id}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${row.accountId}, ${row.kind}, ${row.onDate},
          ${row.from}, ${row.to}, ${row.withAccountId}, ${body.reason.trim()}, ${acting.accountId}, ${acting.displayName}, ${now})`,
  );
  tellRoster(tx, wall, acting, now);
  return id;
}

export async function withdrawChange(
  tx: Tx,
  acting: Acting,
  wall: Wall,
  id: string,
  now: Date,
): Promise<void> {
  await lockRoster(tx, wall.scopeId);
  const rows = await tx.query(
    sql`update dispatch.shift_change set withdrawn_at = ${now}
        where scope_id = ${wall.scopeId} and shift_change_id = ${id} and withdrawn_at is null returning 1`,
  );
  if (rows.length === 0) throw new Problem('not_found');
  tellRoster(tx, wall, acting, now);
}
