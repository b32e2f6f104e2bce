import { type LocalDate, localDate } from '@gongzhi/kernel';
import type { Actor } from '../../platform/db/actor.ts';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { House } from '../../platform/house.ts';
import { Problem } from '../../platform/http/problem.ts';
import { enteringAs, findAccount } from './queries.ts';
import { actorOfMembership, livingMemberships } from './queries-memberships.ts';
import { phoneField } from './tables.ts';

/** What this module holds about one account, and its end. */

/** The account's own data, and whom it acts as at home: one actor a place. */
export async function ownAccount(house: House, accountId: string, now: Date) {
  const { db, crypto } = house;
  const [row, memberships] = await db.act(enteringAs(accountId), (q) =>
    Promise.all([findAccount(q, accountId), livingMemberships(q, accountId, now)]),
  );
  if (row === null) throw new Problem('auth.session_required');
  const actors: Actor[] = memberships.filter((m) => m.role === 'resident').map(actorOfMembership);
  return {
    actors,
    account: {
      id: accountId,
      displayName: row.display_name,
      phone: row.phone_cipher === null ? null : crypto.open(row.phone_cipher, phoneField, accountId),
      locale: row.locale,
      memberships: memberships.map((m) => ({ role: m.role, place: m.reach.wall.name })),
    },
  };
}

/** Whether the account has anything else today, as far as the asking reader's wall lets it be seen. */
export async function isActiveElsewhere(
  q: Executor,
  accountId: string,
  scopeId: string,
  today: LocalDate,
): Promise<boolean> {
  const rows = await q.query(
    sql`select from identity.membership where account_id = ${accountId} and (ends_on is null or ends_on > ${today}::date)
          and not (scope_id = ${scopeId} and role = 'resident') limit 1`,
  );
  return rows.length > 0;
}

/**
 * Closes an account that acts nowhere any more: it signs in no more, its phone is free again, and what said whose it
 * was is gone. The worker sees every membership.
 */
export async function closeAccount(tx: Tx, accountId: string, scopeId: string, now: Date): Promise<void> {
  const today = localDate(now.getTime());
  const [living] = await tx.query(
    sql`select from identity.membership where account_id = ${accountId} and (ends_on is null or ends_on > ${today}::date)
          and not (scope_id = ${scopeId} and role = 'resident') limit 1`,
  );
  if (living !== undefined) return;
  tx.write(
    sql`update identity.account set disabled_at = coalesce(disabled_at, ${now}), display_name = '', phone_cipher = null, phone_masked = ''
        where account_id = ${accountId}`,
  );
  tx.write(sql`delete from identity.phone_registry where account_id = ${accountId}`);
  tx.write(sql`delete from identity.session where account_id = ${accountId}`);
  tx.write(sql`delete from identity.password where account_id = ${accountId}`);
  tx.write(sql`delete from platform.message_address where account_id = ${accountId}`);
}

export interface OwnConsent {
  readonly id: string;
  readonly side: 'given' | 'held';
  readonly otherMasked: string;
  readonly purposes: string[];
  readonly startsOn: LocalDate;
  readonly endsOn: LocalDate;
  readonly givenAt: Date;
  readonly revokedAt: Date | null;
}

/** Which consents a person of a scope gave, and which the account holds there from others. */
export function consentsOfPerson(
  q: Executor,
  scopeId: string,
  personId: string,
  accountId: string | null,
): Promise<OwnConsent[]> {
  return q.query(sql`
    select consent_id as id, case when person_id = ${personId} then 'given' else 'held' end as side,
      case when person_id = ${personId} then delegate_name_masked else grantor_name_masked end as "otherMasked",
      purposes, starts_on as "startsOn", ends_on as "endsOn", given_at as "givenAt", revoked_at as "revokedAt"
    from identity.consent
    where scope_id = ${scopeId} and (person_id = ${personId} or delegate_account_id = ${accountId}::uuid)
    order by given_at`);
}
