import { uuidv7 } from '@gongzhi/kernel';
import type { Tx } from '../db/database.ts';
import { sql } from '../db/sql.ts';
import { recordEvent } from '../events/outbox.ts';

/** Ways to reach somebody besides the inbox in the app. Only those with an adapter carry anything. */
export type Channel = 'log' | 'sms' | 'voice' | 'wechat' | 'work_chat' | 'mail';

export interface Notice {
  /** The scope of the matter it is about. */
  readonly scopeId: string;
  readonly accountId: string;
  /** A key of packages/i18n; the reader's language is chosen when it is shown or sent. */
  readonly template: string;
  /** Ids, codes, numbers and titles; personal data is fetched by the page that may show it. */
  readonly params: Readonly<Record<string, unknown>>;
  /** Path within the app. */
  readonly link: string | null;
  readonly at: Date;
  readonly channels?: readonly Channel[];
}

export const notificationCreated = 'notification.created';

/**
 * Tells one account something: in the app always, and a delivery row per further channel. In a worker's
 * transaction (a consumer's), so that the notice exists exactly once however often the batch is tried.
 */
export function notify(tx: Tx, notice: Notice): string {
  const { scopeId, accountId, at } = notice;
  const notificationId = uuidv7(at.getTime());
  tx.write(
    sql`insert into platform.notification (scope_id, notification_id, account_id, template, params, link, created_at)
        values (${scopeId}, ${notificationId}, ${accountId}, ${notice.template}, ${JSON.stringify(notice.params)}, ${notice.link}, ${at})`,
  );
  for (const channel of new Set(notice.channels ?? (['log'] as const))) {
    tx.write(
      sql`insert into platform.delivery (scope_id, delivery_id, notification_id, channel, state, attempts, next_try_at, updated_at)
          values (${scopeId}, ${uuidv7(at.getTime())}, ${notificationId}, ${channel}, 'waiting', 0, ${at}, ${at})`,
    );
  }
  recordEvent(tx, {
    eventId: uuidv7(at.getTime()),
    scopeId,
    wall: {
      cityId: null,
      streetId: null,
      companyId: null,
      householdId: null,
      reporterAccountId: accountId,
      isPublic: false,
      isInternal: false,
    },
    kind: notificationCreated,
    version: 1,
    objectId: accountId,
    payload: { notificationId },
    occurredAt: at,
  });
  return notificationId;
}
