import { uuidv7 } from '@gongzhi/kernel';
import type { Tx } from '../db/database.ts';
import { sql, type Statement } from '../db/sql.ts';
import { claimByScope } from '../due/claim.ts';
import type { AnyChannel, Channel, Urgency } from './messages.ts';

/** One delivery that this worker has leased. */
export interface Claimed {
  readonly scopeId: string;
  readonly deliveryId: string;
  readonly notificationId: string;
  readonly accountId: string;
  readonly template: string;
  readonly urgency: Urgency;
  readonly channel: AnyChannel;
  readonly plan: readonly AnyChannel[];
  readonly attempts: number;
  readonly params: Readonly<Record<string, unknown>>;
  readonly link: string | null;
  /** Others held over night for the same reader and channel, which this one speaks for. */
  readonly others: readonly string[];
}

/** A worker that dies while sending leaves the row to others after this. */
const leaseMilliseconds = 120_000;
/** Held over night, so many or more become one message. */
const digestFrom = 4;

/** What a night can gather for the readers of one batch. */
const mostGathered = 10_000;

interface Locked extends Pick<Claimed, 'scopeId' | 'deliveryId' | 'accountId' | 'channel'> {
  readonly isHeld: boolean;
}

interface ClaimedRow extends Omit<Claimed, 'others'> {
  readonly isHeld: boolean;
}

/** Emergencies stand in a queue of their own, so that no other message is ever waited for. */
export type Part = 'emergencies' | 'others';

export function isOf(part: Part): Statement {
  return part === 'emergencies'
    ? sql`d.urgency = 'emergency'`
    : sql`coalesce(d.urgency, 'news') <> 'emergency'`;
}

const rank = ({ urgency }: Pick<Claimed, 'urgency'>): number => (urgency === 'news' ? 1 : 0);

/**
 * Leases what is due: what asks for something before news, then by time. What the night has gathered for one reader is
 * leased together, however small the batch, and folded into one message.
 */
export async function claimDue(tx: Tx, part: Part, now: Date, limit: number): Promise<Claimed[]> {
  const claim = (due: Statement, most: number) =>
    claimByScope<Locked>(tx, {
      columns: sql`d.scope_id as "scopeId", d.delivery_id as "deliveryId", d.account_id as "accountId", d.channel, d.is_held as "isHeld"`,
      from: sql`platform.delivery d`,
      scope: sql`d.scope_id`,
      id: sql`d.delivery_id`,
      due: sql`d.state = 'waiting' and d.next_try_at <= ${now} and ${isOf(part)} and ${due}`,
      order: sql`d.urgency is distinct from 'action', d.next_try_at`,
      limit: most,
    });
  const due = await claim(sql`d.channel <> 'auto'`, limit);
  const night = due.filter(({ isHeld }) => isHeld);
  if (night.length > 0)
    due.push(
      ...(await claim(
        sql`d.is_held and (d.scope_id, d.account_id, d.channel) in (
          select * from unnest(${night.map((one) => one.scopeId)}::uuid[], ${night.map((one) => one.accountId)}::uuid[], ${night.map((one) => one.channel)}::text[]))`,
        mostGathered,
      )),
    );
  if (due.length === 0) return [];
  const rows = await tx.query<ClaimedRow>(
    sql`update platform.delivery d set attempts = d.attempts + 1, next_try_at = ${new Date(now.getTime() + leaseMilliseconds)}, updated_at = ${now}
        from platform.notification n
        where d.scope_id = any (${[...new Set(due.map(({ scopeId }) => scopeId))]}::uuid[])
          and d.delivery_id = any (${due.map(({ deliveryId }) => deliveryId)}::uuid[]) and n.scope_id = d.scope_id and n.notification_id = d.notification_id
        returning d.scope_id as "scopeId", d.delivery_id as "deliveryId", d.notification_id as "notificationId", n.account_id as "accountId",
          n.template, coalesce(d.urgency, 'news') as urgency, d.channel, d.plan, d.attempts, n.params, n.link, d.is_held as "isHeld"`,
  );
  const held = new Map<string, ClaimedRow[]>();
  for (const row of rows)
    if (row.isHeld) {
      const key = `${row.scopeId} ${row.accountId} ${row.channel}`;
      held.set(key, [...(held.get(key) ?? []), row]);
    }
  const folded = new Set<string>();
  const othersOf = new Map<string, string[]>();
  for (const group of held.values()) {
    if (group.length < digestFrom) continue;
    // The newest speaks for all.
    const [first, ...others] = group.toSorted((a, b) => (a.deliveryId < b.deliveryId ? 1 : -1));
    othersOf.set(
      first!.deliveryId,
      others.map(({ deliveryId }) => deliveryId),
    );
    for (const { deliveryId } of others) folded.add(deliveryId);
  }
  return rows
    .filter(({ deliveryId }) => !folded.has(deliveryId))
    .sort((a, b) => rank(a) - rank(b) || (a.deliveryId < b.deliveryId ? -1 : 1))
    .map(({ isHeld: _, ...row }) => ({ ...row, others: othersOf.get(row.deliveryId) ?? [] }));
}

/** How long a channel that tells of arrival is waited for before the next one of the plan is tried. */
const confirmMilliseconds: Record<Urgency, number> = {
  emergency: 120_000,
  action: 1_800_000,
  news: 21_600_000,
};

export function markSent(
  tx: Tx,
  row: Claimed,
  taken: { readonly reference: string | null; readonly masked: string; readonly confirms: boolean },
  now: Date,
): void {
  const confirmBy =
    taken.confirms && row.plan.length > 0 ? new Date(now.getTime() + confirmMilliseconds[row.urgency]) : null;
  tx.write(
    sql`update platform.delivery set state = 'sent', next_try_at = null, last_error = null, provider_reference = ${taken.reference},
          recipient_masked = ${taken.masked}, confirm_by = ${confirmBy}, updated_at = ${now}
        where scope_id = ${row.scopeId} and delivery_id = any (${[row.deliveryId, ...row.others]}::uuid[]) and state = 'waiting'`,
  );
}

/** Asked again at `until`. With a reason it was an attempt; without one (the provider was left alone) it was none. */
export function postpone(tx: Tx, row: Claimed, until: Date, now: Date, reason: string | null = null): void {
  tx.write(
    sql`update platform.delivery set next_try_at = ${until}, last_error = coalesce(${reason}, last_error), updated_at = ${now},
          attempts = attempts - ${reason === null ? 1 : 0}
        where scope_id = ${row.scopeId} and delivery_id = any (${[row.deliveryId, ...row.others]}::uuid[]) and state = 'waiting'`,
  );
}

/** Gives a lease back: it goes out in the morning, with whatever else the night has gathered. No attempt was made. */
export function holdUntil(tx: Tx, row: Claimed, until: Date, now: Date): void {
  tx.write(
    sql`update platform.delivery set next_try_at = ${until}, is_held = true, attempts = attempts - 1, updated_at = ${now}
        where scope_id = ${row.scopeId} and delivery_id = any (${[row.deliveryId, ...row.others]}::uuid[]) and state = 'waiting'`,
  );
}

/** This channel is out: the next of the plan gets a row of its own, once (the unique key says so). */
export function markFailed(
  tx: Tx,
  row: Claimed,
  reason: string,
  now: Date,
  masked: string | null = null,
): void {
  const ids = [row.deliveryId, ...row.others];
  tx.write(
    sql`update platform.delivery set state = 'failed', next_try_at = null, last_error = ${reason}, recipient_masked = coalesce(${masked}, recipient_masked), updated_at = ${now}
        where scope_id = ${row.scopeId} and delivery_id = any (${ids}::uuid[]) and state = 'waiting'`,
  );
  for (const id of ids) goOn(tx, row.scopeId, id, now);
}

/** The same message by another channel too, at once. */
export function alsoBy(tx: Tx, scopeId: string, deliveryId: string, channel: Channel, now: Date): void {
  tx.write(
    sql`insert into platform.delivery (scope_id, delivery_id, notification_id, city_id, street_id, company_id, account_id, template, urgency, object_id,
          channel, state, attempts, next_try_at, created_at, updated_at)
        select scope_id, ${uuidv7(now.getTime())}::uuid, notification_id, city_id, street_id, company_id, account_id, template, urgency, object_id,
          ${channel}, 'waiting', 0, ${now}::timestamptz, ${now}::timestamptz, ${now}::timestamptz
        from platform.delivery where scope_id = ${scopeId} and delivery_id = ${deliveryId}
        on conflict (scope_id, notification_id, channel) do nothing`,
  );
}

/** The first channel of a delivery's plan becomes a delivery of its own; the rest becomes that one's plan. */
export function goOn(tx: Tx, scopeId: string, deliveryId: string, now: Date): void {
  tx.write(
    sql`insert into platform.delivery (scope_id, delivery_id, notification_id, city_id, street_id, company_id, account_id, template, urgency, object_id,
          channel, plan, state, attempts, next_try_at, created_at, updated_at)
        select scope_id, ${uuidv7(now.getTime())}::uuid, notification_id, city_id, street_id, company_id, account_id, template, urgency, object_id,
          plan[1], plan[2:], 'waiting', 0, ${now}::timestamptz, ${now}::timestamptz, ${now}::timestamptz
        from platform.delivery where scope_id = ${scopeId} and delivery_id = ${deliveryId} and cardinality(plan) > 0
        on conflict (scope_id, notification_id, channel) do nothing`,
  );
}
