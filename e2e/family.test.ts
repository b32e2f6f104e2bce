import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json } from '../test/server.ts';
import { complaintsOf, watch } from './browser.ts';
import { settled } from './checks.ts';
import { type Product, startProduct } from './product.ts';
import { until } from './until.ts';
import { says } from './words.ts';

/*
 * An old mother: first she has no phone but the one on the wall, then a daughter who lives elsewhere does it for her.
 */
let product: Product;
beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product?.close());

interface Home {
  readonly scopeId: string;
  readonly householdId: string;
  readonly label: string;
  readonly landline: string;
}

let next = 10;

/** Somebody moves in with a telephone on the wall: no mobile, no account. */
async function anOldMother(): Promise<Home> {
  const desk = await product.server.as('desk');
  const me = (await desk.get('/me')).body;
  const scopeId: string = me.acting.scopes.find((scope: Json) => scope.kind === 'compound').id;
  const { body } = await desk.get(`/places/scopes/${scopeId}/households?limit=40`);
  const home = body.items[next++];
  const landline = `010${62_000_000 + next}`;
  const detail = (await desk.get(`/places/households/${home.id}?scopeId=${scopeId}`)).body;
  const answer = await desk.post(`/places/households/${home.id}/commands?scopeId=${scopeId}`, {
    action: 'move_in',
    expectedVersion: detail.version,
    person: { name: '王秀英', phone: landline },
    relation: 'family',
    startsOn: '2020-01-01',
  });
  if (answer.status !== 200) throw new Error(`she could not move in: ${JSON.stringify(answer.body)}`);
  return { scopeId, householdId: home.id, label: home.label, landline };
}

async function sign(page: Page): Promise<void> {
  const paper = page.getByRole('img', { name: says('ui.signEmpty', { label: says('family.sign.label') }) });
  await draw(page, paper);
  await page
    .getByRole('img', { name: says('ui.signWritten', { label: says('family.sign.label') }) })
    .waitFor();
}

async function draw(page: Page, paper: ReturnType<Page['getByRole']>): Promise<void> {
  await paper.scrollIntoViewIfNeeded();
  const box = await paper.boundingBox();
  if (box === null) throw new Error('there is nothing to sign on');
  await page.mouse.move(box.x + box.width * 0.2, box.y + box.height * 0.5);
  await page.mouse.down();
  for (const [x, y] of [
    [0.3, 0.3],
    [0.45, 0.7],
    [0.6, 0.3],
    [0.75, 0.65],
  ] as const)
    await page.mouse.move(box.x + box.width * x, box.y + box.height * y, { steps: 4 });
  await page.mouse.up();
}

async function toFinished(order: { id: string; scopeId: string }): Promise<void> {
  const [desk, worker] = [await product.server.as('desk'), await product.server.as('worker')];
  const account = (await worker.get('/me')).body.account.id;
  const path = `/work-orders/${order.id}`;
  for (const [who, action, more] of [
    [desk, 'assign', { assigneeAccountId: account }],
    [worker, 'accept', {}],
    [worker, 'start', {}],
    [worker, 'finish', { workDone: '换了阀门' }],
  ] as const) {
    const { version } = (await desk.get(`${path}?scopeId=${order.scopeId}`)).body;
    const answer = await who.post(`${path}/commands?scopeId=${order.scopeId}`, {
      action,
      expectedVersion: version,
      ...more,
    });
    if (answer.status !== 200) throw new Error(`${action}: ${JSON.stringify(answer.body)}`);
  }
}

async function newestOf(home: Home): Promise<{ id: string; scopeId: string; number: string }> {
  const [row] = await product.sql<{ id: string; number: string }>(
    `select work_order_id as id, number from work_orders.work_order where household_id = $1 order by work_order_id desc limit 1`,
    [home.householdId],
  );
  if (row === undefined) throw new Error('there is no order');
  return { ...row, scopeId: home.scopeId };
}

test('a caller without a phone from call to signature', async () => {
  const home = await anOldMother();
  const desk = await product.enter('desk', 'desktop');
  const words = `厨房的水龙头关不紧 ${home.landline.slice(-4)}`;

  // The number is typed while she speaks, and the desk sees who it is; another call waits beside it.
  await desk.goto('/desk/new');
  await settled(desk);
  await desk.getByRole('button', { name: says('family.caller.another') }).click();
  await desk.getByRole('textbox', { name: says('family.caller.title') }).fill('13000000000');
  await desk.getByText(says('family.caller.unknown')).waitFor();
  await desk.getByRole('button', { name: says('family.caller.call', { number: 1 }) }).click();
  await desk.getByRole('textbox', { name: says('family.caller.title') }).fill(home.landline);
  const known = desk.getByRole('list', { name: says('family.caller.homes') });
  await known.getByText(says('family.caller.who', { name: '王**', home: home.label })).waitFor();
  await known.getByRole('button', { name: says('family.caller.choose') }).click();
  await desk.getByRole('textbox', { name: says('console.caller.description') }).fill(words);
  await desk.getByRole('option').filter({ hasText: '水龙头' }).first().click();
  await desk.getByRole('button', { name: says('console.caller.submit') }).click();
  await desk.getByRole('article').getByText(words).waitFor();
  const order = await newestOf(home);

  // The slip: its code opens a page for whoever holds it, without a name and without a door.
  await desk.getByRole('button', { name: says('family.slip.print') }).click();
  const slip = desk.getByRole('dialog');
  await slip.getByText(order.number).waitFor();
  await slip.getByRole('img', { name: says('family.slip.qr') }).waitFor();
  const printed = await (await product.server.as('desk')).post(
    `/work-orders/${order.id}/slips?scopeId=${order.scopeId}`,
  );
  await desk.keyboard.press('Escape');
  const anybody = await product.open('phone');
  await anybody.goto(`/m/slip/${printed.body.token}`);
  await anybody.getByText(order.number).waitFor();
  expect(await anybody.locator('body').innerText()).not.toMatch(/王|水龙头|单元/);
  await anybody.goto('/m/slip/guessed');
  await anybody.getByText(says('family.slip.gone')).waitFor();

  // She rings again: the call is known, and nobody makes a second order.
  await desk.goto('/desk/new');
  await desk.getByRole('textbox', { name: says('family.caller.title') }).fill(home.landline);
  await desk.getByText(order.number).waitFor();
  await desk
    .getByRole('list', { name: says('family.caller.homes') })
    .getByRole('button', { name: says('actions.urge') })
    .click();
  await desk.getByText(says('family.caller.urged')).first().waitFor();

  // At the door she signs on the worker's phone.
  await toFinished(order);
  const worker = await product.enter('worker', 'phone');
  await worker.goto(`/m/orders/${order.scopeId}/${order.id}`);
  await worker.getByRole('button', { name: says('family.sign.title') }).click();
  await worker.getByRole('button', { name: says('family.sign.save') }).click();
  await worker.getByText(says('family.sign.missing')).first().waitFor();
  await sign(worker);
  await worker.getByRole('button', { name: says('family.sign.save') }).click();
  await worker.getByText(says('events.work_order.confirmed.signature')).first().waitFor();
  const [row] = await product.sql<{ status: string; rating: string | null }>(
    'select status, rating from work_orders.work_order where work_order_id = $1',
    [order.id],
  );
  expect(row).toEqual({ status: 'confirmed', rating: null });
  await desk.goto(`/desk/orders/${order.scopeId}/${order.id}`);
  await desk
    .getByRole('list', { name: says('family.order.signatures') })
    .getByRole('img')
    .first()
    .waitFor();
  for (const page of [desk, worker]) expect(complaintsOf(page)).toEqual([]);
  expect(complaintsOf(anybody)).toEqual([]);
});

test('the daughter for her mother, until it is withdrawn while she is typing', async () => {
  const home = await anOldMother();
  const phone = `1391200${String(1000 + next)}`;

  // At the desk, on the mother's signature.
  const desk = await product.enter('desk', 'desktop');
  await desk.goto(`/desk/households/${home.scopeId}/${home.householdId}`);
  await desk.getByRole('button', { name: says('family.desk.record') }).click();
  const form = desk.getByRole('alertdialog');
  await form.getByRole('textbox', { name: says('family.name') }).fill('李娜');
  await form.getByRole('textbox', { name: says('family.phone') }).fill(phone);
  const mother = form.getByLabel(says('family.desk.grantor'));
  const options = await mother.locator('option').allInnerTexts();
  await mother.selectOption({ index: options.lastIndexOf('王**') });
  await form.getByRole('button', { name: says('family.desk.save') }).click();
  await form.getByText(says('family.sign.missing')).first().waitFor();
  await draw(
    desk,
    form.getByRole('img', { name: says('ui.signEmpty', { label: says('family.desk.sign') }) }),
  );
  await form.getByRole('button', { name: says('family.desk.save') }).click();
  await form.waitFor({ state: 'detached' });
  const section = desk.getByRole('region', { name: says('family.desk.title') });
  await section.getByText(/李\*/).waitFor();

  // She comes in with her own number, and the page says for whom she acts.
  const daughter = await product.open('phone');
  watch(daughter);
  const sent = await daughter.request.post('/api/v1/auth/codes', { data: { phone } });
  const { demoCode } = (await sent.json()) as { demoCode: string };
  await daughter.request.post('/api/v1/auth/sessions', { data: { phone, code: demoCode } });
  await daughter.goto('/m/report');
  await settled(daughter);
  await daughter.getByText(says('family.banner', { name: '王**', home: home.label })).waitFor();
  const box = daughter.getByRole('textbox', { name: says('mobile.report.what') });
  await box.fill('妈妈家厨房水管漏水');
  await daughter.getByRole('button', { pressed: true, name: '家中漏水' }).waitFor();
  await daughter.getByRole('button', { name: says('mobile.report.send') }).click();
  await daughter.getByRole('heading', { name: says('mobile.headline.received') }).waitFor();
  const order = await newestOf(home);
  await desk.goto(`/desk/orders/${order.scopeId}/${order.id}`);
  await desk.getByText(says('family.order.onBehalf', { name: '王**' })).waitFor();
  await desk
    .getByText(says('words.onBehalf', { actor: '李*', name: '王**' }))
    .first()
    .waitFor();

  await toFinished(order);
  await daughter.getByRole('button', { name: says('mobile.act.confirm') }).click();
  await daughter.getByText(says('mobile.rate.title')).first().waitFor();

  // The mother takes it back while the daughter writes: refused in plain words, and what she wrote is kept.
  await daughter.goto('/m/report');
  await settled(daughter);
  await box.fill('马桶也堵了');
  await desk.goto(`/desk/households/${home.scopeId}/${home.householdId}`);
  await section.getByRole('button', { name: says('family.desk.withdraw') }).click();
  await section.getByText(says('family.state.revoked')).waitFor();
  await daughter.getByRole('button', { name: says('mobile.report.send') }).click();
  await daughter.getByText(says('errors.auth.capacity_ended')).first().waitFor();
  expect(await box.inputValue()).toBe('马桶也堵了');
  await until('nothing was written', async () => (await newestOf(home)).id === order.id);
  expect(complaintsOf(desk)).toEqual([]);
  expect(complaintsOf(daughter, /403/)).toEqual([]);
});
