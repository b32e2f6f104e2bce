import { uuidv7 } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { DueSweep } from '../../platform/due/due.ts';
import type { Consumer } from '../../platform/events/dispatcher.ts';
import type { House } from '../../platform/house.ts';
import { claimFollowing, following, wallsOf } from '../places/index.ts';
import { writeChange } from './changes.ts';
import { passOver } from './domain.ts';
import { categoryAt, settingsOf, workingOf } from './facts.ts';
import { stepsOf } from './queries.ts';
import { passRows } from './queries-passing.ts';
import { nextOrder } from './service.ts';
import { orderOf } from './tables-reading.ts';
import type { Order } from './tables.ts';

/**
 * A compound has changed its company: the open orders follow, a batch in each transaction. What is still to do is
 * found by looking (open, and bearing another company), so a sweep that is killed goes on where it stood and nothing
 * is passed twice. Closed orders, and those that only wait for a rating, stay with whose work they were.
 */
const batch = 50;

const system = { accountId: null, name: null, role: 'system' };

/**
 * For update: who follows an order, links to it or prints its slip does not lock it. What they are writing just now is waited
 * for, and goes with it.
 */
async function claimToFollow(tx: Tx, scopeId: string, companyId: string): Promise<Order[]> {
  const rows = await tx.query<Record<string, unknown>>(
    sql`select o.* from work_orders.work_order o
        where o.scope_id = ${scopeId} and o.is_open and o.status <> 'confirmed' and o.company_id is distinct from ${companyId}
        order by o.work_order_id limit ${batch} for update`,
  );
  return rows.map(orderOf);
}

export const passOverSweep: DueSweep = {
  name: 'work_orders.pass_over',
  lane: 'work',
  everyMilliseconds: 5_000,
  async claim(tx, now, _limit, house) {
    const takeover = await claimFollowing(tx, now);
    if (takeover === null) return 0;
    const { scopeId, toCompanyId, fromCompanyId } = takeover;
    const named = await wallsOf(tx, [
      scopeId,
      toCompanyId,
      ...(fromCompanyId === null ? [] : [fromCompanyId]),
    ]);
    const nameOf = (id: string | null) => named.find((wall) => wall.scopeId === id)?.name ?? '';
    const orders = await claimToFollow(tx, scopeId, toCompanyId);
    for (const order of orders)
      await pass(
        tx,
        house,
        order,
        toCompanyId,
        { from: nameOf(fromCompanyId), to: nameOf(toCompanyId) },
        now,
      );
    const zone = named.find((wall) => wall.scopeId === scopeId)?.timeZone ?? 'Asia/Shanghai';
    following(takeover, zone).followed(tx, orders.length, orders.length < batch, now);
    return orders.length + 1;
  },
};

async function pass(
  tx: Tx,
  house: House,
  before: Order,
  companyId: string,
  names: { from: string; to: string },
  now: Date,
): Promise<void> {
  const { categoryCode, clockStartAt } = before.state;
  const [category, settings, working, steps] = await Promise.all([
    categoryAt(tx, categoryCode, before.wall, clockStartAt),
    settingsOf(house, tx, before.wall, now, categoryCode),
    workingOf(tx, before.wall),
    stepsOf(tx, before.wall.scopeId, before.id),
  ]);
  if (category === null) throw new Error(`order ${before.id} bears the unknown category ${categoryCode}`);
  const decision = passOver(before.state, { now: now.getTime(), category, settings, working }, names);
  const next = nextOrder(before, decision, null, now);
  const after: Order = { ...next, wall: { ...next.wall, companyId } };
  leaveWord(tx, before, names, now);
  writeChange(tx, { before, after, decision, steps, by: system, now });
  tx.write(
    sql`update work_orders.work_order set company_id = ${companyId}
        where scope_id = ${after.wall.scopeId} and work_order_id = ${after.id}`,
  );
  passRows(tx, {
    scope: after.wall.scopeId,
    id: after.id,
    company: companyId,
    words: `${after.description} ${after.placeLabel}`,
    now,
  });
}

/** The predecessor's last line: it can no longer open the order, and must know where it went. */
function leaveWord(tx: Tx, before: Order, names: { from: string; to: string }, now: Date): void {
  const { wall, state } = before;
  tx.write(
    sql`insert into work_orders.event (scope_id, work_order_id, event_id, city_id, street_id, company_id, household_id, reporter_account_id,
          is_public, kind, actor_role, is_internal, params, at)
        values (${wall.scopeId}, ${before.id}, ${uuidv7(now.getTime())}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${wall.householdId},
          ${wall.reporterAccountId}, false, 'work_order.left', 'system', true,
          ${JSON.stringify({ ...names, number: before.number, categoryCode: state.categoryCode, status: state.status, placeLabel: before.placeLabel, assigneeName: before.assigneeName, accusedAccountId: state.accusedAccountId })}, ${now})`,
  );
}

/** A resident reopens what the predecessor had closed: it is the successor's now, and its story follows. */
export const passReopened: Consumer = {
  name: 'work_orders.pass_reopened',
  kinds: ['work_order.reopened'],
  async handle(events, tx) {
    for (const { scopeId, objectId, wall, occurredAt } of events) {
      if (wall.companyId === null) continue;
      const [left] = await tx.query<{ words: string }>(
        sql`select o.description || ' ' || o.place_label as words
            from work_orders.event e join work_orders.work_order o on o.scope_id = e.scope_id and o.work_order_id = e.work_order_id
            where e.scope_id = ${scopeId} and e.work_order_id = ${objectId}
            and e.company_id <> ${wall.companyId} and not e.is_internal limit 1`,
      );
      if (left !== undefined)
        passRows(tx, {
          scope: scopeId,
          id: objectId,
          company: wall.companyId,
          words: left.words,
          now: occurredAt,
        });
    }
  },
};
