import { CHINA, localDate } from '@gongzhi/kernel';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Client } from '../test/server.ts';
import { slips, someCash } from './pages-cash.ts';
import { type Product, startProduct } from './product.ts';
import { says } from './words.ts';

/** Scenario 8 of the mission, in a browser: a month is raised, paid, given back and agrees, though the provider misbehaves. */
let product: Product;
beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product?.close());

test('a resident prepays on the phone, loses the notice, and has the receipt', async () => {
  const page = await product.enter('resident', 'phone');
  await page.getByRole('link', { name: says('bills.home') }).click();
  await page.getByRole('link', { name: says('bills.prepay'), exact: true }).click();
  await page.getByText(says('payments.simulated')).waitFor();
  // The notice is never told: asking finds it.
  product.cashiers.behave({ notices: 'never' });
  await page.getByLabel(says('pay.prepayAmount')).fill('1.234');
  await page.getByRole('button', { name: says('pay.prepayGo') }).click();
  await page.getByText(says('pay.prepayInvalid', { most: 10_000 })).waitFor();
  await page.getByLabel(says('pay.prepayAmount')).fill('88.50');
  await page.getByRole('button', { name: says('pay.prepayGo') }).click();
  await page.waitForURL(/\/cashier\//);
  await page.getByText('不会动用任何真钱').waitFor();
  await page.getByRole('button', { name: /支付/ }).click();
  await page.waitForURL(/\/m\/pay\/[^/]+\/[^/]+$/);
  await page.getByRole('link', { name: says('pay.receipt') }).waitFor();
  const [scopeId, id] = page.url().split('/').slice(-2);
  const receipt = await page.request.get(`/api/v1/payments/${id}/receipt?scopeId=${scopeId}`);
  expect([receipt.status(), receipt.headers()['content-type']]).toEqual([200, 'application/pdf']);
  const rows = await product.sql<{ state: string; amount: string }>(
    'select state, amount_fen::text as amount from payments.payment where payment_id = $1',
    [id],
  );
  expect(rows).toEqual([{ state: 'paid', amount: '8850' }]);
  const [sum] = await product.sql<{ held: string }>(
    `select (coalesce(sum(amount_fen) filter (where debit = 'provider:wechat'), 0) - coalesce(sum(amount_fen) filter (where credit = 'provider:wechat'), 0))::text as held
     from ledger.posting where source_id = $1`,
    [id],
  );
  expect(sum).toEqual({ held: '8850' });
  expect(product.cashiers.book.totalFen('wechat')).toBe(8_850);
  await page.getByRole('button', { name: says('mobile.page.back') }).click();
  await page.getByText('¥88.50').waitFor();
  await page.context().close();
});

/** What the demonstration's people answer behind the pages, where no page is being tried. */
async function as(personaId: string): Promise<Client> {
  const client = new Client(product.server.url);
  client.keep(await client.post('/auth/sessions', { personaId }));
  return client;
}

/** The resident's compound, a price per square metre, and a month that nobody has billed. */
async function aMonthToBill(): Promise<{ scopeId: string; month: string }> {
  const [resident, manager] = [await as('resident'), await as('manager')];
  const [{ scopeId }] = (await resident.get('/me')).body.acting.households;
  const { items } = (await manager.get(`/billing/tariffs?scopeId=${scopeId}`)).body;
  if (items.length === 0) {
    const made = await manager.post('/billing/tariffs', {
      scopeId,
      item: 'property_fee',
      name: '物业服务费',
      rule: { kind: 'area', rateE4: 23_000 },
      terms: { dueDays: 15 },
      validFrom: '2026-01-01',
      source: '前期物业服务合同第八条',
      replaces: null,
    });
    expect(made.status).toBe(201);
  }
  const runs = (await manager.get(`/billing/runs?scopeId=${scopeId}`)).body.items as { period: string }[];
  const [year, number] = localDate(Date.now(), CHINA).split('-').map(Number) as [number, number];
  const at = year * 12 + number - 1;
  const month = [0, 1, -1, -2]
    .map((ahead) => `${Math.floor((at + ahead) / 12)}-${String(((at + ahead) % 12) + 1).padStart(2, '0')}`)
    .find((one) => runs.every(({ period }) => !period.startsWith(one)));
  return { scopeId, month: month! };
}

test('a month is raised by two, paid on a phone though the provider misbehaves, given back by two, and agrees', async () => {
  const { cashiers } = product;
  const { scopeId, month } = await aMonthToBill();
  const approve = new RegExp(`^${says('billing.run.approve').split(/[:：]/)[0]}`);

  // The desk asks for it; whoever asks does not approve.
  const desk = await product.enter('desk', 'desktop');
  await desk.goto(`/desk/billing?view=runs&scope=${scopeId}`);
  await desk.getByLabel(says('billing.run.month')).selectOption(month);
  await desk.getByRole('button', { name: says('billing.run.ask') }).click();
  await desk.getByText(says('billing.run.state.ready')).first().waitFor();
  await expect.poll(() => desk.getByRole('button', { name: approve }).count()).toBe(0);
  const run = new URL(desk.url()).searchParams.get('run');
  const manager = await product.enter('manager', 'desktop');
  await manager.goto(`/desk/billing?view=runs&scope=${scopeId}&run=${run}`);
  await manager.getByRole('button', { name: approve }).click();
  await manager
    .getByRole('row', { name: new RegExp(month) })
    .getByText(says('billing.run.state.posted'))
    .waitFor();

  // What I owe and why.
  const phone = await product.enter('resident', 'phone');
  await phone.goto('/m/bills');
  await phone.getByText(says('bills.why')).first().click();
  await phone.getByText('2.30').first().waitFor();
  await phone.goto('/m/pay');
  const button = phone.getByRole('button', { name: new RegExp(`^${says('pay.pay').split('{')[0]}¥`) });
  await button.waitFor();
  const amount = /¥([\d.]+)/.exec(await button.innerText())![1]!;
  // Late, and then twice.
  cashiers.behave({ notices: 'late' });
  await button.click();
  await phone.waitForURL(/\/cashier\//);
  await phone.getByRole('button', { name: /支付/ }).click();
  await phone.waitForURL(/\/m\/pay\/[^/]+\/[^/]+$/);
  const id = phone.url().split('/').at(-1)!;
  await phone.getByRole('link', { name: says('pay.receipt') }).waitFor();
  cashiers.behave({});
  cashiers.book.letters.push(...cashiers.book.letters);
  expect(await cashiers.deliver()).toBeGreaterThanOrEqual(2);
  const counted = await product.sql<{ steps: number; fen: string }>(
    `select (select count(*)::integer from payments.step where payment_id = $1 and state = 'paid') as steps,
       (select sum(amount_fen)::text from ledger.posting where source_id = $1) as fen`,
    [id],
  );
  expect(counted).toEqual([{ steps: 1, fen: String(Math.round(Number(amount) * 100)) }]);
  const receipt = await phone.request.get(`/api/v1/payments/${id}/receipt?scopeId=${scopeId}`);
  expect((await receipt.body()).subarray(0, 5).toString()).toBe('%PDF-');
  await phone.goto('/m/pay');
  await phone.getByText(says('pay.none')).waitFor();

  // Ten yuan were too much: asked for by one, allowed by another, and back the way they came.
  await desk.goto(`/desk/payments?view=payments&scope=${scopeId}`);
  await desk
    .getByRole('row', { name: new RegExp(amount.replace('.', '\\.')) })
    .first()
    .getByRole('button', { name: says('payDesk.open') })
    .click();
  await desk.getByRole('button', { name: says('payDesk.askRefund') }).click();
  await desk
    .getByLabel(
      new RegExp(says('payDesk.refundPart').split('{most}')[0]!.replace('{label}', '.*').replace('(', '\\(')),
    )
    .first()
    .fill('10');
  await desk.getByLabel(says('payDesk.refundNote')).fill('面积多算了');
  await desk.getByRole('button', { name: says('payDesk.askRefund') }).click();
  await desk.goto(`/desk/payments?view=refunds&scope=${scopeId}`);
  await desk.getByText(says('payDesk.ownRefund')).waitFor();
  await manager.goto(`/desk/payments?view=refunds&scope=${scopeId}`);
  await manager
    .getByRole('row', { name: /10\.00/ })
    .getByRole('button', { name: says('payDesk.approve') })
    .click();
  await phone.goto(`/m/pay/${scopeId}/${id}`);
  await expect
    .poll(async () => {
      const [refund] = await product.sql<{ state: string }>(
        'select state from payments.refund where payment_id = $1',
        [id],
      );
      return refund?.state;
    })
    .toBe('done');
  await phone.reload();
  await phone.getByText(says('payments.refund.done'), { exact: true }).waitFor();

  // The provider's file agrees, the bank pays it out, and nothing is left between us and the provider.
  const headquarters = await product.enter('company', 'desktop');
  await headquarters.goto('/desk/payments?view=reconcile');
  const today = localDate(Date.now(), CHINA);
  await headquarters.getByLabel(says('payDesk.recon.day')).fill(today);
  await headquarters.getByRole('button', { name: says('payDesk.recon.fetch') }).click();
  const row = headquarters
    .getByRole('region', { name: says('payDesk.view.reconcile') })
    .getByRole('row', { name: new RegExp(today) });
  await row.waitFor();
  const cells = await row.getByRole('cell').allInnerTexts();
  expect(cells[4]).toBe('0');
  const net = cells[8]!.replace('¥', '');
  await headquarters
    .getByLabel(says('payDesk.recon.bankFile'))
    .last()
    .setInputFiles({
      name: '银行流水.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(`交易日期,摘要,收入金额\n${today},财付通结算,${net}\n`),
    });
  await headquarters
    .getByRole('button', {
      name: says('payDesk.recon.settleFor', { day: today, way: says('payments.way.wechat') }),
    })
    .click();
  await row.getByText(says('payDesk.recon.state.settled')).waitFor();
  const [left] = await product.sql<{ fen: string }>(
    `select (coalesce(sum(amount_fen) filter (where debit = 'provider:wechat'), 0) - coalesce(sum(amount_fen) filter (where credit = 'provider:wechat'), 0))::text as fen
     from ledger.posting`,
  );
  expect(left).toEqual({ fen: '0' });
  for (const page of [desk, manager, phone, headquarters]) await page.context().close();
});

test('cash that the bank has otherwise is proposed by one of the company with another line, and confirmed by the second', async () => {
  await someCash(product.server.url);
  const page = async (who: string) => {
    const opened = await product.enter(who, 'desktop');
    await opened.goto('/desk/payments?view=reconcile');
    const row = opened.getByRole('row').filter({ hasText: `main ${slips.short}` });
    await row.waitFor();
    return { opened, row };
  };
  const first = await page('company');
  await first.row.getByRole('button', { name: says('payDesk.open') }).click();
  const lines = first.opened.getByRole('combobox', { name: says('payDesk.deposit.line') });
  // What the bank lists comes after the dialog does.
  await lines.locator('option').filter({ hasText: '288.00' }).waitFor({ state: 'attached' });
  const names = await lines.locator('option').allInnerTexts();
  // The one that was found is chosen; what another deposit is proposed to be is not offered.
  expect(await lines.locator('option:checked').innerText()).toContain('199.00');
  expect(names.some((name) => name.includes('198.00'))).toBe(false);
  await lines.selectOption({ label: names.find((name) => name.includes('288.00'))! });
  const propose = first.opened.getByRole('button', {
    name: says('payDesk.deposit.proposeAs', { amount: '¥288.00' }),
  });
  expect(await propose.isDisabled()).toBe(true);
  await first.opened.getByLabel(says('payDesk.deposit.whyDiffers')).fill('和转账记在一起了');
  await propose.click();
  await first.row.getByText(says('payDesk.deposit.notYours')).waitFor();
  const stands = () =>
    product.sql<{ state: string; arrived: number | null; two: boolean | null }>(
      `select state, arrived_fen::int as arrived, proposed_by <> acted_by as two from payments.cash_deposit where slip_no = $1`,
      [slips.short],
    );
  expect(await stands()).toEqual([{ state: 'underway', arrived: null, two: false }]);

  const second = await page('finance');
  await second.row.getByText('和转账记在一起了').waitFor();
  await second.row.getByRole('button', { name: says('payDesk.deposit.confirm'), exact: true }).click();
  await second.row.waitFor({ state: 'detached' });
  expect(await stands()).toEqual([{ state: 'arrived', arrived: 28_800, two: true }]);
});
