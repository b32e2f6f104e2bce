import type { DueSweep } from '../../platform/due/due.ts';
import { sql } from '../../platform/db/sql.ts';
import { system, writeChange } from './changes.ts';
import { markDue } from './domain.ts';
import { claimDueCases } from './queries.ts';

/** What time brings to cases: a hand's share that ran out, a deadline, a review. Marked once. */
export const hotlineDue: DueSweep = {
  name: 'hotline.due',
  async claim(tx, now, limit) {
    const cases = await claimDueCases(tx, now, limit);
    for (const before of cases) {
      const { state, events } = markDue(before.state, now.getTime());
      writeChange(
        tx,
        before,
        { ...before, state, version: before.version + 1, updatedAt: now },
        events,
        system,
        now,
      );
    }
    return cases.length;
  },
};

const DAY = 86_400_000;

/** Answers to signed requests are kept longer than a timestamp may be sent again, and no longer. */
export const requestSweep: DueSweep = {
  name: 'hotline.requests',
  lane: 'chores',
  everyMilliseconds: 60 * 60_000,
  async claim(tx, now, limit) {
    const gone = await tx.query(
      sql`delete from hotline.received_request r using (
            select o.scope_id, o.client_id, o.signature from hotline.received_request o
            where o.received_at < ${new Date(now.getTime() - DAY)} limit ${limit}) old
          where r.scope_id = old.scope_id and r.client_id = old.client_id and r.signature = old.signature returning 1 as gone`,
    );
    return gone.length;
  },
};
