import { localDate } from '@gongzhi/kernel';
import { afterAll, beforeAll, expect } from 'vitest';
import type { Json } from '../test/server.ts';
import { complaintsOf } from './browser.ts';
import { accessibilityFaults, settled } from './checks.ts';
import { type Product, startProduct } from './product.ts';
import { story } from './story.ts';
import { says } from './words.ts';

/*
 * A charged repair: the worker prices it from the list, the household reads it on the phone and agrees, the work is
 * finished, and what was agreed falls due. Nobody reloads; nothing is charged that was not agreed to first.
 */
let product: Product;
beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product?.close());

story('a charged repair with agreement', async (step) => {
  const { server } = product;
  const [residentApi, deskApi, managerApi] = [
    await server.as('resident'),
    await server.as('desk'),
    await server.as('manager'),
  ];
  const worker = await product.enter('worker', 'phone');
  const workerApi = await server.as('worker');
  const ok = ({ status, body }: { status: number; body: Json }): Json => {
    if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`);
    return body;
  };
  let order: Json;

  await step('a leak at home, in the hands of the plumber; the list has a valve', async () => {
    const me = ok(await residentApi.get('/me'));
    const home = me.acting.households[0];
    order = ok(
      await residentApi.post('/work-orders', {
        scopeId: home.scopeId,
        categoryCode: 'water.leak.home',
        description: '洗手池下面的角阀漏水',
        place: { type: 'home', householdId: home.id },
      }),
    );
    const li = ok(await workerApi.get('/me')).account.id;
    const command = async (client: typeof deskApi, action: string, more: object = {}): Promise<void> => {
      order = ok(
        await client.post(`/work-orders/${order.id}/commands?scopeId=${order.scopeId}`, {
          action,
          expectedVersion: order.version,
          ...more,
        }),
      );
    };
    await command(deskApi, 'assign', { assigneeAccountId: li });
    for (const action of ['accept', 'arrive', 'start']) await command(workerApi, action);
    // What was repaired here before is in its warranty; the desk says that this is another matter.
    const { warranty } = ok(await deskApi.get(`/work-orders/${order.id}/working?scopeId=${order.scopeId}`));
    if (warranty !== null)
      order = ok(
        await deskApi.post(`/work-orders/${order.id}/working?scopeId=${order.scopeId}`, {
          action: 'set_payer',
          payer: 'household',
          reason: '不是同一处',
          expectedVersion: order.version,
        }),
      ).order;
    const { scopeId } = ok(await managerApi.get('/me')).acting;
    ok(
      await managerApi.post('/work-orders/prices', {
        scopeId,
        expectedVersion: 0,
        kind: 'material',
        name: '角阀',
        unit: '个',
        price: '35.50',
        warrantyMonths: 6,
        validFrom: localDate(Date.now()),
      }),
    );
  });

  const resident = await product.enter('resident', 'phone');
  await resident.goto(`/m/orders/${order.scopeId}/${order.id}`);
  await worker.goto(`/m/work/${order.scopeId}/${order.id}`);

  await step('the worker puts two valves on the job, and may not finish over an open price', async () => {
    await worker.getByRole('button', { name: new RegExp(`^${says('mobile.working.charge')}`) }).click();
    const sheet = worker.getByRole('dialog');
    await sheet.getByLabel(says('mobile.charge.item')).selectOption({ index: 1 });
    await sheet.getByLabel(says('mobile.charge.quantity')).fill('2');
    await sheet.getByRole('button', { name: says('workingActions.add_line') }).click();
    await sheet.getByText(says('mobile.working.yuan', { amount: '71.00' })).waitFor();
    const early = await workerApi.post(`/work-orders/${order.id}/commands?scopeId=${order.scopeId}`, {
      action: 'finish',
      workDone: '好了',
      expectedVersion: ok(await workerApi.get(`/work-orders/${order.id}?scopeId=${order.scopeId}`)).version,
    });
    expect([early.status, early.body.params.reason]).toEqual([409, 'charge_not_agreed']);
    expect(await accessibilityFaults(worker)).toEqual([]);
    await sheet.getByRole('button', { name: says('workingActions.send_quote') }).click();
    await sheet.getByText(says('mobile.charge.waiting')).waitFor();
  });

  await step('the household reads it, what happens if they say no, and agrees', async () => {
    // The card comes by itself.
    await resident.getByText(says('mobile.charge.ask', { amount: '71.00' })).waitFor();
    await resident.getByText(says('mobile.charge.ifNo')).waitFor();
    await settled(resident);
    expect(await accessibilityFaults(resident)).toEqual([]);
    await resident.getByRole('button', { name: says('mobile.charge.agree', { amount: '71.00' }) }).click();
    await resident.getByText(says('mobile.charge.agreedNow', { amount: '71.00' })).waitFor();
  });

  await step('the worker sees it and finishes; what was agreed falls due', async () => {
    await worker
      .getByRole('dialog')
      .getByRole('button', { name: says('ui.close') })
      .click();
    await worker
      .getByText(says('mobile.working.chargeRow', { amount: '71.00', state: says('chargeStates.agreed') }))
      .waitFor();
    await worker.getByRole('button', { name: says('actions.finish'), exact: true }).click();
    const sheet = worker.getByRole('dialog');
    await sheet.getByRole('textbox', { name: says('mobile.say.workDone') }).fill('换了两个角阀');
    await sheet.getByRole('button', { name: says('actions.finish'), exact: true }).click();
    await resident.getByText(says('events.work_order.charge_due', { total: '71.00' })).waitFor();
    const due = await product.sql<{ total: string }>(
      `select payload->>'total' as total from platform.outbox where object_id = $1 and kind = 'work_order.charge_due'`,
      [order.id],
    );
    expect(due).toEqual([{ total: '71.00' }]);
  });

  await step('the desk reads who agreed, to what, and how', async () => {
    const desk = await product.enter('desk', 'desktop');
    await desk.goto(`/desk/orders/${order.scopeId}/${order.id}`);
    const part = desk.getByRole('group', { name: says('working.charge') });
    await part.getByText(says('answerWays.app')).waitFor();
    await part
      .getByText(says('working.total', { amount: '71.00' }))
      .first()
      .waitFor();
    expect(complaintsOf(desk)).toEqual([]);
  });
  expect([...complaintsOf(worker), ...complaintsOf(resident)]).toEqual([]);
});
