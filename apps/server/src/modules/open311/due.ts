import { sql } from '../../platform/db/sql.ts';
import type { DueSweep } from '../../platform/due/due.ts';

const DAY = 86_400_000;

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
      const rows = await tx.query(
        sql`update open311.submission set contact_cipher = null where (scope_id, submission_id) in
              (select m.scope_id, m.submission_id from open311.submission m where m.street_id = ${id} and m.contact_cipher is not null
                and m.received_at < ${before} limit ${limit} for update skip locked) returning submission_id`,
      );
      const said = await tx.query(
        sql`update open311.client_update set contact_cipher = null where (scope_id, client_update_id) in
              (select u.scope_id, u.client_update_id from open311.client_update u where u.street_id = ${id} and u.contact_cipher is not null
                and u.received_at < ${before} limit ${limit} for update skip locked) returning client_update_id`,
      );
      forgotten += rows.length + said.length;
    }
    return forgotten;
  },
};
