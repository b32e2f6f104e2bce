import { addDays, localDate } from '@gongzhi/kernel';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { complaintsOf } from './browser.ts';
import { settled } from './checks.ts';
import { type Product, startProduct } from './product.ts';
import { says } from './words.ts';

let product: Product;
beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product?.close());

test('what the lift’s advertisement brought is entered, published and read by whoever lives there; a month closes and the chain holds', async () => {
  const resident = await product.server.as('resident');
  const { scopeId } = (await resident.get('/me')).body.acting.households[0];
  const desk = await product.enter('manager', 'desktop');
  const item = `电梯广告 ${Date.now() % 100_000}`;

  // Entered, for last month.
  await desk.goto(`/desk/accounts?scope=${scopeId}`);
  await desk.getByRole('button', { name: says('accounts.enter') }).click();
  const dialog = desk.getByRole('alertdialog');
  await dialog.getByLabel(says('accounts.form.item')).fill(item);
  await dialog.getByLabel(says('accounts.form.amount')).fill('12,345.6');
  const last = addDays(`${localDate(Date.now()).slice(0, 7)}-01`, -1);
  await dialog.getByLabel(says('accounts.form.day')).fill(last);
  await dialog.getByRole('button', { name: says('accounts.form.save'), exact: true }).click();
  await desk.getByText(item).waitFor();

  // Looked at, and published.
  await desk.goto(`/desk/accounts?scope=${scopeId}&tab=publish`);
  await desk.getByText(item).waitFor();
  // Tried again, these months were published before: then it is another version, with its reason.
  const reason = desk.getByLabel(says('accounts.publish.reason'));
  const isFirst = (await reason.count()) === 0;
  if (!isFirst) await reason.fill('补记一笔');
  await desk
    .getByRole('button', {
      name: isFirst ? says('accounts.publish.do') : /\d/,
      exact: true,
    })
    .last()
    .click();
  await desk
    .getByRole('alertdialog')
    .getByRole('button', { name: says('accounts.publish.do') })
    .click();
  await desk.getByRole('heading', { level: 2, name: last.slice(0, 7) }).waitFor();

  const phone = await product.enter('resident', 'phone');
  await phone.goto('/m');
  await phone.getByRole('link', { name: says('accounts.title') }).click();
  await phone.getByText(item).waitFor();
  await phone.getByText('12,345.60').first().waitFor();

  // Behind the balance stands the posting, and behind the posting the entry.
  await desk.goto(`/desk/ledger?scope=${scopeId}`);
  await desk.getByText(says('ledger.balanced')).waitFor();
  await desk.getByRole('link', { name: says('ledger.account.common:income') }).click();
  await desk.getByText('12,345.60').first().waitFor();
  await desk
    .getByRole('link', { name: says('ledger.source.ledger.entry') })
    .first()
    .click();
  await desk.getByText(item).waitFor();

  await desk.goto(`/desk/ledger?scope=${scopeId}&view=periods`);
  const month = says('ledger.period.close.named', { month: last.slice(0, 7) });
  await desk.getByText(last.slice(0, 7)).first().waitFor();
  if (isFirst) {
    await desk.getByRole('button', { name: month }).click();
    await desk
      .getByRole('alertdialog')
      .getByRole('button', { name: says('ledger.period.close'), exact: true })
      .click();
  }
  // Closed once all of it is sealed.
  await desk.getByText(says('ledger.period.closed')).waitFor();

  await desk.goto(`/desk/ledger?scope=${scopeId}&view=chain`);
  await desk.getByRole('button', { name: says('ledger.chain.verify') }).click();
  await desk.getByText(says('ledger.chain.right').split('{')[0]!.slice(0, 3)).first().waitFor();
  await settled(desk);
  expect([...complaintsOf(desk), ...complaintsOf(phone)]).toEqual([]);
});
