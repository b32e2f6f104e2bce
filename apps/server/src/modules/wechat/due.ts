import { sql } from '../../platform/db/sql.ts';
import type { DueSweep } from '../../platform/due/due.ts';
import { rememberFor } from './domain.ts';

/** Whoever left is written to no more; an address that was bound again since stays. */
const departures: DueSweep = {
  name: 'wechat.departures',
  lane: 'work',
  async claim(tx, _now, limit) {
    const gone = await tx.query<{ sender_index: Buffer; left_at: Date }>(
      sql`delete from wechat.departure where sender_index in
            (select sender_index from wechat.departure order by left_at limit ${limit} for update skip locked)
          returning sender_index, left_at`,
    );
    for (const { sender_index: index, left_at: at } of gone)
      tx.write(
        sql`delete from platform.message_address
            where channel = 'wechat' and address_index = ${index} and updated_at <= ${at}`,
      );
    return gone.length;
  },
};

/** What nobody can ask about any more. */
const forgotten: DueSweep = {
  name: 'wechat.forgotten',
  lane: 'chores',
  everyMilliseconds: 10 * 60_000,
  async claim(tx, now, limit) {
    const before = new Date(now.getTime() - rememberFor);
    const rounds = await Promise.all([
      tx.query(
        sql`delete from wechat.message where message_hash in
              (select message_hash from wechat.message where received_at <= ${before} limit ${limit}) returning 1`,
      ),
      tx.query(
        sql`delete from wechat.request where request_hash in
              (select request_hash from wechat.request where received_at <= ${before} limit ${limit}) returning 1`,
      ),
      tx.query(
        sql`delete from wechat.answer_link where link_hash in
              (select link_hash from wechat.answer_link where expires_at <= ${now} limit ${limit}) returning 1`,
      ),
    ]);
    return rounds.reduce((sum, rows) => sum + rows.length, 0);
  },
};

export const due: readonly DueSweep[] = [departures, forgotten];
