import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { complaintsOf, watch } from './browser.ts';
import { settled } from './checks.ts';
import { leakPhoto } from './photos.ts';
import { codeIsKept } from './kept-code.ts';
import { type Product, startProduct } from './product.ts';
import { until } from './until.ts';
import { says } from './words.ts';

/** Reporting in full: without a network, what a neighbour has reported already, the code on a gate, hours at home. */
let product: Product;
beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product?.close());

const words = (page: Page) => page.getByRole('textbox', { name: says('mobile.report.what') });
const press = (page: Page, key: Parameters<typeof says>[0]) =>
  page.getByRole('button', { name: says(key), exact: true });

async function ordersSaying(
  text: string,
): Promise<{ id: string; scope: string; visit: { windows: unknown[] } }[]> {
  return product.sql(
    'select work_order_id as id, scope_id as scope, visit from work_orders.work_order where description = $1',
    [text],
  );
}

async function endSessionsOf(page: Page): Promise<void> {
  const me = (await (await page.request.get('/api/v1/me')).json()) as { account: { id: string } };
  await product.sql('delete from identity.session where account_id = $1', [me.account.id]);
  await until('the session has ended', async () => (await page.request.get('/api/v1/me')).status() === 401);
}

test('an offline report: kept with its photo over a closed app and an ended session, and sent once', async () => {
  const text = `阳台漏水，雨水管接口裂了${Date.now()}`;
  const page = await product.enter('neighbour', 'phone');
  const context = page.context();
  await page.goto('/m/report');
  await settled(page);
  await words(page).fill(text);
  await page.getByRole('button', { pressed: true, name: '家中漏水' }).waitFor();
  await codeIsKept(page);
  await context.setOffline(true);
  await page.locator('input[type=file]').setInputFiles(await leakPhoto());
  await page.getByRole('img', { name: says('mobile.photo.name', { number: 1 }), exact: true }).waitFor();
  await press(page, 'mobile.report.send').click();

  // Home says that it waits, and the form is free for the next one.
  await page.getByRole('region', { name: says('mobile.waiting.title') }).waitFor();
  await page.getByText(text).waitFor();
  await page.getByText(says('mobile.waiting.photos', { count: 1 })).waitFor();
  expect(await ordersSaying(text)).toEqual([]);

  // The phone is put away; the app is opened again, still without a network.
  await page.close();
  const later = await context.newPage();
  watch(later);
  await later.goto('/m/');
  await later.getByText(text).waitFor();

  // Back on the net, but signed out meanwhile: nothing is refused or lost, and one signs in over the page.
  await endSessionsOf(later);
  await context.setOffline(false);
  const sheet = later.getByRole('dialog', { name: says('mobile.signIn.againTitle') });
  // It goes out by itself or is sent now: at any moment the question is over the page, and nothing under it can be pressed.
  const sendNow = press(later, 'mobile.waiting.sendNow');
  await until('one is asked to sign in', async () => {
    if ((await sheet.count()) === 0) await sendNow.click({ timeout: 1_000 }).catch(() => undefined);
    return sheet.isVisible();
  });
  await later.getByText(text).waitFor();
  await sheet
    .getByRole('button', { name: /^继续|以/ })
    .first()
    .click();
  await sheet.waitFor({ state: 'detached' });
  await until('it has gone out', async () => (await ordersSaying(text)).length > 0);
  await until(
    'nothing waits any more',
    async () => (await later.getByText(says('mobile.waiting.kept')).count()) === 0,
  );
  const [order] = await ordersSaying(text);
  const photos = await product.sql('select 1 from platform.file where attached_id = $1', [order!.id]);
  expect([(await ordersSaying(text)).length, photos.length]).toEqual([1, 1]);
  expect(complaintsOf(later, /ERR_INTERNET_DISCONNECTED|ERR_FAILED|401/)).toEqual([]);
});

test('when the network comes back, it is said that what was kept is sent, and no longer that it is kept', async () => {
  const text = `厨房水管漏水，地上都是水${Date.now()}`;
  const page = await product.enter('neighbour', 'phone');
  const context = page.context();
  await page.goto('/m/report');
  await settled(page);
  await words(page).fill(text);
  await page.getByRole('button', { pressed: true, name: '家中漏水' }).waitFor();
  await until('what tells of the sending is there', () =>
    page.evaluate<boolean>(
      `performance.getEntriesByType('resource').some(({ name }) => name.includes('/background-'))`,
    ),
  );
  await context.setOffline(true);
  await press(page, 'mobile.report.send').click();
  const kept = page.getByRole('paragraph').filter({ hasText: says('mobile.waiting.saved') });
  await kept.waitFor();
  await context.setOffline(false);
  const sent = page.getByRole('paragraph').filter({ hasText: says('mobile.waiting.sent', { number: '' }) });
  await until('it is said that it went out', async () => (await sent.count()) > 0);
  expect(await kept.count()).toBe(0);
  expect(complaintsOf(page, /ERR_INTERNET_DISCONNECTED|ERR_FAILED/)).toEqual([]);
});

test('words that are there before the catalogue choose all the same, once it comes', async () => {
  const page = await product.enter('resident', 'phone');
  let comes = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    comes = resolve;
  });
  // The page fetches by its service worker, which only the context sees.
  await page.context().route(/\/catalogue/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto('/m/report');
  await words(page).fill('厨房水管漏水，地上都是水');
  await until('the words are kept', async () => (await words(page).inputValue()) !== '');
  expect(await page.getByRole('button', { pressed: true, name: '家中漏水' }).count()).toBe(0);
  comes();
  await page.getByRole('button', { pressed: true, name: '家中漏水' }).waitFor();
  expect(complaintsOf(page)).toEqual([]);
});

test('what a neighbour has reported is shown before one sends, and followed instead', async () => {
  const spot = `儿童乐园滑梯旁${Date.now()}`;
  const first = await product.enter('neighbour', 'phone');
  const write = async (page: Page) => {
    await page.goto('/m/report');
    await settled(page);
    await words(page).fill('路灯不亮，晚上看不见路');
    await page.getByText(says('mobile.report.inPublic'), { exact: true }).click();
    await page.getByRole('textbox', { name: says('mobile.report.spot') }).fill(spot);
  };
  await write(first);
  await press(first, 'mobile.report.send').click();
  await first.getByRole('heading', { name: says('mobile.headline.received') }).waitFor();
  const second = await product.enter('resident', 'phone');
  await write(second);
  await second
    .getByText(says('mobile.similar.neighbours', { count: 1 }))
    .first()
    .waitFor();
  await press(second, 'mobile.similar.follow').first().click();
  await press(second, 'mobile.follow.stop').waitFor();
  await second.goto('/m/orders?list=followed');
  await second.getByText(spot).first().waitFor();
  // The first reads that somebody waits too, and not who.
  await first.reload();
  await first.getByText(says('mobile.follow.count', { count: 1 })).waitFor();
  // The draft was needed no more.
  await second.goto('/m/report');
  await settled(second);
  await expect.poll(() => words(second).inputValue()).toBe('');
  expect([...complaintsOf(first), ...complaintsOf(second)]).toEqual([]);
});

test('the code on a gate says which gate; another compound’s says that it is another’s', async () => {
  const page = await product.enter('resident', 'phone');
  const me = (await (await page.request.get('/api/v1/me')).json()) as { acting: { scopeId: string } };
  const { scopeId } = me.acting;
  const [here] = await product.sql<{ id: string }>(
    'select facility_id as id from places.facility where scope_id = $1 order by label limit 1',
    [scopeId],
  );
  const [there] = await product.sql<{ id: string; scope: string }>(
    'select facility_id as id, scope_id as scope from places.facility where scope_id <> $1 limit 1',
    [scopeId],
  );
  await page.goto(`/m/report?facility=${scopeId}.${here!.id}`);
  const facility = page.getByRole('combobox', { name: says('mobile.report.facility') });
  await until('it is chosen', async () => (await facility.inputValue()) === here!.id);
  await until('the address is taken once', async () => new URL(page.url()).search === '');
  await page.goto(`/m/report?facility=${there!.scope}.${there!.id}`);
  await page.getByText(says('mobile.scan.elsewhere')).waitFor();
  expect(complaintsOf(page)).toEqual([]);
});

test('hours at home, from the report to the visit', async () => {
  const text = `水龙头关不紧${Date.now()}`;
  const page = await product.enter('resident', 'phone');
  await page.goto('/m/report');
  await settled(page);
  await words(page).fill(text);
  await page.getByRole('button', { name: '水龙头' }).first().click();
  await page.getByText(says('mobile.report.atHome'), { exact: true }).click();
  const tomorrow = page.getByRole('button', { name: /^上午/ }).last();
  await tomorrow.click();
  await press(page, 'mobile.report.send').click();
  await page.getByRole('heading', { name: says('mobile.headline.received') }).waitFor();
  await page.getByRole('heading', { name: says('mobile.visit.title') }).waitFor();
  const [order] = await ordersSaying(text);
  expect(order!.visit.windows).toHaveLength(1);
  await press(page, 'mobile.visit.other').click();
  const sheet = page.getByRole('dialog', { name: says('mobile.visit.when') });
  await sheet.getByRole('button', { name: /^晚上/ }).last().click();
  await press(page, 'mobile.visit.send').click();
  await sheet.waitFor({ state: 'detached' });
  await until(
    'the other hour has arrived',
    async () =>
      JSON.stringify((await ordersSaying(text))[0]!.visit.windows) !== JSON.stringify(order!.visit.windows),
  );
  expect(complaintsOf(page)).toEqual([]);
});
