import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { type Product, startProduct } from './product.ts';
import { story } from './story.ts';
import { says } from './words.ts';

let product: Product;
beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product.close());

/** So many stand on the first page of a list. */
const ONE_PAGE = 20;

/** The first link of these whose number is some, and few enough to be counted on one page. */
async function fewOf(links: Locator): Promise<{ link: Locator; count: number }> {
  await links.first().waitFor();
  for (const link of await links.all()) {
    const text = (await link.innerText()).trim();
    const count = Number(text);
    if (/^\d+$/.test(text) && count > 0 && count <= ONE_PAGE) return { link, count };
  }
  throw new Error('no number between 1 and 20');
}

story('a street presses a number and finds exactly that many orders', async (step) => {
  const page = await product.enter('street', 'desktop');
  const listed = page.locator('table[aria-rowcount]');
  /** The head is a row too. */
  const found = async (count: number): Promise<void> => {
    await expect.poll(() => listed.getAttribute('aria-rowcount')).toBe(String(count + 1));
  };
  const ranking = page.locator('section[aria-labelledby="overview-ranking"]');
  const cells = ranking.locator('tbody td a');
  /** The address changes first; the rows come with the answer. */
  const table = (by: 'category' | 'place' | 'grid') =>
    page.getByRole('region', { name: says('overview.table', { by: says(`overview.by.${by}`) }) });

  await step('of a compound, what was reported', async () => {
    await page.goto('/desk/overview?period=days30');
    const { link, count } = await fewOf(cells);
    await link.press('Enter');
    await page.waitForURL((url) => url.pathname === '/desk/');
    await found(count);
  });

  await step('back where one was, by matter', async () => {
    await page.goBack();
    await ranking.getByText(says('overview.by.category'), { exact: true }).click();
    await page.waitForURL((url) => url.searchParams.get('by') === 'category');
    await table('category').waitFor();
    const { link, count } = await fewOf(cells);
    await link.click();
    await found(count);
  });

  await step('down to one compound, and there by grid', async () => {
    await page.goBack();
    await ranking.getByText(says('overview.by.place'), { exact: true }).click();
    await page.waitForURL((url) => url.searchParams.get('by') === 'place');
    await table('place').waitFor();
    const [most] = await product.sql<{ name: string }>(
      `select s.name from places.grid g join places.scope s on s.scope_id = g.scope_id
         join places.household h on h.scope_id = g.scope_id and h.grid_id = g.grid_id
         join work_orders.work_order o on o.scope_id = h.scope_id and o.household_id = h.household_id
       where s.street_id = (select p.scope_id from identity.persona p where p.persona_id = 'street')
       group by s.name order by count(*) desc limit 1`,
    );
    const compound = most?.name ?? '';
    await ranking.getByRole('link', { name: compound, exact: true }).click();
    await page.waitForURL((url) => url.searchParams.has('scope'));
    await page.getByRole('heading', { level: 1 }).filter({ hasText: compound }).waitFor();
    // Of one compound its grids are told by themselves.
    await table('grid').waitFor();
    const { link, count } = await fewOf(cells);
    await link.click();
    await page.waitForURL((url) => url.searchParams.has('grid'));
    await found(count);
  });

  await step('a day of the trend', async () => {
    await page.goto('/desk/overview?period=days7');
    const days = page.locator('section[aria-labelledby="overview-trend"] ol a');
    await days.first().waitFor();
    const label = (await days.last().getAttribute('aria-label')) ?? '';
    await days.last().click();
    await page.waitForURL((url) => url.searchParams.get('figure') === 'all');
    const from = new URL(page.url()).searchParams.get('from');
    expect([label.includes(from ?? 'none'), new URL(page.url()).searchParams.get('to')]).toEqual([
      true,
      from,
    ]);
  });

  await step('and the number grows by itself when something is reported', async () => {
    await page.goto('/desk/overview?period=today');
    const first = page.locator('section[aria-labelledby="overview-period"] li strong').first();
    await first.waitFor();
    const before = Number(await first.innerText());
    const resident = await product.server.as('neighbour');
    const { households } = (await resident.get('/me')).body.acting as {
      households: { id: string; scopeId: string }[];
    };
    const [home] = households;
    const { status } = await resident.post('/work-orders', {
      scopeId: home?.scopeId,
      categoryCode: 'water.tap',
      description: '厨房水龙头关不严',
      place: { type: 'home', householdId: home?.id },
    });
    expect(status).toBe(201);
    await expect.poll(async () => Number(await first.innerText())).toBe(before + 1);
  });
});
