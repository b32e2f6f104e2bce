import type { Crypto } from '../../platform/crypto/crypto.ts';
import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { Problem } from '../../platform/http/problem.ts';
import { type Limit, lockAfter, lockParams, lockRule, waitOf } from './domain.ts';

/**
 * Counters in platform.throttle: they survive a restart and are shared by all processes. Keys are keyed hashes, so
 * that the table tells nobody which numbers asked. Addresses are always locked before phones: no deadlock.
 */
export function throttleKey(crypto: Crypto, name: string, value: string): Buffer {
  return Buffer.from(crypto.sign('identity.throttle', `${name}\0${value}`), 'base64url');
}

export interface Counter {
  readonly key: Buffer;
  readonly limit: Limit;
}

async function count(tx: Tx, { key, limit }: Counter, now: Date): Promise<{ start: Date; count: number }> {
  const past = new Date(now.getTime() - limit.within);
  const [row] = await tx.query<{ start: Date; count: number }>(
    sql`insert into platform.throttle as t (key_hash, window_start, count) values (${key}, ${now}, 1)
        on conflict (key_hash) do update set
          count = case when t.window_start <= ${past} then 1 else t.count + 1 end,
          window_start = case when t.window_start <= ${past} then excluded.window_start else t.window_start end
        returning window_start as start, count`,
  );
  return row!;
}

/** Refuses with the longest wait. The refused request rolls back and counts nowhere: a wait is never prolonged. */
export async function admit(tx: Tx, counters: readonly Counter[], now: Date): Promise<void> {
  const windows = await Promise.all(counters.map((counter) => count(tx, counter, now)));
  const wait = Math.max(0, ...windows.map((window, i) => waitOf(counters[i]!.limit, window, now)));
  if (wait > 0) throw new Problem('auth.too_many', { retryAfterSeconds: wait });
}

export interface AttemptKeys {
  /** Whose secret is being guessed: a phone or an account. */
  readonly subject: Buffer;
  readonly address: Counter;
}

/** Refuses while locked, without counting. */
export async function refuseLocked(tx: Tx, subject: Buffer, now: Date): Promise<void> {
  const [row] = await tx.query<{ blocked_until: Date }>(
    sql`select blocked_until from platform.throttle where key_hash = ${subject} and blocked_until > ${now}`,
  );
  if (row !== undefined) throw new Problem('auth.locked', lockParams(row.blocked_until, now));
}

/**
 * Counts a failure before the secret is looked at, and takes it back on success: guesses that arrive at one
 * instant cannot all be judged before the first is counted. Returns the failures in a row, this one included.
 */
export async function reserveAttempt(tx: Tx, keys: AttemptKeys, now: Date): Promise<number> {
  const forgotten = new Date(now.getTime() - lockRule.forgottenAfter);
  await admit(tx, [keys.address], now);
  const [row] = await tx.query<{ count: number; blocked_until: Date | null }>(
    sql`insert into platform.throttle as t (key_hash, window_start, count) values (${keys.subject}, ${now}, 1)
        on conflict (key_hash) do update set
          count = case when t.window_start <= ${forgotten} and (t.blocked_until is null or t.blocked_until <= ${now})
            then 1 else t.count + 1 end,
          window_start = excluded.window_start
        returning count, blocked_until`,
  );
  const { count: failures, blocked_until: blockedUntil } = row!;
  if (blockedUntil !== null && blockedUntil > now) {
    throw new Problem('auth.locked', lockParams(blockedUntil, now));
  }
  const lock = lockAfter(failures);
  if (lock > 0) {
    tx.write(
      sql`update platform.throttle set blocked_until = ${new Date(now.getTime() + lock)} where key_hash = ${keys.subject}`,
    );
  }
  return failures;
}

/** It was no failure: the subject begins anew, the address gets its count back. */
export function releaseAttempt(tx: Tx, keys: AttemptKeys): void {
  tx.write(
    sql`update platform.throttle set count = count - 1 where key_hash = ${keys.address.key} and count > 0`,
  );
  tx.write(sql`delete from platform.throttle where key_hash = ${keys.subject}`);
}
