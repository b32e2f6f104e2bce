import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { complaintsOf } from './browser.ts';
import { accessibilityFaults, drawn, settled, sidewaysScroll, wordsOn } from './checks.ts';
import { findOrders, type Orders } from './orders.ts';
import { inLanguage, type Stop } from './stops.ts';
import { type Product, providers, startProduct } from './product.ts';
import { type Locale, wrongWords } from './words.ts';

/*
 * Every page of both apps, as its people see it: nothing for axe-core to find, nothing wider than the screen, every
 * word in the reader's language, nothing refused by the policy or thrown. In both languages and, on the phone, in
 * large type; in dark the colours are looked at again.
 */
let product: Product;
let orders: Orders;
let typed: ReadonlySet<string>;

interface Way {
  readonly in: string;
  readonly locale: Locale;
  readonly isLargeType: boolean;
}

const plain: readonly Way[] = [
  { in: 'Chinese', locale: 'zh-CN', isLargeType: false },
  { in: 'English', locale: 'en', isLargeType: false },
];
const large: readonly Way[] = [
  { in: 'Chinese in large type', locale: 'zh-CN', isLargeType: true },
  { in: 'English in large type', locale: 'en', isLargeType: true },
];

/** One browser for all that a person looks at in one way. */
async function pageOf({ app, as }: Stop, { locale, isLargeType }: Way): Promise<Page> {
  const page = await product.open(app === 'mobile' ? 'phone' : 'desktop', { locale });
  if (as === null) {
    // Before anybody is signed in the choice lives in the browser.
    const kept = JSON.stringify(JSON.stringify({ locale, isLargeType }));
    await page.addInitScript(`localStorage.setItem('gongzhi.preferences', ${kept})`);
    return page;
  }
  const client = await product.server.as(as);
  expect((await client.send('PUT', '/me/preferences', { locale, isLargeType })).status).toBe(200);
  const [name = '', value = ''] = client.cookie.split(/=(.*)/s);
  await page.context().addCookies([{ name, value, url: product.server.url }]);
  return page;
}

async function faultsOf(page: Page, stop: Stop, { locale }: Way): Promise<string[]> {
  const before = complaintsOf(page).length;
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(stop.path(orders));
  await settled(page);
  await stop.open(page, inLanguage(locale));
  await settled(page);
  const faults = [
    ...(await sidewaysScroll(page)).map((fault) => `scrolls sideways: ${fault}`),
    ...(await accessibilityFaults(page)),
    ...wrongWords(await wordsOn(page), locale, typed),
  ];
  await page.emulateMedia({ colorScheme: 'dark' });
  await drawn(page);
  faults.push(...(await accessibilityFaults(page, ['color-contrast'])).map((fault) => `dark: ${fault}`));
  return [...faults, ...complaintsOf(page).slice(before)];
}

/** A product of their own for these stops: phone and desk are looked at side by side, each in its own process. */
export function lookAtEvery(screen: 'phone' | 'desk', stops: readonly Stop[]): void {
  beforeAll(async () => {
    product = await startProduct({ env: providers });
    orders = await findOrders(product.server);
    typed = new Set(
      (
        await product.sql<{ text: string }>(
          'select title as text from places.staff union select code from work_orders.category',
        )
      ).map(({ text }) => text),
    );
  });
  afterAll(() => product?.close());

  describe.each(screen === 'phone' ? [...plain, ...large] : plain)(`the ${screen} in $in`, (way) => {
    const pages = new Map<string | null, Page>();
    afterAll(async () => {
      for (const page of pages.values()) await page.context().close();
    });
    test.each(stops)('$name', async (stop) => {
      const page = pages.get(stop.as) ?? (await pageOf(stop, way));
      pages.set(stop.as, page);
      expect(await faultsOf(page, stop, way)).toEqual([]);
    });
  });
}
