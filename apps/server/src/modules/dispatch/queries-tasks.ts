import type { Executor, Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { claimByScope } from '../../platform/due/claim.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import type { Offer, Task, Watch } from './domain.ts';

/** A task as it is kept: what is asked, what is watched, and the wall it was written with. */
export interface TaskRow {
  readonly scopeId: string;
  readonly orderId: string;
  readonly wall: {
    readonly cityId: string | null;
    readonly streetId: string | null;
    readonly companyId: string | null;
  };
  readonly task: Task;
  readonly watch: Watch | null;
  readonly heldByName: string | null;
}

interface Row {
  scope_id: string;
  work_order_id: string;
  city_id: string | null;
  street_id: string | null;
  company_id: string | null;
  mode: Task['mode'];
  is_emergency: boolean;
  round: number;
  state: Task['state'];
  next_due_at: Date | null;
  watch_round: number;
  watch_since: Date | null;
  watch_step: number;
  watch_is_emergency: boolean;
  held_until: Date | null;
  held_step: number | null;
  held_by_name: string | null;
}

const columns = sql`t.scope_id, t.work_order_id, t.city_id, t.street_id, t.company_id, t.mode, t.is_emergency, t.round, t.state, t.next_due_at,
  t.watch_round, t.watch_since, t.watch_step, t.watch_is_emergency, t.held_until, t.held_step, t.held_by_name`;

function toTask(row: Row, offers: readonly Offer[]): TaskRow {
  return {
    scopeId: row.scope_id,
    orderId: row.work_order_id,
    wall: { cityId: row.city_id, streetId: row.street_id, companyId: row.company_id },
    task: {
      mode: row.mode,
      isEmergency: row.is_emergency,
      round: row.round,
      state: row.state,
      offers,
      nextDueAt: row.next_due_at?.getTime() ?? null,
    },
    watch:
      row.watch_round === 0
        ? null
        : {
            round: row.watch_round,
            since: row.watch_since?.getTime() ?? 0,
            isEmergency: row.watch_is_emergency,
            step: row.watch_step,
            heldUntil: row.held_until?.getTime() ?? null,
            heldStep: row.held_step,
            isEnded: row.watch_since === null,
          },
    heldByName: row.held_by_name,
  };
}

async function withOffers(q: Executor, row: Row | undefined): Promise<TaskRow | null> {
  if (row === undefined) return null;
  const offers = await q.query<{
    accountId: string;
    state: Offer['state'];
    offeredAt: Date;
    rungAt: Date;
    expiresAt: Date;
  }>(
    sql`select o.account_id as "accountId", o.state, o.offered_at as "offeredAt", o.rung_at as "rungAt", o.expires_at as "expiresAt" from dispatch.offer o
        where o.scope_id = ${row.scope_id} and o.work_order_id = ${row.work_order_id} and o.round = ${row.round}
        order by o.offered_at, o.account_id`,
  );
  return toTask(
    row,
    offers.map((offer) => ({
      ...offer,
      offeredAt: offer.offeredAt.getTime(),
      rungAt: offer.rungAt.getTime(),
      expiresAt: offer.expiresAt.getTime(),
    })),
  );
}

export async function findTask(q: Executor, scopeId: string, orderId: string): Promise<TaskRow | null> {
  const [row] = await q.query<Row>(
    sql`select ${columns} from dispatch.task t where t.scope_id = ${scopeId} and t.work_order_id = ${orderId}`,
  );
  return withOffers(q, row);
}

/** Of which of these orders something is kept. */
export async function tasksAmong(
  q: Executor,
  orders: readonly { readonly scopeId: string; readonly objectId: string }[],
): Promise<ReadonlySet<string>> {
  const rows = await q.query<{ id: string }>(
    sql`select t.work_order_id as id from dispatch.task t
        where t.scope_id = any (${[...new Set(orders.map(({ scopeId }) => scopeId))]}::uuid[])
          and t.work_order_id = any (${orders.map(({ objectId }) => objectId)}::uuid[])`,
  );
  return new Set(rows.map(({ id }) => id));
}

/** Serialises whoever answers, whoever asks and whatever the order brings: the task first, the order after it. */
export async function lockTask(tx: Tx, scopeId: string, orderId: string): Promise<TaskRow | null> {
  const [row] = await tx.query<Row>(
    sql`select ${columns} from dispatch.task t where t.scope_id = ${scopeId} and t.work_order_id = ${orderId} for no key update`,
  );
  return withOffers(tx, row);
}

/** Due over all scopes (worker role); what another claim holds is passed over. */
export async function claimTasks(
  tx: Tx,
  what: 'offers' | 'watch',
  now: Date,
  limit: number,
): Promise<TaskRow[]> {
  const rows = await claimByScope<Row>(tx, {
    columns: sql`${columns}`,
    from: sql`dispatch.task t`,
    scope: sql`t.scope_id`,
    id: sql`t.work_order_id`,
    ...(what === 'offers'
      ? {
          due: sql`t.next_due_at <= ${now} and (t.mode <> 'automatic' or t.is_emergency)`,
          order: sql`t.next_due_at`,
        }
      : { due: sql`t.watch_due_at <= ${now}`, order: sql`t.watch_due_at` }),
    limit,
  });
  const found: TaskRow[] = [];
  for (const row of rows) {
    const task = await withOffers(tx, row);
    if (task !== null) found.push(task);
  }
  return found;
}

const at = (instant: number | null | undefined): Date | null => (instant == null ? null : new Date(instant));

/** The whole row, new or as it now is (worker role). */
export function storeTask(tx: Tx, row: TaskRow, watchDueAt: number | null, now: Date): void {
  const { scopeId, orderId, wall, task, watch } = row;
  const since = watch === null || watch.isEnded ? null : at(watch.since);
  tx.write(
    sql`insert into dispatch.task (scope_id, work_order_id, city_id, street_id, company_id, mode, is_emergency, round, state, next_due_at,
          watch_round, watch_since, watch_step, watch_is_emergency, watch_due_at, held_until, held_step, updated_at)
        values (${scopeId}, ${orderId}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${task.mode}, ${task.isEmergency}, ${task.round},
          ${task.state}, ${at(task.nextDueAt)}, ${watch?.round ?? 0}, ${since}, ${watch?.step ?? 0},
          ${watch?.isEmergency ?? false}, ${at(watchDueAt)}, ${at(watch?.heldUntil)}, ${watch?.heldStep ?? null}, ${now})
        on conflict (scope_id, work_order_id) do update set city_id = excluded.city_id, street_id = excluded.street_id, company_id = excluded.company_id,
          mode = excluded.mode, is_emergency = excluded.is_emergency, round = excluded.round, state = excluded.state, next_due_at = excluded.next_due_at,
          watch_round = excluded.watch_round, watch_since = excluded.watch_since, watch_step = excluded.watch_step,
          watch_is_emergency = excluded.watch_is_emergency, watch_due_at = excluded.watch_due_at,
          held_until = excluded.held_until, held_step = excluded.held_step, updated_at = excluded.updated_at`,
  );
}

/** What the app itself may say of a task: an answer was given. */
export function storeAnswer(tx: Tx, row: TaskRow, before: Task, reason: string | null, now: Date): void {
  const { scopeId, orderId, task } = row;
  tx.write(
    sql`update dispatch.task set state = ${task.state}, next_due_at = ${at(task.nextDueAt)}, updated_at = ${now}
        where scope_id = ${scopeId} and work_order_id = ${orderId}`,
  );
  for (const offer of changedOffers(before, task))
    tx.write(
      sql`update dispatch.offer set state = ${offer.state}, answered_at = ${now}, reason = ${offer.state === 'declined' ? reason : null}
          where scope_id = ${scopeId} and work_order_id = ${orderId} and round = ${task.round} and account_id = ${offer.accountId}`,
    );
}

export function changedOffers(before: Task, after: Task): Offer[] {
  if (before.round !== after.round) return [];
  const known = new Map(before.offers.map((offer) => [offer.accountId, offer.state]));
  return after.offers.filter(
    ({ accountId, state }) => known.has(accountId) && known.get(accountId) !== state,
  );
}

export function freshOffers(before: Task, after: Task): Offer[] {
  const known = new Set(before.round === after.round ? before.offers.map(({ accountId }) => accountId) : []);
  return after.offers.filter(({ accountId }) => !known.has(accountId));
}

/** Who is asked still, and was rung up once more. */
export function rungOffers(before: Task, after: Task): Offer[] {
  if (before.round !== after.round) return [];
  const known = new Map(before.offers.map((offer) => [offer.accountId, offer.rungAt]));
  return after.offers.filter(
    ({ accountId, state, rungAt }) => state === 'open' && rungAt > (known.get(accountId) ?? rungAt),
  );
}

export interface OpenOffer {
  readonly scopeId: string;
  readonly orderId: string;
  readonly offeredAt: Date;
  readonly expiresAt: Date;
  readonly travelMinutes: number | null;
  readonly mode: Task['mode'];
  readonly isEmergency: boolean;
}

/** What somebody is asked just now. */
export function openOffersOf(q: Executor, acting: Acting, now: Date): Promise<OpenOffer[]> {
  return q.query<OpenOffer>(
    sql`select o.scope_id as "scopeId", o.work_order_id as "orderId", o.offered_at as "offeredAt", o.expires_at as "expiresAt",
          o.travel_minutes as "travelMinutes", t.mode, t.is_emergency as "isEmergency"
        from dispatch.offer o join dispatch.task t on t.scope_id = o.scope_id and t.work_order_id = o.work_order_id and t.round = o.round
        where o.scope_id = any (${acting.actor.scopeIds}::uuid[]) and o.account_id = ${acting.accountId} and o.state = 'open' and o.expires_at >= ${now}
          and t.state <> 'closed'
        order by t.is_emergency desc, o.expires_at limit 50`,
  );
}

/** Live events of an offer reach whom it was made to, and the desk. */
export async function visibleOffers(
  q: Executor,
  acting: Acting,
  objects: readonly { scopeId: string; id: string }[],
): Promise<ReadonlySet<string>> {
  if (acting.role === 'resident') return new Set();
  const isWorker = acting.role === 'worker' || acting.role === 'guard';
  const rows = await q.query<{ id: string }>(
    sql`select distinct o.work_order_id as id from dispatch.offer o
        where o.scope_id = any (${[...new Set(objects.map(({ scopeId }) => scopeId))]}::uuid[])
          and o.work_order_id = any (${objects.map(({ id }) => id)}::uuid[])
          and (${!isWorker} or o.account_id = ${acting.accountId})`,
  );
  return new Set(rows.map((row) => row.id));
}

/** Orders that wait for somebody and of which nothing is kept yet; over all scopes (worker role). */
export function unwatchedOrders(q: Executor, limit: number): Promise<{ scopeId: string; id: string }[]> {
  return q.query(
    sql`select o.scope_id as "scopeId", o.work_order_id as id from work_orders.work_order o
        where o.is_open and o.status = any ('{submitted,triaged,assigned,disputed}')
          and not exists (select from dispatch.task t where t.scope_id = o.scope_id and t.work_order_id = o.work_order_id)
        order by o.work_order_id limit ${limit}`,
  );
}

export interface Asked {
  readonly mode: Task['mode'];
  readonly state: Task['state'];
  readonly watchDueAt: Date | null;
  readonly asked: readonly { readonly accountId: string; readonly expiresAt: Date }[];
}

/** Of each of these orders: how it is looked for, who is asked just now, and when the next step of its chain is due. */
export async function askedAbout(
  q: Executor,
  orders: readonly { readonly scopeId: string; readonly id: string }[],
  now: Date,
): Promise<Map<string, Asked>> {
  const scopeIds = [...new Set(orders.map(({ scopeId }) => scopeId))];
  const ids = orders.map(({ id }) => id);
  const [tasks, offers] = await Promise.all([
    q.query<{ id: string; mode: Task['mode']; state: Task['state']; watchDueAt: Date | null }>(
      sql`select t.work_order_id as id, t.mode, t.state, t.watch_due_at as "watchDueAt" from dispatch.task t
          where t.scope_id = any (${scopeIds}::uuid[]) and t.work_order_id = any (${ids}::uuid[])`,
    ),
    q.query<{ id: string; accountId: string; expiresAt: Date }>(
      sql`select o.work_order_id as id, o.account_id as "accountId", o.expires_at as "expiresAt" from dispatch.offer o
          join dispatch.task t on t.scope_id = o.scope_id and t.work_order_id = o.work_order_id and t.round = o.round
          where o.scope_id = any (${scopeIds}::uuid[]) and o.work_order_id = any (${ids}::uuid[]) and o.state = 'open' and o.expires_at >= ${now}
          order by o.expires_at, o.account_id`,
    ),
  ]);
  return new Map(
    tasks.map(({ id, ...task }) => [id, { ...task, asked: offers.filter((offer) => offer.id === id) }]),
  );
}
