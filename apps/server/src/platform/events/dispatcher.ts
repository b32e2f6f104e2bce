import type { FastifyBaseLogger } from 'fastify';
import type { Clock } from '../clock/clock.ts';
import type { Tx, WorkerDatabase } from '../db/database.ts';
import { sql } from '../db/sql.ts';
import type { House } from '../house.ts';
import { isPassing, mayGoOn, pauseAfter, reasonOf } from './failing.ts';
import { onEventsCommitted } from './outbox.ts';
import {
  beginning,
  type DispatchedEvent,
  isAfter,
  noEventId,
  type Position,
  readEvents,
  readHead,
  readKinds,
} from './reading.ts';

export type { DispatchedEvent } from './reading.ts';

export type Log = Pick<FastifyBaseLogger, 'info' | 'warn' | 'error'>;

export interface Consumer {
  /** For life: the name of its cursor. Two consumers never share one. */
  readonly name: string;
  /** Only these event kinds; every kind when left out. */
  readonly kinds?: readonly string[];
  /** Where a consumer starts that never ran: at the oldest event still kept (default), or with what comes next. */
  readonly startsAt?: 'beginning' | 'next';
  /**
   * Takes a batch in order, in the transaction that also moves the cursor: what it writes through `tx` happens
   * exactly once. Anything else it does may happen again, so it deduplicates on the event id. Keep it short: the
   * oldest running transaction holds back every reader of the outbox.
   */
  handle(events: readonly DispatchedEvent[], tx: Tx, house: House): Promise<void>;
}

export interface DispatcherOptions {
  readonly worker: WorkerDatabase;
  readonly consumers: readonly Consumer[];
  readonly house: House;
  readonly clock: Clock;
  readonly log: Log;
  /** How often to look when nobody nudges: events of other processes. */
  readonly pollMilliseconds?: number;
  readonly batchSize?: number;
  /** Waiting time after the nth failure in a row; a minute at most. */
  readonly backoffMilliseconds?: (failures: number) => number;
}

export interface Dispatcher {
  nudge(): void;
  /** Ends after the batch in hand. */
  stop(): Promise<void>;
}

/** From this many failures of a batch on, its events are tried one by one to find the one that cannot be taken. */
const patience = 5;
const defaultBatch = 500;
/** Nudges within this time are one look: a busy server commits hundreds of times a second. */
const breathMilliseconds = 40;

export function startDispatcher(options: DispatcherOptions): Dispatcher {
  const { log } = options;
  const poll = options.pollMilliseconds ?? 250;
  const lines = options.consumers.map((consumer) => new Line(consumer, options));
  let isStopping = false;
  let isNudged = false;
  let wake: (() => void) | undefined;

  const nudge = () => {
    isNudged = true;
    wake?.();
  };
  const sleep = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const loop = async () => {
    let isRegistered = false;
    while (!isStopping) {
      isNudged = false;
      let hasMore = false;
      try {
        if (!isRegistered) {
          await options.worker.work((tx) => register(tx, options.consumers, log));
          isRegistered = true;
        }
        const news = await cursorsWithNews(options);
        const passed = await passOver(options, news);
        const names = new Set(news.map(({ name }) => name).filter((name) => !passed.names.has(name)));
        const results = await Promise.allSettled(
          lines.filter((line) => names.has(line.name)).map((line) => line.step()),
        );
        hasMore = passed.hasMore || results.some((result) => result.status === 'fulfilled' && result.value);
        const lost = results.find((result) => result.status === 'rejected');
        if (lost !== undefined) throw lost.reason;
      } catch (error) {
        // The database is away; the next look tells.
        log.warn({ reason: reasonOf(error) }, 'event dispatch interrupted');
        await sleep(poll);
      }
      if (isStopping || hasMore) continue;
      if (!isNudged) await sleep(poll);
      await new Promise((resolve) => setTimeout(resolve, breathMilliseconds));
    }
  };

  const forget = onEventsCommitted(nudge);
  const running = loop();
  return {
    nudge,
    stop: async () => {
      isStopping = true;
      forget();
      wake?.();
      await running;
    },
  };
}

async function register(tx: Tx, consumers: readonly Consumer[], log: Log): Promise<void> {
  const next = await readHead(tx);
  for (const consumer of consumers) {
    const at = consumer.startsAt === 'next' ? next : beginning;
    tx.write(
      sql`insert into platform.consumer (name, last_xid, last_event_id) values (${consumer.name}, ${at.xid}::xid8, ${at.eventId})
          on conflict (name) do nothing`,
    );
  }
  await returnFromFuture(tx, next, log);
}

/**
 * Rows that were restored into another cluster bear transaction ids it has not reached: such a cursor would wait for
 * years, and such events too. The cursor begins again with what comes next; README.md says how to lose nothing.
 */
async function returnFromFuture(tx: Tx, head: Position, log: Log): Promise<void> {
  const ahead = await tx.query<{ name: string; last_xid: string }>(
    sql`select name, last_xid from platform.consumer
        where (last_xid, last_event_id) > (pg_snapshot_xmax(pg_current_snapshot()), ${noEventId}::uuid) for no key update`,
  );
  for (const { name, last_xid } of ahead) {
    log.error(
      { consumer: name, lastXid: last_xid, head: head.xid },
      'an event cursor is ahead of this database, which was restored: it goes on with what comes next (platform/events/README.md)',
    );
    tx.write(
      sql`update platform.consumer set last_xid = ${head.xid}::xid8, last_event_id = ${head.eventId}, failures = 0, retry_at = null
          where name = ${name}`,
    );
  }
  const stranded = await tx.query(
    sql`select from platform.outbox where xid >= pg_snapshot_xmax(pg_current_snapshot()) limit 1`,
  );
  if (stranded.length > 0)
    log.error(
      {},
      'events of another database wait for transaction ids that are years away (platform/events/README.md)',
    );
}

interface Cursor extends Position {
  readonly name: string;
}

/**
 * One read for all consumers and no lock: an idle house writes nothing. The next event by the index, in order and one only:
 * a plan made while the outbox was small read all of it, for each consumer, ever after.
 */
function cursorsWithNews(options: DispatcherOptions): Promise<Cursor[]> {
  return options.worker.work((tx) => {
    tx.write(sql`set local enable_seqscan = off`);
    return tx.query<Cursor>(
      sql`select c.name, c.last_xid as xid, c.last_event_id as "eventId" from platform.consumer c
          cross join lateral (select from platform.outbox o
            where (o.xid, o.event_id) > (c.last_xid, c.last_event_id) and o.xid < pg_snapshot_xmin(pg_current_snapshot())
            order by o.xid, o.event_id limit 1) next
          where ${mayGoOn}`,
    );
  });
}

/**
 * Most consumers want nothing of most events. Those that stand at the same place look at what comes next together, and
 * whoever wants none of it moves on in one statement instead of in a transaction of its own: with thirty consumers that is
 * nearly all that dispatching costs. Whose place has moved meanwhile, or is leased, is left alone.
 */
async function passOver(
  options: DispatcherOptions,
  news: readonly Cursor[],
): Promise<{ readonly names: ReadonlySet<string>; readonly hasMore: boolean }> {
  const limit = options.batchSize ?? defaultBatch;
  const kindsOf = new Map(options.consumers.map(({ name, kinds }) => [name, kinds]));
  const places = Map.groupBy(
    news.filter(({ name }) => kindsOf.get(name) !== undefined),
    ({ xid, eventId }) => `${xid} ${eventId}`,
  );
  const names = new Set<string>();
  let hasMore = false;
  for (const [from, ...others] of places.values()) {
    if (from === undefined || others.length === 0) continue;
    await options.worker.work(async (tx) => {
      tx.write(sql`set local synchronous_commit = off`);
      const next = await readKinds(tx, from, limit);
      const last = next.at(-1);
      if (last === undefined) return;
      const kinds = new Set(next.map(({ kind }) => kind));
      const idle = [from, ...others]
        .map(({ name }) => name)
        .filter((name) => !(kindsOf.get(name) ?? []).some((kind) => kinds.has(kind)));
      if (idle.length === 0) return;
      tx.write(
        sql`update platform.consumer c set last_xid = ${last.xid}::xid8, last_event_id = ${last.eventId}, failures = 0, retry_at = null, last_error = null
            from (select name from platform.consumer where name = any (${idle}::text[])
                and last_xid = ${from.xid}::xid8 and last_event_id = ${from.eventId} for no key update skip locked) free
            where c.name = free.name`,
      );
      for (const name of idle) names.add(name);
      hasMore ||= next.length === limit;
    });
  }
  return { names, hasMore };
}

/** One consumer's place in the line of events. */
class Line {
  readonly #consumer: Consumer;
  readonly #options: DispatcherOptions;
  readonly #batch: number;

  constructor(consumer: Consumer, options: DispatcherOptions) {
    this.#consumer = consumer;
    this.#options = options;
    this.#batch = options.batchSize ?? defaultBatch;
  }

  get name(): string {
    return this.#consumer.name;
  }

  /** One batch; true when there may be more at once. */
  async step(): Promise<boolean> {
    const seen = { failures: 0 };
    try {
      const taken = await this.#take(this.#batch, seen);
      return taken === this.#batch;
    } catch (error) {
      if (error !== isolate) {
        await this.#fail(error);
        return false;
      }
    }
    return this.#oneByOne(seen.failures);
  }

  /** Leases the cursor, hands over up to `limit` events and moves on, all in one transaction. */
  async #take(
    limit: number,
    seen: { failures: number; current?: DispatchedEvent },
    isSingle = false,
  ): Promise<number> {
    const { worker, house } = this.#options;
    return worker.work(async (tx) => {
      // Nobody is told before it is on disk, and effect and cursor are lost together: a crash only repeats.
      tx.write(sql`set local synchronous_commit = off`);
      const cursor = await this.#lease(tx);
      if (cursor === undefined) return 0;
      seen.failures = cursor.failures;
      if (!isSingle && cursor.failures >= patience) throw isolate;
      const kinds = this.#consumer.kinds ?? null;
      const events = await readEvents(
        tx,
        { xid: cursor.last_xid, eventId: cursor.last_event_id },
        limit,
        kinds,
      );
      const last = events.at(-1);
      if (last === undefined) return 0;
      if (isSingle) seen.current = last;
      const wanted = kinds === null ? events : events.filter((event) => kinds.includes(event.kind));
      if (wanted.length > 0) await this.#consumer.handle(wanted, tx, house);
      this.#advance(tx, last, isSingle ? cursor.failures : 0);
      return events.length;
    });
  }

  /** SKIP LOCKED: whoever else dispatches leaves this consumer alone as long as we hold its row. */
  async #lease(tx: Tx): Promise<{ last_xid: string; last_event_id: string; failures: number } | undefined> {
    const rows = await tx.query<{ last_xid: string; last_event_id: string; failures: number }>(
      sql`select last_xid, last_event_id, failures from platform.consumer
          where name = ${this.name} and ${mayGoOn}
          for no key update skip locked`,
    );
    return rows[0];
  }

  #advance(tx: Tx, to: DispatchedEvent, failures: number): void {
    tx.write(
      sql`update platform.consumer set last_xid = ${to.xid}::xid8, last_event_id = ${to.eventId}, failures = ${failures}, retry_at = null, last_error = null
          where name = ${this.name}`,
    );
  }

  async #fail(error: unknown): Promise<void> {
    const { worker, log } = this.#options;
    const reason = reasonOf(error);
    const failures = await worker.work(async (tx) => {
      const rows = await tx.query<{ failures: number }>(
        sql`update platform.consumer set failures = failures + 1, last_error = ${reason} where name = ${this.name} returning failures`,
      );
      const count = rows[0]?.failures ?? 0;
      const wait = pauseAfter(error, count, this.#options.backoffMilliseconds);
      tx.write(
        sql`update platform.consumer set retry_at = clock_timestamp() + ${wait}::integer * interval '1 millisecond' where name = ${this.name}`,
      );
      return count;
    });
    log.error({ consumer: this.name, failures, reason }, 'event consumer failed');
  }

  /**
   * Some event in the batch cannot be taken: each gets a transaction of its own, the one that fails is laid into
   * dead_letter, and the line goes on. A database that is merely away condemns nobody.
   */
  async #oneByOne(failures: number): Promise<boolean> {
    for (let done = 0; done < this.#batch; done++) {
      const seen: { failures: number; current?: DispatchedEvent } = { failures };
      try {
        if ((await this.#take(1, seen, true)) === 0) break;
      } catch (error) {
        if (seen.current === undefined || isPassing(error)) {
          await this.#fail(error);
          return false;
        }
        await this.#bury(seen.current, error);
        return true;
      }
    }
    // All of them went through: whatever it was has passed.
    await this.#options.worker.work(async (tx) => {
      tx.write(
        sql`update platform.consumer set failures = 0, last_error = null where name = ${this.name} and retry_at is null`,
      );
    });
    return true;
  }

  async #bury(event: DispatchedEvent, error: unknown): Promise<void> {
    const { worker, clock, log } = this.#options;
    const reason = reasonOf(error);
    await worker.work(async (tx) => {
      const cursor = await this.#lease(tx);
      // Another process may have laid it aside and gone on meanwhile: never back.
      if (cursor === undefined || !isAfter(event, { xid: cursor.last_xid, eventId: cursor.last_event_id }))
        return;
      tx.write(
        sql`insert into platform.dead_letter (scope_id, consumer, event_id, error, at)
            values (${event.scopeId}, ${this.name}, ${event.eventId}, ${reason}, ${clock.now()})
            on conflict (scope_id, consumer, event_id) do nothing`,
      );
      this.#advance(tx, event, 0);
    });
    log.error(
      { consumer: this.name, eventId: event.eventId, kind: event.kind, reason },
      'event laid aside as dead letter',
    );
  }
}

/** Thrown inside the leasing transaction to leave it without effect. */
const isolate = new Error('isolate');
