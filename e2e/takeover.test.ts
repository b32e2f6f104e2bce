import { createHash, randomUUID } from 'node:crypto';
import { addDays, localDate, startOfDay } from '@gongzhi/kernel';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { VirtualClock } from '../apps/server/src/platform/clock/clock.ts';
import type { Json } from '../test/server.ts';
import { complaintsOf } from './browser.ts';
import { accessibilityFaults, settled } from './checks.ts';
import { type Product, startProduct } from './product.ts';
import { story } from './story.ts';
import { until } from './until.ts';
import { says } from './words.ts';

/*
 * A compound changes its company on a date: the street plans it, the day comes by the clock, the open order passes with
 * the price that was agreed, the new company's desk works it, and the old one keeps what it wrote for itself.
 */
let product: Product;
let clock: VirtualClock;
beforeAll(async () => {
  clock = new VirtualClock(new Date());
  product = await startProduct({ clock });
});
afterAll(() => product?.close());

const ok = ({ status, body }: { status: number; body: Json }): Json => {
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body;
};

/** Somebody of a department who is no persona, signed in as a session stands in the table. */
async function colleagueOf(departmentId: string, role: string): Promise<{ page: Page; accountId: string }> {
  const [found] = await product.sql<{ account_id: string; membership_id: string }>(
    `select m.account_id, m.membership_id from identity.membership m
     where m.scope_id = $1 and m.role = $2 and m.ends_on is null order by m.membership_id limit 1`,
    [departmentId, role],
  );
  if (found === undefined) throw new Error(`nobody is ${role} there`);
  const [secret, now] = [randomUUID() + randomUUID(), clock.now()];
  await product.sql(
    `insert into identity.session (session_hash, account_id, scope_id, membership_id, csrf_token, created_at, last_seen_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $6, $7)`,
    [
      createHash('sha256').update(secret).digest(),
      found.account_id,
      departmentId,
      found.membership_id,
      randomUUID(),
      now,
      new Date(now.getTime() + 30 * 86_400_000),
    ],
  );
  const page = await product.open('desktop');
  await page.context().addCookies([{ name: 'gz_session', value: secret, url: product.server.url }]);
  return { page, accountId: found.account_id };
}

story('a compound changes its company on a date', async (step) => {
  const { server } = product;
  const [resident, deskApi, worker] = [
    await server.as('resident'),
    await server.as('desk'),
    await server.as('worker'),
  ];
  const home = ok(await resident.get('/me')).acting.households[0];
  const scopeId: string = home.scopeId;
  const compound = ok(await resident.get(`/places/scopes/${scopeId}`)).name as string;
  const [successor] = await product.sql<{ id: string; name: string; company: string }>(
    `select d.scope_id as id, d.name, c.name as company from places.scope d join places.scope c on c.scope_id = d.company_id
     where d.kind = 'department' and d.company_id <> (select company_id from places.scope where scope_id = $1)
       and exists (select from identity.membership m where m.scope_id = d.scope_id and m.role = 'desk' and m.ends_on is null)
     order by d.name limit 1`,
    [scopeId],
  );
  if (successor === undefined) throw new Error('there is no other company');
  const today = localDate(clock.now().getTime(), 'Asia/Shanghai');
  const day = addDays(today, 1);
  const documentNumber = `槐街发〔2026〕${Math.floor(Math.random() * 900 + 100)}号`;
  const note = `只给自己看 ${documentNumber}`;
  let order: Json;

  await step('an order in hand, with a price agreed and a word among colleagues', async () => {
    order = ok(
      await resident.post('/work-orders', {
        scopeId,
        categoryCode: 'water.leak.home',
        description: '阳台水管滴水',
        place: { type: 'home', householdId: home.id },
      }),
    );
    const path = `/work-orders/${order.id}`;
    const account = ok(await worker.get('/me')).account.id;
    const version = async () => ok(await deskApi.get(`${path}?scopeId=${scopeId}`)).version;
    const command = async (client: typeof deskApi, action: string, more: object = {}, to = 'commands') =>
      ok(
        await client.post(`${path}/${to}?scopeId=${scopeId}`, {
          action,
          expectedVersion: await version(),
          ...more,
        }),
      );
    await command(deskApi, 'assign', { assigneeAccountId: account });
    for (const action of ['accept', 'arrive', 'start']) await command(worker, action);
    await command(deskApi, 'set_payer', { payer: 'household', reason: '住户自用部位' }, 'working');
    const line = {
      kind: 'labour',
      name: '人工',
      unit: '次',
      unitPrice: '60',
      quantity: '1',
      reason: '价目表没有',
    };
    await command(worker, 'add_line', line, 'working');
    await command(worker, 'send_quote', {}, 'working');
    await command(resident, 'agree', { quoteNo: 1, total: '60.00' }, 'working');
    await command(deskApi, 'comment', { text: note, isInternal: true });
  });

  const street = await product.enter('street', 'desktop');
  await step('the street plans it for tomorrow', async () => {
    await street.goto('/desk/takeovers');
    await settled(street);
    await street.getByRole('button', { name: says('takeovers.plan') }).click();
    const form = street.getByRole('alertdialog');
    await form.getByRole('combobox', { name: says('takeovers.compound') }).fill(compound);
    await street.getByRole('option', { name: compound, exact: false }).first().click();
    await form
      .getByLabel(says('takeovers.to'))
      .selectOption({ label: `${successor.company} · ${successor.name}` });
    await form.getByLabel(says('takeovers.effectiveOn')).fill(day);
    await form.getByLabel(says('takeovers.document')).fill(documentNumber);
    await form.getByLabel(says('takeovers.decidedBy')).fill('槐园街道办事处');
    await form.getByRole('button', { name: says('takeovers.save') }).click();
    const card = street.getByRole('listitem').filter({ hasText: documentNumber });
    await card.getByText(says('takeovers.state.planned')).waitFor();
    await expect.poll(() => card.innerText()).toContain(day);
  });

  const desk = await product.enter('desk', 'desktop');
  const successorDesk = await colleagueOf(successor.id, 'desk');
  const theirs = successorDesk.page;
  await step('until then it is the old company’s; the new one knows what is coming', async () => {
    await theirs.goto(`/desk/orders/${scopeId}/${order.id}`);
    await theirs.getByText(says('console.order.missing')).waitFor();
    await theirs.goto('/desk/takeovers');
    await theirs.getByText(documentNumber).waitFor();
    await desk.goto(`/desk/orders/${scopeId}/${order.id}`);
    await desk.getByText(note).first().waitFor();
  });

  await step('the day comes', async () => {
    clock.set(new Date(startOfDay(day, 'Asia/Shanghai') + 1_000));
    await until('the order has passed', async () => {
      const [row] = await product.sql<{ state: string; passed: boolean }>(
        `select t.state, o.company_id = t.to_company_id as passed from places.takeover t, work_orders.work_order o
         where t.scope_id = $1 and t.document_number = $2 and o.work_order_id = $3`,
        [scopeId, documentNumber, order.id],
      );
      return row?.state === 'applied' && row.passed;
    });
    clock.advance(5_000);
    await street.goto('/desk/takeovers');
    const card = street.getByRole('listitem').filter({ hasText: documentNumber });
    await card.getByText(says('takeovers.state.applied')).waitFor();
    await settled(street);
    expect(await accessibilityFaults(street)).toEqual([]);
  });

  await step(
    'the new desk sees the story and the price, not the old one’s words, and gives it to its own worker',
    async () => {
      await theirs.goto(`/desk/orders/${scopeId}/${order.id}`);
      await theirs.getByRole('article').getByText('阳台水管滴水').waitFor();
      await theirs.getByText('60.00').first().waitFor();
      await settled(theirs);
      expect(await theirs.locator('body').innerText()).not.toContain(note);
      await theirs.getByRole('button', { name: new RegExp(`^${says('actions.assign')}`) }).click();
      await theirs
        .getByRole('listbox', { name: says('console.staff.label') })
        .getByRole('option')
        .first()
        .click();
      await theirs
        .getByRole('form', { name: says('actions.assign') })
        .getByRole('button', { name: says('actions.assign') })
        .click();
      await until('somebody of the successor has it', async () => {
        const [row] = await product.sql<{ ours: boolean }>(
          `select exists (select from places.staff s where s.scope_id = $1 and s.account_id = o.assignee_account_id) as ours
         from work_orders.work_order o where o.work_order_id = $2 and o.status = 'assigned'`,
          [successor.id, order.id],
        );
        return row?.ours === true;
      });
    },
  );

  await step('the old desk cannot open it any more, and keeps what it noted', async () => {
    await desk.goto(`/desk/orders/${scopeId}/${order.id}`);
    await desk.getByText(says('console.order.missing')).waitFor();
    await desk.goto('/desk/takeovers');
    const left = desk.getByRole('region', { name: says('takeovers.left') });
    await left.getByText(note).waitFor();
    await left.getByText(order.number).waitFor();
    await settled(desk);
    expect(await accessibilityFaults(desk)).toEqual([]);
    const tried = await deskApi.post(`/work-orders/${order.id}/commands?scopeId=${scopeId}`, {
      action: 'cancel',
      expectedVersion: 99,
      reason: '不该能动',
    });
    expect(tried.status).toBe(404);
    // What it had closed it still reads.
    const closed = ok(await deskApi.get('/work-orders?limit=1&status=closed')).items;
    expect(closed).toHaveLength(1);
  });

  await step('who lives there reads one story', async () => {
    const phone = await product.enter('resident', 'phone');
    await phone.goto(`/m/orders/${scopeId}/${order.id}`);
    await phone.getByText(new RegExp(successor.company)).first().waitFor();
    expect(complaintsOf(phone)).toEqual([]);
  });
  expect(complaintsOf(street)).toEqual([]);
  for (const page of [desk, theirs]) expect(complaintsOf(page, /404/)).toEqual([]);
});
