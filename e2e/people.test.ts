import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aSheet } from '../apps/server/src/platform/imports/fixtures.ts';
import { Client, type Json } from '../test/server.ts';
import { complaintsOf, watch } from './browser.ts';
import { settled } from './checks.ts';
import { type Product, startProduct } from './product.ts';
import { until } from './until.ts';
import { says } from './words.ts';

/* People come, go, are entered wrongly, and want to be forgotten. */
let product: Product;
beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product?.close());

interface Home {
  readonly id: string;
  readonly label: string;
}

let nextPhone = 13_933_330_000;
const aPhone = () => String(nextPhone++);

async function someHomes(count: number, from: number): Promise<{ scopeId: string; homes: Home[] }> {
  const desk = await product.server.as('desk');
  const me = (await desk.get('/me')).body;
  const scopeId: string = me.acting.scopes.find((scope: Json) => scope.kind === 'compound').id;
  const { body } = await desk.get(`/places/scopes/${scopeId}/households?limit=100`);
  return { scopeId, homes: body.items.slice(from, from + count) };
}

async function moveIn(scopeId: string, home: Home, person: Json, relation: string): Promise<string> {
  const desk = await product.server.as('desk');
  const path = `/places/households/${home.id}`;
  const { version } = (await desk.get(`${path}?scopeId=${scopeId}`)).body;
  const answer = await desk.post(`${path}/commands?scopeId=${scopeId}`, {
    action: 'move_in',
    expectedVersion: version,
    person,
    relation,
    startsOn: '2020-01-01',
  });
  if (answer.status !== 200) throw new Error(`could not move in: ${JSON.stringify(answer.body)}`);
  const found = (await desk.get(`/people?q=${person.phone}`)).body.items[0];
  // The account is made after what the register says.
  await until('they can sign in', async () => {
    const { body } = await desk.get(`/people/${found.id}?scopeId=${scopeId}`);
    return body.hasAccount;
  });
  return found.id;
}

/** Comes in by the code that is sent to the number, as anybody does. */
async function comesIn(phone: string): Promise<{ page: Page; client: Client }> {
  const client = new Client(product.server.url);
  const { demoCode } = (await client.post('/auth/codes', { phone })).body;
  client.keep(await client.post('/auth/sessions', { phone, code: demoCode }));
  const page = await product.open('phone');
  watch(page);
  const [name, value] = client.cookie.split('=') as [string, string];
  await page.context().addCookies([{ name, value, url: product.server.url }]);
  return { page, client };
}

const report = async (who: Client, scopeId: string, home: Home, description: string): Promise<Json> => {
  const answer = await who.post('/work-orders', {
    scopeId,
    categoryCode: 'water.leak.home',
    description,
    place: { type: 'home', householdId: home.id },
  });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return answer.body;
};

test('a home is sold: the seller keeps what was the own, and sees no more of the home’s', async () => {
  const { scopeId, homes } = await someHomes(2, 20);
  const [sold, kept] = homes as [Home, Home];
  const [sellerPhone, wifePhone, buyerPhone] = [aPhone(), aPhone(), aPhone()];
  const seller = { name: '司徒卖方', phone: sellerPhone };
  await moveIn(scopeId, sold, seller, 'owner');
  await moveIn(scopeId, kept, seller, 'owner');
  await moveIn(scopeId, sold, { name: '令狐家人', phone: wifePhone }, 'family');
  const he = await comesIn(sellerPhone);
  const she = await comesIn(wifePhone);
  const [his, hers] = [`阳台漏水${sellerPhone.slice(-4)}`, `厨房漏水${wifePhone.slice(-4)}`];
  const hisOrder = await report(he.client, scopeId, sold, his);
  const hersOrder = await report(she.client, scopeId, sold, hers);
  await he.page.goto(`/m/orders/${scopeId}/${hersOrder.id}`);
  await he.page.getByText(hers).waitFor();

  const desk = await product.enter('desk', 'desktop');
  await desk.goto(`/desk/households/${scopeId}/${sold.id}`);
  await desk.getByRole('button', { name: says('household.sell') }).click();
  const dialog = desk.getByRole('dialog');
  await dialog.getByRole('textbox', { name: says('household.newName') }).fill('欧阳买方');
  await dialog.getByRole('textbox', { name: says('household.newPhone') }).fill(buyerPhone);
  await dialog.getByRole('button', { name: says('household.save') }).click();
  await dialog.waitFor({ state: 'detached' });
  const living = desk.getByRole('region', { name: says('household.people') });
  await living.getByText('欧***').waitFor();

  // Hers is the home's, and he belongs there no more; his own and his other home stay.
  await until('the home is closed to him', async () => {
    const { status } = await he.client.get(`/work-orders/${hersOrder.id}?scopeId=${scopeId}`);
    return status === 404;
  });
  await he.page.goto(`/m/orders/${scopeId}/${hisOrder.id}`);
  await he.page.getByText(his).first().waitFor();
  const listed = (await he.client.get('/work-orders?limit=100')).body.items.map(({ id }: Json) => id);
  expect([listed.includes(hisOrder.id), listed.includes(hersOrder.id)]).toEqual([true, false]);
  const me = (await he.client.get('/me')).body;
  expect(me.acting.households.map(({ label }: Json) => label)).toEqual([kept.label]);
  // It is the buyer's now.
  await until('the buyer can sign in', async () => {
    const found = (await (await product.server.as('desk')).get(`/people?q=${buyerPhone}`)).body.items[0];
    return found?.hasAccount === true;
  });
  const buyer = await comesIn(buyerPhone);
  await buyer.page.goto('/m/');
  await settled(buyer.page);
  const bought = (await buyer.client.get('/me')).body;
  expect(bought.acting.households.map(({ label }: Json) => label)).toEqual([sold.label]);
  expect(complaintsOf(desk)).toEqual([]);
});

test('a wrong number is put right, and somebody who has a matter under way is forgotten when it is over', async () => {
  const { scopeId, homes } = await someHomes(1, 23);
  const [home] = homes as [Home];
  const [wrong, right] = [aPhone(), aPhone()];
  const id = await moveIn(scopeId, home, { name: '诸葛小明', phone: wrong }, 'tenant');
  const accountOf = async (): Promise<string | null> => {
    const text = 'select account_id from places.person where scope_id = $1 and person_id = $2';
    const [row] = await product.sql<{ account_id: string | null }>(text, [scopeId, id]);
    return row?.account_id ?? null;
  };
  const wrongAccount = await accountOf();
  const at = `/desk/people?person=${id}&in=${scopeId}`;
  const manager = await product.enter('manager', 'desktop');
  await manager.goto(at);
  await manager.getByRole('button', { name: says('people.correct') }).click();
  const form = manager.getByRole('dialog');
  await form.getByRole('button', { name: says('people.correct.do') }).click();
  await form.getByText(says('people.correct.need')).waitFor();
  await form.getByRole('textbox', { name: says('people.correct.phone') }).fill(right);
  await form.getByRole('textbox', { name: says('people.correct.reason') }).fill('本人来电更正');
  await form.getByRole('button', { name: says('people.correct.do') }).click();
  await form.waitFor({ state: 'detached' });
  await manager
    .getByText(`${right.slice(0, 3)}****${right.slice(-4)}`)
    .first()
    .waitFor();
  // The account of the wrong number goes a moment after what the register says, and the right one's comes.
  await until('the right number signs in', async () => {
    const now = await accountOf();
    return now !== null && now !== wrongAccount;
  });

  const desk = await product.server.as('desk');
  const { client } = await comesIn(right);
  const order = await report(client, scopeId, home, '卧室漏水');
  const erase = async () => {
    await manager.goto(at);
    await manager.getByRole('button', { name: says('personal.erase') }).click();
    return manager.getByRole('dialog');
  };
  const refused = await erase();
  await refused.getByText(says('personal.reason.open_orders')).first().waitFor();
  await expect
    .poll(() => refused.getByRole('button', { name: says('personal.erase') }).isDisabled())
    .toBe(true);

  // The matter ends and he moves out; a person is erased who was its party.
  const cancelled = await client.post(`/work-orders/${order.id}/commands?scopeId=${scopeId}`, {
    action: 'cancel',
    expectedVersion: order.version,
    reason: '自己修好了',
  });
  expect(cancelled.status).toBe(200);
  const stillHere = await erase();
  await stillHere.getByText(says('personal.reason.lives_here')).first().waitFor();
  const household = (await desk.get(`/places/households/${home.id}?scopeId=${scopeId}`)).body;
  const tie = household.people.find((one: Json) => one.id === id);
  const gone = await desk.post(`/places/households/${home.id}/commands?scopeId=${scopeId}`, {
    action: 'move_out',
    expectedVersion: household.version,
    occupancyId: tie.occupancyId,
    endsOn: '2020-06-01',
  });
  expect(gone.status).toBe(200);
  const dialog = await erase();
  await dialog.getByText(says('personal.reason.service_record')).first().waitFor();
  await dialog.getByText(says('personal.reason.no_longer_needed')).first().waitFor();
  await dialog.getByRole('textbox', { name: says('personal.words') }).fill('本人到前台,核对了身份证');
  await dialog.getByRole('button', { name: says('personal.erase') }).click();
  await manager.getByText(says('people.erasedWords')).waitFor();
  // What was reported stays readable, without whom to call. The timeline keeps the masked surname of who did what.
  await manager.goto(`/desk/orders/${scopeId}/${order.id}`);
  await manager.getByText('卧室漏水').first().waitFor();
  await until('the number has gone from the order', async () => {
    await manager.reload();
    await settled(manager);
    return !/139\*{4}/.test(await manager.locator('body').innerText());
  });
  expect((await desk.get(`/people?q=${right}`)).body.items).toEqual([]);
  expect(complaintsOf(manager)).toEqual([]);
});

test('a list whose columns have names of their own is told once, and brought in', async () => {
  const { scopeId, homes } = await someHomes(1, 25);
  const [home] = homes as [Home];
  // Of a building with one unit nobody says which.
  const [, building, unit = '', room] = /^(.+?楼)(.+?单元)?(.+)$/.exec(home.label)!;
  const phone = aPhone();
  const file = await aSheet([
    ['幢别', '梯位', '户室', '产权人姓名(与证一致)', '联络', '身份', '何时起', '内部编号'],
    [building, unit, room, '上官导入', phone, '租户', '2024-03-01', 'A-1'],
  ]);
  const page = await product.enter('manager', 'desktop');
  await page.goto(`/desk/imports?scope=${scopeId}&kind=people`);
  await settled(page);
  await page.locator('input[type=file]').setInputFiles({
    name: '住户名单.xlsx',
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: file,
  });
  await page.getByRole('heading', { name: says('imports.columns.title') }).waitFor();
  const choose = (title: string, key: string) =>
    page.getByRole('combobox', { name: says('imports.columns.is', { title }) }).selectOption(key);
  // One is guessed, and said to be a guess.
  await page.getByText(says('imports.columns.guess')).first().waitFor();
  await page.getByRole('button', { name: says('imports.columns.check') }).click();
  await page.getByRole('alert').waitFor();
  for (const [title, key] of [
    ['幢别', 'building'],
    ['梯位', 'unit'],
    ['户室', 'room'],
    ['联络', 'phone'],
    ['身份', 'relation'],
    ['何时起', 'startsOn'],
    ['内部编号', ''],
  ] as const)
    await choose(title, key);
  await page.getByRole('button', { name: says('imports.columns.check') }).click();
  await page.getByRole('button', { name: says('imports.run', { count: 1 }) }).click();
  await page.getByText(says('imports.done', { fresh: '1', changed: '0' })).waitFor();
  const desk = await product.server.as('desk');
  await until('they are found by the name', async () => {
    const { body } = await desk.get(`/people?q=${encodeURIComponent('上官导入')}`);
    return body.items.length === 1;
  });
  expect(complaintsOf(page)).toEqual([]);
});
