import type { LocalDate } from '@gongzhi/kernel';
import type { Crypto } from '../../platform/crypto/crypto.ts';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { type Statement, sql } from '../../platform/db/sql.ts';
import { heldSince, type Period } from './domain.ts';
import type { MembershipReach, Occupancy } from './queries-reach.ts';
import { wallOf } from './queries-walls.ts';

/** Who lives somewhere, for rooms in which one person acts for another. */

export interface PersonRef {
  readonly personId: string;
  readonly accountId: string | null;
  readonly nameMasked: string;
}

async function findOne(q: Executor, scopeId: string, which: Statement): Promise<PersonRef | null> {
  const [row] = await q.query<PersonRef>(
    sql`select p.person_id as "personId", p.account_id as "accountId", p.name_masked as "nameMasked"
        from places.person p where p.scope_id = ${scopeId} and p.erased_at is null and ${which} order by p.created_at, p.person_id limit 1`,
  );
  return row ?? null;
}

export function findPerson(q: Executor, scopeId: string, personId: string): Promise<PersonRef | null> {
  return findOne(q, scopeId, sql`p.person_id = ${personId}`);
}

export function findPersonOfAccount(
  q: Executor,
  scopeId: string,
  accountId: string,
): Promise<PersonRef | null> {
  return findOne(q, scopeId, sql`p.account_id = ${accountId}`);
}

/** What a person belongs to, with or without an account: as membershipReach, for whoever may read the occupancies. */
export async function personReach(
  q: Executor,
  scopeId: string,
  personId: string,
): Promise<MembershipReach | null> {
  const [wall, occupancies] = await Promise.all([
    wallOf(q, scopeId),
    q.query<Occupancy>(
      sql`select household_id as "householdId", starts_on as "startsOn", ends_on as "endsOn" from places.occupancy
          where scope_id = ${scopeId} and person_id = ${personId} and voided_at is null`,
    ),
  ]);
  return wall === null ? null : { wall, compounds: [], formerCompoundIds: [], occupancies };
}

/** Of these people, who belonged to the household on that day and ever since. */
export async function whoBelongs(
  tx: Tx,
  scopeId: string,
  householdId: string,
  personIds: readonly string[],
  today: LocalDate,
  matterOf: LocalDate,
): Promise<ReadonlySet<string>> {
  if (personIds.length === 0) return new Set();
  const rows = await tx.query<{ personId: string } & Period>(
    sql`select person_id as "personId", starts_on as "startsOn", ends_on as "endsOn" from places.occupancy
        where scope_id = ${scopeId} and household_id = ${householdId} and person_id = any (${personIds}::uuid[])
          and voided_at is null`,
  );
  return new Set(
    personIds.filter((id) => {
      const since = heldSince(
        rows.filter((row) => row.personId === id),
        today,
      );
      return since !== null && since <= matterOf;
    }),
  );
}

export interface PersonOfNumber {
  readonly scopeId: string;
  readonly personId: string;
  readonly nameMasked: string;
  readonly householdId: string;
  readonly relation: string;
  readonly startsOn: LocalDate;
  readonly endsOn: LocalDate | null;
}

/** Whose number it is, with what they belong to: one exact look a scope, for the keys differ. */
export function peopleOfNumber(
  q: Executor,
  crypto: Crypto,
  scopeIds: readonly string[],
  phone: string,
): Promise<PersonOfNumber[]> {
  const indexes = scopeIds.map((scopeId) => crypto.scopeIndex(scopeId, 'phone', phone));
  return q.query(
    sql`select p.scope_id as "scopeId", p.person_id as "personId", p.name_masked as "nameMasked", o.household_id as "householdId",
          o.relation, o.starts_on as "startsOn", o.ends_on as "endsOn"
        from unnest(${scopeIds}::uuid[], ${indexes}::bytea[]) as k(scope_id, phone_index)
          join places.person p on p.scope_id = k.scope_id and p.phone_index = k.phone_index
          join places.occupancy o on o.scope_id = p.scope_id and o.person_id = p.person_id
        order by o.starts_on desc, o.occupancy_id limit 40`,
  );
}
