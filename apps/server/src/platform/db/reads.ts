import type pg from 'pg';
import { type Actor, statementOfActor } from './actor.ts';
import type { Executor } from './database.ts';
import { isoTypes } from './pg-types.ts';
import type { Statement } from './sql.ts';

/**
 * Reading without holding a connection: the statements asked for in one turn of the event loop travel as one packet,
 * BEGIN READ ONLY, the actor, the statements, COMMIT, and the connection is free again when their answers are in.
 * Under READ COMMITTED each statement has a snapshot of its own anyway, so two packets see what one transaction of
 * two statements would have seen; and a list that needs one statement costs one round trip instead of two.
 */
type ReadingClient = pg.PoolClient & { connection: { stream: { cork(): void; uncork(): void } } };

const begin: Statement = { text: 'begin read only', values: [], name: 'begin_read' };
const commit: Statement = { text: 'commit', values: [], name: 'commit' };

interface Waiting {
  readonly statement: Statement;
  readonly resolve: (rows: never[]) => void;
  readonly reject: (error: unknown) => void;
}

export class PacketReader implements Executor {
  readonly #pool: pg.Pool;
  readonly #actor: Actor;
  #waiting: Waiting[] = [];

  constructor(pool: pg.Pool, actor: Actor) {
    this.#pool = pool;
    this.#actor = actor;
  }

  query<Row>(statement: Statement): Promise<Row[]> {
    return new Promise<Row[]>((resolve, reject) => {
      this.#waiting.push({ statement, resolve: resolve as (rows: never[]) => void, reject });
      // After the turn's promises have run, everything that is asked for together stands here.
      if (this.#waiting.length === 1) process.nextTick(() => void this.#send());
    });
  }

  async #send(): Promise<void> {
    let client: ReadingClient;
    try {
      client = (await this.#pool.connect()) as ReadingClient;
    } catch (error) {
      for (const { reject } of this.#waiting.splice(0)) reject(error);
      return;
    }
    // What was asked for while the connection was waited for travels along.
    const packet = this.#waiting;
    this.#waiting = [];
    try {
      const [opening, ending, ...answers] = await Promise.allSettled(this.#travel(client, packet));
      client.release(ending?.status !== 'fulfilled');
      // Without its opening a statement ran as nobody: its rows are not to be trusted. A statement that failed loses
      // those behind it (25P02); they are told the reason, not the consequence.
      const failure = [opening, ...answers].find((answer) => answer?.status === 'rejected');
      packet.forEach(({ resolve, reject }, i) => {
        const answer = answers[i];
        if (opening?.status === 'fulfilled' && answer?.status === 'fulfilled') {
          resolve((answer.value as pg.QueryResult).rows as never[]);
        } else reject(failure?.reason);
      });
    } catch (error) {
      client.release(true);
      for (const { reject } of packet) reject(error);
    }
  }

  /** Opening, end, and the statements in between, all on the way. */
  #travel(
    client: ReadingClient,
    packet: readonly Waiting[],
  ): [Promise<unknown>, Promise<unknown>, ...Promise<unknown>[]] {
    const { stream } = client.connection;
    const ask = ({ name, text, values, hasIsoDates }: Statement) =>
      client.query({ name, text, values: values as unknown[], ...(hasIsoDates ? { types: isoTypes } : {}) });
    stream.cork();
    try {
      const opening = Promise.all([ask(begin), ask(statementOfActor(this.#actor))]);
      const answers = packet.map(({ statement }) => ask(statement));
      return [opening, ask(commit), ...answers];
    } finally {
      stream.uncork();
    }
  }
}
