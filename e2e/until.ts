import { setTimeout as wait } from 'node:timers/promises';

/** Gives up late: a machine that does other things too is slow, not wrong. */
const PATIENCE_MS = 60_000;
const PAUSE_MS = 50;

/**
 * Asks again and again until the answer is yes. From outside the page: what Playwright would leave in it to wait
 * there is a script that the content security policy refuses.
 */
export async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`waited in vain until ${what}`);
    await wait(PAUSE_MS);
  }
}
