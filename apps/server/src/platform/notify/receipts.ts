import { createHmac, timingSafeEqual } from 'node:crypto';
import type { DueSweep } from '../due/due.ts';
import { sql } from '../db/sql.ts';
import { claimByScope } from '../due/claim.ts';
import { goOn } from './queries-delivery.ts';

/** A receipt's signature: HMAC-SHA256 over `<timestamp>.<body>`, no older than five minutes. */
export function isSigned(
  secret: string,
  timestamp: string,
  body: string,
  signature: string,
  now: number,
): boolean {
  const at = Date.parse(timestamp);
  if (!Number.isFinite(at) || Math.abs(now - at) > 300_000) return false;
  const right = Buffer.from(
    `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`,
  );
  const given = Buffer.from(signature);
  return given.length === right.length && timingSafeEqual(given, right);
}

interface ReceiptRow {
  scope_id: string;
  delivery_id: string;
  outcome: 'delivered' | 'failed';
  provider_reference: string | null;
  received_at: Date;
  state: string | null;
}

const day = 86_400_000;

/**
 * Applies what providers said. The first word about a delivery counts, what comes after changes nothing. A receipt
 * that overtakes our own note of having sent waits for it; one that names nothing we know is forgotten after a day.
 */
export const receiptSweep: DueSweep = {
  name: 'platform.receipt',
  async claim(tx, now, limit) {
    const rows = await claimByScope<ReceiptRow>(tx, {
      columns: sql`r.scope_id, r.delivery_id, r.outcome, r.provider_reference, r.received_at, d.state`,
      from: sql`platform.receipt r left join platform.delivery d on d.scope_id = r.scope_id and d.delivery_id = r.delivery_id`,
      scope: sql`r.scope_id`,
      id: sql`concat_ws(' ', r.delivery_id, r.outcome)`,
      idType: 'text',
      due: sql`r.applied_at is null and (d.state in ('sent', 'delivered', 'failed', 'none') or r.received_at < ${new Date(now.getTime() - day)})`,
      order: sql`r.received_at`,
      limit,
      lock: sql`for no key update of r`,
    });
    for (const row of rows) {
      if (row.state === 'sent') {
        tx.write(
          sql`update platform.delivery set state = ${row.outcome}, confirm_by = null, updated_at = ${now},
                last_error = ${row.outcome === 'failed' ? 'receipt' : null}, provider_reference = coalesce(provider_reference, ${row.provider_reference})
              where scope_id = ${row.scope_id} and delivery_id = ${row.delivery_id} and state = 'sent'`,
        );
        if (row.outcome === 'failed') goOn(tx, row.scope_id, row.delivery_id, now);
      }
      tx.write(
        sql`update platform.receipt set applied_at = ${now}
            where scope_id = ${row.scope_id} and delivery_id = ${row.delivery_id} and outcome = ${row.outcome}`,
      );
    }
    return rows.length;
  },
};

/** Sent, and no word of its arrival in time: the next channel is tried. */
export const unconfirmedSweep: DueSweep = {
  name: 'platform.unconfirmed',
  async claim(tx, now, limit) {
    const rows = await claimByScope<{ scope_id: string; delivery_id: string }>(tx, {
      columns: sql`d.scope_id, d.delivery_id`,
      from: sql`platform.delivery d`,
      scope: sql`d.scope_id`,
      id: sql`d.delivery_id`,
      due: sql`d.confirm_by <= ${now}`,
      order: sql`d.confirm_by`,
      limit,
    });
    for (const row of rows) {
      goOn(tx, row.scope_id, row.delivery_id, now);
      tx.write(
        sql`update platform.delivery set confirm_by = null, updated_at = ${now} where scope_id = ${row.scope_id} and delivery_id = ${row.delivery_id}`,
      );
    }
    return rows.length;
  },
};
