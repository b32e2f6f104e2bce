import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { settled } from './checks.ts';
import { findOrders, type Orders } from './orders.ts';
import { type Product, startProduct } from './product.ts';
import { until } from './until.ts';
import { says } from './words.ts';

/*
 * The request arrives and its answer is lost; so one presses again. It is done once, also where the page has shown meanwhile
 * what became of it. And what one pressed or wrote last is what goes out.
 */
let product: Product;
let orders: Orders;
beforeAll(async () => {
  product = await startProduct();
  // Before anything is done to them.
  orders = await findOrders(product.server);
});
afterAll(() => product?.close());

/** The next such request reaches the server, and nobody hears what it said; how often it was sent. */
async function losesAnswers(page: Page, path: string, method: string): Promise<() => number> {
  let sent = 0;
  await page.route(path, async (route) => {
    if (route.request().method() !== method) return route.fallback();
    sent += 1;
    if (sent > 1) return route.fallback();
    await route.fetch();
    return route.abort();
  });
  return () => sent;
}

test('a visitor invited twice on a bad line comes with one code', async () => {
  const page = await product.enter('resident', 'phone');
  await page.goto('/m/visitors');
  await settled(page);
  await page.getByRole('button', { name: says('pass.visitors.invite'), exact: true }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('textbox', { name: says('pass.invite.name') }).fill('许表姐');
  const sent = await losesAnswers(page, '**/api/v1/access/invitations', 'POST');
  const send = sheet.getByRole('button', { name: says('pass.invite.send'), exact: true });
  await send.click();
  await page.getByText(says('mobile.problem.unreachable')).first().waitFor();
  // A minute later, in words: a body made anew would begin at another instant.
  await send.click();
  await page
    .getByRole('dialog', { name: says('pass.visitors.open') })
    .or(page.locator('[data-code]'))
    .first()
    .waitFor();
  expect(sent()).toBe(2);
  const client = await product.server.as('resident');
  const { body: me } = await client.get('/me');
  const { scopeId } = me.acting.households[0];
  const { body } = await client.get(`/access/invitations?scopeId=${scopeId}`);
  const mine = (body.items as { pass: { name: string } }[]).filter(({ pass }) => pass.name === '许表姐');
  expect(mine).toHaveLength(1);
});

test('a word sent twice stands there once, though the page has read it meanwhile', async () => {
  const words = '阀门在水池柜子里，钥匙在门口鞋柜上';
  const page = await product.enter('resident', 'phone');
  const { moving } = orders;
  await page.goto(`/m/orders/${moving.scopeId}/${moving.id}`);
  await settled(page);
  await page.getByRole('button', { name: says('actions.comment'), exact: true }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('textbox', { name: says('mobile.say.comment') }).fill(words);
  const sent = await losesAnswers(page, '**/commands?*', 'POST');
  const send = sheet.getByRole('button', { name: says('mobile.say.send'), exact: true });
  await send.click();
  await page.getByText(says('mobile.problem.unreachable')).first().waitFor();
  // It has arrived: the timeline under the sheet says so by itself, and what is typed stays.
  const line = page
    .getByRole('list', { name: says('mobile.timeline.title'), includeHidden: true })
    .getByText(words);
  await until('the page has read it', async () => (await line.count()) > 0);
  await send.click();
  await sheet.waitFor({ state: 'detached' });
  expect(sent()).toBe(2);
  const client = await product.server.as('resident');
  const { body } = await client.get(`/work-orders/${moving.id}/timeline?scopeId=${moving.scopeId}`);
  const told = (body.items as object[]).filter((line) => JSON.stringify(line).includes(words));
  expect(told).toHaveLength(1);
});

test('the face that is pressed is the one that is sent, whatever was pressed and left before', async () => {
  const page = await product.enter('resident', 'phone');
  const { finished } = orders;
  await page.goto(`/m/orders/${finished.scopeId}/${finished.id}`);
  await settled(page);
  await page.getByRole('button', { name: says('actions.dispute'), exact: true }).click();
  const sheet = page.getByRole('dialog');
  const box = sheet.getByRole('textbox', { name: says('mobile.say.dispute') });
  await box.fill('水龙头还在滴');
  await sheet.getByRole('button', { name: says('mobile.preset.notClean'), exact: true }).click();
  expect(await box.inputValue()).toBe(`水龙头还在滴\n${says('mobile.preset.notClean')}`);
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'detached' });

  await page.getByRole('button', { name: says('mobile.act.confirm') }).click();
  await page.getByRole('button', { name: says('ratings.unsatisfied'), exact: true }).click();
  await sheet.getByRole('textbox').fill('等了很久');
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: says('ratings.satisfied'), exact: true }).click();
  await until(
    'what was written is there',
    async () => (await sheet.getByRole('textbox').inputValue()) === '等了很久',
  );
  expect(await sheet.getByRole('radio', { name: says('ratings.satisfied'), exact: true }).isChecked()).toBe(
    true,
  );
  await sheet.getByRole('button', { name: says('mobile.rate.send') }).click();
  await page.getByText(says('mobile.order.rated', { score: says('ratings.satisfied') })).waitFor();
});

test('what was written for colleagues only is still for them when the sheet is opened again', async () => {
  const page = await product.enter('worker', 'phone');
  const { inHand } = orders;
  await page.goto(`/m/work/${inHand.scopeId}/${inHand.id}`);
  await settled(page);
  const open = page.getByRole('button', { name: says('mobile.act.commentOrPhoto'), exact: true });
  await open.click();
  const sheet = page.getByRole('dialog');
  const box = sheet.getByRole('textbox', { name: says('mobile.say.workerComment') });
  await sheet.getByText(says('mobile.say.staffSees'), { exact: true }).click();
  await box.fill('住户不肯付材料费');
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'detached' });
  await open.click();
  await until('the words are back', async () => (await box.inputValue()) === '住户不肯付材料费');
  expect(
    await sheet.getByRole('radio', { name: says('mobile.say.staffSees'), exact: true }).isChecked(),
  ).toBe(true);
});
