import type { WorkerDatabase } from '../db/database.ts';
import { sql } from '../db/sql.ts';
import type { DueSweep } from '../due/due.ts';
import type { Log } from '../events/dispatcher.ts';
import type { Channel } from './notify.ts';

export interface Message {
  /** The provider's idempotency key: a second try of one delivery bears the same. */
  readonly deliveryId: string;
  readonly notificationId: string;
  readonly scopeId: string;
  readonly accountId: string;
  readonly template: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly link: string | null;
}

export interface ChannelAdapter {
  readonly channel: Channel;
  /** Resolves when the provider has taken it; throws to be tried again later. */
  send(message: Message): Promise<void>;
}

/** Stands in for a provider: says that something would have gone out, and nothing about whom or what. */
export function logAdapter(log: Log): ChannelAdapter {
  return {
    channel: 'log',
    async send({ deliveryId, notificationId, template }) {
      log.info({ deliveryId, notificationId, template }, 'notification delivered to the log');
    },
  };
}

/** A worker that dies while sending leaves the row to others after this. */
const leaseMilliseconds = 120_000;
const mostAttempts = 5;
const retryMilliseconds = [60_000, 300_000, 1_800_000, 7_200_000];

interface Claimed extends Message {
  readonly channel: Channel;
  readonly attempts: number;
}

interface Row {
  delivery_id: string;
  notification_id: string;
  scope_id: string;
  account_id: string;
  template: string;
  params: Record<string, unknown>;
  link: string | null;
  channel: Channel;
  attempts: number;
}

/**
 * Sends what waits. A row is leased in one transaction, sent outside of any, and marked in another: no provider
 * is waited for while a row is locked. One row per (notification, channel), so one delivery.
 */
export function deliverySweep(options: {
  worker: WorkerDatabase;
  adapters: readonly ChannelAdapter[];
  log: Log;
}): DueSweep {
  const adapters = new Map(options.adapters.map((adapter) => [adapter.channel, adapter]));
  let claimed: Claimed[] = [];
  let claimedAt = new Date(0);

  const mark = (
    message: Claimed,
    state: 'waiting' | 'sent' | 'failed',
    nextTryAt: Date | null,
    error: string | null,
  ) =>
    options.worker.work(async (tx) => {
      tx.write(
        sql`update platform.delivery set state = ${state}, next_try_at = ${nextTryAt}, last_error = ${error}, updated_at = ${claimedAt}
            where scope_id = ${message.scopeId} and delivery_id = ${message.deliveryId} and state = 'waiting' and attempts = ${message.attempts}`,
      );
    });

  const send = async (message: Claimed) => {
    const adapter = adapters.get(message.channel);
    if (adapter === undefined) return mark(message, 'failed', null, 'no adapter for this channel');
    try {
      await adapter.send(message);
    } catch (error) {
      const reason = (error as Error).message.slice(0, 300);
      const wait = retryMilliseconds[message.attempts - 1];
      options.log.warn(
        { deliveryId: message.deliveryId, channel: message.channel, attempts: message.attempts },
        'delivery failed',
      );
      if (message.attempts >= mostAttempts || wait === undefined)
        return mark(message, 'failed', null, reason);
      return mark(message, 'waiting', new Date(claimedAt.getTime() + wait), reason);
    }
    return mark(message, 'sent', null, null);
  };

  return {
    name: 'platform.delivery',
    async claim(tx, now, limit) {
      claimed = [];
      const rows = await tx.query<Row>(
        sql`with due as (
              select scope_id, delivery_id from platform.delivery
              where state = 'waiting' and next_try_at <= ${now} order by next_try_at limit ${limit} for update skip locked)
            update platform.delivery d set attempts = d.attempts + 1, next_try_at = ${new Date(now.getTime() + leaseMilliseconds)}, updated_at = ${now}
            from due, platform.notification n
            where d.scope_id = due.scope_id and d.delivery_id = due.delivery_id
              and n.scope_id = d.scope_id and n.notification_id = d.notification_id
            returning d.delivery_id, d.notification_id, d.scope_id, n.account_id, n.template, n.params, n.link, d.channel, d.attempts`,
      );
      claimedAt = now;
      claimed = rows.map((row) => ({
        deliveryId: row.delivery_id,
        notificationId: row.notification_id,
        scopeId: row.scope_id,
        accountId: row.account_id,
        template: row.template,
        params: row.params,
        link: row.link,
        channel: row.channel,
        attempts: row.attempts,
      }));
      return rows.length;
    },
    async after() {
      const batch = claimed;
      claimed = [];
      for (const message of batch) await send(message);
    },
  };
}
