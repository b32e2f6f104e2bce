import { desk, press, type Stop } from './stops.ts';

/** Where the desk's work lies: compounds and grids, who serves and who owns them. */
export const placesPages: readonly Stop[] = [
  desk('buildings', 'desk', '/places'),
  desk('grids', 'social_worker', '/places?tab=grids'),
  desk('staff', 'manager', '/places?tab=staff'),
  desk('takeovers', 'street', '/takeovers'),
  desk('planning a takeover', 'street', '/takeovers', press('takeovers.plan')),
  desk('organisation', 'street', '/organisation'),
  desk('organisation by company, opened', 'street', '/organisation?view=company', async (page, say) => {
    const tree = page.getByRole('region', { name: say('orgTree.tree') });
    await tree.getByRole('button', { expanded: false }).first().click();
    await tree.getByRole('list').nth(1).waitFor();
  }),
  desk('organisation of a company', 'company', '/organisation?view=company'),
  desk('units', 'street', '/organisation?view=unit'),
  desk('entering a unit', 'street', '/organisation?view=unit', press('orgTree.enter')),
  desk('who serves and who owns', 'street', ({ moving }) => `/places?scope=${moving.scopeId}&tab=service`),
  desk(
    'changing who owns a building',
    'street',
    ({ moving }) => `/places?scope=${moving.scopeId}&tab=service`,
    async (page, say) => {
      await page.getByText(say('service.edit'), { exact: true }).first().click();
      await page.getByRole('alertdialog').waitFor();
    },
  ),
  desk(
    'a new grid',
    'manager',
    ({ moving }) => `/places?scope=${moving.scopeId}&tab=grids`,
    async (page, say) => {
      await page.getByRole('button', { name: say('gridPlan.new') }).click();
      await page.getByRole('form', { name: say('gridPlan.new') }).waitFor();
    },
  ),
];
