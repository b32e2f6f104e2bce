import { formPages } from './pages-forms.ts';
import { overviewPages } from './pages-overview.ts';
import { wallPages } from './pages-wall.ts';
import type { Stop } from './stops.ts';

const desk = (name: string, as: string, path: string, open: Stop['open'] = async () => {}): Stop => ({
  name,
  app: 'console',
  as,
  path: () => `/desk${path}`,
  open,
});

const first: Stop['open'] = async (page, say) => {
  await page.locator('main a[href*="/reports/"]').first().click();
  await page.getByRole('heading', { name: say('reports.view') }).waitFor();
};

/** What is summed up, reports that are kept, one of them, and what keeps one. */
export const reportPages: readonly Stop[] = [
  ...overviewPages,
  ...wallPages,
  ...formPages,
  desk('saved reports', 'street', '/reports'),
  desk('saved reports, none yet', 'committee', '/reports'),
  desk('a saved report', 'manager', '/reports', first),
  desk('a saved report, changing it', 'street', '/reports', async (page, say) => {
    await first(page, say);
    await page.getByRole('button', { name: say('reports.edit'), exact: true }).click();
    await page.getByRole('alertdialog').waitFor();
  }),
  desk('a saved report, removing it', 'street', '/reports', async (page, say) => {
    await first(page, say);
    await page.getByRole('button', { name: say('reports.remove'), exact: true }).click();
    await page.getByRole('alertdialog').waitFor();
  }),
];
