import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Acting } from '../sessions/sessions.ts';
import type { Clock } from '../clock/clock.ts';
import type { Crypto } from '../crypto/crypto.ts';
import type { Database, Tx } from '../db/database.ts';
import { sql } from '../db/sql.ts';
import { Problem } from './problem.ts';

/**
 * The one write pipeline: idempotency key → transaction → lock → decide → rows and event → commit → answer.
 *
 * The stored answer is inserted in the same transaction as the effect, so that either both exist or neither.
 * Two requests with one key at the same instant: the second blocks on the first one's key row (or on the row both
 * lock), and is then given the first one's answer. A refusal is not stored: it changed nothing, and the same
 * request may be right a minute later.
 *
 * What was answered may hold a token that is kept nowhere else, or a note that lies sealed: it is kept sealed too,
 * bound to whose key it answers; and of what was asked only a digest that nobody can try guesses on.
 */
export interface CommandAnswer {
  readonly status: number;
  readonly body: unknown;
}

export interface CommandOptions {
  /** Unique constraints over something the command draws by lot: when it was drawn before, draw again. */
  readonly drawnAgain?: readonly string[];
}

/** What the pipeline needs of a request and a reply, whatever their route's types are. */
export interface CommandRequest {
  readonly acting: Acting | null;
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

export interface CommandReply {
  code(status: number): unknown;
  header(name: string, value: string): unknown;
  serialize(payload: unknown): unknown;
  /** A string goes out as it is; the route's own type speaks of what was serialised into it. */
  send(payload: never): unknown;
}

interface StoredAnswer {
  request_hash: Buffer;
  status: number;
  body_cipher: Buffer | null;
  /** As answers were kept before they were sealed: gone seven days after that release. */
  body: string | null;
}

const table = 'platform.idempotency';

export function answerId(scopeId: string, accountId: string, key: string): string {
  return `${scopeId} ${accountId} ${key}`;
}

/** Leaves the transaction without effect. */
class AnsweredBefore extends Error {
  readonly rows: StoredAnswer[];
  constructor(rows: StoredAnswer[]) {
    super('answered before');
    this.rows = rows;
  }
}

const keyPattern = /^[\x21-\x7e]{8,200}$/;

export function idempotencyKeyOf(request: Pick<CommandRequest, 'headers'>): string {
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || !keyPattern.test(key)) throw new Problem('idempotency.key_missing');
  return key;
}

export async function runCommand(
  tools: { db: Database; clock: Clock; crypto: Crypto },
  request: CommandRequest,
  reply: CommandReply,
  scopeId: string,
  run: (tx: Tx, now: Date) => Promise<CommandAnswer>,
  options: CommandOptions = {},
): Promise<never> {
  const { acting } = request;
  if (acting === null) throw new Problem('auth.session_required');
  const key = idempotencyKeyOf(request);
  const digest = requestDigest(request);
  const hash = tools.crypto.scopeIndex(scopeId, 'idempotency', digest.toString('hex'));
  const id = answerId(scopeId, acting.accountId, key);
  const stored = sql`select request_hash, status, body_cipher, body from platform.idempotency where scope_id = ${scopeId} and account_id = ${acting.accountId} and key = ${key}`;

  const answer = (status: number, body: string, isReplay: boolean) => {
    if (isReplay) reply.header('idempotent-replay', 'true');
    reply.code(status);
    reply.header('content-type', 'application/json; charset=utf-8');
    // It has answered by itself; `never` keeps a route from answering a second time.
    return reply.send(body as never) as never;
  };
  const replay = (rows: StoredAnswer[]) => {
    const before = rows[0];
    if (before === undefined) return null;
    if (!before.request_hash.equals(before.body_cipher === null ? digest : hash))
      throw new Problem('idempotency.key_reused');
    const body =
      before.body_cipher === null ? before.body! : tools.crypto.open(before.body_cipher, table, id);
    return answer(before.status, body, true);
  };

  for (let attempt = 1; ; attempt++) {
    try {
      const done = await tools.db.act(acting.actor, async (tx) => {
        const now = tools.clock.now();
        // Asked and begun in one packet. Both are waited for, whatever they bring: nothing may come after the end.
        const [before, begun] = await Promise.allSettled([tx.query<StoredAnswer>(stored), run(tx, now)]);
        if (before.status === 'rejected') throw before.reason;
        // What was begun is void with its transaction.
        if (before.value.length > 0) throw new AnsweredBefore(before.value);
        if (begun.status === 'rejected') throw begun.reason;
        const { status, body } = begun.value;
        reply.code(status);
        const text = reply.serialize(body) as string;
        tx.write(
          sql`insert into platform.idempotency (scope_id, account_id, key, request_hash, status, body_cipher, created_at)
              values (${scopeId}, ${acting.accountId}, ${key}, ${hash}, ${status}, ${tools.crypto.seal(text, table, id)}, ${now})`,
        );
        return { status, text };
      });
      return answer(done.status, done.text, false);
    } catch (error) {
      if (error instanceof AnsweredBefore) return replay(error.rows) as never;
      const { code, constraint } = error as { code?: string; constraint?: string };
      // Serialisation failures and deadlocks changed nothing: the same command may simply run again.
      const isBadLuck =
        code === '40001' ||
        code === '40P01' ||
        (constraint !== undefined && options.drawnAgain?.includes(constraint) === true);
      if (isBadLuck && attempt < 4) continue;
      // Perhaps the twin of this very request came first, and that is why this one failed.
      if (error instanceof Problem || code?.startsWith('23')) {
        const twin = await tools.db.read(acting.actor, (q) => q.query<StoredAnswer>(stored));
        const replayed = replay(twin);
        if (replayed !== null) return replayed;
      }
      throw error;
    }
  }
}

function requestDigest(request: CommandRequest): Buffer {
  return createHash('sha256')
    .update(`${request.method} ${request.url}\n`)
    .update(Buffer.isBuffer(request.body) ? request.body : JSON.stringify(request.body ?? null))
    .digest();
}
