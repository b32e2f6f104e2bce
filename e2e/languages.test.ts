import { afterAll, beforeAll, expect, test } from 'vitest';
import { complaintsOf } from './browser.ts';
import { settled } from './checks.ts';
import { type Product, startProduct } from './product.ts';
import { says } from './words.ts';

/* The reader chooses the language and the size of type, and the account remembers it in another browser. */
let product: Product;
beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product?.close());

test('on the phone: English, large type, and back', async () => {
  const page = await product.enter('neighbour', 'phone');
  await page.goto('/m/me');
  await page.getByText('English', { exact: true }).click();
  await page.getByRole('heading', { name: says('mobile.me.title', {}, 'en') }).waitFor();
  expect(await page.getAttribute('html', 'lang')).toBe('en');
  await page.getByText(says('mobile.me.largeType', {}, 'en'), { exact: true }).click();
  await page.locator('html[data-type="large"]').waitFor();

  const other = await product.enter('neighbour', 'phone');
  await other.getByRole('link', { name: says('mobile.tab.me', {}, 'en'), exact: true }).waitFor();
  await other.locator('html[lang="en"][data-type="large"]').waitFor();
  await other.goto('/m/me');
  await other.getByText('中文', { exact: true }).click();
  await other.getByText(says('mobile.me.largeType'), { exact: true }).click();
  await other.locator('html[lang="zh-CN"]:not([data-type])').waitFor();
  for (const each of [page, other]) expect(complaintsOf(each)).toEqual([]);
});

test('on the sign-in page, before anybody is known', async () => {
  const page = await product.open('phone', { locale: 'en' });
  await page.goto('/m/sign-in');
  await page.getByRole('heading', { name: says('mobile.signIn.title', {}, 'en') }).waitFor();
  await page.getByRole('button', { name: '中文' }).click();
  await page.getByRole('button', { name: says('mobile.me.largeType') }).click();
  await page.reload();
  await settled(page);
  await page.getByRole('heading', { name: says('mobile.signIn.title') }).waitFor();
  await page.locator('html[lang="zh-CN"][data-type="large"]').waitFor();
  expect(complaintsOf(page)).toEqual([]);
});

test('at the desk, from the menu', async () => {
  const page = await product.enter('manager', 'desktop');
  await page.getByRole('button', { name: says('console.user.menu') }).click();
  await page.getByRole('menuitemradio', { name: 'English' }).click();
  await page.getByRole('link', { name: says('console.nav.desk', {}, 'en'), exact: true }).waitFor();
  expect(await page.getAttribute('html', 'lang')).toBe('en');
  await page.reload();
  await page.getByRole('link', { name: says('console.nav.desk', {}, 'en'), exact: true }).waitFor();
  expect(complaintsOf(page)).toEqual([]);
});
