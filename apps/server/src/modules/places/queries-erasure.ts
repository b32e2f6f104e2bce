import type { Executor, Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { PersonPosition, SealedPersonRow } from './queries-people.ts';

/** The rows by which an account is known, in every place; or one person by id, for whoever may see it. */
export function ownPeople(
  q: Executor,
  accountId: string | null,
  one: PersonPosition | null = null,
): Promise<{ scopeId: string; personId: string; accountId: string | null }[]> {
  return q.query(
    one === null
      ? sql`select scope_id as "scopeId", person_id as "personId", account_id as "accountId" from places.person
            where account_id = ${accountId} and erased_at is null order by scope_id, person_id`
      : sql`select scope_id as "scopeId", person_id as "personId", account_id as "accountId" from places.person
            where scope_id = ${one.scopeId} and person_id = ${one.personId}`,
  );
}

/** True for the one who marks it; what is marked is found, shown and called by nobody. */
export async function markErased(tx: Tx, scopeId: string, personId: string, now: Date): Promise<boolean> {
  const rows = await tx.query(
    sql`update places.person set erased_at = ${now}
        where scope_id = ${scopeId} and person_id = ${personId} and erased_at is null returning 1`,
  );
  return rows.length > 0;
}

/** Marked, and perhaps not empty yet; for the worker. */
export async function findErased(tx: Tx, scopeId: string, personId: string): Promise<SealedPersonRow | null> {
  const [row] = await tx.query<SealedPersonRow>(
    sql`select person_id, account_id, name_cipher, phone_cipher from places.person
        where scope_id = ${scopeId} and person_id = ${personId} and erased_at is not null for no key update`,
  );
  return row ?? null;
}

/** Name, phone and every index go; the row stays, for relations and logs name its id. */
export function emptyPerson(tx: Tx, scopeId: string, personId: string): void {
  tx.write(sql`delete from places.person_gram where scope_id = ${scopeId} and person_id = ${personId}`);
  tx.write(
    sql`update places.person set name_cipher = null, name_masked = '', name_index = null, phone_cipher = null,
          phone_masked = null, phone_index = null, phone_last4_index = null
        where scope_id = ${scopeId} and person_id = ${personId}`,
  );
}
