import { sql } from '../../platform/db/sql.ts';
import { claimByScope } from '../../platform/due/claim.ts';
import type { DueSweep } from '../../platform/due/due.ts';

const DAY = 86_400_000;

interface Old {
  readonly scopeId: string;
  readonly id: string;
}
const scopesOf = (rows: readonly Old[]): string[] => [...new Set(rows.map(({ scopeId }) => scopeId))];
const idsOf = (rows: readonly Old[]): string[] => rows.map(({ id }) => id);

/** Who reported through other software is forgotten when its time is over; what they reported stays. */
export const forgetSenders: DueSweep = {
  name: 'open311.forget_senders',
  lane: 'chores',
  everyMilliseconds: 3_600_000,
  async claim(tx, now, limit, house) {
    const streets = await tx.query<{ id: string }>(
      sql`select distinct m.street_id as id from open311.submission m where m.contact_cipher is not null and m.street_id is not null
          union select distinct u.street_id from open311.client_update u where u.contact_cipher is not null and u.street_id is not null`,
    );
    let forgotten = 0;
    for (const { id } of streets) {
      const days = await house.settings.get(tx, [id], 'open311.sender_days', now);
      const before = new Date(now.getTime() - days * DAY);
      const rows = await claimByScope<Old>(tx, {
        columns: sql`m.scope_id as "scopeId", m.submission_id as id`,
        from: sql`open311.submission m`,
        scope: sql`m.scope_id`,
        id: sql`m.submission_id`,
        due: sql`m.street_id = ${id} and m.contact_cipher is not null and m.received_at < ${before}`,
        order: sql`m.received_at`,
        limit,
      });
      tx.write(
        sql`update open311.submission set contact_cipher = null
            where scope_id = any (${scopesOf(rows)}::uuid[]) and submission_id = any (${idsOf(rows)}::uuid[])`,
      );
      const said = await claimByScope<Old>(tx, {
        columns: sql`u.scope_id as "scopeId", u.client_update_id as id`,
        from: sql`open311.client_update u`,
        scope: sql`u.scope_id`,
        id: sql`u.client_update_id`,
        due: sql`u.street_id = ${id} and u.contact_cipher is not null and u.received_at < ${before}`,
        order: sql`u.received_at`,
        limit,
      });
      tx.write(
        sql`update open311.client_update set contact_cipher = null
            where scope_id = any (${scopesOf(said)}::uuid[]) and client_update_id = any (${idsOf(said)}::uuid[])`,
      );
      forgotten += rows.length + said.length;
    }
    return forgotten;
  },
};
