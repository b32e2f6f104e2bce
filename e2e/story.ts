import { test } from 'vitest';

/** One step of a story; a failure says in which. */
export type Step = (what: string, run: () => Promise<void>) => Promise<void>;

/** Longer than a test of one page: several people, several browsers. */
const STORY_MS = 300_000;

/**
 * A scenario of several people as one test: it opens its own pages and makes its own order, so that trying it once more
 * is the whole story again and not its broken rest.
 */
export function story(name: string, tell: (step: Step) => Promise<void>): void {
  test(name, { timeout: STORY_MS }, () =>
    tell(async (what, run) => {
      try {
        await run();
      } catch (error) {
        throw new Error(`at "${what}": ${(error as Error).message}`, { cause: error });
      }
    }),
  );
}
