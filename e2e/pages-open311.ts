import type { Stop } from './stops.ts';

const street = (name: string, open: Stop['open'] = async () => {}): Stop => ({
  name,
  app: 'console',
  as: 'street',
  path: () => '/desk/open311',
  open,
});

/** What a street offers to other software. */
export const open311Pages: readonly Stop[] = [
  street('Open311'),
  { ...street('Open311 of a city'), as: 'city' },
  street('Open311, giving a key', async (page, say) => {
    await page.getByRole('button', { name: say('open311.clients.add'), exact: true }).click();
    await page.getByRole('alertdialog').waitFor();
  }),
  street('Open311, revoking a key', async (page, say) => {
    await page.getByText(say('open311.clients.revoke'), { exact: true }).first().click();
    await page.getByRole('alertdialog').waitFor();
  }),
  street('Open311, what a service asks', async (page, say) => {
    await page.getByRole('searchbox', { name: say('open311.services.filter') }).fill('building.manhole');
    await page.getByText(say('open311.services.edit'), { exact: true }).click();
    await page.getByRole('alertdialog').waitFor();
  }),
];
