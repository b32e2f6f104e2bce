import type { Instant, LocalDate } from '@gongzhi/kernel';
import { DAY } from '@gongzhi/kernel';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import type { ChangeKind, PatternDay, Plan, RosterKind, ShiftChange, ShiftDay } from './domain.ts';

/** What a department keeps about its shifts. */

export interface PatternRow {
  readonly id: string;
  readonly name: string;
  readonly anchorOn: LocalDate;
  readonly days: readonly (PatternDay | null)[];
  readonly isActive: boolean;
  readonly version: number;
}

export interface RosterRow {
  readonly id: string;
  readonly accountId: string;
  readonly patternId: string;
  readonly kind: RosterKind;
  readonly startsOn: LocalDate;
  readonly endsOn: LocalDate | null;
  readonly compoundIds: readonly string[];
  readonly gridId: string | null;
}

export interface ChangeRow {
  readonly id: string;
  readonly accountId: string;
  readonly kind: ChangeKind;
  readonly onDate: LocalDate | null;
  readonly from: Date | null;
  readonly to: Date | null;
  readonly withAccountId: string | null;
  readonly reason: string;
  readonly byName: string;
  readonly at: Date;
}

export interface StoredPlan {
  readonly patterns: readonly PatternRow[];
  readonly rosters: readonly RosterRow[];
  readonly days: readonly ShiftDay[];
  readonly changes: readonly ChangeRow[];
}

/** All that can touch from–to, of one department. */
export async function storedPlan(
  q: Executor,
  scopeId: string,
  from: Instant,
  to: Instant,
): Promise<StoredPlan> {
  // A day wider on both sides: local dates begin before and end after the instants.
  const [begin, end] = [new Date(from - 2 * DAY), new Date(to + 2 * DAY)];
  const [patterns, rosters, days, changes] = await Promise.all([
    q.query<PatternRow>(
      sql`select p.shift_pattern_id as id, p.name, p.anchor_on as "anchorOn", p.days, p.is_active as "isActive", p.version
          from dispatch.shift_pattern p where p.scope_id = ${scopeId} order by p.name, p.shift_pattern_id`,
    ),
    q.query<RosterRow>(
      sql`select r.roster_id as id, r.account_id as "accountId", r.shift_pattern_id as "patternId", r.kind, r.starts_on as "startsOn",
            r.ends_on as "endsOn", r.compound_ids as "compoundIds", r.grid_id as "gridId"
          from dispatch.roster r
          where r.scope_id = ${scopeId} and (r.ends_on is null or r.ends_on > (${begin}::timestamptz)::date)
            and (r.ends_on is null or r.ends_on > r.starts_on)
          order by r.roster_id`,
    ),
    q.query<ShiftDay>(
      sql`select d.account_id as "accountId", d.on_date as "onDate", d.from_minute as "from", d.to_minute as "to", d.kind
          from dispatch.shift_day d
          where d.scope_id = ${scopeId} and d.withdrawn_at is null
            and d.on_date between (${begin}::timestamptz)::date and (${end}::timestamptz)::date
          order by d.on_date, d.account_id, d.from_minute`,
    ),
    q.query<ChangeRow>(
      sql`select c.shift_change_id as id, c.account_id as "accountId", c.kind, c.on_date as "onDate", c.from_at as "from", c.to_at as "to",
            c.with_account_id as "withAccountId", c.reason, c.changed_by_name as "byName", c.changed_at as at
          from dispatch.shift_change c
          where c.scope_id = ${scopeId} and c.withdrawn_at is null
            and case when c.on_date is null then c.from_at < ${end} and c.to_at > ${begin}
              else c.on_date between (${begin}::timestamptz)::date and (${end}::timestamptz)::date end
          order by c.shift_change_id`,
    ),
  ]);
  return { patterns, rosters, days, changes };
}

export function planOf(stored: StoredPlan): Plan {
  return { ...stored, changes: stored.changes.map(toChange) };
}

export function toChange(row: Omit<ChangeRow, 'id' | 'reason' | 'byName' | 'at'>): ShiftChange {
  const { accountId, kind } = row;
  switch (kind) {
    case 'off':
      return { kind, accountId, onDate: row.onDate ?? '' };
    case 'swap':
      return { kind, accountId, onDate: row.onDate ?? '', withAccountId: row.withAccountId ?? '' };
    case 'leave':
    case 'overtime':
      return { kind, accountId, from: row.from?.getTime() ?? 0, to: row.to?.getTime() ?? 0 };
  }
}

/**
 * Serialises what is changed about one department's shifts: the scope's own advisory lock, for there is no one row that
 * all of it hangs on.
 */
export async function lockRoster(tx: Tx, scopeId: string): Promise<void> {
  await tx.query(sql`select pg_advisory_xact_lock(hashtextextended(${`dispatch.roster ${scopeId}`}, 0))`);
}

export async function findPattern(q: Executor, scopeId: string, id: string): Promise<PatternRow | null> {
  const [row] = await q.query<PatternRow>(
    sql`select p.shift_pattern_id as id, p.name, p.anchor_on as "anchorOn", p.days, p.is_active as "isActive", p.version
        from dispatch.shift_pattern p where p.scope_id = ${scopeId} and p.shift_pattern_id = ${id}`,
  );
  return row ?? null;
}

export async function findRoster(q: Executor, scopeId: string, id: string): Promise<RosterRow | null> {
  const [row] = await q.query<RosterRow>(
    sql`select r.roster_id as id, r.account_id as "accountId", r.shift_pattern_id as "patternId", r.kind, r.starts_on as "startsOn",
          r.ends_on as "endsOn", r.compound_ids as "compoundIds", r.grid_id as "gridId"
        from dispatch.roster r where r.scope_id = ${scopeId} and r.roster_id = ${id}`,
  );
  return row ?? null;
}

/** Live events of a roster name its department: whoever has it in reach may know that it changed. */
export async function visibleRosters(
  _q: Executor,
  acting: Acting,
  objects: readonly { scopeId: string; id: string }[],
): Promise<ReadonlySet<string>> {
  const { kind, scopeIds } = acting.actor;
  return new Set(objects.filter(({ id }) => kind === 'company' || scopeIds.includes(id)).map(({ id }) => id));
}
