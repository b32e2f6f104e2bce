import { type Forms, someForms } from './forms.ts';
import type { Stop } from './stops.ts';

const stop = (
  name: string,
  as: string,
  path: (forms: Forms) => string,
  open: Stop['open'] = async () => {},
): Stop => ({
  name,
  app: 'console',
  as,
  path: () => '/desk/forms',
  open: async (page, say) => {
    const { origin } = new URL(page.url());
    // By the page's clock: pictures are taken of another day.
    const forms = await someForms(origin, await page.evaluate<number>('Date.now()'));
    await page.goto(`${origin}/desk/forms${path(forms)}`);
    await open(page, say);
  },
});
const named =
  (key: Parameters<Parameters<Stop['open']>[1]>[0]): Stop['open'] =>
  async (page, say) => {
    await page.getByRole('button', { name: say(key), exact: true }).waitFor();
  };
const table: Stop['open'] = async (page) => {
  await page.getByRole('table').first().waitFor();
};
const task = ({ scopeId, formId }: Forms): string => `/tasks/${scopeId}/${formId}`;

/** One entry serves many forms: what is asked, filled in, checked, and what it costs. */
export const formPages: readonly Stop[] = [
  stop(
    'forms',
    'street',
    () => '',
    async (page) => {
      await page.locator('main a[href*="/forms/"]').nth(1).waitFor();
    },
  ),
  stop(
    'forms, to fill in',
    'committee',
    () => '',
    async (page) => {
      await page.locator('main a[href*="/forms/tasks/"]').first().waitFor();
    },
  ),
  stop('forms, the burden', 'street', () => '?view=report', table),
  stop('a form, being drafted', 'street', ({ draftId }) => `/${draftId}`, named('forms.publish')),
  stop('a form, new', 'street', () => '/new', named('forms.save')),
  stop(
    'a form, published',
    'street',
    ({ formId }) => `/${formId}`,
    async (page, say) => {
      await page.getByRole('heading', { name: say('forms.progress') }).waitFor();
      await page.locator('main a[href*="/forms/tasks/"]').first().waitFor();
    },
  ),
  stop(
    'a form, withdrawing it',
    'street',
    ({ formId }) => `/${formId}`,
    async (page, say) => {
      await page.getByRole('button', { name: say('forms.withdraw'), exact: true }).click();
      await page.getByRole('alertdialog').waitFor();
    },
  ),
  stop('a form, filling it in', 'committee', task, table),
  stop('a form, correcting an answer', 'committee', task, async (page, say) => {
    await table(page, say);
    const [before = ''] = say('forms.correct').split('{');
    await page
      .getByRole('button', { name: new RegExp(`^${before}`, 'u') })
      .first()
      .click();
    await page.getByRole('alertdialog').waitFor();
  }),
  stop('a form, seen by the street', 'street', task, table),
  stop(
    'a form, sending it back',
    'street',
    ({ scopeId, handedId }) => `/tasks/${scopeId}/${handedId}`,
    async (page, say) => {
      await page.getByRole('button', { name: say('forms.return'), exact: true }).click();
      await page.getByRole('alertdialog').waitFor();
    },
  ),
];
