import { type LocalDate, maskPhone } from '@gongzhi/kernel';
import { type Actor, signingIn, statementOfActor } from '../../platform/db/actor.ts';
import { type Crypto, openOrNull } from '../../platform/crypto/crypto.ts';
import type { Database, Executor, Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import type { Role } from '../../platform/permissions/permissions.ts';
import { codeRule, normalisePhone, sessionRule } from './domain.ts';
import {
  type AccountTable,
  type LoginCodeTable,
  type MembershipTable,
  type PersonaTable,
  phoneField,
  type SessionTable,
} from './tables.ts';

/** Somebody on the way in, of whom only the account is known: sees its own rows, acts nowhere yet. */
export function enteringAs(accountId: string): Actor {
  return { ...signingIn, accountId };
}

/** From here on this transaction acts as somebody else: during sign-in one learns step by step who it is. */
export async function restate(q: Tx, actor: Actor): Promise<void> {
  await q.query(statementOfActor(actor));
}

export type AccountRow = Omit<AccountTable, 'created_at'>;

export async function findAccount(q: Executor, accountId: string): Promise<AccountRow | null> {
  const [row] = await q.query<AccountRow>(
    sql`select account_id, display_name, phone_cipher, phone_masked, locale, is_large_type, is_demonstration, disabled_at
        from identity.account where account_id = ${accountId}`,
  );
  return row ?? null;
}

/** Two steps, for the registry and the accounts are distributed by different values. */
export async function findAccountByPhone(q: Executor, phoneIndex: Buffer): Promise<AccountRow | null> {
  const [entry] = await q.query<{ account_id: string }>(
    sql`select account_id from identity.phone_registry where phone_index = ${phoneIndex}`,
  );
  if (entry === undefined) return null;
  const account = await findAccount(q, entry.account_id);
  return account === null || account.disabled_at !== null ? null : account;
}

export async function findPasswordHash(q: Executor, accountId: string): Promise<string | null> {
  const [row] = await q.query<{ hash: string }>(
    sql`select hash from identity.password where account_id = ${accountId}`,
  );
  return row?.hash ?? null;
}

export function storePassword(tx: Tx, accountId: string, hash: string, now: Date): void {
  tx.write(
    sql`insert into identity.password (account_id, hash, changed_at) values (${accountId}, ${hash}, ${now})
        on conflict (account_id) do update set hash = excluded.hash, changed_at = excluded.changed_at`,
  );
}

export function storeCode(tx: Tx, phoneIndex: Buffer, codeHash: Buffer, now: Date): void {
  const expiresAt = new Date(now.getTime() + codeRule.lifetime);
  tx.write(
    sql`insert into identity.login_code (phone_index, code_hash, sent_at, expires_at, attempts)
        values (${phoneIndex}, ${codeHash}, ${now}, ${expiresAt}, 0)
        on conflict (phone_index) do update set code_hash = excluded.code_hash, sent_at = excluded.sent_at,
          expires_at = excluded.expires_at, attempts = 0`,
  );
}

/** Counts the attempt before it is judged: of many guesses at one instant five get an answer. Null: no living code. */
export async function takeCodeAttempt(
  tx: Tx,
  phoneIndex: Buffer,
  now: Date,
): Promise<Pick<LoginCodeTable, 'code_hash' | 'attempts'> | null> {
  const [row] = await tx.query<Pick<LoginCodeTable, 'code_hash' | 'attempts'>>(
    sql`update identity.login_code set attempts = attempts + 1
        where phone_index = ${phoneIndex} and expires_at > ${now} and attempts < ${codeRule.attempts}
        returning code_hash, attempts`,
  );
  return row ?? null;
}

export function removeCode(tx: Tx, phoneIndex: Buffer): void {
  tx.write(sql`delete from identity.login_code where phone_index = ${phoneIndex}`);
}

export type SessionRow = Omit<SessionTable, 'session_hash' | 'created_at'>;

export async function findSession(q: Executor, sessionHash: Buffer, now: Date): Promise<SessionRow | null> {
  const [row] = await q.query<SessionRow>(
    sql`select account_id, scope_id, membership_id, csrf_token, last_seen_at, expires_at
        from identity.session where session_hash = ${sessionHash} and expires_at > ${now}`,
  );
  return row ?? null;
}

export function insertSession(
  tx: Tx,
  session: { hash: Buffer; accountId: string; scopeId: string; membershipId: string; csrfToken: string },
  now: Date,
): void {
  const expiresAt = new Date(now.getTime() + sessionRule.lifetime);
  tx.write(
    sql`insert into identity.session (session_hash, account_id, scope_id, membership_id, csrf_token, created_at, last_seen_at, expires_at)
        values (${session.hash}, ${session.accountId}, ${session.scopeId}, ${session.membershipId}, ${session.csrfToken}, ${now}, ${now}, ${expiresAt})`,
  );
}

export function renewSession(tx: Tx, sessionHash: Buffer, now: Date): void {
  tx.write(
    sql`update identity.session set last_seen_at = ${now}, expires_at = ${new Date(now.getTime() + sessionRule.lifetime)}
        where session_hash = ${sessionHash} and last_seen_at < ${now}`,
  );
}

export function moveSession(tx: Tx, sessionHash: Buffer, scopeId: string, membershipId: string): void {
  tx.write(
    sql`update identity.session set scope_id = ${scopeId}, membership_id = ${membershipId} where session_hash = ${sessionHash}`,
  );
}

export function removeSession(tx: Tx, sessionHash: Buffer): void {
  tx.write(sql`delete from identity.session where session_hash = ${sessionHash}`);
}

export function removeSessionsOf(tx: Tx, accountId: string, except: Buffer | null): void {
  tx.write(
    except === null
      ? sql`delete from identity.session where account_id = ${accountId}`
      : sql`delete from identity.session where account_id = ${accountId} and session_hash <> ${except}`,
  );
}

/** In which capacity the account acted last, on whatever device. */
export async function lastMembershipOf(q: Executor, accountId: string): Promise<string | null> {
  const [row] = await q.query<{ membership_id: string }>(
    sql`select membership_id from identity.session where account_id = ${accountId} order by last_seen_at desc limit 1`,
  );
  return row?.membership_id ?? null;
}

export async function findMembership(
  q: Executor,
  scopeId: string,
  membershipId: string,
  accountId: string,
): Promise<MembershipTable | null> {
  const [row] = await q.query<MembershipTable>(
    sql`select scope_id, membership_id, account_id, role, starts_on, ends_on from identity.membership
        where scope_id = ${scopeId} and membership_id = ${membershipId} and account_id = ${accountId}`,
  );
  return row ?? null;
}

export function membershipsOf(q: Executor, accountId: string): Promise<MembershipTable[]> {
  return q.query(
    sql`select scope_id, membership_id, account_id, role, starts_on, ends_on from identity.membership
        where account_id = ${accountId} order by starts_on, membership_id`,
  );
}

/** Whom to tell in a scope. Worker only. */
export async function accountsByRole(
  tx: Tx,
  scopeId: string,
  roles: readonly Role[],
  today: LocalDate,
): Promise<string[]> {
  const rows = await tx.query<{ account_id: string }>(
    sql`select distinct account_id from identity.membership
        where scope_id = ${scopeId} and role = any (${roles}::text[])
          and starts_on <= ${today}::date and (ends_on is null or ${today}::date < ends_on)
        order by account_id`,
  );
  return rows.map((row) => row.account_id);
}

export interface PersonaRow extends PersonaTable {
  display_name: string;
  phone_cipher: Buffer;
}

/** Demonstration accounts only, whatever the table names. */
export function listPersonas(q: Executor): Promise<PersonaRow[]> {
  return q.query(
    sql`select p.persona_id, p.account_id, p.scope_id, p.membership_id, p.role, p.place_label, p.position,
          a.display_name, a.phone_cipher
        from identity.persona p join identity.account a on a.account_id = p.account_id
        where a.is_demonstration and a.disabled_at is null order by p.position, p.persona_id`,
  );
}

export async function hasDemonstrationAccount(q: Executor): Promise<boolean> {
  return (await q.query(sql`select 1 from identity.account where is_demonstration limit 1`)).length > 0;
}

export function updatePreferences(
  tx: Tx,
  accountId: string,
  wish: { locale?: string | undefined; isLargeType?: boolean | undefined },
): void {
  tx.write(
    sql`update identity.account set locale = coalesce(${wish.locale ?? null}, locale),
          is_large_type = coalesce(${wish.isLargeType ?? null}, is_large_type)
        where account_id = ${accountId}`,
  );
}

/** In which capacities an account has ever acted; for a link into the right app, never for what it may. Worker only. */
export async function rolesOfAccount(tx: Tx, accountId: string): Promise<Role[]> {
  const rows = await tx.query<{ role: Role }>(
    sql`select distinct role from identity.membership where account_id = ${accountId} order by role`,
  );
  return rows.map(({ role }) => role);
}

/** Living accounts with what a message needs: the phone, where it opens, and the language. Worker only. */
export function recipientsOf(crypto: Crypto) {
  return async (
    q: Executor,
    accountIds: readonly string[],
  ): Promise<Map<string, { phone: string | null; locale: 'zh-CN' | 'en' }>> => {
    const rows = await q.query<{ account_id: string; phone_cipher: Buffer; locale: 'zh-CN' | 'en' }>(
      sql`select account_id, phone_cipher, locale from identity.account where account_id = any (${accountIds}::uuid[]) and disabled_at is null`,
    );
    return new Map(
      rows.map((row) => [
        row.account_id,
        { phone: openOrNull(crypto, row.phone_cipher, phoneField, row.account_id), locale: row.locale },
      ]),
    );
  };
}

/** Whose phone it is, also of a closed account; asked by who acts as nobody yet. */
export async function accountOfPhone(q: Executor, phoneIndex: Buffer): Promise<string | null> {
  const [entry] = await q.query<{ account_id: string }>(
    sql`select account_id from identity.phone_registry where phone_index = ${phoneIndex}`,
  );
  return entry?.account_id ?? null;
}

export interface NewAccount {
  readonly accountId: string;
  readonly phoneIndex: Buffer;
  readonly phone: string;
  readonly displayName: string;
  readonly isDemonstration: boolean;
  readonly createdAt: Date;
}

/** The account of that phone from now on: another's, when somebody named the same number at the same moment. */
export async function addAccount(tx: Tx, crypto: Crypto, account: NewAccount): Promise<string> {
  const { accountId, phone } = account;
  const added = await tx.query(
    sql`insert into identity.phone_registry (phone_index, account_id) values (${account.phoneIndex}, ${accountId})
        on conflict (phone_index) do nothing returning account_id`,
  );
  if (added.length === 0) return (await accountOfPhone(tx, account.phoneIndex)) ?? accountId;
  tx.write(
    sql`insert into identity.account (account_id, display_name, phone_cipher, phone_masked, locale, is_large_type, is_demonstration, created_at)
        values (${accountId}, ${account.displayName}, ${crypto.seal(phone, phoneField, accountId)}, ${maskPhone(phone)}, 'zh-CN', false,
          ${account.isDemonstration}, ${account.createdAt})`,
  );
  return accountId;
}

/** The own name and number of who acts, for an order on which they are to be called back. */
export async function contactOfAccount(
  q: Executor,
  crypto: Crypto,
  accountId: string,
): Promise<{ name: string; phone: string } | undefined> {
  const account = await findAccount(q, accountId);
  if (account?.phone_cipher == null) return undefined;
  return {
    name: account.display_name,
    phone: crypto.open(account.phone_cipher, phoneField, accountId),
  };
}

/** For the desk that hears a number: whose account it is, if anybody's. Not told to anyone, only looked on with. */
export async function accountOfNumber(db: Database, crypto: Crypto, phone: string): Promise<string | null> {
  const known = normalisePhone(phone);
  return known === null ? null : db.read(signingIn, (q) => accountOfPhone(q, crypto.cityIndex(known)));
}
