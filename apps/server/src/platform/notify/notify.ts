import { uuidv7 } from '@gongzhi/kernel';
import type { Tx } from '../db/database.ts';
import { sql } from '../db/sql.ts';
import { recordEvent } from '../events/outbox.ts';
import type { Urgency } from './messages.ts';

export interface Notice {
  /** The scope of the matter it is about. */
  readonly scopeId: string;
  /** Whose business the log of its delivery is; nobody's when left out. */
  readonly wall?: {
    readonly cityId: string | null;
    readonly streetId: string | null;
    readonly companyId: string | null;
  };
  readonly accountId: string;
  /** A key of packages/i18n (`inbox.<template>`); the reader's language is chosen when it is shown or sent. */
  readonly template: string;
  /** Ids, codes, numbers and titles; personal data is fetched by the page that may show it. */
  readonly params: Readonly<Record<string, unknown>>;
  /** Path within the app. */
  readonly link: string | null;
  /** What it is about, for the delivery log of that object. */
  readonly objectId?: string | null;
  /** How much it wants its reader; what the template's kind says when left out. */
  readonly urgency?: Urgency;
  readonly at: Date;
}

export const notificationCreated = 'notification.created';

/**
 * Tells one account something: in the app always, and beside it by what this person wishes (deliver.ts). In a
 * worker's transaction (a consumer's), so that the notice exists exactly once however often the batch is tried.
 */
export function notify(tx: Tx, notice: Notice): string {
  const { scopeId, accountId, at, wall } = notice;
  const notificationId = uuidv7(at.getTime());
  tx.write(
    sql`insert into platform.notification (scope_id, notification_id, account_id, template, params, link, created_at)
        values (${scopeId}, ${notificationId}, ${accountId}, ${notice.template}, ${JSON.stringify(notice.params)}, ${notice.link}, ${at})`,
  );
  tx.write(
    sql`insert into platform.delivery (scope_id, delivery_id, notification_id, city_id, street_id, company_id, account_id, template, urgency, object_id,
          channel, state, attempts, next_try_at, created_at, updated_at)
        values (${scopeId}, ${uuidv7(at.getTime())}, ${notificationId}, ${wall?.cityId ?? null}, ${wall?.streetId ?? null}, ${wall?.companyId ?? null},
          ${accountId}, ${notice.template}, ${notice.urgency ?? null}, ${notice.objectId ?? null}, 'auto', 'waiting', 0, ${at}, ${at}, ${at})`,
  );
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
