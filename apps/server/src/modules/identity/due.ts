import { sql } from '../../platform/db/sql.ts';
import type { DueSweep } from '../../platform/due/due.ts';
import { endingConsents } from './due-consents.ts';

const every = 10 * 60_000;

/** What has expired opens nothing any more; it is only taken away. */
const sessions: DueSweep = {
  name: 'identity.sessions',
  lane: 'chores',
  everyMilliseconds: every,
  async claim(tx, now, limit) {
    const gone = await tx.query(
      sql`delete from identity.session where session_hash in
            (select session_hash from identity.session where expires_at <= ${now} order by expires_at limit ${limit})
          returning 1`,
    );
    return gone.length;
  },
};

const codes: DueSweep = {
  name: 'identity.login_codes',
  lane: 'chores',
  everyMilliseconds: every,
  async claim(tx, now, limit) {
    const gone = await tx.query(
      sql`delete from identity.login_code where phone_index in
            (select phone_index from identity.login_code where expires_at <= ${now} limit ${limit})
          returning 1`,
    );
    return gone.length;
  },
};

const tickets: DueSweep = {
  name: 'identity.sign_in_tickets',
  lane: 'chores',
  everyMilliseconds: every,
  async claim(tx, now, limit) {
    const gone = await tx.query(
      sql`delete from identity.sign_in_ticket where ticket_hash in
            (select ticket_hash from identity.sign_in_ticket where expires_at <= ${now} limit ${limit})
          returning 1`,
    );
    return gone.length;
  },
};

export const due: readonly DueSweep[] = [sessions, codes, tickets, endingConsents];
