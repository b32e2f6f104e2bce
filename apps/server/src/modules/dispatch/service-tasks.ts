import { localDate, uuidv7 } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { recordEvent } from '../../platform/events/outbox.ts';
import type { House } from '../../platform/house.ts';
import { notify } from '../../platform/notify/notify.ts';
import { accountsByRole } from '../identity/index.ts';
import { wallOf } from '../places/index.ts';
import { type DispatchOrder, lastTakenAt, orderOfHouse, refusedBy } from '../work-orders/index.ts';
import {
  climb,
  type EscalationRole,
  type EscalationStep,
  follow,
  isRefused,
  type Mode,
  type Offer,
  stepDueAt,
  stepsFor,
  type Task,
  tick,
  type Ranked,
  type Watch,
  watch,
  type WatchedOrder,
  whyNotThere,
} from './domain.ts';
import { rankingOf, type Team, teamOf } from './queries-candidates.ts';
import {
  changedOffers,
  freshOffers,
  lockTask,
  rungOffers,
  storeTask,
  type TaskRow,
} from './queries-tasks.ts';
import { accountsOnStep, rulesOf } from './queries-escalation.ts';
import { type PlaceRules, rulesAt } from './queries-rules.ts';

/** What becomes of a task when its order changes, and when time passes. Run by the worker. */

/** Unassigned work that somebody may be asked to take. */
export const WAITING: readonly string[] = ['submitted', 'triaged', 'disputed'];

/** What is about a colleague is given by the manager's own hand. */
const modeOf = ({ order }: DispatchOrder, rules: PlaceRules): Mode =>
  order.state.accusedAccountId === null ? rules.mode(order.state.categoryCode) : 'by_hand';

const latest = (a: Date, b: Date): Date => (a < b ? b : a);

const watched = ({ order, respondMinutes }: DispatchOrder): WatchedOrder => ({
  status: order.state.status,
  isEmergency: order.state.isEmergency,
  respondDueAt: order.state.respondDueAt,
  acceptedAt: order.state.acceptedAt,
  respondMinutes,
});

/** Of an order that was somebody's before anybody could be asked. */
const NOBODY_ASKED: Task = {
  mode: 'by_hand',
  isEmergency: false,
  round: 1,
  state: 'closed',
  offers: [],
  nextDueAt: null,
};

/**
 * Brings what dispatch keeps about an order up to what the order is now; whatever happened in between, and however
 * often it is told. False when there is nothing to keep.
 */
export async function followOrder(
  tx: Tx,
  house: House,
  scopeId: string,
  orderId: string,
  now: Date,
): Promise<boolean> {
  const found = await orderOfHouse(tx, scopeId, orderId);
  if (found === null) return false;
  const { order } = found;
  const row = await lockTask(tx, scopeId, orderId);
  // What happened is told late; how one dispatches is what holds by now.
  const rules = await rulesAt(tx, house, order.wall, latest(now, house.clock.now()));
  const isAccusing = order.state.accusedAccountId !== null;
  const task = follow(
    row?.task ?? null,
    {
      isWaiting: WAITING.includes(order.state.status) && order.state.outcome !== 'split',
      isEmergency: order.state.isEmergency && !isAccusing,
      mode: modeOf(found, rules),
    },
    now.getTime(),
  );
  const takenAt = row === null ? null : await lastTakenAt(tx, scopeId, orderId);
  const seen = watched(found);
  const next = watch(row?.watch ?? null, seen, takenAt?.getTime() ?? null, now.getTime());
  if (task === null && next === null) return false;
  const after: TaskRow = {
    scopeId,
    orderId,
    // Of whoever serves the place now: an order that passes takes its task along.
    wall: order.wall,
    task: task ?? NOBODY_ASKED,
    watch: next,
    heldByName: null,
  };
  storeTask(tx, after, stepDueAt(next, seen, rules.escalation), now);
  if (row !== null) storeOffers(tx, row, after, [], now);
  return true;
}

function storeOffers(
  tx: Tx,
  before: TaskRow,
  after: TaskRow,
  fresh: readonly (Offer & { travel: number })[],
  now: Date,
): void {
  const { scopeId, orderId, wall, task } = after;
  // A round that was left behind leaves nobody asked.
  const changed =
    before.task.round === task.round
      ? changedOffers(before.task, task)
      : before.task.offers
          .filter(({ state }) => state === 'open')
          .map((offer): Offer => ({ ...offer, state: 'withdrawn' }));
  for (const offer of changed)
    tx.write(
      sql`update dispatch.offer set state = ${offer.state}, answered_at = ${now}
          where scope_id = ${scopeId} and work_order_id = ${orderId} and round = ${before.task.round} and account_id = ${offer.accountId}`,
    );
  for (const offer of fresh)
    tx.write(
      sql`insert into dispatch.offer (scope_id, work_order_id, round, account_id, city_id, street_id, company_id, state, travel_minutes, offered_at, rung_at, expires_at)
          values (${scopeId}, ${orderId}, ${task.round}, ${offer.accountId}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, 'open',
            ${offer.travel}, ${now}, ${now}, ${new Date(offer.expiresAt)})`,
    );
  if (changed.length > 0 || fresh.length > 0) tellPages(tx, after, now);
}

/** Pages that show what is asked read it again. */
export function tellPages(tx: Tx, { scopeId, orderId, wall }: TaskRow, now: Date): void {
  recordEvent(tx, {
    eventId: uuidv7(now.getTime()),
    scopeId,
    wall: { ...wall, householdId: null, reporterAccountId: null, isPublic: false, isInternal: true },
    kind: 'offer.changed',
    version: 1,
    objectId: orderId,
    payload: {},
    occurredAt: now,
  });
}

const matterOf = ({ order, nameZh, nameEn }: DispatchOrder) => ({
  titleZh: nameZh,
  titleEn: nameEn,
  number: order.number,
});

export type Teams = Map<string, Promise<Team | null>>;

/** Countdowns that ran out, and whoever is asked next. */
export async function askNext(tx: Tx, house: House, row: TaskRow, teams: Teams, now: Date): Promise<void> {
  const { scopeId, orderId } = row;
  const found = await orderOfHouse(tx, scopeId, orderId);
  if (found === null || !WAITING.includes(found.order.state.status)) {
    await followOrder(tx, house, scopeId, orderId, now);
    // Nothing is due until the order says so: an order that is gone is asked about once.
    if (found === null)
      tx.write(
        sql`update dispatch.task set next_due_at = null where scope_id = ${scopeId} and work_order_id = ${orderId}`,
      );
    return;
  }
  const { order } = found;
  const department = (await wallOf(tx, scopeId))?.departmentId ?? scopeId;
  const known = teams.get(department) ?? teamOf(tx, house, scopeId, now.getTime());
  teams.set(department, known);
  const team = await known;
  const declined = await refusedBy(tx, scopeId, orderId, new Date(order.state.clockStartAt));
  const ranked = team === null ? [] : await rankingOf(tx, team, found, declined);
  const { offers } = await rulesAt(tx, house, order.wall, now);
  const task = tick(row.task, ranked, offers, now.getTime());
  await storeAsked(tx, row, task, found, ranked, now);
  // Nobody is awaited any more: whoever comes next in the chain need not be either.
  if (isRefused(task)) await climbOn(tx, house, row, now, true);
}

/** What was asked and what was taken back, and whoever is to hear of it. */
export async function storeAsked(
  tx: Tx,
  row: TaskRow,
  task: Task,
  found: DispatchOrder,
  ranked: readonly Ranked[],
  now: Date,
): Promise<void> {
  const { scopeId, orderId } = row;
  const after: TaskRow = { ...row, task };
  const travel = new Map(ranked.map((one) => [one.accountId, one.travelMinutes]));
  const fresh = freshOffers(row.task, task).map((offer) => ({
    ...offer,
    travel: travel.get(offer.accountId) ?? 0,
  }));
  tx.write(
    sql`update dispatch.task set state = ${task.state}, round = ${task.round}, next_due_at = ${task.nextDueAt === null ? null : new Date(task.nextDueAt)}, updated_at = ${now}
        where scope_id = ${scopeId} and work_order_id = ${orderId}`,
  );
  storeOffers(tx, row, after, fresh, now);
  const rung = rungOffers(row.task, task);
  for (const { accountId, rungAt } of rung)
    tx.write(
      sql`update dispatch.offer set rung_at = ${new Date(rungAt)}
          where scope_id = ${scopeId} and work_order_id = ${orderId} and round = ${task.round} and account_id = ${accountId}`,
    );
  const told = { scopeId, wall: row.wall, objectId: orderId, params: matterOf(found), at: now };
  for (const { accountId } of [...fresh, ...rung])
    notify(tx, {
      ...told,
      accountId,
      template: task.isEmergency ? 'dispatch.emergency' : 'dispatch.offered',
      link: '/m/work',
      ...(task.isEmergency ? { urgency: 'emergency' as const } : {}),
    });
  if (task.state === 'exhausted' && row.task.state !== 'exhausted')
    for (const accountId of await deskOf(tx, scopeId, now))
      notify(tx, {
        ...told,
        accountId,
        template: 'dispatch.exhausted',
        link: `/desk/?scope=${scopeId}&order=${orderId}`,
      });
}

async function deskOf(tx: Tx, scopeId: string, now: Date): Promise<string[]> {
  const wall = await wallOf(tx, scopeId);
  if (wall?.departmentId == null) return [];
  return accountsByRole(tx, wall.departmentId, ['desk', 'manager'], localDate(now.getTime(), wall.timeZone));
}

/** Nobody has taken it: the next steps of the chain hear of it. */
export async function climbOn(
  tx: Tx,
  house: House,
  row: TaskRow,
  now: Date,
  isRefusedByAll = false,
): Promise<void> {
  const { scopeId, orderId } = row;
  const found = await orderOfHouse(tx, scopeId, orderId);
  const rest = (): void => {
    tx.write(
      sql`update dispatch.task set watch_due_at = null where scope_id = ${scopeId} and work_order_id = ${orderId}`,
    );
  };
  if (found === null || row.watch === null) {
    rest();
    return;
  }
  const seen = watched(found);
  const current = watch(row.watch, seen, null, now.getTime());
  if (current === null || current.isEnded) {
    rest();
    return;
  }
  const rules = await rulesOf(tx, house, found.order.wall, now);
  const roles: EscalationRole[] = [...rules.emergency, ...rules.normal].map(({ to }) => to);
  const accounts = new Map<EscalationRole, string[]>();
  for (const role of new Set(roles)) accounts.set(role, await accountsOnStep(tx, found, role, now));
  const { watch: next, told } = climb(
    current,
    seen,
    rules,
    (to) => (accounts.get(to) ?? []).length > 0,
    now.getTime(),
    isRefusedByAll,
  );
  const dueAt = stepDueAt(next, seen, rules);
  tx.write(
    sql`update dispatch.task set watch_round = ${next.round}, watch_since = ${new Date(next.since)}, watch_step = ${next.step},
          watch_is_emergency = ${next.isEmergency}, watch_due_at = ${dueAt === null ? null : new Date(dueAt)},
          held_until = ${next.heldUntil === null ? null : new Date(next.heldUntil)}, held_step = ${next.heldStep}, updated_at = ${now}
        where scope_id = ${scopeId} and work_order_id = ${orderId}`,
  );
  const waited = Math.floor((now.getTime() - next.since) / 60_000);
  const hasNobodyLeft = isRefusedByAll && current.step === 0;
  for (const step of told) {
    const accountIds = accounts.get(step.to) ?? [];
    tx.write(
      sql`insert into dispatch.alert (scope_id, work_order_id, watch_round, step, city_id, street_id, company_id, role, after_minutes, account_ids, at)
          values (${scopeId}, ${orderId}, ${next.round}, ${step.step}, ${row.wall.cityId}, ${row.wall.streetId}, ${row.wall.companyId}, ${step.to},
            ${step.afterMinutes}, ${accountIds}::uuid[], ${now})`,
    );
    for (const accountId of accountIds)
      notify(tx, {
        scopeId,
        wall: row.wall,
        accountId,
        ...(hasNobodyLeft
          ? { template: 'dispatch.refused', params: matterOf(found) }
          : { template: 'dispatch.nobody', params: { ...matterOf(found), count: waited } }),
        link: `/desk/?scope=${scopeId}&order=${orderId}`,
        objectId: orderId,
        ...(seen.isEmergency ? { urgency: 'emergency' as const } : {}),
        at: now,
      });
  }
  if (told.length > 0) tellPages(tx, row, now);
  else await tellHeld(tx, found, next, stepsFor(seen, rules)[next.step], accounts, row, now);
}

/** Whoever comes next hears, once, that somebody sees to it; the page says who. */
async function tellHeld(
  tx: Tx,
  found: DispatchOrder,
  state: Watch,
  comes: EscalationStep | undefined,
  accounts: ReadonlyMap<EscalationRole, readonly string[]>,
  { scopeId, orderId, wall }: TaskRow,
  now: Date,
): Promise<void> {
  if (comes === undefined || state.heldUntil === null || state.heldUntil <= now.getTime()) return;
  const accountIds = accounts.get(comes.to) ?? [];
  if (accountIds.length === 0) return;
  const told = await tx.query(
    sql`insert into dispatch.alert (scope_id, work_order_id, matter, watch_round, step, city_id, street_id, company_id, role, after_minutes, account_ids, at)
        values (${scopeId}, ${orderId}, 'held', ${state.round}, ${state.step}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${comes.to},
          ${comes.afterMinutes}, ${accountIds}::uuid[], ${now})
        on conflict on constraint alert_pk do nothing returning 1`,
  );
  if (told.length === 0) return;
  const count = Math.ceil((state.heldUntil - now.getTime()) / 60_000);
  for (const accountId of accountIds)
    notify(tx, {
      scopeId,
      wall,
      accountId,
      template: 'dispatch.held',
      params: { ...matterOf(found), count },
      link: `/desk/?scope=${scopeId}&order=${orderId}`,
      objectId: orderId,
      at: now,
    });
}

/** Nobody is at an emergency in time: who is to know hears of it, with the reason the order itself gives. */
export async function tellNotThere(
  tx: Tx,
  house: House,
  scopeId: string,
  orderId: string,
  now: Date,
): Promise<void> {
  const found = await orderOfHouse(tx, scopeId, orderId);
  if (found === null || !found.order.state.isEmergency) return;
  const reason = whyNotThere(found.order.state);
  if (reason === null) return;
  const kept = await lockTask(tx, scopeId, orderId);
  const { wall } = found.order;
  const row: TaskRow = kept ?? { scopeId, orderId, wall, task: NOBODY_ASKED, watch: null, heldByName: null };
  // Taken before anything was kept about it: what is told is kept all the same.
  if (kept === null) storeTask(tx, row, null, now);
  const { notThere } = await rulesOf(tx, house, found.order.wall, now);
  const waited = Math.floor((now.getTime() - found.order.state.clockStartAt) / 60_000);
  const round = row.watch?.round ?? 0;
  for (const [step, role] of notThere.entries()) {
    const accountIds = await accountsOnStep(tx, found, role, now);
    if (accountIds.length === 0) continue;
    const told = await tx.query(
      sql`insert into dispatch.alert (scope_id, work_order_id, matter, watch_round, step, city_id, street_id, company_id, role, after_minutes, account_ids, at, reason)
          values (${scopeId}, ${orderId}, 'arrival', ${round}, ${step}, ${row.wall.cityId}, ${row.wall.streetId}, ${row.wall.companyId}, ${role},
            ${waited}, ${accountIds}::uuid[], ${now}, ${reason})
          on conflict on constraint alert_pk do nothing returning 1`,
    );
    if (told.length === 0) continue;
    for (const accountId of accountIds)
      notify(tx, {
        scopeId,
        wall: row.wall,
        accountId,
        template: `dispatch.not_there.${reason}`,
        params: { ...matterOf(found), count: waited },
        link: `/desk/?scope=${scopeId}&order=${orderId}`,
        objectId: orderId,
        urgency: 'emergency',
        at: now,
      });
  }
  tellPages(tx, row, now);
}

export type { Task };
