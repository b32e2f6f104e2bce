import pg from 'pg';
import type { Actor } from './actor.ts';
import { signingIn, statementOfActor } from './actor.ts';
import { types } from './pg-types.ts';
import { PacketReader } from './reads.ts';
import { sql, type Statement } from './sql.ts';

/** What a query needs to run on: the first argument of every query function. */
export interface Executor {
  query<Row>(statement: Statement): Promise<Row[]>;
}

/**
 * An open transaction that may write. Queries that lock take this type, so that a lock outside a transaction
 * does not compile.
 */
export interface Tx extends Executor {
  /**
   * Sends a write whose result nobody reads. It travels together with what follows, COMMIT included; an error
   * surfaces when the transaction ends, which then has rolled back.
   */
  write(statement: Statement): void;
  /** Runs when the work is done and before the commit is sent: what was gathered on the way is written at once. */
  beforeCommit(run: () => void): void;
  /** Runs once the commit is on disk; for waking what waits in this process, never for work that must happen. */
  afterCommit(run: () => void): void;
  /** Its tables lie on several machines: what locks and skips stays within a scope (due/claim.ts). */
  readonly isSpread?: boolean;
}

export interface Database {
  /** A transaction of one actor, under row-level security. */
  act<T>(actor: Actor, run: (tx: Tx) => Promise<T>): Promise<T>;
  /** Reads as one actor, under row-level security; see reads.ts for what travels together. */
  read<T>(actor: Actor, run: (q: Executor) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** The dispatcher's and the due claims' database: role gongzhi_worker, every scope. Never handed to a route. */
export interface WorkerDatabase {
  work<T>(run: (tx: Tx) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

type PipelinedClient = pg.PoolClient & { connection: { stream: { cork(): void; uncork(): void } } };

const beginWrite: Statement = { text: 'begin', values: [], name: 'begin' };
const commit: Statement = { text: 'commit', values: [], name: 'commit' };
const rollback: Statement = { text: 'rollback', values: [], name: 'rollback' };

class Transaction implements Tx {
  readonly isSpread: boolean;
  readonly #client: PipelinedClient;
  readonly #pending: Promise<unknown>[] = [];
  readonly #before: (() => void)[] = [];
  readonly #after: (() => void)[] = [];
  #isCorked = false;
  /** Its end was sent: whoever still holds it may send nothing more, for the connection is soon another's. */
  #isClosed = false;
  /** Its end was answered: the connection is known to be in the middle of nothing. */
  isEnded = false;
  #firstError: unknown;

  constructor(client: PipelinedClient, isSpread: boolean) {
    this.#client = client;
    this.isSpread = isSpread;
  }

  /** Everything sent in one turn of the event loop leaves in one packet. */
  #send(statement: Statement): Promise<pg.QueryResult> {
    if (!this.#isCorked) {
      const { stream } = this.#client.connection;
      stream.cork();
      this.#isCorked = true;
      process.nextTick(() => {
        this.#isCorked = false;
        stream.uncork();
      });
    }
    return this.#client.query({
      name: statement.name,
      text: statement.text,
      values: statement.values as unknown[],
    });
  }

  async query<Row>(statement: Statement): Promise<Row[]> {
    if (this.#isClosed) throw new Error(transactionIsOver);
    const result = await this.#send(statement).catch((error: unknown) => {
      // A statement queued earlier may be the real reason: 25P02 only says that the transaction is lost.
      this.#firstError ??= error;
      throw this.#firstError;
    });
    return result.rows as Row[];
  }

  write(statement: Statement): void {
    if (this.#isClosed) throw new Error(transactionIsOver);
    this.#pending.push(
      this.#send(statement).catch((error: unknown) => {
        this.#firstError ??= error;
      }),
    );
  }

  beforeCommit(run: () => void): void {
    if (this.#isClosed) throw new Error(transactionIsOver);
    this.#before.push(run);
  }

  afterCommit(run: () => void): void {
    this.#after.push(run);
  }

  async commit(): Promise<void> {
    for (const run of this.#before) run();
    this.#isClosed = true;
    const done = await this.#send(commit);
    this.isEnded = true;
    await Promise.all(this.#pending);
    if (this.#firstError !== undefined) throw this.#firstError;
    // COMMIT of a failed transaction answers ROLLBACK without an error.
    if (done.command !== 'COMMIT') throw new Error(`commit answered ${done.command}`);
    for (const run of this.#after) run();
  }

  /** Never fails: a connection that does not answer is given up, and with it the transaction. */
  async rollback(): Promise<void> {
    this.#isClosed = true;
    if (this.isEnded) return;
    try {
      await this.#send(rollback);
      this.isEnded = true;
    } catch {
      // Lost; inTransaction closes it.
    }
    await Promise.all(this.#pending);
  }
}

const transactionIsOver = 'the transaction is over: a statement came after its end';

async function inTransaction<T>(
  pool: pg.Pool,
  opening: readonly Statement[],
  run: (tx: Tx) => Promise<T>,
  isSpread = false,
): Promise<T> {
  const client = (await pool.connect()) as PipelinedClient;
  const tx = new Transaction(client, isSpread);
  try {
    for (const statement of opening) tx.write(statement);
    const value = await run(tx);
    await tx.commit();
    return value;
  } catch (error) {
    await tx.rollback();
    throw error;
  } finally {
    client.release(!tx.isEnded);
  }
}

export interface DatabaseOptions {
  readonly url: string;
  readonly poolSize: number;
  readonly applicationName: string;
  readonly onIdleError: (error: Error) => void;
  /** After so long without an answer a connection counts as lost; longer than any statement may take. */
  readonly silenceMilliseconds?: number;
  /** For the worker: its tables lie on several machines. */
  readonly isSpread?: boolean;
}

/** Whether `npx gongzhi distribute` was here. */
export async function isSpreadOut(db: Database): Promise<boolean> {
  const [row] = await db.read(signingIn, (q) =>
    q.query<{ isSpread: boolean }>(
      sql`select to_regclass('pg_catalog.pg_dist_partition') is not null as "isSpread"`,
    ),
  );
  return row?.isSpread === true;
}

/**
 * What waits for a lock looks whether whoever asked is still there: a process that was killed holds back neither what it
 * locked nor, by its transaction id, every reader of events and every seal.
 */
const lookForUs = `set client_connection_check_interval = '2s'`;

/** A machine that is gone does not say so: what is sent to it, and what is idle, is given up after half a minute. */
const noticeSilence =
  '-c tcp_user_timeout=30s -c tcp_keepalives_idle=30s -c tcp_keepalives_interval=5s -c tcp_keepalives_count=3';

function openPool(options: DatabaseOptions, role: string | null): pg.Pool {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.poolSize,
    application_name: options.applicationName,
    types,
    pipeline: true,
    connectionTimeoutMillis: 5_000,
    query_timeout: options.silenceMilliseconds ?? 35_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    // Every statement names its scope, so one plan fits all its values; planning anew cost half of a list. Such a plan knows
    // no limit, and two more processes were started for the first fifty rows of a city: each request stays in one.
    options: `-c timezone=UTC -c search_path= -c statement_timeout=30s -c idle_in_transaction_session_timeout=30s ${noticeSilence} -c plan_cache_mode=force_generic_plan -c max_parallel_workers_per_gather=0${role === null ? '' : ` -c role=${role}`}`,
  } as pg.PoolConfig);
  // A server that restarts ends idle connections; the pool replaces them, the process must not die of it.
  pool.on('error', options.onIdleError);
  pool.on('connect', (client) => {
    // A busy one tells through its query; without a listener the event itself would end the process.
    client.on('error', () => {});
    // A server that cannot look (on Windows) says so, and goes without.
    client.query(lookForUs).catch(() => {});
  });
  return pool;
}

export function openDatabase(options: DatabaseOptions): Database {
  const pool = openPool(options, null);
  return {
    act: (actor, run) => inTransaction(pool, [beginWrite, statementOfActor(actor)], run),
    read: (actor, run) => run(new PacketReader(pool, actor)),
    close: () => pool.end(),
  };
}

export function openWorkerDatabase(options: DatabaseOptions): WorkerDatabase {
  const pool = openPool(options, 'gongzhi_worker');
  return {
    work: (run) => inTransaction(pool, [beginWrite], run, options.isSpread),
    close: () => pool.end(),
  };
}
