import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../clock/clock.ts';
import type { Database, Executor, WorkerDatabase } from '../db/database.ts';
import { sql } from '../db/sql.ts';
import type { Log } from '../events/dispatcher.ts';
import { onEventsCommitted } from '../events/outbox.ts';
import {
  type DispatchedEvent,
  isAfter,
  type Position,
  readEvents,
  readHead,
  readPositionAt,
} from '../events/reading.ts';
import { Problem } from '../http/problem.ts';
import { type Acting, sessionCookie, type Sessions } from '../sessions/sessions.ts';
import { Listener, parseEventId } from './listener.ts';
import { mayConcern } from './wall.ts';

/** Which of these objects this actor may see now, as ids. Runs in a read transaction of that actor. */
export type Visibility = (
  q: Executor,
  acting: Acting,
  objects: readonly { scopeId: string; id: string }[],
) => Promise<ReadonlySet<string>>;

export interface Live {
  /**
   * Turns the request into an event stream; throws a Problem instead when the account has too many. `age`: how many
   * milliseconds ago the page began to read what it shows; what happened since is told. Null: it shows nothing yet.
   */
  attach(request: FastifyRequest, reply: FastifyReply, acting: Acting, age: number | null): void;
  nudge(): void;
  stop(): void;
  /** Open connections, for /metrics. */
  count(): number;
}

export interface LiveOptions {
  readonly db: Database;
  readonly worker: WorkerDatabase;
  readonly sessions: Pick<Sessions, 'resolve' | 'watch'>;
  readonly clock: Clock;
  readonly log: Log;
  /** By object type, the part of an event's kind before its last dot. An event without one reaches nobody. */
  readonly visibility: Readonly<Record<string, Visibility>>;
  readonly pollMilliseconds?: number;
  readonly heartbeatMilliseconds?: number;
  readonly sessionCheckMilliseconds?: number;
  readonly connectionsPerAccount?: number;
}

const batchSize = 500;
/** A listener that missed more than this, or more than ten minutes, reads its pages afresh instead. */
const mostReplayed = 1_000;
const longestReplay = 10 * 60_000;
/** What an event's hour may lie before the moment at which others see it. */
const slackMilliseconds = 2_000;
/** Nudges within this time are one look at the outbox. */
const breathMilliseconds = 20;
/** Listeners asked for at once: the others' requests need connections too. */
const askedAtOnce = 4;

export function openLive(options: LiveOptions): Live {
  return new LiveHub(options);
}

class LiveHub implements Live {
  readonly #options: LiveOptions;
  readonly #listeners = new Set<Listener>();
  readonly #forget: () => void;
  /** Null while nobody listens: the next listener starts it anew. */
  #cursor: Promise<Position> | null = null;
  #isTailing = false;
  #isNudged = false;
  #isStopped = false;
  #wake: (() => void) | undefined;
  #heartbeat: NodeJS.Timeout | undefined;

  constructor(options: LiveOptions) {
    this.#options = options;
    const stopListening = onEventsCommitted(() => this.nudge());
    const stopWatching = options.sessions.watch((accountId) => {
      for (const listener of this.#listeners)
        if (listener.acting.accountId === accountId) void this.#check(listener);
    });
    this.#forget = () => {
      stopListening();
      stopWatching();
    };
  }

  count(): number {
    return this.#listeners.size;
  }

  attach(request: FastifyRequest, reply: FastifyReply, acting: Acting, age: number | null): void {
    const most = this.#options.connectionsPerAccount ?? 10;
    let held = 0;
    for (const other of this.#listeners) if (other.acting.accountId === acting.accountId) held++;
    if (held >= most) throw new Problem('limited.too_many', { retryAfterSeconds: 10 });
    if (this.#isStopped) throw new Problem('unavailable', { retryAfterSeconds: 2 });

    const header = request.headers['last-event-id'];
    const since = typeof header === 'string' && header !== '' ? parseEventId(header) : null;
    const isUnknown = typeof header === 'string' && header !== '' && since === null;
    reply.hijack();
    const response = reply.raw;
    for (const [name, value] of Object.entries(reply.getHeaders()))
      if (value !== undefined) response.setHeader(name, value);
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
    response.write('retry: 3000\n\n');
    const nowhere: Position = { xid: '0', eventId: '' };
    const listener = new Listener(
      response,
      request.cookies[sessionCookie] ?? '',
      acting,
      since ?? nowhere,
      true,
    );
    this.#listeners.add(listener);
    response.on('close', () => this.#listeners.delete(listener));
    // A socket that dies while written to must not take the process with it.
    response.on('error', () => this.#listeners.delete(listener));
    this.#start();
    this.#catchUp(listener, since, isUnknown, age).catch((error: unknown) => this.#drop(listener, error));
  }

  nudge(): void {
    this.#isNudged = true;
    this.#wake?.();
  }

  stop(): void {
    this.#isStopped = true;
    this.#forget();
    clearInterval(this.#heartbeat);
    for (const listener of this.#listeners) listener.close();
    this.#listeners.clear();
    this.#wake?.();
  }

  #drop(listener: Listener, error: unknown): void {
    const { code, message } = error as Error & { code?: string };
    this.#options.log.warn({ code, message }, 'live listener dropped; it resumes by itself');
    this.#listeners.delete(listener);
    listener.close();
  }

  #start(): void {
    this.#heartbeat ??= setInterval(
      () => void this.#beat(),
      Math.min(
        this.#options.heartbeatMilliseconds ?? 20_000,
        this.#options.sessionCheckMilliseconds ?? 15_000,
      ),
    );
    this.#cursor ??= this.#options.worker.work(readHead);
    if (!this.#isTailing) {
      this.#isTailing = true;
      void this.#tail();
    }
  }

  /** Brings a new listener to where the tailer stands, then lets it follow. */
  async #catchUp(
    listener: Listener,
    resumed: Position | null,
    isUnknown: boolean,
    age: number | null,
  ): Promise<void> {
    const head = await (this.#cursor ?? this.#options.worker.work(readHead));
    const isNew = resumed === null && !isUnknown;
    const since = isNew && age !== null ? await this.#positionAt(age) : resumed;
    const missed = since === null ? [] : await this.#missed(since);
    const isTooMuch = missed === null || (since === null && isNew && age !== null);
    if (isTooMuch || isUnknown) listener.send('reset', head, {});
    listener.position = since === null || missed === null ? head : since;
    // An id with no data sets where the browser resumes, and is no event to it.
    if (resumed === null) listener.send(null, listener.position, undefined);
    await this.#deliver(listener, missed ?? []);
    while (listener.pending !== null && listener.pending.length > 0)
      await this.#deliver(listener, listener.pending.splice(0));
    listener.pending = null;
  }

  #positionAt(age: number): Promise<Position | null> {
    const at = new Date(this.#options.clock.now().getTime() - age - slackMilliseconds);
    return this.#options.worker.work((tx) => readPositionAt(tx, at, mostReplayed));
  }

  async #missed(since: Position): Promise<DispatchedEvent[] | null> {
    const now = this.#options.clock.now().getTime();
    return this.#options.worker.work(async (tx) => {
      const events = await readEvents(tx, since, mostReplayed + 1, [notificationKind]);
      const first = events[0];
      if (
        events.length > mostReplayed ||
        (first !== undefined && first.occurredAt.getTime() < now - longestReplay)
      )
        return null;
      // A position ahead of the database comes from another life of it (restored from a backup).
      const rows = await tx.query<{ is_future: boolean }>(
        sql`select ${since.xid}::xid8 > pg_snapshot_xmax(pg_current_snapshot()) as is_future`,
      );
      return rows[0]?.is_future === true ? null : events;
    });
  }

  async #tail(): Promise<void> {
    const { worker, log } = this.#options;
    const poll = this.#options.pollMilliseconds ?? 250;
    while (this.#listeners.size > 0 && !this.#isStopped) {
      this.#isNudged = false;
      let hasMore = false;
      try {
        const cursor = await (this.#cursor ??= worker.work(readHead));
        const events = await worker.work((tx) => readEvents(tx, cursor, batchSize, [notificationKind]));
        const last = events.at(-1);
        if (last !== undefined) {
          this.#cursor = Promise.resolve({ xid: last.xid, eventId: last.eventId });
          await this.#deliverToAll(events);
          hasMore = events.length === batchSize;
        }
      } catch (error) {
        if (this.#isStopped) break;
        // A head that could not be read is read again; what listeners have seen stays known to them.
        if (
          (await this.#cursor?.then(
            () => true,
            () => false,
          )) === false
        )
          this.#cursor = null;
        log.warn({ message: (error as Error).message }, 'live tail interrupted');
      }
      if (hasMore) continue;
      if (!this.#isNudged) await this.#sleep(poll);
      if (this.#listeners.size > 0) await new Promise((resolve) => setTimeout(resolve, breathMilliseconds));
    }
    this.#isTailing = false;
    this.#cursor = null;
    clearInterval(this.#heartbeat);
    this.#heartbeat = undefined;
  }

  #sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async #deliverToAll(events: readonly DispatchedEvent[]): Promise<void> {
    const waiting = [...this.#listeners];
    const next = async () => {
      for (let listener = waiting.pop(); listener !== undefined; listener = waiting.pop()) {
        if (listener.pending !== null) {
          if (!listener.hold(events)) this.#drop(listener, new Error('too much came while it caught up'));
          continue;
        }
        const one = listener;
        await this.#deliver(one, events).catch((error: unknown) => this.#drop(one, error));
      }
    };
    await Promise.all(Array.from({ length: askedAtOnce }, next));
  }

  async #deliver(listener: Listener, events: readonly DispatchedEvent[]): Promise<void> {
    const { acting } = listener;
    const news = events.filter((event) => listener.isNews(event));
    const last = news.at(-1);
    if (last === undefined || !listener.isOpen) return;
    const concerned = news.filter(
      (event) => event.kind !== notificationKind && mayConcern(acting.actor, event),
    );
    const visible = concerned.length === 0 ? new Set<string>() : await this.#visible(acting, concerned);
    for (const event of news) {
      if (event.kind === notificationKind) {
        if (event.objectId === acting.accountId)
          listener.send('inbox', event, {
            kind: event.kind,
            id: event.payload['notificationId'],
            scopeId: event.scopeId,
          });
      } else if (visible.has(event.objectId)) {
        listener.send('change', event, { kind: event.kind, id: event.objectId, scopeId: event.scopeId });
      }
    }
    if (isAfter(last, listener.position)) listener.position = { xid: last.xid, eventId: last.eventId };
  }

  /** The module's own rule, asked as that actor, under row-level security. */
  async #visible(acting: Acting, events: readonly DispatchedEvent[]): Promise<Set<string>> {
    const byType = new Map<string, Map<string, { scopeId: string; id: string }>>();
    for (const { kind, scopeId, objectId } of events) {
      const type = kind.slice(0, kind.lastIndexOf('.'));
      let objects = byType.get(type);
      if (objects === undefined) byType.set(type, (objects = new Map()));
      objects.set(objectId, { scopeId, id: objectId });
    }
    const seen = new Set<string>();
    await this.#options.db.read(acting.actor, async (q) => {
      for (const [type, objects] of byType) {
        const ask = this.#options.visibility[type];
        if (ask === undefined) continue;
        for (const id of await ask(q, acting, [...objects.values()])) if (objects.has(id)) seen.add(id);
      }
    });
    return seen;
  }

  /** Says that the line lives, moves the place to resume from, and closes on whoever signed out meanwhile. */
  async #beat(): Promise<void> {
    const every = this.#options.sessionCheckMilliseconds ?? 15_000;
    for (const listener of this.#listeners) {
      listener.write(': still here\n');
      listener.send(null, listener.pending === null ? listener.position : null, undefined);
      if (performance.now() - listener.checkedAt < every * 0.9) continue;
      await this.#check(listener);
    }
  }

  /** Whose line it is now: in which capacity they act, or nobody any more. */
  async #check(listener: Listener): Promise<void> {
    const { sessions, clock } = this.#options;
    try {
      const acting = await sessions.resolve(listener.secret, clock.now());
      if (acting === null) {
        this.#listeners.delete(listener);
        listener.close();
        return;
      }
      listener.acting = acting;
      listener.checkedAt = performance.now();
    } catch {
      // The database is away: nothing is delivered meanwhile either, every event is asked for again.
    }
  }
}

const notificationKind = 'notification.created';
