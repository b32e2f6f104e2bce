import { systemClock } from '../clock/clock.ts';
import { sql } from '../db/sql.ts';
import type { DueSweep } from './due.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

function before(now: Date, milliseconds: number): Date {
  return new Date(now.getTime() - milliseconds);
}

/** Answers given to an Idempotency-Key are kept 7 days (rule 3). */
const idempotency: DueSweep = {
  name: 'platform.idempotency',
  lane: 'chores',
  everyMilliseconds: 10 * minute,
  async claim(tx, now, limit) {
    const gone = await tx.query(
      sql`delete from platform.idempotency where (scope_id, account_id, key) in
            (select scope_id, account_id, key from platform.idempotency where created_at < ${before(now, 7 * day)} order by created_at limit ${limit})
          returning 1`,
    );
    return gone.length;
  },
};

/** No rate limit or lock-out looks back further than a day. */
const throttle: DueSweep = {
  name: 'platform.throttle',
  lane: 'chores',
  everyMilliseconds: 10 * minute,
  async claim(tx, now, limit) {
    const gone = await tx.query(
      sql`delete from platform.throttle where key_hash in
            (select key_hash from platform.throttle
             where window_start < ${before(now, day)} and (blocked_until is null or blocked_until < ${now}) limit ${limit})
          returning 1`,
    );
    return gone.length;
  },
};

/**
 * Events that every consumer has passed and that are older than `keepDays`. `consumers` names the living ones:
 * the cursor of one that no longer exists holds nothing back.
 */
function outbox(consumers: readonly string[], keepDays: number): DueSweep {
  return {
    name: 'platform.outbox',
    lane: 'chores',
    everyMilliseconds: 10 * minute,
    async claim(tx, now, limit) {
      const gone = await tx.query(
        sql`delete from platform.outbox where (scope_id, event_id) in
              (select scope_id, event_id from
                (select scope_id, event_id, occurred_at, xid from platform.outbox order by xid, event_id limit ${limit}) oldest
               where occurred_at < ${before(now, keepDays * day)}
                 and not exists (select from platform.consumer c
                   where c.name = any (${consumers}::text[]) and (c.last_xid, c.last_event_id) < (oldest.xid, oldest.event_id)))
            returning 1`,
      );
      return gone.length;
    },
  };
}

/** Uploaded and never attached within a day: first the row, then the bytes. */
function orphanFiles(): DueSweep {
  let removed: string[] = [];
  return {
    name: 'platform.orphan_files',
    lane: 'chores',
    everyMilliseconds: 10 * minute,
    async claim(tx, now, limit) {
      removed = [];
      // Attached_id is asked again outside: an attachment that commits meanwhile wins.
      const rows = await tx.query<{ file_id: string }>(
        sql`delete from platform.file where (scope_id, file_id) in
              (select scope_id, file_id from platform.file where attached_id is null and created_at < ${before(now, day)} order by created_at limit ${limit})
              and attached_id is null
            returning file_id`,
      );
      removed = rows.map((row) => row.file_id);
      return rows.length;
    },
    async after(house) {
      for (const id of removed) await house.files.remove(id);
    },
  };
}

/**
 * Bytes without a row: an upload that died between the two, or a sweep that died after its commit. One 256th of
 * the store an hour. Files are as old as the file system says, whatever clock the house runs on.
 */
function orphanBytes(): DueSweep {
  let slice = 0;
  let strays: string[] = [];
  return {
    name: 'platform.orphan_bytes',
    lane: 'chores',
    everyMilliseconds: hour,
    async claim(tx, _now, _limit, house) {
      const old = before(systemClock.now(), day).getTime();
      const ids = [
        ...new Set(
          (await house.files.list(slice)).filter((file) => file.modifiedAt < old).map((file) => file.id),
        ),
      ];
      slice = (slice + 1) % 256;
      if (ids.length === 0) return 0;
      const rows = await tx.query<{ file_id: string }>(
        sql`select file_id from platform.file where file_id = any (${ids}::uuid[])`,
      );
      const known = new Set(rows.map((row) => row.file_id));
      strays = ids.filter((id) => !known.has(id));
      return 0;
    },
    async after(house) {
      for (const id of strays) await house.files.remove(id);
      strays = [];
    },
  };
}

/** What the ground floor itself tidies up. Sessions and sign-in codes belong to identity. */
export function groundFloorSweeps(options: {
  readonly consumers: readonly string[];
  readonly outboxDays?: number;
}): DueSweep[] {
  return [
    idempotency,
    throttle,
    outbox(options.consumers, options.outboxDays ?? 30),
    orphanFiles(),
    orphanBytes(),
  ];
}
