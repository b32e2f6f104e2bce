import { addDays, localDate } from '@gongzhi/kernel';
import { afterAll, beforeAll, expect } from 'vitest';
import type { Json } from '../test/server.ts';
import { complaintsOf } from './browser.ts';
import { settled } from './checks.ts';
import { aFileOfShifts } from './pages-dispatch.ts';
import { type Product, startProduct } from './product.ts';
import { story } from './story.ts';
import { until } from './until.ts';
import { says } from './words.ts';

/* A company says how its orders are dispatched; a department takes its shifts from a file. */
let product: Product;
beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product?.close());

story(
  'a company turns grabbing on for one matter: the next order of it is offered to be grabbed',
  async (step) => {
    const { server } = product;
    const resident = await server.as('resident');
    const home = (await resident.get('/me')).body.acting.households[0];
    const catalogue = (await resident.get(`/work-orders/catalogue?scopeId=${home.scopeId}`)).body
      .items as Json[];
    const matter = catalogue.find(({ code }) => code === 'water.tap') as Json;
    const company = await product.enter('company', 'desktop');
    const rows = company.getByRole('region', { name: says('dispatchRules.modes') }).getByRole('row');
    const row = rows.filter({ hasText: matter['nameZh'] });

    await step('says so, from now on, and why', async () => {
      await company.goto('/desk/rules?tab=dispatch');
      await settled(company);
      await company.getByText(says('dispatchRules.grab'), { exact: true }).first().waitFor();
      await company.getByRole('button', { name: says('dispatchRules.oneMatter'), exact: true }).click();
      const form = company.getByRole('dialog');
      await form.getByRole('combobox').fill(matter['nameZh']);
      await company.getByRole('option', { name: matter['nameZh'] }).first().click();
      await form.getByText(says('asking.mode.grab'), { exact: true }).click();
      const save = form.getByRole('button', { name: says('desk.save'), exact: true });
      // Without a reason nothing is saved.
      await expect.poll(() => save.isDisabled()).toBe(true);
      await form.getByLabel(says('dispatchRules.why')).fill('试一个月抢单');
      await save.click();
      await form.waitFor({ state: 'detached' });
      await row.getByText(says('asking.mode.grab'), { exact: true }).waitFor();
      await row.getByText('试一个月抢单', { exact: false }).waitFor();
    });

    // Whatever hour it is: the worker is at work.
    const manager = await server.as('manager');
    const accountId = (await (await server.as('worker')).get('/me')).body.account.id;
    for (const minutes of [20, 5, 2])
      await manager.post('/dispatch/changes', {
        kind: 'overtime',
        accountId,
        from: new Date(Date.now() - 60_000).toISOString(),
        to: new Date(Date.now() + minutes * 60_000).toISOString(),
        reason: '加班',
      });
    const worker = await product.enter('worker', 'phone');
    let orderId = '';
    await step('an order of it is offered to all who can go; the first to press has it', async () => {
      const { body, status } = await resident.post('/work-orders', {
        scopeId: home.scopeId,
        categoryCode: matter['code'],
        description: '卫生间水龙头一直滴水',
        place: { type: 'home', householdId: home.id },
      });
      expect(status).toBe(201);
      orderId = body.id;
      const desk = await server.as('desk');
      const asked = async (): Promise<Json> =>
        (await desk.get(`/dispatch/orders/${orderId}?scopeId=${home.scopeId}`)).body.dispatch;
      await until('it is offered', async () => (await asked())?.['state'] === 'offered');
      expect(await asked()).toMatchObject({ mode: 'grab' });
      await worker.goto('/m/work');
      const offer = worker.locator(`[aria-labelledby="offer-${orderId}"]`);
      await offer.getByText(says('mobile.offer.grab'), { exact: true }).waitFor();
      await offer.getByRole('button', { name: says('mobile.offer.take'), exact: true }).click();
      await until('somebody has it', async () => (await asked())?.['state'] === 'closed');
      const order = (await desk.get(`/work-orders/${orderId}?scopeId=${home.scopeId}`)).body;
      expect(order.status).toBe('accepted');
    });

    await step('the company goes back to what holds else; the page tells both', async () => {
      await row.getByRole('button', { name: says('desk.duties.change'), exact: true }).click();
      const form = company.getByRole('dialog');
      await form.getByText(says('dispatchRules.backToNext'), { exact: true }).click();
      await form.getByLabel(says('dispatchRules.why')).fill('不抢了');
      await form.getByRole('button', { name: says('desk.save'), exact: true }).click();
      await form.waitFor({ state: 'detached' });
      await row.waitFor({ state: 'detached' });
      await company.getByText(says('dispatchRules.history'), { exact: true }).click();
      await company.getByText('不抢了', { exact: false }).waitFor();
    });
    expect([...complaintsOf(company), ...complaintsOf(worker)]).toEqual([]);
  },
);

story('a manager takes shifts from a file: looked at first, taken once, taken back', async (step) => {
  const { server } = product;
  const api = await server.as('manager');
  // A Sunday, on which not everybody works.
  const far = addDays(localDate(Date.now()), 20);
  const from = addDays(far, (7 - new Date(`${far}T00:00:00Z`).getUTCDay()) % 7);
  const rosterOf = async (): Promise<Json> => (await api.get(`/dispatch/roster?from=${from}&days=1`)).body;
  const idle = ((await rosterOf())['people'] as Json[]).find((one) => one['spans'].length === 0) as Json;
  const spans = async (): Promise<Json[]> =>
    ((await rosterOf())['people'] as Json[]).find((one) => one['accountId'] === idle['accountId'])!['spans'];
  const manager = await product.enter('manager', 'desktop');
  const lines = [
    '姓名,日期,班次',
    `${idle['displayName']},${from},09:00-12:00`,
    `没有这个人,${from},09:00-12:00`,
  ];
  const take = manager.getByRole('button', { name: says('shiftFile.take', { count: 1 }), exact: true });

  await step('tried: what is right and what is wrong is told, and nothing is entered', async () => {
    await manager.goto('/desk/roster');
    await settled(manager);
    await manager.getByRole('link', { name: says('shiftFile.open'), exact: true }).click();
    await aFileOfShifts(manager, lines);
    await manager.getByText(says('shiftFile.fault.person_unknown'), { exact: true }).waitFor();
    await take.waitFor();
    expect(await spans()).toEqual([]);
  });
  await step('taken in: it stands on the roster', async () => {
    await take.click();
    await until('it is entered', async () => (await spans()).length === 1);
    await manager.goto(`/desk/roster?from=${from}`);
    await settled(manager);
    await manager.getByText('09:00–12:00', { exact: false }).first().waitFor();
  });
  await step('the same file again brings nothing', async () => {
    await manager.getByRole('link', { name: says('shiftFile.open'), exact: true }).click();
    await aFileOfShifts(manager, lines);
    await manager.getByText(says('shiftFile.fault.person_unknown'), { exact: true }).first().waitFor();
    await expect.poll(() => take.count()).toBe(0);
  });
  await step('taken back', async () => {
    const back = says('shiftFile.withdraw');
    await manager.getByRole('button', { name: back, exact: true }).first().click();
    await manager.getByRole('alertdialog').getByRole('button', { name: back, exact: true }).click();
    await until('it is gone', async () => (await spans()).length === 0);
  });
  expect(complaintsOf(manager)).toEqual([]);
});
