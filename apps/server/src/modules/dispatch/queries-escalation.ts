import { localDate } from '@gongzhi/kernel';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { House } from '../../platform/house.ts';
import { accountsByRole } from '../identity/index.ts';
import { findHousehold, gridsOfScopes, wallOf } from '../places/index.ts';
import type { DispatchOrder } from '../work-orders/index.ts';
import type { EscalationRole, EscalationRules, NotThere } from './domain.ts';
import { type RuleWall, rulesAt } from './queries-rules.ts';

export async function rulesOf(
  q: Executor,
  house: House,
  wall: RuleWall,
  now: Date,
): Promise<EscalationRules> {
  return (await rulesAt(q, house, wall, now)).escalation;
}

/** Below the manager nobody hears of a complaint about a colleague. */
const COLLEAGUES: readonly EscalationRole[] = ['desk', 'steward'];

/** Whoever stands on that step for this order today; its own grid's steward before all stewards. */
export async function accountsOnStep(
  tx: Tx,
  { order, scopeId }: DispatchOrder,
  role: EscalationRole,
  now: Date,
): Promise<string[]> {
  const wall = await wallOf(tx, scopeId);
  if (wall === null) return [];
  const { accusedAccountId } = order.state;
  if (accusedAccountId !== null && COLLEAGUES.includes(role)) return [];
  const today = localDate(now.getTime(), wall.timeZone);
  const at = { company: wall.companyId, street: wall.streetId, city: wall.cityId } as const;
  const standing = role === 'company' || role === 'street' || role === 'city' ? at[role] : wall.departmentId;
  if (standing === null) return [];
  const all = (await accountsByRole(tx, standing, [role], today)).filter((id) => id !== accusedAccountId);
  if (role !== 'steward' || all.length < 2) return all;
  const { householdId } = order.wall;
  const household = householdId === null ? null : await findHousehold(tx, scopeId, householdId);
  const grid = (await gridsOfScopes(tx, [scopeId])).find(({ id }) => id === household?.gridId);
  const own = all.filter((id) => id === grid?.stewardAccountId);
  return own.length > 0 ? own : all;
}

export interface AlertRow {
  readonly matter: 'claim' | 'arrival' | 'held';
  readonly reason: NotThere | null;
  readonly round: number;
  readonly step: number;
  readonly role: EscalationRole;
  readonly afterMinutes: number;
  readonly count: number;
  readonly at: Date;
}

/** Whether somebody was told, in this round, that nobody has it. */
export async function hasBeenTold(
  q: Executor,
  scopeId: string,
  orderId: string,
  round: number,
  accountId: string,
): Promise<boolean> {
  const rows = await q.query(
    sql`select 1 as one from dispatch.alert a where a.scope_id = ${scopeId} and a.work_order_id = ${orderId} and a.watch_round = ${round}
          and a.matter <> 'held' and ${accountId} = any (a.account_ids) limit 1`,
  );
  return rows.length > 0;
}

export function alertsOf(q: Executor, scopeId: string, orderId: string): Promise<AlertRow[]> {
  return q.query<AlertRow>(
    sql`select a.matter, a.reason, a.watch_round as round, a.step, a.role, a.after_minutes as "afterMinutes", cardinality(a.account_ids) as count, a.at
        from dispatch.alert a where a.scope_id = ${scopeId} and a.work_order_id = ${orderId} order by a.at, a.matter, a.step`,
  );
}
