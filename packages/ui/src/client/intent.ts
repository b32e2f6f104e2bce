import { isPassing, newKey } from './http.ts';

/** What somebody meant, as it went out first: the very body, with its times and the version they saw, and its key. */
export interface Meant<Body> {
  readonly words: string;
  readonly body: Body;
  readonly key: string;
  readonly at: number;
}

/** A wish with an hour in it that lies in a draft: said again so much later it means another hour. */
const FRESH_MS = 15 * 60_000;

/**
 * The same words again are the same intent, until somebody comes back to them much later (`freshMs`). A body that is made anew would be of another minute, or on a version that was read
 * since, and so another request to the server: a second pass, the same comment twice.
 */
export function meant<Body>(
  before: Meant<Body> | null | undefined,
  said: unknown,
  make: () => Body,
  freshMs = FRESH_MS,
): Meant<Body> {
  const words = JSON.stringify(said);
  const at = Date.now();
  return before?.words === words && at - before.at < freshMs
    ? before
    : { words, body: make(), key: newKey(), at };
}

/**
 * Sends what is meant once, however often a bad network makes somebody press: while nobody knows whether it arrived, body and key
 * stay; over once the server has said yes or no.
 */
export class Intent<Body> {
  #meant: Meant<Body> | null = null;

  async send<Answer>(
    said: unknown,
    make: () => Body,
    call: (body: Body, key: string) => Promise<Answer>,
  ): Promise<Answer> {
    this.#meant = meant(this.#meant, said, make, Number.POSITIVE_INFINITY);
    try {
      const answer = await call(this.#meant.body, this.#meant.key);
      this.#meant = null;
      return answer;
    } catch (error) {
      if (!isPassing(error)) this.#meant = null;
      throw error;
    }
  }
}
