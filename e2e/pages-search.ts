import type { Page } from 'playwright-core';
import type { Say, Stop } from './stops.ts';

const desk = (name: string, as: string, open: Stop['open']): Stop => ({
  name,
  app: 'console',
  as,
  path: () => '/desk/places',
  open,
});

/** The field that looks through everything, with so much typed. */
const looking =
  (typed: string, shown: (page: Page, say: Say) => Promise<void>): Stop['open'] =>
  async (page, say) => {
    await page.getByRole('button', { name: say('search.title') }).click();
    const dialog = page.getByRole('dialog', { name: say('search.title') });
    await dialog.waitFor();
    if (typed !== '') await dialog.getByRole('textbox').or(dialog.getByRole('searchbox')).fill(typed);
    await shown(page, say);
  };

const heading =
  (key: Parameters<Say>[0]) =>
  (page: Page, say: Say): Promise<void> =>
    page.getByRole('dialog').getByText(say(key), { exact: true }).first().waitFor();

export const searchPages: readonly Stop[] = [
  desk(
    'search',
    'desk',
    looking('', async () => {}),
  ),
  desk('search, a home', 'manager', looking('1-10', heading('search.kind.homes'))),
  desk('search, words', 'street', looking('漏水', heading('search.kind.orders'))),
  desk(
    'search, nothing',
    'desk',
    looking('没有这样的东西啊', async (page, say) => {
      await page.getByText(say('search.none.words')).waitFor();
    }),
  ),
];
