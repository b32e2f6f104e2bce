import type { Executor } from '../db/database.ts';
import { sql } from '../db/sql.ts';
import type { OutboxEvent } from './outbox.ts';

/** Where a reader of the outbox stands: after this (xid, event id). */
export interface Position {
  readonly xid: string;
  readonly eventId: string;
}

export interface DispatchedEvent extends OutboxEvent {
  readonly xid: string;
}

export const noEventId = '00000000-0000-0000-0000-000000000000';
export const beginning: Position = { xid: '0', eventId: noEventId };

interface Row {
  scope_id: string;
  event_id: string;
  city_id: string | null;
  street_id: string | null;
  company_id: string | null;
  household_id: string | null;
  reporter_account_id: string | null;
  is_public: boolean;
  is_internal: boolean;
  kind: string;
  version: number;
  object_id: string;
  payload: Record<string, unknown> | null;
  occurred_at: Date;
  xid: string;
}

/**
 * The next events after a position. Only rows whose transaction is older than every running one: an event id alone
 * would let a slow commit slip in behind a cursor that already passed. Payloads come for `kinds` only (null: all,
 * empty: none), the rest are rows to step over.
 */
export async function readEvents(
  q: Executor,
  after: Position,
  limit: number,
  kinds: readonly string[] | null,
): Promise<DispatchedEvent[]> {
  const rows = await q.query<Row>(
    sql`select scope_id, event_id, city_id, street_id, company_id, household_id, reporter_account_id, is_public, is_internal,
          kind, version, object_id, occurred_at, xid,
          case when ${kinds}::text[] is null or kind = any (${kinds}::text[]) then payload end as payload
        from platform.outbox
        where (xid, event_id) > (${after.xid}::xid8, ${after.eventId}::uuid)
          and xid < pg_snapshot_xmin(pg_current_snapshot())
        order by xid, event_id
        limit ${limit}`,
  );
  return rows.map((row) => ({
    eventId: row.event_id,
    scopeId: row.scope_id,
    wall: {
      cityId: row.city_id,
      streetId: row.street_id,
      companyId: row.company_id,
      householdId: row.household_id,
      reporterAccountId: row.reporter_account_id,
      isPublic: row.is_public,
      isInternal: row.is_internal,
    },
    kind: row.kind,
    version: row.version,
    objectId: row.object_id,
    payload: row.payload ?? {},
    occurredAt: row.occurred_at,
    xid: row.xid,
  }));
}

/** What comes next, without what it says. */
export function readKinds(
  q: Executor,
  after: Position,
  limit: number,
): Promise<(Position & { readonly kind: string })[]> {
  return q.query(
    sql`select xid, event_id as "eventId", kind from platform.outbox
        where (xid, event_id) > (${after.xid}::xid8, ${after.eventId}::uuid) and xid < pg_snapshot_xmin(pg_current_snapshot())
        order by xid, event_id limit ${limit}`,
  );
}

/** The position before everything that is not yet safe to read: where a reader of news only begins. */
export async function readHead(q: Executor): Promise<Position> {
  const rows = await q.query<{ xid: string }>(sql`select pg_snapshot_xmin(pg_current_snapshot()) as xid`);
  return { xid: rows[0]?.xid ?? '0', eventId: noEventId };
}

/**
 * The position before whatever happened since `at`, as near as the hours of events say; null where more than `most`
 * events came since. Read from the end backwards: `at` is moments ago.
 */
export async function readPositionAt(q: Executor, at: Date, most: number): Promise<Position | null> {
  const rows = await q.query<Position & { readonly isBefore: boolean }>(
    sql`select xid, event_id as "eventId", occurred_at < ${at} as "isBefore" from platform.outbox
        where xid < pg_snapshot_xmin(pg_current_snapshot())
        order by xid desc, event_id desc limit ${most + 1}`,
  );
  const before = rows.find(({ isBefore }) => isBefore);
  if (before !== undefined) return { xid: before.xid, eventId: before.eventId };
  return rows.length > most ? null : beginning;
}

/** Transaction ids are 64 bits wide: compared as bigint, never as number. */
export function isAfter(a: Position, b: Position): boolean {
  const left = BigInt(a.xid);
  const right = BigInt(b.xid);
  return left > right || (left === right && a.eventId > b.eventId);
}
