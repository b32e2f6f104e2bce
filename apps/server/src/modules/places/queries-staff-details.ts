import type { Executor, Tx } from '../../platform/db/database.ts';
import { sql, type Statement } from '../../platform/db/sql.ts';
import type { StaffSkillTable, StaffTable } from './tables.ts';

/** The staff of one employer as its managers keep it: who left and whose certificate lapsed are there too. */
export interface StaffRecord {
  readonly staffId: string;
  readonly scopeId: string;
  readonly accountId: string;
  readonly role: string;
  readonly displayName: string;
  readonly title: string;
  readonly startsOn: string;
  readonly endsOn: string | null;
  readonly version: number;
  readonly skills: readonly StaffSkillRecord[];
}

export interface StaffSkillRecord {
  readonly skill: string;
  readonly certificateNo: string | null;
  readonly validUntil: string | null;
}

const columns = sql`s.scope_id, s.staff_id, s.account_id, s.role, s.display_name, s.title, s.starts_on, s.ends_on, s.version`;

type Row = Pick<
  StaffTable,
  'scope_id' | 'staff_id' | 'account_id' | 'role' | 'display_name' | 'title' | 'starts_on' | 'ends_on'
> & { version: number };

function toRecord(row: Row, skills: readonly StaffSkillTable[]): StaffRecord {
  return {
    staffId: row.staff_id,
    scopeId: row.scope_id,
    accountId: row.account_id,
    role: row.role,
    displayName: row.display_name,
    title: row.title,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    version: row.version,
    skills: skills
      .filter((skill) => skill.staff_id === row.staff_id)
      .map((skill) => ({
        skill: skill.skill,
        certificateNo: skill.certificate_no,
        validUntil: skill.valid_until,
      })),
  };
}

export async function staffRecords(q: Executor, scopeId: string): Promise<StaffRecord[]> {
  const [rows, skills] = await Promise.all([
    q.query<Row>(sql`select ${columns} from places.staff s where s.scope_id = ${scopeId}
      order by s.ends_on nulls first, s.role, s.display_name, s.staff_id limit 2000`),
    q.query<StaffSkillTable>(
      sql`select k.staff_id, k.skill, k.certificate_no, k.valid_until from places.staff_skill k
          where k.scope_id = ${scopeId} order by k.skill`,
    ),
  ]);
  return rows.map((row) => toRecord(row, skills));
}

/** Serialises the changes to one person's record. */
export async function lockStaff(tx: Tx, scopeId: string, staffId: string): Promise<StaffRecord | null> {
  const [row] = await tx.query<Row>(
    sql`select ${columns} from places.staff s where s.scope_id = ${scopeId} and s.staff_id = ${staffId} for no key update`,
  );
  if (row === undefined) return null;
  const skills = await tx.query<StaffSkillTable>(
    sql`select k.staff_id, k.skill, k.certificate_no, k.valid_until from places.staff_skill k
        where k.scope_id = ${scopeId} and k.staff_id = ${staffId} order by k.skill`,
  );
  return toRecord(row, skills);
}

/** The account's record in that role there, whether it still works or not. */
export async function findStaffRecord(
  tx: Tx,
  scopeId: string,
  accountId: string,
  role: string,
): Promise<StaffRecord | null> {
  const [row] = await tx.query<Row>(
    sql`select ${columns} from places.staff s
        where s.scope_id = ${scopeId} and s.account_id = ${accountId} and s.role = ${role} for no key update`,
  );
  return row === undefined ? null : toRecord(row, []);
}

interface WallIds {
  readonly scopeId: string;
  readonly cityId: string | null;
  readonly streetId: string | null;
  readonly companyId: string | null;
}

export const insertStaff = (wall: WallIds, record: Omit<StaffRecord, 'skills' | 'scopeId'>): Statement =>
  sql`insert into places.staff (scope_id, staff_id, city_id, street_id, company_id, account_id, role, display_name, title, starts_on, ends_on, version)
      values (${wall.scopeId}, ${record.staffId}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${record.accountId},
        ${record.role}, ${record.displayName}, ${record.title}, ${record.startsOn}, ${record.endsOn}, ${record.version})`;

export const updateStaff = (record: StaffRecord): Statement =>
  sql`update places.staff set role = ${record.role}, display_name = ${record.displayName}, title = ${record.title},
        starts_on = ${record.startsOn}, ends_on = ${record.endsOn}, version = ${record.version}
      where scope_id = ${record.scopeId} and staff_id = ${record.staffId}`;

export const storeSkill = (wall: WallIds, staffId: string, skill: StaffSkillRecord): Statement =>
  sql`insert into places.staff_skill (scope_id, staff_id, city_id, street_id, company_id, skill, certificate_no, valid_until)
      values (${wall.scopeId}, ${staffId}, ${wall.cityId}, ${wall.streetId}, ${wall.companyId}, ${skill.skill},
        ${skill.certificateNo}, ${skill.validUntil})
      on conflict (scope_id, staff_id, skill) do update
        set certificate_no = excluded.certificate_no, valid_until = excluded.valid_until`;
