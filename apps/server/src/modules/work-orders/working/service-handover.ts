import { localDate, uuidv7 } from '@gongzhi/kernel';
import type { Executor, Tx } from '../../../platform/db/database.ts';
import { sql } from '../../../platform/db/sql.ts';
import { recordEvent } from '../../../platform/events/outbox.ts';
import type { House } from '../../../platform/house.ts';
import { Problem } from '../../../platform/http/problem.ts';
import type { Acting } from '../../../platform/sessions/sessions.ts';
import { findStaffByAccount, type StaffMember, wallOf } from '../../places/index.ts';
import { writeChange } from '../changes.ts';
import { type AssigneeFacts, type Context, decide, type Decision, WITH_WORKER } from '../domain.ts';
import { categoryAt, settingsOf, workingOf } from '../facts.ts';
import { aroundOf, lockOrder } from '../queries.ts';
import { actorOf, nextOrder, refuse } from '../service.ts';
import type { Order } from '../tables.ts';
import { commandWorking } from './service.ts';

/** Jobs handed on at shift change: all in one transaction, taken by who accepts them, or back to the desk at once. */

export interface HandingOver {
  readonly toAccountId: string | null;
  readonly items: readonly { readonly scopeId: string; readonly orderId: string; readonly note: string }[];
}

/** Of the department: a colleague sees the order of another only here. */
const asDepartment = (acting: Acting): Acting => ({ ...acting, role: 'desk' });

async function staffHere(
  q: Executor,
  acting: Acting,
  accountId: string,
  now: Date,
): Promise<StaffMember | null> {
  const wall = await wallOf(q, acting.homeScopeId);
  return findStaffByAccount(q, [acting.homeScopeId], accountId, localDate(now.getTime(), wall?.timeZone));
}

const factsOf = (staff: StaffMember): AssigneeFacts => ({
  accountId: staff.accountId,
  isStaffHere: true,
  skills: staff.skills,
});

async function contextOf(house: House, tx: Tx, order: Order, accountId: string, now: Date): Promise<Context> {
  const [category, settings, working] = await Promise.all([
    categoryAt(tx, order.state.categoryCode, order.wall, order.state.clockStartAt),
    settingsOf(house, tx, order.wall, now, order.state.categoryCode),
    workingOf(tx, order.wall),
  ]);
  if (category === null) throw new Problem('not_found');
  return { who: ['assignee'], now: now.getTime(), accountId, category, settings, working };
}

const isHeldBy = (order: Order, accountId: string): boolean =>
  order.state.assigneeAccountId === accountId && WITH_WORKER.includes(order.state.status);

/** Locks in one order of ids, so that two hand-overs of the same jobs wait for each other and don't embrace. */
async function lockAll(
  tx: Tx,
  acting: Acting,
  items: readonly { readonly scopeId: string; readonly orderId: string }[],
): Promise<Map<string, Order>> {
  const found = new Map<string, Order>();
  for (const { scopeId, orderId } of items.toSorted((a, b) => (a.orderId < b.orderId ? -1 : 1))) {
    const order = await lockOrder(tx, asDepartment(acting), scopeId, orderId);
    if (order !== null) found.set(orderId, order);
  }
  return found;
}

export async function handOver(
  house: House,
  acting: Acting,
  tx: Tx,
  body: HandingOver,
  now: Date,
): Promise<string | null> {
  const orders = await lockAll(tx, acting, body.items);
  if (body.items.some(({ orderId }) => !orders.has(orderId))) throw new Problem('not_found');
  const { toAccountId } = body;
  if (toAccountId === null) {
    for (const { scopeId, orderId, note } of body.items) {
      const { version } = orders.get(orderId)!;
      await commandWorking(
        house,
        acting,
        tx,
        scopeId,
        orderId,
        { action: 'hand_back', expectedVersion: version, reason: note },
        now,
      );
    }
    return null;
  }
  const taker = await staffHere(tx, acting, toAccountId, now);
  if (taker === null || toAccountId === acting.accountId)
    throw new Problem('handover.taker_unknown', {}, [{ path: '/toAccountId', code: 'unknown', params: {} }]);
  for (const [i, { orderId, note }] of body.items.entries()) {
    const order = orders.get(orderId)!;
    if (!isHeldBy(order, acting.accountId))
      throw new Problem('handover.nothing', {}, [{ path: `/items/${i}`, code: 'invalid', params: {} }]);
    // Asked now what will be asked when it is taken: nobody is offered what is not for them.
    const context = await contextOf(house, tx, order, acting.accountId, now);
    const transfer = decide(
      order.state,
      { action: 'transfer', assignee: factsOf(taker), reason: note },
      context,
    );
    if (!transfer.ok) throw refuse(transfer.error, 'transfer', order.state.status);
  }
  const wall = await wallOf(tx, acting.homeScopeId);
  const handoverId = uuidv7(now.getTime());
  const scopeId = acting.homeScopeId;
  const walls = {
    cityId: wall?.cityId ?? null,
    streetId: wall?.streetId ?? null,
    companyId: wall?.companyId ?? null,
  };
  tx.write(
    sql`insert into work_orders.handover (scope_id, handover_id, city_id, street_id, company_id, from_account_id, from_name, to_account_id, to_name, state, created_at)
      values (${scopeId}, ${handoverId}, ${walls.cityId}, ${walls.streetId}, ${walls.companyId}, ${acting.accountId}, ${acting.displayName},
        ${toAccountId}, ${taker.displayName}, 'offered', ${now})`,
  );
  for (const item of body.items) {
    tx.write(
      sql`insert into work_orders.handover_item (scope_id, handover_id, work_order_id, city_id, street_id, company_id, order_scope_id, note)
        values (${scopeId}, ${handoverId}, ${item.orderId}, ${walls.cityId}, ${walls.streetId}, ${walls.companyId}, ${item.scopeId}, ${item.note.trim()})`,
    );
  }
  tell(tx, acting, 'handover.offered', handoverId, toAccountId, now, body.items.length, walls);
  return handoverId;
}

interface HandoverRow {
  from_account_id: string;
  to_account_id: string;
  from_name: string;
  state: string;
  city_id: string | null;
  street_id: string | null;
  company_id: string | null;
}

export async function answerHandover(
  house: House,
  acting: Acting,
  tx: Tx,
  handoverId: string,
  answer: 'accept' | 'decline' | 'withdraw',
  now: Date,
): Promise<void> {
  const scopeId = acting.homeScopeId;
  const [row] = await tx.query<HandoverRow>(
    sql`select h.from_account_id, h.to_account_id, h.from_name, h.state, h.city_id, h.street_id, h.company_id
      from work_orders.handover h where h.scope_id = ${scopeId} and h.handover_id = ${handoverId} for no key update`,
  );
  const mine = row === undefined ? null : answer === 'withdraw' ? row.from_account_id : row.to_account_id;
  if (
    row === undefined ||
    (row.from_account_id !== acting.accountId && row.to_account_id !== acting.accountId)
  )
    throw new Problem('not_found');
  if (mine !== acting.accountId) throw new Problem('handover.not_yours');
  if (row.state !== 'offered') throw new Problem('handover.answered', { state: row.state });
  if (answer === 'accept') await takeAll(house, acting, tx, handoverId, row.from_account_id, now);
  const state = { accept: 'accepted', decline: 'declined', withdraw: 'withdrawn' }[answer];
  tx.write(
    sql`update work_orders.handover set state = ${state}, answered_at = ${now}
      where scope_id = ${scopeId} and handover_id = ${handoverId}`,
  );
  const other = answer === 'withdraw' ? row.to_account_id : row.from_account_id;
  const walls = { cityId: row.city_id, streetId: row.street_id, companyId: row.company_id };
  tell(tx, acting, 'handover.answered', handoverId, other, now, 0, walls);
}

async function takeAll(
  house: House,
  acting: Acting,
  tx: Tx,
  handoverId: string,
  fromAccountId: string,
  now: Date,
): Promise<void> {
  const scopeId = acting.homeScopeId;
  const items = await tx.query<{ scopeId: string; orderId: string; note: string }>(
    sql`select i.order_scope_id as "scopeId", i.work_order_id as "orderId", i.note from work_orders.handover_item i
      where i.scope_id = ${scopeId} and i.handover_id = ${handoverId} order by i.work_order_id`,
  );
  const [orders, taker] = await Promise.all([
    lockAll(tx, acting, items),
    staffHere(tx, acting, acting.accountId, now),
  ]);
  if (taker === null) throw new Problem('handover.taker_unknown');
  for (const { orderId, note } of items) {
    const order = orders.get(orderId);
    // Finished, or given to somebody else meanwhile: it is left where it is, and said so.
    const isThere = order !== undefined && isHeldBy(order, fromAccountId);
    tx.write(
      sql`update work_orders.handover_item set result = ${isThere ? 'passed' : 'gone'}
        where scope_id = ${scopeId} and handover_id = ${handoverId} and work_order_id = ${orderId}`,
    );
    if (isThere) await takeOne(house, acting, tx, order, { taker, fromAccountId, note }, now);
  }
}

async function takeOne(
  house: House,
  acting: Acting,
  tx: Tx,
  before: Order,
  given: { readonly taker: StaffMember; readonly fromAccountId: string; readonly note: string },
  now: Date,
): Promise<void> {
  const { taker, fromAccountId, note } = given;
  const giving = await contextOf(house, tx, before, fromAccountId, now);
  const passed = decide(before.state, { action: 'transfer', assignee: factsOf(taker), reason: note }, giving);
  if (!passed.ok) throw refuse(passed.error, 'transfer', before.state.status);
  const taken = decide(passed.value.order, { action: 'accept' }, { ...giving, accountId: acting.accountId });
  if (!taken.ok) throw refuse(taken.error, 'accept', passed.value.order.status);
  const decision: Decision = {
    order: taken.value.order,
    events: [...passed.value.events, ...taken.value.events],
    stepChanges: [...passed.value.stepChanges, ...taken.value.stepChanges],
    notifications: [...passed.value.notifications, ...taken.value.notifications],
    call: null,
  };
  const { steps } = await aroundOf(tx, acting, before.wall.scopeId, before.id);
  const after = nextOrder(before, decision, { name: taker.displayName, title: taker.title }, now);
  writeChange(tx, { before, after, decision, steps, by: actorOf(acting), now });
}

function tell(
  tx: Tx,
  acting: Acting,
  kind: 'handover.offered' | 'handover.answered',
  handoverId: string,
  toAccountId: string,
  now: Date,
  count: number,
  walls: {
    readonly cityId: string | null;
    readonly streetId: string | null;
    readonly companyId: string | null;
  },
): void {
  recordEvent(tx, {
    eventId: uuidv7(now.getTime()),
    scopeId: acting.homeScopeId,
    wall: { ...walls, householdId: null, reporterAccountId: null, isPublic: false, isInternal: true },
    kind,
    version: 1,
    objectId: handoverId,
    payload: {
      byAccountId: acting.accountId,
      notifications: [
        {
          template: kind,
          to: 'assignee',
          accountId: toAccountId,
          params: { name: acting.displayName, ...(count > 0 ? { count } : {}) },
        },
      ],
    },
    occurredAt: now,
  });
}
