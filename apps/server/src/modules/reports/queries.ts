import type { Executor, Tx } from '../../platform/db/database.ts';
import { raw, sql } from '../../platform/db/sql.ts';
import { mayAttempt } from '../../platform/permissions/permissions.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import type { ReportRow, RunRow } from './tables.ts';

const columns =
  raw(`r.scope_id as "scopeId", r.report_id as id, r.city_id as "cityId", r.street_id as "streetId", r.company_id as "companyId",
  r.owner_account_id as "ownerAccountId", r.owner_membership_id as "ownerMembershipId", r.owner_name as "ownerName",
  r.is_shared as "isShared", r.name, r.kind, r.about_scope_id as "aboutScopeId", r.filters, r.columns, r.period, r.schedule, r.format,
  r.locale, r.keep_days as "keepDays", r.next_due_at as "nextDueAt", r.next_day::text as "nextDay", r.attempts, r.stopped, r.version,
  r.updated_at as "updatedAt"`);

/** One's own, and what colleagues of the office share. */
export function listReports(q: Executor, acting: Acting, limit: number): Promise<ReportRow[]> {
  return q.query<ReportRow>(
    sql`select ${columns} from reports.report r where r.scope_id = ${acting.homeScopeId} and r.removed_at is null
          and (r.owner_account_id = ${acting.accountId} or r.is_shared)
        order by r.name, r.report_id limit ${limit}`,
  );
}

export async function findReport(q: Executor, acting: Acting, id: string): Promise<ReportRow | null> {
  const [row] = await q.query<ReportRow>(
    sql`select ${columns} from reports.report r where r.scope_id = ${acting.homeScopeId} and r.report_id = ${id}
          and r.removed_at is null and (r.owner_account_id = ${acting.accountId} or r.is_shared)`,
  );
  return row ?? null;
}

/** One's own only, and those removed too: their ids are not given out again. */
export async function lockReport(
  tx: Tx,
  acting: Acting,
  id: string,
): Promise<(ReportRow & { removedAt: Date | null }) | null> {
  const [row] = await tx.query<ReportRow & { removedAt: Date | null }>(
    sql`select ${columns}, r.removed_at as "removedAt" from reports.report r
        where r.scope_id = ${acting.homeScopeId} and r.report_id = ${id} and r.owner_account_id = ${acting.accountId} for no key update`,
  );
  return row ?? null;
}

export async function countOwn(q: Executor, acting: Acting): Promise<number> {
  const [row] = await q.query<{ count: number }>(
    sql`select count(*)::integer as count from reports.report r
        where r.scope_id = ${acting.homeScopeId} and r.owner_account_id = ${acting.accountId} and r.removed_at is null`,
  );
  return row?.count ?? 0;
}

const runColumns =
  raw(`u.run_id as id, u.report_id as "reportId", u.owner_account_id as "ownerAccountId", u.owner_role as "ownerRole",
  u.for_day::text as "forDay", u.from_day::text as "fromDay", u.to_day::text as "toDay", u.state, u.file_id as "fileId",
  u.file_name as "fileName", u.format, u.row_count as "rowCount", u.is_cut as "isCut", u.made_at as "madeAt", u.expires_at as "expiresAt"`);

/** Made with eyes that see what this reader sees: one's own, or a colleague's of the same role in the same office. */
export function listRuns(q: Executor, acting: Acting, reportId: string): Promise<RunRow[]> {
  return q.query<RunRow>(
    sql`select ${runColumns} from reports.edition u where u.scope_id = ${acting.homeScopeId} and u.report_id = ${reportId}
          and (u.owner_account_id = ${acting.accountId} or u.owner_role = ${acting.role})
        order by u.for_day desc limit 60`,
  );
}

export async function findRun(
  q: Executor,
  acting: Acting,
  reportId: string,
  id: string,
): Promise<RunRow | null> {
  const [row] = await q.query<RunRow>(
    sql`select ${runColumns} from reports.edition u where u.scope_id = ${acting.homeScopeId} and u.report_id = ${reportId} and u.run_id = ${id}
          and (u.owner_account_id = ${acting.accountId} or u.owner_role = ${acting.role})`,
  );
  return row ?? null;
}

/** Looked for over all scopes; claimed scope by scope (lockDue). */
export function dueReports(
  q: Executor,
  now: Date,
  limit: number,
): Promise<{ scopeId: string; id: string }[]> {
  return q.query(
    sql`select r.scope_id as "scopeId", r.report_id as id from reports.report r
        where r.next_due_at <= ${now} and (r.leased_until is null or r.leased_until <= ${now})
        order by r.next_due_at limit ${limit}`,
  );
}

export async function lockDue(tx: Tx, scopeId: string, id: string, now: Date): Promise<ReportRow | null> {
  const [row] = await tx.query<ReportRow>(
    sql`select ${columns} from reports.report r where r.scope_id = ${scopeId} and r.report_id = ${id}
          and r.next_due_at <= ${now} and (r.leased_until is null or r.leased_until <= ${now}) for no key update skip locked`,
  );
  return row ?? null;
}

/** Still the turn that was claimed: nobody has changed, removed or made it in the meantime. */
export async function isStillDue(tx: Tx, report: ReportRow): Promise<boolean> {
  const rows = await tx.query(
    sql`select from reports.report r where r.scope_id = ${report.scopeId} and r.report_id = ${report.id}
          and r.version = ${report.version} and r.next_day = ${report.nextDay} for no key update`,
  );
  return rows.length > 0;
}

export function expiredRuns(
  q: Executor,
  now: Date,
  limit: number,
): Promise<{ scopeId: string; id: string; fileId: string }[]> {
  return q.query(
    sql`select u.scope_id as "scopeId", u.run_id as id, u.file_id as "fileId" from reports.edition u
        where u.expires_at <= ${now} and u.file_id is not null order by u.expires_at limit ${limit}`,
  );
}

export async function visibleReports(
  q: Executor,
  acting: Acting,
  objects: readonly { scopeId: string; id: string }[],
): Promise<ReadonlySet<string>> {
  if (!mayAttempt(acting.role, 'report.use')) return new Set();
  const rows = await q.query<{ id: string }>(
    sql`select r.report_id as id from reports.report r where r.scope_id = ${acting.homeScopeId}
          and r.report_id = any (${objects.map(({ id }) => id)}::uuid[])
          and (r.owner_account_id = ${acting.accountId} or r.is_shared)`,
  );
  return new Set(rows.map(({ id }) => id));
}
