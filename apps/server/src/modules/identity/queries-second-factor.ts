import type { Executor, Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { factorRule } from './domain-second-factor.ts';

/** What the secret of a second factor is sealed under. */
export const factorField = 'identity.second_factor.secret';

export interface FactorRow {
  readonly secret_cipher: Buffer | null;
  readonly confirmed_at: Date | null;
  readonly last_step: string | null;
}

export async function findFactor(q: Executor, accountId: string): Promise<FactorRow | null> {
  const [row] = await q.query<FactorRow>(
    sql`select secret_cipher, confirmed_at, last_step::text as last_step from identity.second_factor where account_id = ${accountId}`,
  );
  return row ?? null;
}

/** As `findFactor`, and nobody proposes another secret between the code that proved this one and its being counted. */
export async function lockFactor(tx: Tx, accountId: string): Promise<FactorRow | null> {
  const [row] = await tx.query<FactorRow>(
    sql`select secret_cipher, confirmed_at, last_step::text as last_step from identity.second_factor
        where account_id = ${accountId} for no key update`,
  );
  return row ?? null;
}

/** Shown, not yet proved. False: one was proved meanwhile, and stays. */
export async function proposeFactor(
  tx: Tx,
  accountId: string,
  secretCipher: Buffer,
  now: Date,
): Promise<boolean> {
  const proposed = await tx.query(
    sql`insert into identity.second_factor (account_id, secret_cipher, changed_at) values (${accountId}, ${secretCipher}, ${now})
        on conflict (account_id) do update set secret_cipher = excluded.secret_cipher, confirmed_at = null, last_step = null,
          changed_at = excluded.changed_at
        where second_factor.confirmed_at is null returning 1`,
  );
  return proposed.length > 0;
}

export function confirmFactor(tx: Tx, accountId: string, now: Date): void {
  tx.write(
    sql`update identity.second_factor set confirmed_at = ${now}, changed_at = ${now} where account_id = ${accountId}`,
  );
}

export function removeFactor(tx: Tx, accountId: string, now: Date): void {
  tx.write(
    sql`update identity.second_factor set secret_cipher = null, confirmed_at = null, last_step = null, changed_at = ${now}
        where account_id = ${accountId}`,
  );
}

/** Uses a step up. False: it, or a later one, has opened a door before. */
export async function takeStep(tx: Tx, accountId: string, step: number): Promise<boolean> {
  const taken = await tx.query(
    sql`update identity.second_factor set last_step = ${step}
        where account_id = ${accountId} and (last_step is null or last_step < ${step}) returning 1`,
  );
  return taken.length > 0;
}

export function replaceRecoveryCodes(tx: Tx, accountId: string, hashes: readonly Buffer[], now: Date): void {
  tx.write(
    sql`update identity.recovery_code set used_at = ${now} where account_id = ${accountId} and used_at is null`,
  );
  for (const hash of hashes)
    tx.write(
      sql`insert into identity.recovery_code (account_id, code_hash, created_at) values (${accountId}, ${hash}, ${now})`,
    );
}

export async function takeRecoveryCode(tx: Tx, accountId: string, hash: Buffer, now: Date): Promise<boolean> {
  const taken = await tx.query(
    sql`update identity.recovery_code set used_at = ${now}
        where account_id = ${accountId} and code_hash = ${hash} and used_at is null returning 1`,
  );
  return taken.length > 0;
}

export async function countRecoveryCodes(q: Executor, accountId: string): Promise<number> {
  const [row] = await q.query<{ count: number }>(
    sql`select count(*)::integer as count from identity.recovery_code where account_id = ${accountId} and used_at is null`,
  );
  return row?.count ?? 0;
}

export function insertTicket(
  tx: Tx,
  ticket: { hash: Buffer; accountId: string; method: 'code' | 'password' },
  now: Date,
): void {
  const expiresAt = new Date(now.getTime() + factorRule.ticketLifetime);
  tx.write(
    sql`insert into identity.sign_in_ticket (ticket_hash, account_id, method, expires_at)
        values (${ticket.hash}, ${ticket.accountId}, ${ticket.method}, ${expiresAt})`,
  );
}

export interface TicketRow {
  readonly account_id: string;
  readonly method: 'code' | 'password';
}

export async function findTicket(q: Executor, hash: Buffer, now: Date): Promise<TicketRow | null> {
  const [row] = await q.query<TicketRow>(
    sql`select account_id, method from identity.sign_in_ticket
        where ticket_hash = ${hash} and used_at is null and expires_at > ${now}`,
  );
  return row ?? null;
}

/** One of two requests at the same instant gets it. */
export async function takeTicket(tx: Tx, hash: Buffer, now: Date): Promise<boolean> {
  const taken = await tx.query(
    sql`update identity.sign_in_ticket set used_at = ${now} where ticket_hash = ${hash} and used_at is null returning 1`,
  );
  return taken.length > 0;
}
