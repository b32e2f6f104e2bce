import type { Page } from 'playwright-core';
import type { Say } from './stops.ts';
import { until } from './until.ts';

/** What the night has found on the demonstration street, the first of it. */
export async function aCause(page: Page, say: Say): Promise<void> {
  const first = page.locator('main a[href*="/prevention/"]').first();
  // The house looks through its compounds after it has started.
  await until('something is proposed', async () => {
    if (await first.isVisible()) return true;
    await page.reload();
    await page.getByRole('heading', { level: 1 }).waitFor();
    return false;
  });
  await first.click();
  await page.getByRole('heading', { name: say('prevention.why') }).waitFor();
}
