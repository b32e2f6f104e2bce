import type { Executor, Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { Wall } from '../places/index.ts';

/** Who is at work in a compound when, for passes that hold on shift only. */

export interface WorkShift {
  readonly accountId: string;
  readonly from: Date;
  readonly to: Date;
}

/** Whose passes hold on shift only there, at this moment or later. */
export async function bound(q: Executor, scopeId: string, now: Date): Promise<string[]> {
  const rows = await q.query<{ id: string }>(
    sql`select distinct p.account_id as id from access.pass p
        where p.scope_id = ${scopeId} and p.on_shift_only and p.status <> 'revoked' and (p.valid_to is null or p.valid_to > ${now})`,
  );
  return rows.map(({ id }) => id);
}

/** Compounds with such passes, over all scopes (worker role). */
export async function boundScopes(q: Executor, now: Date): Promise<string[]> {
  const rows = await q.query<{ id: string }>(
    sql`select distinct p.scope_id as id from access.pass p
        where p.on_shift_only and p.status <> 'revoked' and (p.valid_to is null or p.valid_to > ${now}) order by 1`,
  );
  return rows.map(({ id }) => id);
}

/** What is over stays as it was until no phone can bring a decision of it. */
export function replaceShifts(
  tx: Tx,
  { scopeId, cityId, streetId, companyId }: Wall,
  departmentId: string,
  shifts: readonly WorkShift[],
  from: Date,
  keptSince: Date,
): void {
  tx.write(
    sql`delete from access.work_shift w where w.scope_id = ${scopeId} and (w.to_at > ${from} or w.to_at < ${keptSince})`,
  );
  if (shifts.length === 0) return;
  tx.write(
    sql`insert into access.work_shift (scope_id, account_id, from_at, to_at, city_id, street_id, company_id, department_id)
        select ${scopeId}::uuid, s.account_id, s.from_at, max(s.to_at), ${cityId}::uuid, ${streetId}::uuid, ${companyId}::uuid, ${departmentId}::uuid
        from unnest(${shifts.map((s) => s.accountId)}::uuid[], ${shifts.map((s) => s.from.toISOString())}::timestamptz[],
          ${shifts.map((s) => s.to.toISOString())}::timestamptz[]) as s (account_id, from_at, to_at)
        group by s.account_id, s.from_at
        on conflict (scope_id, account_id, from_at) do update set to_at = excluded.to_at`,
  );
}
