import { isPassing, newKey } from './http.ts';

/** What somebody meant, as it went out first: the very body, with its times and the version they saw, and its key. */
export interface Meant<Body> {
  readonly words: string;
  readonly body: Body;
  readonly key: string;
}

/**
 * The same words again are the same intent. A body that is made anew would be of another minute, or on a version that was read
 * since, and so another request to the server: a second pass, the same comment twice.
 */
export function meant<Body>(
  before: Meant<Body> | null | undefined,
  said: unknown,
  make: () => Body,
): Meant<Body> {
  const words = JSON.stringify(said);
  return before?.words === words ? before : { words, body: make(), key: newKey() };
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
    this.#meant = meant(this.#meant, said, make);
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
