import type { Tx } from '../../platform/db/database.ts';
import type { House } from '../../platform/house.ts';
import { Problem } from '../../platform/http/problem.ts';
import { wallOf } from '../places/index.ts';
import { type ActorOfChange, writeChange } from './changes.ts';
import { type Context, decide, type Decision, lotOf } from './domain.ts';
import { categoryAt, settingsOf, workingOf } from './facts.ts';
import { stepsOf } from './queries.ts';
import { orderOfHouse } from './queries-dispatch.ts';
import { assigneeOf, nextOrder, refuse } from './service.ts';
import type { Order } from './tables.ts';

export interface Giving {
  readonly scopeId: string;
  readonly id: string;
  readonly accountId: string;
  /** They said yes before they were named: assigned and accepted in one. */
  readonly isAccepted: boolean;
  /** Whose deed it is; the house's own when dispatch chose. */
  readonly by: ActorOfChange;
}

/**
 * Dispatch gives an order to somebody: the same table, the same checks and the same rows as when the desk does. In the
 * caller's transaction, so that what dispatch keeps about it is true together with it.
 */
export async function giveOrder(house: House, tx: Tx, giving: Giving, now: Date): Promise<Order> {
  const { scopeId, id, accountId, isAccepted, by } = giving;
  const found = await orderOfHouse(tx, scopeId, id, true);
  if (found === null) throw new Problem('not_found');
  const before = found.order;
  const [category, settings, working, wall, assignee, steps] = await Promise.all([
    categoryAt(tx, before.state.categoryCode, before.wall, before.state.clockStartAt),
    settingsOf(house, tx, before.wall, now, before.state.categoryCode),
    workingOf(tx, before.wall),
    wallOf(tx, scopeId),
    assigneeOf(tx, before, accountId, now),
    stepsOf(tx, scopeId, id),
  ]);
  if (category === null) throw new Error(`order ${id} bears an unknown category`);
  const context: Context = {
    who: ['system'],
    now: now.getTime(),
    accountId: null,
    category,
    settings,
    working,
    ...(wall === null ? {} : { timeZone: wall.timeZone }),
    lot: lotOf(id),
  };
  const named = decide(before.state, { action: 'assign', assignee: assignee.facts }, context);
  if (!named.ok) throw refuse(named.error, 'assign', before.state.status);
  const decision = isAccepted
    ? accepted(named.value, { ...context, who: ['assignee'], accountId })
    : named.value;
  const after = nextOrder(before, decision, assignee.handler, now);
  writeChange(tx, { before, after, decision, steps, by, now });
  return after;
}

function accepted(named: Decision, context: Context): Decision {
  const taken = decide(named.order, { action: 'accept' }, context);
  if (!taken.ok) throw refuse(taken.error, 'accept', named.order.status);
  return {
    order: taken.value.order,
    events: [...named.events, ...taken.value.events],
    stepChanges: [...named.stepChanges, ...taken.value.stepChanges],
    notifications: [...named.notifications, ...taken.value.notifications],
    call: null,
  };
}
