import { maskPhone } from '@gongzhi/kernel';
import type { Crypto } from '../../platform/crypto/crypto.ts';
import type { Executor, Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { Role } from '../../platform/permissions/permissions.ts';
import { phoneField, type MembershipTable } from './tables.ts';

export interface NewAccount {
  readonly accountId: string;
  readonly displayName: string;
  readonly phone: string;
  readonly locale: 'zh-CN' | 'en';
  readonly isDemonstration: boolean;
}

/** In a transaction that acts as this very account on its way in. */
export function insertAccount(tx: Tx, crypto: Crypto, account: NewAccount, now: Date): void {
  const { accountId, phone } = account;
  tx.write(
    sql`insert into identity.account (account_id, display_name, phone_cipher, phone_masked, locale, is_demonstration, created_at)
        values (${accountId}, ${account.displayName}, ${crypto.seal(phone, phoneField, accountId)}, ${maskPhone(phone)},
          ${account.locale}, ${account.isDemonstration}, ${now})`,
  );
  tx.write(
    sql`insert into identity.phone_registry (phone_index, account_id) values (${crypto.cityIndex(phone)}, ${accountId})`,
  );
}

export async function lockMembership(
  tx: Tx,
  scopeId: string,
  accountId: string,
  role: Role,
): Promise<MembershipTable | null> {
  const [row] = await tx.query<MembershipTable>(
    sql`select scope_id, membership_id, account_id, role, starts_on, ends_on from identity.membership
        where scope_id = ${scopeId} and account_id = ${accountId} and role = ${role} for no key update`,
  );
  return row ?? null;
}

export function insertMembership(tx: Tx, row: MembershipTable): void {
  tx.write(
    sql`insert into identity.membership (scope_id, membership_id, account_id, role, starts_on, ends_on)
        values (${row.scope_id}, ${row.membership_id}, ${row.account_id}, ${row.role}, ${row.starts_on}, ${row.ends_on})`,
  );
}

export function updateMembership(tx: Tx, row: MembershipTable): void {
  tx.write(
    sql`update identity.membership set role = ${row.role}, starts_on = ${row.starts_on}, ends_on = ${row.ends_on}
        where scope_id = ${row.scope_id} and membership_id = ${row.membership_id}`,
  );
}

export interface AccountFacts {
  readonly accountId: string;
  readonly phoneMasked: string;
  readonly hasSecondFactor: boolean;
}

/** What a manager is shown of these accounts. In a transaction on its way in: an app's actor sees only the own one. */
export async function accountFacts(
  q: Executor,
  accountIds: readonly string[],
): Promise<Map<string, AccountFacts>> {
  const rows = await q.query<AccountFacts>(
    sql`select a.account_id as "accountId", a.phone_masked as "phoneMasked", f.confirmed_at is not null as "hasSecondFactor"
        from identity.account a left join identity.second_factor f on f.account_id = a.account_id
        where a.account_id = any (${accountIds}::uuid[])`,
  );
  return new Map(rows.map((row) => [row.accountId, row]));
}
