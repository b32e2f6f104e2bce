import { addDays, localDate, startOfDay, uuidv7 } from '@gongzhi/kernel';
import type { Static } from 'typebox';
import { audit } from '../../platform/audit/audit.ts';
import type { Tx } from '../../platform/db/database.ts';
import type { DueSweep } from '../../platform/due/due.ts';
import { recordEvent } from '../../platform/events/outbox.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import type { Wall } from './domain.ts';
import { nextStepOn, takeoverFault, takeoverRule } from './domain-takeover.ts';
import {
  insertTakeover,
  lockTakeover,
  passCompound,
  servedSince,
  type Takeover,
  updateTakeover,
} from './queries-takeovers.ts';
import { claimTakeovers } from './queries-takeovers-due.ts';
import { accessScope, forgetWalls, wallOf } from './queries-walls.ts';
import type { NewTakeover, TakeoverCommand, TakeoverPlan } from './schemas-takeovers.ts';

/** A compound changes its company on a date: planned, told of, applied by the day at the place, exactly once. */

type TakeoverEvent = 'planned' | 'changed' | 'cancelled' | 'reminded' | 'applied' | 'ending';

/** Once for either side's wall, so that each hears it by its own line; the consumers take the first. */
function tellBoth(tx: Tx, t: Takeover, event: TakeoverEvent, byAccountId: string | null, now: Date): void {
  const names = {
    takeoverId: t.takeoverId,
    fromCompanyId: t.fromCompanyId,
    fromDepartmentId: t.fromDepartmentId,
    toCompanyId: t.toCompanyId,
    toDepartmentId: t.toDepartmentId,
    effectiveOn: t.effectiveOn,
    endsOn: t.endsOn,
    kind: t.kind,
    byAccountId,
  };
  for (const [companyId, isFirst] of [
    [t.fromCompanyId, true],
    [t.toCompanyId, false],
  ] as const) {
    recordEvent(tx, {
      eventId: uuidv7(now.getTime()),
      scopeId: t.scopeId,
      wall: {
        cityId: t.cityId,
        streetId: t.streetId,
        companyId,
        householdId: null,
        reporterAccountId: null,
        isPublic: false,
        isInternal: true,
      },
      kind: `takeover.${event}`,
      version: 1,
      objectId: t.takeoverId,
      payload: { ...names, isFirst },
      occurredAt: now,
    });
  }
}

function recorded(tx: Tx, t: Takeover, action: string, accountId: string | null, now: Date): void {
  audit(tx, {
    auditId: uuidv7(now.getTime()),
    scopeId: t.scopeId,
    wall: { cityId: t.cityId, streetId: t.streetId, companyId: t.fromCompanyId },
    accountId,
    action: `takeover.${action}`,
    objectType: 'takeover',
    objectId: t.takeoverId,
    detail: {
      fromDepartmentId: t.fromDepartmentId,
      toDepartmentId: t.toDepartmentId,
      effectiveOn: t.effectiveOn,
      endsOn: t.endsOn,
      documentNumber: t.documentNumber,
    },
    at: now,
  });
}

interface Checked {
  readonly toCompanyId: string;
  readonly endsOn: string | null;
  readonly nextDueAt: Date;
}

async function check(
  house: House,
  tx: Tx,
  acting: Acting,
  wall: Wall,
  plan: Static<typeof TakeoverPlan>,
  isTold: boolean,
  now: Date,
): Promise<Checked> {
  const [to, since, emergencyMonths] = await Promise.all([
    wallOf(tx, plan.toDepartmentId),
    wall.companyId === null ? null : servedSince(tx, wall.scopeId, wall.companyId),
    house.settings.get(
      tx,
      [wall.scopeId, wall.streetId, wall.cityId].filter((id) => id !== null),
      'places.emergency_service_months',
      plan.effectiveOn,
    ),
  ]);
  const unknown = new Problem('takeover.department_unknown', {}, [
    { path: '/toDepartmentId', code: 'unknown', params: {} },
  ]);
  if (to === null || to.kind !== 'department' || to.companyId === null || to.cityId !== wall.cityId)
    throw unknown;
  const endsOn = plan.kind === 'emergency' && plan.lastDay != null ? addDays(plan.lastDay, 1) : null;
  const fault = takeoverFault({
    role: acting.role,
    kind: plan.kind,
    effectiveOn: plan.effectiveOn,
    endsOn,
    today: localDate(now.getTime(), wall.timeZone),
    fromDepartmentId: wall.companyId === null ? null : wall.departmentId,
    toDepartmentId: plan.toDepartmentId,
    servedSince: since,
    emergencyMonths,
  });
  if (fault !== null)
    throw new Problem(fault.code, fault.params, [
      { path: fault.path, code: 'invalid', params: fault.params },
    ]);
  return {
    toCompanyId: to.companyId,
    endsOn,
    nextDueAt: new Date(startOfDay(nextStepOn(plan.effectiveOn, isTold), wall.timeZone)),
  };
}

export async function planTakeover(
  house: House,
  acting: Acting,
  tx: Tx,
  scopeId: string,
  body: Static<typeof NewTakeover>,
  now: Date,
): Promise<Takeover> {
  const wall = await accessScope(tx, acting, scopeId);
  if (wall.kind !== 'compound') throw new Problem('not_found');
  const checked = await check(house, tx, acting, wall, body, false, now);
  const takeover: Takeover = {
    takeoverId: uuidv7(now.getTime()),
    scopeId,
    cityId: wall.cityId,
    streetId: wall.streetId,
    fromCompanyId: wall.companyId,
    fromDepartmentId: wall.departmentId,
    ...checked,
    toDepartmentId: body.toDepartmentId,
    kind: body.kind,
    effectiveOn: body.effectiveOn,
    documentNumber: body.documentNumber.trim(),
    decidedBy: body.decidedBy.trim(),
    note: body.note?.trim() || null,
    state: 'planned',
    version: 1,
    plannedBy: acting.accountId,
    plannedByRole: acting.role,
    plannedAt: now,
    toldAt: null,
    appliedAt: null,
    ordersPassed: 0,
    doneAt: null,
    cancelledAt: null,
    cancelledReason: null,
  };
  tx.write(insertTakeover(takeover));
  recorded(tx, takeover, 'planned', acting.accountId, now);
  tellBoth(tx, takeover, 'planned', acting.accountId, now);
  return takeover;
}

export async function commandTakeover(
  house: House,
  acting: Acting,
  tx: Tx,
  scopeId: string,
  takeoverId: string,
  body: Static<typeof TakeoverCommand>,
  now: Date,
): Promise<Takeover> {
  const wall = await accessScope(tx, acting, scopeId);
  const before = await lockTakeover(tx, scopeId, takeoverId);
  if (before === null) throw new Problem('not_found');
  if (before.version !== body.expectedVersion) throw new Problem('place.stale', { version: before.version });
  if (before.state !== 'planned') throw new Problem('takeover.over', { state: before.state });
  // What the street decided the company does not undo.
  if (acting.role === 'company' && before.plannedByRole !== 'company')
    throw new Problem('permission.denied', { permission: 'takeover.plan' });
  const next = { ...before, version: before.version + 1 };
  const after: Takeover =
    body.action === 'cancel'
      ? {
          ...next,
          state: 'cancelled',
          nextDueAt: null,
          cancelledAt: now,
          cancelledReason: body.reason.trim(),
        }
      : {
          ...next,
          ...(await check(house, tx, acting, wall, body, false, now)),
          toDepartmentId: body.toDepartmentId,
          kind: body.kind,
          effectiveOn: body.effectiveOn,
          documentNumber: body.documentNumber.trim(),
          decidedBy: body.decidedBy.trim(),
          note: body.note?.trim() || null,
          // Told of a day that no longer holds: both are told anew.
          toldAt: null,
        };
  tx.write(updateTakeover(after));
  const action = body.action === 'cancel' ? 'cancelled' : 'changed';
  recorded(tx, after, action, acting.accountId, now);
  tellBoth(tx, after, action, acting.accountId, now);
  return after;
}

/** One plan or one ending that is due; restart-safe, for what it did and that it is done are one transaction. */
async function step(tx: Tx, house: House, t: Takeover, now: Date): Promise<void> {
  const wall = await wallOf(tx, t.scopeId);
  const zone = wall?.timeZone ?? 'Asia/Shanghai';
  const today = localDate(now.getTime(), zone);
  const at = (day: string) => new Date(startOfDay(day, zone));
  if (t.state === 'done') {
    tx.write(updateTakeover({ ...t, nextDueAt: null }));
    tellBoth(tx, t, 'ending', null, now);
    return;
  }
  if (today < t.effectiveOn) {
    tx.write(updateTakeover({ ...t, toldAt: now, nextDueAt: at(t.effectiveOn) }));
    tellBoth(tx, t, 'reminded', null, now);
    return;
  }
  passCompound(tx, t, uuidv7(now.getTime()));
  const applied: Takeover = {
    ...t,
    state: 'applied',
    version: t.version + 1,
    appliedAt: now,
    // From now on the work orders follow (takeoverToFollow).
    nextDueAt: now,
  };
  tx.write(updateTakeover(applied));
  recorded(tx, applied, 'applied', null, now);
  tellBoth(tx, applied, 'applied', null, now);
  tx.afterCommit(() => {
    forgetWalls();
    house.log.info({ takeoverId: t.takeoverId, scopeId: t.scopeId }, 'a compound changed its company');
  });
}

export const takeoverSweep: DueSweep = {
  name: 'places.takeovers',
  lane: 'work',
  everyMilliseconds: 5_000,
  async claim(tx, now, _limit, house) {
    // One at a time: a compound of ten thousand people is one large transaction.
    const due = await claimTakeovers(tx, now, 1);
    for (const takeover of due) await step(tx, house, takeover, now);
    return due.length;
  },
};

/** What the orders' own sweep needs to know, and how it says that it has passed some on. */
export interface Following {
  readonly takeover: Takeover;
  /** So many followed in this transaction; `isAll` when none was left. */
  followed(tx: Tx, passed: number, isAll: boolean, now: Date): void;
}

export function following(takeover: Takeover, timeZone: string): Following {
  return {
    takeover,
    followed(tx, passed, isAll, now) {
      const ordersPassed = takeover.ordersPassed + passed;
      const graceUntil = (takeover.appliedAt ?? now).getTime() + takeoverRule.followMilliseconds;
      const isOver = isAll && now.getTime() >= graceUntil;
      const tellOfEnd =
        takeover.endsOn === null
          ? null
          : new Date(startOfDay(addDays(takeover.endsOn, -takeoverRule.tellOfEndDaysBefore), timeZone));
      tx.write(
        updateTakeover({
          ...takeover,
          ordersPassed,
          ...(isOver
            ? { state: 'done', doneAt: now, nextDueAt: tellOfEnd, version: takeover.version + 1 }
            : { nextDueAt: isAll ? new Date(Math.min(graceUntil, now.getTime() + 30_000)) : now }),
        }),
      );
    },
  };
}
