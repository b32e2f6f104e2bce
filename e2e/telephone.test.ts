import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { complaintsOf } from './browser.ts';
import { type Product, startProduct } from './product.ts';
import { aTelephone, residentsNumber } from './telephone.ts';
import { says } from './words.ts';

/* Somebody rings: the desk sees who it is, writes it down, and calls back whom it missed. */
let product: Product;
beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product?.close());

test('who rings is shown at the telephone where it rings, and who was missed is called back', async () => {
  const { url } = product.server;
  const number = await residentsNumber(url);
  const [desk, steward] = await Promise.all([
    product.enter('desk', 'desktop'),
    product.enter('steward', 'desktop'),
  ]);
  // A line is made while they work: it shows by itself.
  const telephone = await aTelephone(url);
  for (const [page, extension] of [
    [desk, '801'],
    [steward, '802'],
  ] as const) {
    await page.getByRole('button', { name: says('telephony.sit'), exact: true }).click();
    await page.getByRole('textbox', { name: says('telephony.extension') }).fill(extension);
    await page.getByRole('button', { name: says('telephony.sitDown'), exact: true }).click();
    await page.getByRole('button', { name: says('telephony.at', { extension }) }).waitFor();
  }

  const call = randomUUID();
  const panel = (page: typeof desk) => page.getByRole('complementary', { name: says('telephony.rings') });
  await telephone.tells(call, number, { type: 'queued' });
  await desk.getByText(says('telephony.waiting', { count: 1 })).waitFor();
  await telephone.tells(call, number, { type: 'ringing', extensions: ['801', '802'] });
  for (const page of [desk, steward])
    await panel(page).getByText(says('telephony.ringsFrom', { number })).waitFor();
  await panel(desk)
    .getByRole('list', { name: says('family.caller.homes') })
    .waitFor();
  await telephone.tells(call, number, { type: 'answered', extension: '801' });
  await panel(desk).getByText(says('telephony.speaks', { number })).waitFor();
  await panel(steward).waitFor({ state: 'detached' });
  await panel(desk)
    .getByRole('button', { name: says('family.caller.choose'), exact: true })
    .first()
    .click();
  const field = desk.getByRole('textbox', { name: says('family.caller.title') });
  await expect.poll(() => field.inputValue()).toBe(number);
  await telephone.tells(call, number, { type: 'hung_up' });
  await panel(desk).waitFor({ state: 'detached' });
  // What is written down goes on.
  expect(await field.inputValue()).toBe(number);

  const missed = '13911112222';
  await telephone.tells(randomUUID(), missed, { type: 'missed' });
  await desk.getByRole('link', { name: says('telephony.toCallBack', { count: 1 }) }).click();
  const list = desk.getByRole('region', { name: says('telephony.missed.title') });
  await list.getByText('139****2222').waitFor();
  expect(await desk.content()).not.toContain(missed);
  await list.getByRole('button', { name: says('telephony.missed.call'), exact: true }).click();
  await list.getByRole('link', { name: missed }).waitFor();
  await list.getByRole('button', { name: says('telephony.missed.reached'), exact: true }).click();
  await list.getByText(says('telephony.missed.none')).waitFor();
  for (const page of [desk, steward]) expect(complaintsOf(page)).toEqual([]);
});
