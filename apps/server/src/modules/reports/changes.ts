import { uuidv7 } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { recordEvent } from '../../platform/events/outbox.ts';
import type { Wall } from '../places/index.ts';
import type { Definition, ReportRow, RunRow } from './tables.ts';

/** What is written, once decided. */

type Placed = Pick<ReportRow, 'scopeId' | 'id' | 'cityId' | 'streetId' | 'companyId'>;
export interface NextTurn {
  readonly day: string;
  readonly at: Date;
}

type Told = 'saved' | 'removed' | 'made' | 'failed' | 'stopped';

export function tell(
  tx: Tx,
  report: Placed,
  kind: Told,
  now: Date,
  payload: Readonly<Record<string, unknown>> = {},
): void {
  const { scopeId, id, cityId, streetId, companyId } = report;
  recordEvent(tx, {
    eventId: uuidv7(now.getTime()),
    scopeId,
    wall: {
      cityId,
      streetId,
      companyId,
      householdId: null,
      reporterAccountId: null,
      isPublic: false,
      isInternal: true,
    },
    kind: `report.${kind}`,
    version: 1,
    objectId: id,
    payload,
    occurredAt: now,
  });
}

interface By {
  readonly accountId: string;
  readonly membershipId: string;
  readonly displayName: string;
}

export function insertReport(
  tx: Tx,
  wall: Wall,
  id: string,
  by: By,
  made: Definition,
  next: NextTurn | null,
  now: Date,
): void {
  tx.write(
    sql`insert into reports.report (scope_id, report_id, city_id, street_id, company_id, owner_account_id, owner_membership_id, owner_name,
          is_shared, name, kind, about_scope_id, filters, columns, period, schedule, format, locale, keep_days, next_due_at, next_day, version, updated_at)
        values (${wall.scopeId}, ${id}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${by.accountId}, ${by.membershipId}, ${by.displayName},
          ${made.isShared}, ${made.name}, ${made.kind}, ${made.aboutScopeId}, ${JSON.stringify(made.filters)}::jsonb, ${JSON.stringify(made.columns)}::jsonb,
          ${made.period}, ${made.schedule === null ? null : JSON.stringify(made.schedule)}::jsonb, ${made.format}, ${made.locale}, ${made.keepDays},
          ${next?.at ?? null}, ${next?.day ?? null}, 1, ${now})`,
  );
}

/** Saved anew is begun anew: whatever stopped it is looked at again. */
export function storeReport(
  tx: Tx,
  before: Placed & { readonly version: number },
  by: By,
  made: Definition,
  next: NextTurn | null,
  now: Date,
): void {
  tx.write(
    sql`update reports.report set owner_membership_id = ${by.membershipId}, owner_name = ${by.displayName}, is_shared = ${made.isShared},
          name = ${made.name}, kind = ${made.kind}, about_scope_id = ${made.aboutScopeId}, filters = ${JSON.stringify(made.filters)}::jsonb,
          columns = ${JSON.stringify(made.columns)}::jsonb, period = ${made.period},
          schedule = ${made.schedule === null ? null : JSON.stringify(made.schedule)}::jsonb, format = ${made.format}, locale = ${made.locale},
          keep_days = ${made.keepDays}, next_due_at = ${next?.at ?? null}, next_day = ${next?.day ?? null}, leased_until = null, attempts = 0,
          stopped = null, version = ${before.version + 1}, updated_at = ${now}
        where scope_id = ${before.scopeId} and report_id = ${before.id}`,
  );
}

export function removeReport(tx: Tx, { scopeId, id }: Placed, now: Date): void {
  tx.write(
    sql`update reports.report set removed_at = ${now}, next_due_at = null, next_day = null, updated_at = ${now}
        where scope_id = ${scopeId} and report_id = ${id}`,
  );
}

/** By the worker: nobody else begins it before then, and who never comes to an end is counted. */
export function lease(tx: Tx, { scopeId, id }: Placed, until: Date): void {
  tx.write(
    sql`update reports.report set leased_until = ${until}, attempts = attempts + 1
        where scope_id = ${scopeId} and report_id = ${id}`,
  );
}

export function moveOn(tx: Tx, { scopeId, id }: Placed, next: NextTurn | null): void {
  tx.write(
    sql`update reports.report set next_due_at = ${next?.at ?? null}, next_day = ${next?.day ?? null}, leased_until = null, attempts = 0
        where scope_id = ${scopeId} and report_id = ${id}`,
  );
}

export function stop(tx: Tx, { scopeId, id }: Placed, why: 'rights' | 'refused'): void {
  tx.write(
    sql`update reports.report set stopped = ${why}, next_due_at = null, next_day = null, leased_until = null, attempts = 0
        where scope_id = ${scopeId} and report_id = ${id}`,
  );
}

/** False when this turn was made before. */
export async function insertRun(tx: Tx, report: ReportRow, run: Omit<RunRow, 'reportId'>): Promise<boolean> {
  const { scopeId, id, cityId, streetId, companyId } = report;
  const rows = await tx.query(
    sql`insert into reports.edition (scope_id, run_id, report_id, city_id, street_id, company_id, owner_account_id, owner_role, for_day, from_day, to_day,
          state, file_id, file_name, format, row_count, is_cut, made_at, expires_at)
        values (${scopeId}, ${run.id}, ${id}, ${cityId}, ${streetId}, ${companyId}, ${run.ownerAccountId}, ${run.ownerRole}, ${run.forDay},
          ${run.fromDay}, ${run.toDay}, ${run.state}, ${run.fileId}, ${run.fileName}, ${run.format}, ${run.rowCount}, ${run.isCut}, ${run.madeAt},
          ${run.expiresAt})
        on conflict (scope_id, report_id, for_day) do nothing returning 1`,
  );
  return rows.length > 0;
}

/** Its row beside the house's other files, so that nothing takes its bytes for a stray's. */
export function insertFile(
  tx: Tx,
  report: ReportRow,
  file: {
    readonly id: string;
    readonly runId: string;
    readonly mediaType: string;
    readonly bytes: number;
    readonly sha256: Buffer;
  },
  now: Date,
): void {
  const { scopeId, cityId, streetId, companyId, ownerAccountId } = report;
  tx.write(
    sql`insert into platform.file (scope_id, file_id, city_id, street_id, company_id, is_internal, uploaded_by, media_type, bytes, sha256, created_at,
          attached_type, attached_id, attached_at)
        values (${scopeId}, ${file.id}, ${cityId}, ${streetId}, ${companyId}, true, ${ownerAccountId}, ${file.mediaType}, ${file.bytes}, ${file.sha256}, ${now},
          'report_run', ${file.runId}, ${now})`,
  );
}
