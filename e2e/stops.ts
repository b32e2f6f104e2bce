import type { Page } from 'playwright-core';
import { settled, sidewaysScroll } from './checks.ts';
import type { Orders } from './orders.ts';
import { type Locale, type MessageKey, says } from './words.ts';

/** One label in the language of the page that is looked at. */
export type Say = (key: MessageKey) => string;

export const inLanguage =
  (locale: Locale): Say =>
  (key) =>
    says(key, {}, locale);

export interface Stop {
  readonly name: string;
  readonly app: 'mobile' | 'console';
  /** Who looks at it; null: nobody is signed in. */
  readonly as: string | null;
  readonly path: (orders: Orders) => string;
  /** What is pressed once the page is there. */
  readonly open: (page: Page, say: Say) => Promise<void>;
}

const rest = async (): Promise<void> => {};

export const press =
  (key: MessageKey): Stop['open'] =>
  async (page, say) => {
    await page
      .getByRole('button', { name: say(key), exact: true })
      .first()
      .click();
    // What must be answered before anything else is an alert to a screen reader.
    await page.getByRole('dialog').or(page.getByRole('alertdialog')).waitFor();
  };

/** A row of the work that opens a sheet; its name stands before how it stands. */
export const opened =
  (key: MessageKey): Stop['open'] =>
  async (page, say) => {
    await page.getByRole('button', { name: new RegExp(`^${say(key)}`) }).click();
    await page.getByRole('dialog').waitFor();
  };

export const phone = (
  name: string,
  as: Stop['as'],
  path: string | Stop['path'],
  open: Stop['open'] = rest,
): Stop => ({
  name,
  app: 'mobile',
  as,
  path: typeof path === 'string' ? () => `/m${path}` : (orders) => `/m${path(orders)}`,
  open,
});
/** Where one of the street's orders stands, by what has become of it. */
export const order =
  (which: keyof Orders) =>
  (orders: Orders): string =>
    `/orders/${orders[which].scopeId}/${orders[which].id}`;
export const job =
  (which: keyof Orders) =>
  (orders: Orders): string =>
    `/work/${orders[which].scopeId}/${orders[which].id}`;

export const desk = (
  name: string,
  as: Stop['as'],
  path: string | Stop['path'],
  open: Stop['open'] = rest,
): Stop => ({
  name,
  app: 'console',
  as,
  path: typeof path === 'string' ? () => `/desk${path}` : (orders) => `/desk${path(orders)}`,
  open,
});
export const beside =
  (which: keyof Orders, queue: string) =>
  (orders: Orders): string =>
    `/?queue=${queue}&order=${orders[which].id}&in=${orders[which].scopeId}`;

/** On a phone a table is as wide as its words need and scrolls in its own box: no column is a letter wide. */
export const scrollsInItsBox: Stop['open'] = async (page) => {
  const before = page.viewportSize()!;
  await page.getByRole('table').first().waitFor();
  await page.setViewportSize({ width: 360, height: 740 });
  await settled(page);
  const faults = [
    ...(await sidewaysScroll(page)),
    ...(await page.evaluate<string[]>(`(() => [...document.querySelectorAll('main table :is(th, td)')]
      .filter((cell) => cell.offsetWidth < 80)
      .map((cell) => cell.offsetWidth + ' px: ' + cell.textContent))()`)),
  ];
  await page.setViewportSize(before);
  if (faults.length > 0) throw new Error(`on a phone: ${faults.join(' · ')}`);
};
