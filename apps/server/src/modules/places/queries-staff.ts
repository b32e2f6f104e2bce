import type { LocalDate } from '@gongzhi/kernel';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { empty, sql } from '../../platform/db/sql.ts';
import { heldSince, type Period } from './domain.ts';

/** A worker of an organisation as colleagues and residents know them. */
export interface StaffMember {
  readonly scopeId: string;
  readonly staffId: string;
  readonly accountId: string;
  readonly role: string;
  readonly displayName: string;
  readonly title: string;
  readonly skills: readonly string[];
}

interface StaffRow {
  scope_id: string;
  staff_id: string;
  account_id: string;
  role: string;
  display_name: string;
  title: string;
  skills: string[];
}

function toMember(row: StaffRow): StaffMember {
  return {
    scopeId: row.scope_id,
    staffId: row.staff_id,
    accountId: row.account_id,
    role: row.role,
    displayName: row.display_name,
    title: row.title,
    skills: row.skills,
  };
}

export interface StaffFilter {
  readonly skill?: string | undefined;
  readonly accountId?: string | undefined;
}

/**
 * Staff of these scopes on that day, with the skills that are valid then (an electrician whose certificate has
 * lapsed is none).
 */
export async function listStaff(
  q: Executor,
  scopeIds: readonly string[],
  filter: StaffFilter,
  today: LocalDate,
): Promise<StaffMember[]> {
  const rows = await q.query<StaffRow>(sql`
    select s.scope_id, s.staff_id, s.account_id, s.role, s.display_name, s.title,
      coalesce(k.skills, '{}') as skills
    from places.staff s
      left join (select scope_id, staff_id, array_agg(skill order by skill) as skills from places.staff_skill
        where scope_id = any (${scopeIds}::uuid[]) and (valid_until is null or valid_until >= ${today}::date)
        group by scope_id, staff_id) k
        on k.scope_id = s.scope_id and k.staff_id = s.staff_id
    where s.scope_id = any (${scopeIds}::uuid[])
      and s.starts_on <= ${today}::date and (s.ends_on is null or ${today}::date < s.ends_on)
      ${filter.accountId === undefined ? empty : sql`and s.account_id = ${filter.accountId}`}
      ${filter.skill === undefined ? empty : sql`and ${filter.skill} = any (k.skills)`}
    order by s.display_name, s.staff_id`);
  return rows.map(toMember);
}

/** The department's people, for who may be sent. */
export function staffOfDepartment(
  q: Executor,
  departmentScopeId: string,
  today: LocalDate,
): Promise<StaffMember[]> {
  return listStaff(q, [departmentScopeId], {}, today);
}

/** Null when the account does no such work in any of these scopes today. */
export async function findStaffByAccount(
  q: Executor,
  scopeIds: readonly string[],
  accountId: string,
  today: LocalDate,
): Promise<StaffMember | null> {
  return (await listStaff(q, scopeIds, { accountId }, today))[0] ?? null;
}

/**
 * Whom to tell today about a household's matter of some day: who belonged to it then and ever since. Worker only: an
 * app's actor sees no neighbours.
 */
export async function memberAccountsOfHousehold(
  tx: Tx,
  scopeId: string,
  householdId: string,
  today: LocalDate,
  matterOf: LocalDate = today,
): Promise<string[]> {
  const rows = await tx.query<{ account_id: string; starts_on: LocalDate; ends_on: LocalDate | null }>(sql`
    select account_id, starts_on, ends_on from places.occupancy
    where scope_id = ${scopeId} and household_id = ${householdId} and account_id is not null
      and voided_at is null
    order by account_id`);
  const held = new Map<string, Period[]>();
  for (const row of rows)
    held.set(row.account_id, [
      ...(held.get(row.account_id) ?? []),
      { startsOn: row.starts_on, endsOn: row.ends_on },
    ]);
  return [...held].flatMap(([accountId, periods]) => {
    const since = heldSince(periods, today);
    return since !== null && since <= matterOf ? [accountId] : [];
  });
}

/** Of many homes at once: who belongs to them that day, for what is told to a whole compound. */
export function membersOfHouseholds(
  tx: Tx,
  scopeId: string,
  householdIds: readonly string[],
  today: LocalDate,
): Promise<{ householdId: string; accountId: string }[]> {
  return tx.query(sql`
    select distinct household_id as "householdId", account_id as "accountId" from places.occupancy
    where scope_id = ${scopeId} and household_id = any (${householdIds}::uuid[]) and account_id is not null and voided_at is null
      and starts_on <= ${today}::date and (ends_on is null or ${today}::date < ends_on)
    order by 1, 2`);
}

/** Who owns a home of the compound that day, and has an account to be told by. */
export async function ownersOfScope(tx: Tx, scopeId: string, today: LocalDate): Promise<string[]> {
  const rows = await tx.query<{ accountId: string }>(sql`
    select distinct account_id as "accountId" from places.occupancy
    where scope_id = ${scopeId} and relation = 'owner' and account_id is not null and voided_at is null
      and starts_on <= ${today}::date and (ends_on is null or ${today}::date < ends_on)
    order by 1`);
  return rows.map(({ accountId }) => accountId);
}
