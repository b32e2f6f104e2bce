import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { complaintsOf, type Screen } from './browser.ts';
import { settled, sidewaysScroll } from './checks.ts';
import { type Product, startProduct } from './product.ts';
import { until } from './until.ts';
import { says } from './words.ts';

/* The screen on the wall: nobody touches it, so whatever happens it says so and helps itself. */
let product: Product;
beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product?.close());

/** Signed in once, and then left alone. */
async function hang(screen: Screen): Promise<Page> {
  const page = await product.enter('street', screen);
  await page.goto('/desk/wall');
  await page.getByRole('heading', { name: says('wall.newest') }).waitFor();
  return page;
}
const state = (page: Page) => page.locator('[data-connection]');
const stands = (page: Page, connection: string): Promise<void> =>
  page.locator(`[data-connection=${connection}]`).waitFor();
/** A sentence about a time, up to where the time stands. */
const beginning = (key: Parameters<typeof says>[0]): string => (says(key).split('{')[0] ?? '').trim();

const today = (page: Page) =>
  page
    .locator('dl > div')
    .filter({ hasText: says('wall.figure.today') })
    .locator('dd')
    .first();

describe('the wall', () => {
  test('shows what is reported elsewhere without a touch, and neither who nor at whose door', async () => {
    const page = await hang('wall');
    await stands(page, 'live');
    const before = Number(await today(page).textContent());
    const resident = await product.server.as('resident');
    const [home] = (await resident.get('/me')).body.acting.households;
    const answer = await resident.post('/work-orders', {
      scopeId: home.scopeId,
      categoryCode: 'water.leak.home',
      description: '厨房水池下面的水管漏水，一直在滴',
      place: { type: 'home', householdId: home.id },
    });
    expect(answer.status).toBe(201);
    await until('one more is counted', async () => Number(await today(page).textContent()) === before + 1);
    const newest = page.getByRole('region', { name: says('wall.newest') }).getByRole('listitem');
    await until('it is the first of the newest', async () =>
      ((await newest.first().textContent()) ?? '').includes(answer.body.categoryNameZh),
    );
    const all = (await page.locator('body').textContent()) ?? '';
    for (const secret of [answer.body.placeLabel, answer.body.description, answer.body.number])
      expect([secret, all.includes(secret)]).toEqual([secret, false]);
    expect(complaintsOf(page)).toEqual([]);
  });

  test('says when the live line is cut, and goes on reading', async () => {
    const page = await product.enter('street', 'wall');
    await page.route('**/api/v1/live*', (route) => route.abort());
    await page.goto('/desk/wall');
    await stands(page, 'late');
    expect(await state(page).textContent()).toContain(beginning('wall.late'));
    await page.unroute('**/api/v1/live*');
    await stands(page, 'live');
  });

  test('says since when the figures stand while the server cannot be reached, and comes back by itself', async () => {
    const page = await hang('wall');
    await stands(page, 'live');
    await page.route('**/api/v1/**', (route) => route.abort());
    // What it next hears or asks finds nobody.
    const resident = await product.server.as('resident');
    const [home] = (await resident.get('/me')).body.acting.households;
    await resident.post('/work-orders', {
      scopeId: home.scopeId,
      categoryCode: 'water.leak.home',
      description: '还在漏水，地上都是水',
      place: { type: 'home', householdId: home.id },
    });
    await stands(page, 'lost');
    const said = (await state(page).textContent()) ?? '';
    expect(said).toContain(beginning('wall.lost'));
    expect(said).toMatch(/\d\d:\d\d:\d\d/);
    // The figures still hang there.
    expect(Number(await today(page).textContent())).toBeGreaterThan(0);
    await page.unroute('**/api/v1/**');
    await stands(page, 'live');
  });

  test('says that the session is over, and goes on once somebody has signed in again on this machine', async () => {
    const page = await hang('wall');
    const asItself = {
      headers: { 'x-csrf-token': (await (await page.request.get('/api/v1/me')).json()).csrfToken },
    };
    expect((await page.request.delete('/api/v1/auth/sessions/current', asItself)).ok()).toBe(true);
    const colleague = await product.server.as('worker');
    const [order] = (await colleague.get('/work-orders?assignee=me&status=assigned&limit=1')).body.items;
    await colleague.post(`/work-orders/${order.id}/commands?scopeId=${order.scopeId}`, {
      action: 'accept',
      expectedVersion: order.version,
    });
    await stands(page, 'signedOut');
    await state(page)
      .getByRole('link', { name: says('console.signIn.title') })
      .waitFor();
    const street = await product.server.as('street');
    const [name = '', value = ''] = street.cookie.split(/=(.*)/s);
    await page.context().addCookies([{ name, value, url: product.server.url }]);
    await stands(page, 'live');
  });

  test.each([
    ['wall', 4],
    ['wideWall', 6],
  ] as const)(
    'on the %s nothing is smaller than can be read from five metres, and nothing is cut off',
    async (screen, figures) => {
      const page = await hang(screen);
      await settled(page);
      expect(await sidewaysScroll(page)).toEqual([]);
      expect(await page.locator('dl > div').count()).toBe(figures);
      const found = await page.evaluate<{ small: string[]; cut: string[]; main: number }>(`(() => {
      const small = [];
      const walk = document.createTreeWalker(document.querySelector('#root'), NodeFilter.SHOW_TEXT);
      while (walk.nextNode()) {
        const element = walk.currentNode.parentElement;
        const { width } = element.getBoundingClientRect();
        const text = walk.currentNode.textContent.trim();
        if (width > 1 && text !== '' && parseFloat(getComputedStyle(element).fontSize) < 28) small.push(text);
      }
      const cut = [...document.querySelectorAll('section[data-area], dl > div, main')]
        .filter((one) => one.scrollHeight > one.clientHeight + 1 || one.getBoundingClientRect().bottom > window.innerHeight)
        .map((one) => one.textContent.slice(0, 60));
      const figure = document.querySelector('dl dd');
      return { small, cut, main: parseFloat(getComputedStyle(figure).fontSize) };
    })()`);
      expect(found.small).toEqual([]);
      expect(found.cut).toEqual([]);
      expect(found.main).toBeGreaterThanOrEqual(120);
    },
  );
});
