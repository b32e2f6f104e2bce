import type { Stop } from './stops.ts';

const desk = (name: string, as: string, path: string, open: Stop['open'] = async () => {}): Stop => ({
  name,
  app: 'console',
  as,
  path: () => `/desk/overview${path}`,
  open,
});

const ranked: Stop['open'] = async (page, say) => {
  await page.getByRole('heading', { name: say('overview.ranking') }).waitFor();
};

/** The overview as headquarters, a street, a company and a department see it, and one of days before the street began. */
export const overviewPages: readonly Stop[] = [
  desk('overview of a city', 'city', '?period=days30', ranked),
  desk('overview of a street', 'street', '?period=days30', ranked),
  desk('overview of a street, today', 'street', '?period=today', ranked),
  desk('overview of a street, by matter', 'street', '?period=month&by=category', ranked),
  desk('overview of a company', 'company', '?period=days30&per=households&sort=total', ranked),
  desk('overview of a department, one compound of it', 'manager', '?period=days30', async (page, say) => {
    await ranked(page, say);
    await page.locator('main tbody th a').first().click();
    await page.getByRole('link', { name: say('overview.whole') }).waitFor();
    await ranked(page, say);
  }),
  desk('overview, nothing yet', 'street', '?from=2001-01-01&to=2001-01-02', async (page, say) => {
    await page.getByText(say('console.report.empty')).first().waitFor();
  }),
];
