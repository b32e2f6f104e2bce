import type { App } from '../http/app.ts';
import { type Acting, sessionCookie, type Sessions } from '../sessions/sessions.ts';

/** Asks one of our own addresses (below /api/v1) and gives the answer's body; throws what was refused. */
export type Ask = (path: string, query: URLSearchParams) => Promise<unknown>;

/** A refusal of the address asked, handed on as it is. */
export class Refused extends Error {
  readonly status: number;
  readonly body: string;
  constructor(status: number, body: string) {
    super(`a list answered ${status}`);
    this.status = status;
    this.body = body;
  }
}

export interface Asked {
  readonly ask: Ask;
  /** Afterwards nothing more is answered. */
  end(): void;
}

/**
 * The house asks itself, as somebody, at the addresses that they ask: what comes is what their page would show, by the same
 * permission, wall, masks and filters. It needs nobody's session, so that a worker can ask for who is asleep.
 */
export class Asking {
  readonly #sessions: Sessions;
  readonly #prefix: string;
  #app: Pick<App, 'inject'> | null = null;

  constructor(sessions: Sessions, prefix: string) {
    this.#sessions = sessions;
    this.#prefix = prefix;
  }

  /** Who answers, once it is composed. */
  answeredBy(app: Pick<App, 'inject'>): void {
    this.#app = app;
  }

  as(acting: Acting): Asked {
    const lent = this.#sessions.lend(acting);
    const ask: Ask = async (path, query) => {
      if (this.#app === null) throw new Error('nobody answers yet');
      const answer = await this.#app.inject({
        method: 'GET',
        url: `${this.#prefix}${path}?${query}`,
        // A demonstration answers to this machine's own names only.
        headers: { cookie: `${sessionCookie}=${lent.secret}`, host: 'localhost' },
      });
      if (answer.statusCode !== 200) throw new Refused(answer.statusCode, answer.body);
      return JSON.parse(answer.body);
    };
    return { ask, end: () => lent.giveBack() };
  }
}
