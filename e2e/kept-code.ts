import type { Page } from 'playwright-core';
import { until } from './until.ts';

/**
 * The service worker keeps the code of all pages some seconds after the first one stands. Whoever is sent into the cellar
 * before that has only the pages that were opened.
 */
export const codeIsKept = (page: Page): Promise<void> =>
  until('the code of all pages is kept on the phone', () =>
    page.evaluate<boolean>(`(async () => {
      const wanted = await (await fetch('/m/assets.json')).json();
      // The page itself comes last of all.
      const kept = await Promise.all([...wanted, '/m/'].map((path) => caches.match(path)));
      return kept.every((answer) => answer !== undefined) && navigator.serviceWorker.controller !== null;
    })()`),
  );
