import { afterAll, beforeAll, expect, test } from 'vitest';
import { Follower, Weixin } from '../apps/server/src/modules/wechat/fixtures.ts';
import { complaintsOf } from './browser.ts';
import { type Product, providers, startProduct } from './product.ts';
import { until } from './until.ts';
import { says } from './words.ts';

/*
 * Somebody follows the city's WeChat account: from the first answer to being told things there, a report that began as a
 * line in the chat, and leaving again.
 */
let product: Product;
beforeAll(async () => {
  product = await startProduct({ env: providers });
});
afterAll(() => product?.close());

test('follows, confirms, reports what was written there, and leaves', async () => {
  const { url } = product.server;
  const weixin = new Weixin({ url, clock: { now: () => new Date() } }, true);
  const follower = new Follower(weixin, `e2e${Date.now() % 1e6}`);
  const within = (link: string | undefined): string => {
    const { pathname, search } = new URL(link ?? '');
    return pathname + search;
  };
  const client = await product.server.as('resident');
  const wechat = async () =>
    (await client.get('/me/messages')).body.available.find(
      (one: { channel: string }) => one.channel === 'wechat',
    );

  // The link leads through the sign-in page back to itself.
  const page = await product.open('phone');
  await page.goto(within((await follower.does('subscribe')).links[0]));
  await page.waitForURL((at) => at.pathname === '/m/sign-in');
  const { name } = (await client.get('/auth/options')).body.personas.find(
    ({ id }: { id: string }) => id === 'resident',
  );
  await page.getByRole('button', { name }).click();
  await page.getByText(says('mobile.wechat.careful')).waitFor();
  expect((await wechat()).isConfirmed).toBe(false);
  await page.getByRole('button', { name: says('mobile.wechat.confirm') }).click();
  await page.getByText(says('mobile.wechat.done')).waitFor();
  await page.getByRole('button', { name: says('mobile.wechat.settings') }).click();
  const masked = `…${follower.openId.slice(-4)}`;
  await page.getByText(says('messages.confirmed', { address: masked })).waitFor();

  // A line in the chat becomes a report; the words never stood in the address.
  const heard = await follower.says('2号楼大厅的灯一闪一闪');
  await page.goto(within(heard.links[0]));
  const words = page.getByRole('textbox', { name: says('mobile.report.what') });
  await expect.poll(() => words.inputValue()).toBe('2号楼大厅的灯一闪一闪');
  await page.waitForURL((at) => at.pathname === '/m/report' && at.search === '');
  await page.getByText(says('mobile.report.inPublic'), { exact: true }).click();
  await page.getByRole('textbox', { name: says('mobile.report.spot') }).fill('2号楼大厅');
  await page.getByRole('button', { name: says('mobile.report.send') }).click();
  await page.waitForURL((at) => at.pathname.startsWith('/m/orders/'));
  await page.getByText('2号楼大厅的灯一闪一闪').first().waitFor();

  // Who leaves is told nothing there any more.
  await follower.does('unsubscribe');
  await until('nothing goes there any more', async () => (await wechat()).address === null);
  await page.goto('/m/me/messages');
  await page.getByText(says('messages.byLink.wechat')).waitFor();
  expect(complaintsOf(page, /401/)).toEqual([]);
});
