import type { Crypto } from '../../platform/crypto/crypto.ts';
import type { Tx } from '../../platform/db/database.ts';
import { sql } from '../../platform/db/sql.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import { addressKey, type Limit, limitsOf, lockAfter, lockParams, lockRule, waitOf } from './domain.ts';

/**
 * Counters in platform.throttle: they survive a restart and are shared by all processes. Keys are keyed hashes, so
 * that the table tells nobody which numbers asked. Addresses are always locked before phones, phones before pairs of
 * both: no deadlock.
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

/** For a page without a session: so many a while from one address. */
export function admitRequest(
  tx: Tx,
  crypto: Crypto,
  limit: Limit,
  address: string,
  now: Date,
): Promise<void> {
  return admit(tx, [{ limit, key: throttleKey(crypto, limit.name, addressKey(address)) }], now);
}

/**
 * Whose secret is being guessed, and from where. The pair is locked soon, for it is one guesser; the subject alone
 * late, for anybody can type somebody else's number.
 */
export interface AttemptKeys {
  readonly address: Counter;
  readonly subject: Counter;
  readonly pair: Buffer;
}

/** Each kind of secret is counted apart: whoever guesses at one does not lock the others. */
export function attemptKeys(
  { crypto, config }: Pick<House, 'crypto' | 'config'>,
  kind: 'code' | 'password' | 'account' | 'totp',
  value: string,
  from: string,
): AttemptKeys {
  const { failuresPerAddress, failuresPerSubject } = limitsOf(config.mode);
  const address = addressKey(from);
  const counter = (limit: Limit, name: string, of: string) => ({
    key: throttleKey(crypto, name, of),
    limit,
  });
  return {
    address: counter(failuresPerAddress, failuresPerAddress.name, address),
    subject: counter(failuresPerSubject, `failure_${kind}`, value),
    pair: throttleKey(crypto, `failure_${kind}_from`, `${value}\0${address}`),
  };
}

function locked(until: Date, now: Date): Problem {
  return new Problem('auth.locked', lockParams(until, now));
}

const endOf = (start: Date, { within }: Limit) => new Date(start.getTime() + within);

/** Refuses while locked, without counting. */
export async function refuseLocked(tx: Tx, { pair, subject }: AttemptKeys, now: Date): Promise<void> {
  const { key, limit } = subject;
  const [[blocked], [full]] = await Promise.all([
    tx.query<{ until: Date }>(
      sql`select blocked_until as until from platform.throttle where key_hash = ${pair} and blocked_until > ${now}`,
    ),
    tx.query<{ start: Date }>(
      sql`select window_start as start from platform.throttle
          where key_hash = ${key} and count >= ${limit.most} and window_start > ${new Date(now.getTime() - limit.within)}`,
    ),
  ]);
  if (full !== undefined) throw locked(endOf(full.start, limit), now);
  if (blocked !== undefined) throw locked(blocked.until, now);
}

/**
 * Counts a failure before the secret is looked at, and takes it back on success: guesses that arrive at one
 * instant cannot all be judged before the first is counted. Returns the pair's failures in a row, this one included.
 */
export async function reserveAttempt(tx: Tx, keys: AttemptKeys, now: Date): Promise<number> {
  const forgotten = new Date(now.getTime() - lockRule.forgottenAfter);
  await admit(tx, [keys.address], now);
  const window = await count(tx, keys.subject, now);
  if (window.count > keys.subject.limit.most) throw locked(endOf(window.start, keys.subject.limit), now);
  const [row] = await tx.query<{ count: number; blocked_until: Date | null }>(
    sql`insert into platform.throttle as t (key_hash, window_start, count) values (${keys.pair}, ${now}, 1)
        on conflict (key_hash) do update set
          count = case when t.window_start <= ${forgotten} and (t.blocked_until is null or t.blocked_until <= ${now})
            then 1 else t.count + 1 end,
          window_start = excluded.window_start
        returning count, blocked_until`,
  );
  const { count: failures, blocked_until: blockedUntil } = row!;
  if (blockedUntil !== null && blockedUntil > now) throw locked(blockedUntil, now);
  const lock = lockAfter(failures);
  if (lock > 0) {
    tx.write(
      sql`update platform.throttle set blocked_until = ${new Date(now.getTime() + lock)} where key_hash = ${keys.pair}`,
    );
  }
  return failures;
}

/** It was no failure: the pair begins anew, address and subject get their count back. In the order of counting. */
export function releaseAttempt(tx: Tx, { address, subject, pair }: AttemptKeys): void {
  for (const { key } of [address, subject])
    tx.write(sql`update platform.throttle set count = count - 1 where key_hash = ${key} and count > 0`);
  tx.write(sql`delete from platform.throttle where key_hash = ${pair}`);
}
