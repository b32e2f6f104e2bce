import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { complaintsOf, watch } from './browser.ts';
import { settled } from './checks.ts';
import { orderFor } from './orders.ts';
import { leakPhoto } from './photos.ts';
import { codeIsKept } from './kept-code.ts';
import { type Product, startProduct } from './product.ts';
import { until } from './until.ts';
import { says } from './words.ts';

/*
 * What a person has typed or pressed is never lost and never done twice: not when the session ends in the middle, not
 * when the page is reloaded, not without a network.
 */
let product: Product;
beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product?.close());

const words = (page: Page) => page.getByRole('textbox', { name: says('mobile.report.what') });
const send = (page: Page) => page.getByRole('button', { name: says('mobile.report.send') });
const photo = (page: Page) =>
  page.getByRole('img', { name: says('mobile.photo.name', { number: 1 }), exact: true });

async function writeReport(page: Page, text: string): Promise<void> {
  await page.goto('/m/report');
  await settled(page);
  await words(page).fill(text);
  await page.getByRole('button', { pressed: true, name: '家中漏水' }).waitFor();
}

/** How many orders there are with these words. */
async function ordersSaying(text: string): Promise<number> {
  const [found] = await product.sql<{ count: number }>(
    'select count(*)::int as count from work_orders.work_order where description = $1',
    [text],
  );
  return found?.count ?? 0;
}

async function endSessionsOf(page: Page): Promise<void> {
  const me = (await (await page.request.get('/api/v1/me')).json()) as { account: { id: string } };
  await product.sql('delete from identity.session where account_id = $1', [me.account.id]);
  // The server may believe a session it has just seen for a moment longer.
  await until('the session has ended', async () => (await page.request.get('/api/v1/me')).status() === 401);
}

test('a session that ends in the middle of a report: sign in over the page, and it goes out once', async () => {
  const text = '卫生间顶上漏水，滴在热水器上';
  const page = await product.enter('resident', 'phone');
  await writeReport(page, text);
  await endSessionsOf(page);
  await page.locator('input[type=file]').setInputFiles(await leakPhoto());

  const sheet = page.getByRole('dialog', { name: says('mobile.signIn.againTitle') });
  await sheet.waitFor();
  expect(await words(page).inputValue()).toBe(text);
  await sheet.getByRole('button', { name: says('mobile.signIn.againAs', { name: '沈若兰' }) }).click();
  await sheet.waitFor({ state: 'detached' });
  expect(await words(page).inputValue()).toBe(text);

  // And once more between the photo and the sending.
  await photo(page).waitFor();
  await endSessionsOf(page);
  await send(page).click();
  await sheet.getByRole('button', { name: says('mobile.signIn.againAs', { name: '沈若兰' }) }).click();
  await page.getByRole('heading', { name: says('mobile.headline.received') }).waitFor();
  await page
    .getByRole('img', { name: says('mobile.order.photos') })
    .first()
    .waitFor();
  expect(await ordersSaying(text)).toBe(1);
  expect(complaintsOf(page, /401/)).toEqual([]);
});

test('a session that ends before the desk assigns: the form stays, and the order is assigned once', async () => {
  const page = await product.enter('desk', 'desktop');
  const { order } = await orderFor(await product.server.as('desk'), '李海生');
  await page.goto('/desk/?queue=unassigned');
  await page.getByRole('table').waitFor();
  await page.locator(`[data-row="${order.id}"]`).click();
  await page.getByRole('button', { name: says('actions.assign') }).click();
  await page.getByRole('option', { name: '李海生' }).click();
  await endSessionsOf(page);
  await page
    .getByRole('form')
    .getByRole('button', { name: says('actions.assign'), exact: true })
    .click();

  const dialog = page.getByRole('dialog', { name: says('console.reauth.title') });
  await dialog.getByRole('textbox', { name: says('console.signIn.phone') }).fill('16900000005');
  await dialog.getByRole('button', { name: says('console.signIn.sendCode') }).click();
  const shown = dialog.getByText(/\d{6}/);
  await shown.waitFor();
  const [code = ''] = /\d{6}/.exec(await shown.innerText()) ?? [];
  await dialog.getByRole('textbox', { name: says('console.signIn.code') }).fill(code);
  await dialog.getByRole('button', { name: says('console.signIn.submit'), exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('article').getByText(says('console.status.assigned'), { exact: true }).waitFor();
  const assigned = await product.sql(
    `select 1 from work_orders.event e join work_orders.work_order o using (scope_id, work_order_id)
     where o.number = $1 and e.kind = 'work_order.assigned'`,
    [order.number],
  );
  expect(assigned).toHaveLength(1);
  expect(complaintsOf(page, /401/)).toEqual([]);
});

test('a reload in the middle of a report: words, category and photo are still there', async () => {
  const text = '厨房水管漏水，墙皮也湿了';
  const page = await product.enter('neighbour', 'phone');
  await writeReport(page, text);
  await page.locator('input[type=file]').setInputFiles(await leakPhoto());
  await photo(page).waitFor();
  await page.reload();
  await until('the words are back', async () => (await words(page).inputValue()) === text);
  await page.getByRole('button', { pressed: true, name: '家中漏水' }).waitFor();
  await photo(page).waitFor();

  await page.goto('/m/');
  await page.getByText(says('mobile.home.reportUnsent')).waitFor();
  expect(await ordersSaying(text)).toBe(0);
  expect(complaintsOf(page)).toEqual([]);
});

test('without a network the app still opens, with all that was typed', async () => {
  const text = '阳台漏水，墙角一片湿';
  const page = await product.enter('neighbour', 'phone');
  await writeReport(page, text);
  await codeIsKept(page);
  await page.context().setOffline(true);
  await page.reload();
  await page.getByText(says('ui.offline')).waitFor();
  await until('the words are back', async () => (await words(page).inputValue()) === text);
  await page.goto('/m/orders');
  await page.getByRole('heading', { name: says('mobile.orders.title') }).waitFor();
  expect(complaintsOf(page, /ERR_INTERNET_DISCONNECTED|ERR_FAILED/)).toEqual([]);
});

test("a worker's acts pressed without a network wait on the phone and are done once, in order", async () => {
  const page = await product.enter('worker', 'phone');
  const [job] = await product.sql<{ id: string; scope: string }>(
    `select work_order_id as id, scope_id as scope from work_orders.work_order
     where assignee_account_id = (select account_id from identity.account where display_name = '李海生')
       and status = 'assigned' order by work_order_id limit 1`,
  );
  if (job === undefined) throw new Error('the worker has nothing to accept');
  await page.goto(`/m/work/${job.scope}/${job.id}`);
  const act = (name: 'accept' | 'depart' | 'arrive') =>
    page.getByRole('button', { name: says(`actions.${name}`), exact: true });
  await act('accept').waitFor();
  await page.context().setOffline(true);
  await act('accept').click();
  await act('depart').click();
  await act('arrive').waitFor();
  await page.getByText(says('ui.offlineWaiting', { count: 2 })).waitFor();
  const kinds = async () =>
    (
      await product.sql<{ kind: string }>(
        `select kind from work_orders.event where scope_id = $1 and work_order_id = $2
         and kind in ('work_order.accepted', 'work_order.departed') order by at, event_id`,
        [job.scope, job.id],
      )
    ).map(({ kind }) => kind);
  expect(await kinds()).toEqual([]);

  // He puts the phone away; on another day, with a network, the page is opened anew.
  const context = page.context();
  await page.close();
  await context.setOffline(false);
  const later = await context.newPage();
  watch(later);
  await later.goto(`/m/work/${job.scope}/${job.id}`);
  await until('both have gone out', async () => (await kinds()).length >= 2);
  await later.getByText(says('mobile.work.status.departed')).first().waitFor();
  await later.getByRole('button', { name: says('actions.arrive'), exact: true }).waitFor();
  expect(await kinds()).toEqual(['work_order.accepted', 'work_order.departed']);
  expect(complaintsOf(later)).toEqual([]);
  expect(complaintsOf(page, /ERR_INTERNET_DISCONNECTED/)).toEqual([]);
});

test('a desk without a mouse: the keyboard stays where it was, through opening, a form that is left, and closing', async () => {
  const page = await product.enter('desk', 'desktop');
  await page.goto('/desk/?queue=unassigned');
  await page.getByRole('table').waitFor();
  const at = (): Promise<string | null> =>
    page.evaluate<string | null>("document.activeElement?.getAttribute('data-row') ?? null");
  await until('the keyboard is on a row', async () => {
    await page.keyboard.press('j');
    return (await at()) !== null;
  });
  const row = await at();
  const stays = (): Promise<void> => until('the keyboard is where it was', async () => (await at()) === row);
  await page.keyboard.press('Enter');
  await page
    .getByRole('article')
    .getByRole('button', { name: says('actions.assign') })
    .waitFor();
  await stays();
  await page.keyboard.press('a');
  const search = page.getByPlaceholder(says('console.staff.search'));
  await until('the form has the keyboard', () =>
    search.evaluate((field) => field === field.ownerDocument.activeElement),
  );
  await page.keyboard.press('Escape');
  await search.waitFor({ state: 'detached' });
  await stays();
  await page.keyboard.press('Escape');
  await page.getByRole('article').waitFor({ state: 'detached' });
  await stays();
});
