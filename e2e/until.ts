import { setTimeout as wait } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';

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

/** So long a page may take to do what a key asks for, before it is taken not to have heard it. */
const HEARD_MS = 3_000;

/** A page hears its keys a moment after it is drawn: pressed again until what the key brings is there. */
export const pressUntil = (page: Page, key: string, brought: Locator): Promise<void> =>
  until(`${key} is heard`, async () => {
    await page.keyboard.press(key);
    return brought.waitFor({ timeout: HEARD_MS }).then(
      () => true,
      () => false,
    );
  });
