import type { Tx } from '../db/database.ts';
import { sql } from '../db/sql.ts';

/** Who was responsible when a row was written, and which residents it concerns (rules 7 and 8). */
export interface Wall {
  readonly cityId: string | null;
  readonly streetId: string | null;
  readonly companyId: string | null;
  readonly householdId: string | null;
  readonly reporterAccountId: string | null;
  readonly isPublic: boolean;
  /** Never shown to residents, whatever the rest says. */
  readonly isInternal: boolean;
}

/** A past fact. `kind` is `<object>.<past participle>`: `work_order.accepted`. */
export interface OutboxEvent {
  readonly eventId: string;
  readonly scopeId: string;
  readonly wall: Wall;
  readonly kind: string;
  readonly version: number;
  readonly objectId: string;
  /** JSON of ids, codes and numbers that consumers need; personal data is read from its table when it is used. */
  readonly payload: Readonly<Record<string, unknown>>;
  readonly occurredAt: Date;
}

const waiting = new Set<() => void>();

/** Wakes what waits in this process for committed events; other processes poll. Returns how to stop listening. */
export function onEventsCommitted(wake: () => void): () => void {
  waiting.add(wake);
  return () => waiting.delete(wake);
}

function wakeAll(): void {
  for (const wake of waiting) wake();
}

const gathered = new WeakMap<Tx, OutboxEvent[]>();

/** Writes the event in the transaction that makes it true: all of one transaction's by one statement, at its end. */
export function recordEvent(tx: Tx, event: OutboxEvent): void {
  const before = gathered.get(tx);
  if (before !== undefined) {
    before.push(event);
    return;
  }
  const all = [event];
  gathered.set(tx, all);
  tx.beforeCommit(() => {
    // Whoever comes after that is refused, and not gathered for nobody.
    gathered.delete(tx);
    writeAll(tx, all);
  });
  tx.afterCommit(wakeAll);
}

/** So many in one statement: a file of readings tells thousands. */
const batch = 500;

function writeAll(tx: Tx, events: readonly OutboxEvent[]): void {
  const [only] = events;
  if (only !== undefined && events.length === 1) writeOne(tx, only);
  else
    for (let from = 0; from < events.length; from += batch) writeMany(tx, events.slice(from, from + batch));
}

function writeOne(tx: Tx, event: OutboxEvent): void {
  const { wall } = event;
  tx.write(
    sql`insert into platform.outbox (scope_id, event_id, city_id, street_id, company_id, household_id, reporter_account_id, is_public, is_internal, kind, version, object_id, payload, occurred_at)
        values (${event.scopeId}, ${event.eventId}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${wall.householdId}, ${wall.reporterAccountId}, ${wall.isPublic}, ${wall.isInternal},
          ${event.kind}, ${event.version}, ${event.objectId}, ${JSON.stringify(event.payload)}, ${event.occurredAt})`,
  );
}

function writeMany(tx: Tx, events: readonly OutboxEvent[]): void {
  const rows = events.map(({ wall, ...event }) => ({ ...event, ...wall }));
  tx.write(
    sql`insert into platform.outbox (scope_id, event_id, city_id, street_id, company_id, household_id, reporter_account_id, is_public, is_internal, kind, version, object_id, payload, occurred_at)
        select e."scopeId", e."eventId", e."cityId", e."streetId", e."companyId", e."householdId", e."reporterAccountId", e."isPublic", e."isInternal",
          e.kind, e.version, e."objectId", e.payload, e."occurredAt"
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as e("scopeId" uuid, "eventId" uuid, "cityId" uuid, "streetId" uuid, "companyId" uuid,
          "householdId" uuid, "reporterAccountId" uuid, "isPublic" boolean, "isInternal" boolean, kind text, version smallint, "objectId" uuid,
          payload jsonb, "occurredAt" timestamptz) returning 1`,
  );
}
