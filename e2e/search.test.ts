import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Product, startProduct } from './product.ts';
import { settled } from './checks.ts';
import { pressUntil } from './until.ts';
import { says } from './words.ts';

let product: Product;
beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product.close());

const say = (key: Parameters<typeof says>[0]): string => says(key);

test('one key finds an order, a page and a home from wherever one is, and remembers no name', async () => {
  const page = await product.enter('desk', 'desktop');
  const dialog = page.getByRole('dialog', { name: say('search.title') });
  const field = dialog.locator('input');
  const [order] = await product.sql<{ number: string }>(
    `select o.number from work_orders.work_order o join identity.membership m on m.role = 'desk'
       join places.scope s on s.scope_id = o.scope_id and s.department_id = m.scope_id
       join identity.persona p on p.account_id = m.account_id and p.persona_id = 'desk'
     where o.description ~ '漏水' order by o.work_order_id desc limit 1`,
  );

  // The key works on every page.
  await page.locator('main').waitFor();
  await pressUntil(page, '/', field);
  await field.fill(order!.number);
  // Enter opens the one that is chosen, which is so a moment after it is there.
  await dialog.locator('[role=menuitem][data-focused]').filter({ hasText: order!.number }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => /\/desk\/orders\//.test(url.pathname));
  await expect.poll(() => dialog.count()).toBe(0);
  await settled(page);

  await pressUntil(page, '/', field);
  // What was opened is offered again before anything is typed.
  await dialog.getByRole('menuitem').filter({ hasText: order!.number }).waitFor();
  await field.fill('催缴');
  await dialog
    .getByRole('menuitem')
    .filter({ hasText: say('billing.view.arrears') })
    .waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => dialog.count()).toBe(0);

  // Too little asks for more and sends nothing.
  let asked = 0;
  page.on('request', (request) => {
    if (request.url().endsWith('/searches')) asked += 1;
  });
  await pressUntil(page, '/', field);
  await field.fill('漏');
  await dialog.getByText(say('search.more')).waitFor();
  expect(asked).toBe(0);

  // A person is found masked, opened, and not kept.
  await field.fill('wang');
  await field.fill('王');
  await field.fill('王秀');
  await expect.poll(() => asked).toBeGreaterThan(0);
  await page.keyboard.press('Escape');
  expect(await page.evaluate<string>('JSON.stringify(localStorage)')).not.toContain('王秀');
});
