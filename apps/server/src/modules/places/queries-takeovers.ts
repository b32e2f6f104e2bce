import type { LocalDate } from '@gongzhi/kernel';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { empty, sql, type Statement } from '../../platform/db/sql.ts';
import type { TakeoverKind, TakeoverState } from './domain-takeover.ts';

export interface Takeover {
  readonly takeoverId: string;
  readonly scopeId: string;
  readonly cityId: string | null;
  readonly streetId: string | null;
  readonly fromCompanyId: string | null;
  readonly fromDepartmentId: string | null;
  readonly toCompanyId: string;
  readonly toDepartmentId: string;
  readonly kind: TakeoverKind;
  readonly effectiveOn: string;
  readonly endsOn: string | null;
  readonly documentNumber: string;
  readonly decidedBy: string;
  readonly note: string | null;
  readonly state: TakeoverState;
  readonly version: number;
  readonly plannedBy: string;
  readonly plannedByRole: string;
  readonly plannedAt: Date;
  readonly nextDueAt: Date | null;
  readonly toldAt: Date | null;
  readonly appliedAt: Date | null;
  readonly ordersPassed: number;
  readonly doneAt: Date | null;
  readonly cancelledAt: Date | null;
  readonly cancelledReason: string | null;
}

export const takeoverColumns = sql`t.takeover_id as "takeoverId", t.scope_id as "scopeId", t.city_id as "cityId", t.street_id as "streetId",
  t.company_id as "fromCompanyId", t.from_department_id as "fromDepartmentId", t.to_company_id as "toCompanyId",
  t.to_department_id as "toDepartmentId", t.kind, t.effective_on as "effectiveOn", t.ends_on as "endsOn",
  t.document_number as "documentNumber", t.decided_by as "decidedBy", t.note, t.state, t.version,
  t.planned_by as "plannedBy", t.planned_by_role as "plannedByRole", t.planned_at as "plannedAt", t.next_due_at as "nextDueAt",
  t.told_at as "toldAt", t.applied_at as "appliedAt", t.orders_passed as "ordersPassed", t.done_at as "doneAt",
  t.cancelled_at as "cancelledAt", t.cancelled_reason as "cancelledReason"`;

export interface TakeoverRow extends Takeover {
  readonly scopeName: string;
  readonly fromCompanyName: string | null;
  readonly fromDepartmentName: string | null;
  readonly toCompanyName: string;
  readonly toDepartmentName: string;
}

/** Within reach of either side, of the street or of the city (row-level security); newest first. */
export function listTakeovers(
  q: Executor,
  scopeId: string | undefined,
  after: string | null,
  limit: number,
): Promise<TakeoverRow[]> {
  return q.query(sql`
    select ${takeoverColumns}, s.name as "scopeName", fc.name as "fromCompanyName", fd.name as "fromDepartmentName",
      tc.name as "toCompanyName", td.name as "toDepartmentName"
    from places.takeover t join places.scope s on s.scope_id = t.scope_id
      left join places.scope fc on fc.scope_id = t.company_id
      left join places.scope fd on fd.scope_id = t.from_department_id
      join places.scope tc on tc.scope_id = t.to_company_id
      join places.scope td on td.scope_id = t.to_department_id
    where true ${scopeId === undefined ? empty : sql`and t.scope_id = ${scopeId}`}
      ${after === null ? empty : sql`and t.takeover_id < ${after}`}
    order by t.takeover_id desc limit ${limit}`);
}

export async function lockTakeover(tx: Tx, scopeId: string, takeoverId: string): Promise<Takeover | null> {
  const [row] = await tx.query<Takeover>(
    sql`select ${takeoverColumns} from places.takeover t where t.scope_id = ${scopeId} and t.takeover_id = ${takeoverId} for no key update`,
  );
  return row ?? null;
}

export const insertTakeover = (t: Takeover): Statement =>
  sql`insert into places.takeover (scope_id, takeover_id, city_id, street_id, company_id, from_department_id, to_company_id,
        to_department_id, kind, effective_on, ends_on, document_number, decided_by, note, state, version, planned_by,
        planned_by_role, planned_at, next_due_at)
      values (${t.scopeId}, ${t.takeoverId}, ${t.cityId}, ${t.streetId}, ${t.fromCompanyId}, ${t.fromDepartmentId},
        ${t.toCompanyId}, ${t.toDepartmentId}, ${t.kind}, ${t.effectiveOn}, ${t.endsOn}, ${t.documentNumber}, ${t.decidedBy},
        ${t.note}, ${t.state}, ${t.version}, ${t.plannedBy}, ${t.plannedByRole}, ${t.plannedAt}, ${t.nextDueAt})`;

export const updateTakeover = (t: Takeover): Statement =>
  sql`update places.takeover set to_company_id = ${t.toCompanyId}, to_department_id = ${t.toDepartmentId}, kind = ${t.kind},
        effective_on = ${t.effectiveOn}, ends_on = ${t.endsOn}, document_number = ${t.documentNumber}, decided_by = ${t.decidedBy},
        note = ${t.note}, state = ${t.state}, version = ${t.version}, next_due_at = ${t.nextDueAt}, told_at = ${t.toldAt},
        applied_at = ${t.appliedAt}, orders_passed = ${t.ordersPassed}, done_at = ${t.doneAt},
        cancelled_at = ${t.cancelledAt}, cancelled_reason = ${t.cancelledReason}
      where scope_id = ${t.scopeId} and takeover_id = ${t.takeoverId}`;

export interface ServicePeriod {
  readonly companyId: string;
  readonly companyName: string;
  readonly departmentId: string;
  readonly departmentName: string;
  readonly startsOn: string;
  readonly endsOn: string | null;
}

/** Who served a compound when: public knowledge. */
export function servicePeriods(q: Executor, scopeId: string): Promise<ServicePeriod[]> {
  return q.query(
    sql`select p.company_id as "companyId", c.name as "companyName", p.department_id as "departmentId", d.name as "departmentName",
          p.starts_on as "startsOn", p.ends_on as "endsOn"
        from places.service_period p join places.scope c on c.scope_id = p.company_id
          join places.scope d on d.scope_id = p.department_id
        where p.scope_id = ${scopeId} order by p.starts_on desc limit 100`,
  );
}

/** The department that a company served a compound through, last; for what its people must still hear. */
export async function departmentThatServed(
  q: Executor,
  scopeId: string,
  companyId: string,
): Promise<string | null> {
  const [row] = await q.query<{ id: string }>(
    sql`select department_id as id from places.service_period
        where scope_id = ${scopeId} and company_id = ${companyId} order by starts_on desc limit 1`,
  );
  return row?.id ?? null;
}

export interface DepartmentRow {
  readonly id: string;
  readonly name: string;
  readonly companyId: string;
  readonly companyName: string;
}

export function listDepartments(
  q: Executor,
  cityId: string | null,
  words: string | undefined,
  limit: number,
): Promise<DepartmentRow[]> {
  return q.query(
    sql`select d.scope_id as id, d.name, c.scope_id as "companyId", c.name as "companyName"
        from places.scope d join places.scope c on c.scope_id = d.company_id
        where d.kind = 'department' and d.city_id = ${cityId}
          ${words === undefined ? empty : sql`and (strpos(lower(d.name), lower(${words})) > 0 or strpos(lower(c.name), lower(${words})) > 0)`}
        order by c.name, d.name, d.scope_id limit ${limit}`,
  );
}

/** Everything a compound consists of: it is seen by who serves it now. What is not listed stays with who wrote it. */
export const passingTables = [
  'building',
  'unit',
  'facility',
  'grid',
  'grid_keeper',
  'household',
  'person',
  'occupancy',
  'building_owner',
  'compound_size',
] as const;

const passStatements: Readonly<
  Record<(typeof passingTables)[number], (scopeId: string, companyId: string) => Statement>
> = {
  building: (scope, company) =>
    sql`update places.building set company_id = ${company} where scope_id = ${scope} and company_id is distinct from ${company}`,
  unit: (scope, company) =>
    sql`update places.unit set company_id = ${company} where scope_id = ${scope} and company_id is distinct from ${company}`,
  facility: (scope, company) =>
    sql`update places.facility set company_id = ${company} where scope_id = ${scope} and company_id is distinct from ${company}`,
  // The predecessor's stewards go with it.
  grid: (scope, company) =>
    sql`update places.grid set company_id = ${company}, steward_account_id = null, steward_name = null, version = version + 1
        where scope_id = ${scope}`,
  // The social worker stays; the predecessor's stewards, whose time has ended, stay with it.
  grid_keeper: (scope, company) =>
    sql`update places.grid_keeper set company_id = ${company}
        where scope_id = ${scope} and ends_on is null and company_id is distinct from ${company}`,
  household: (scope, company) =>
    sql`update places.household set company_id = ${company} where scope_id = ${scope} and company_id is distinct from ${company}`,
  person: (scope, company) =>
    sql`update places.person set company_id = ${company} where scope_id = ${scope} and company_id is distinct from ${company}`,
  occupancy: (scope, company) =>
    sql`update places.occupancy set company_id = ${company} where scope_id = ${scope} and company_id is distinct from ${company}`,
  building_owner: (scope, company) =>
    sql`update places.building_owner set company_id = ${company} where scope_id = ${scope} and company_id is distinct from ${company}`,
  compound_size: (scope, company) =>
    sql`update places.compound_size set company_id = ${company} where scope_id = ${scope} and company_id is distinct from ${company}`,
};

/** In the sweep's transaction: the period closes and the next opens, the compound and all it consists of change hands. */
export function passCompound(tx: Tx, t: Takeover, servicePeriodId: string): void {
  tx.write(
    sql`update places.service_period set ends_on = ${t.effectiveOn}
        where scope_id = ${t.scopeId} and starts_on < ${t.effectiveOn} and (ends_on is null or ends_on > ${t.effectiveOn})`,
  );
  tx.write(
    sql`insert into places.service_period (scope_id, service_period_id, company_id, department_id, starts_on, ends_on)
        values (${t.scopeId}, ${servicePeriodId}, ${t.toCompanyId}, ${t.toDepartmentId}, ${t.effectiveOn}, ${t.endsOn})`,
  );
  tx.write(
    sql`update places.scope set company_id = ${t.toCompanyId}, department_id = ${t.toDepartmentId} where scope_id = ${t.scopeId}`,
  );
  tx.write(
    sql`update places.grid_keeper set ends_on = greatest(starts_on, ${t.effectiveOn}::date)
        where scope_id = ${t.scopeId} and half = 'steward' and ends_on is null`,
  );
  for (const table of passingTables) tx.write(passStatements[table](t.scopeId, t.toCompanyId));
}

/** The first company a compound gets: nobody hands it over. With the loader's rights; the period is the caller's. */
export function passToFirstCompany(tx: Tx, scopeId: string, companyId: string, departmentId: string): void {
  tx.write(
    sql`update places.scope set company_id = ${companyId}, department_id = ${departmentId} where scope_id = ${scopeId}`,
  );
  for (const table of passingTables) tx.write(passStatements[table](scopeId, companyId));
}

/** Since when the present company serves. */
export async function servedSince(
  q: Executor,
  scopeId: string,
  companyId: string,
): Promise<LocalDate | null> {
  const [row] = await q.query<{ starts_on: string }>(
    sql`select starts_on from places.service_period
        where scope_id = ${scopeId} and company_id = ${companyId} order by starts_on desc limit 1`,
  );
  return row?.starts_on ?? null;
}
