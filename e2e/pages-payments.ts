import { type Answer, Client, type Json } from '../test/server.ts';
import type { Stop } from './stops.ts';

async function as(origin: string, personaId: string): Promise<Client> {
  const client = new Client(origin);
  client.keep(await client.post('/auth/sessions', { personaId }));
  return client;
}

const expected = ({ status, body }: Answer, wanted: number): Json => {
  if (status !== wanted) throw new Error(`the payment answered ${status}: ${JSON.stringify(body)}`);
  return body;
};

/** Of the resident's home: one paid at the simulated cashier, one that waits; at the desk a till, cash, a refund, an invoice. */
async function somePayments(origin: string): Promise<{ scopeId: string; paid: string; waiting: string }> {
  const resident = await as(origin, 'resident');
  const me = (await resident.get('/me')).body;
  const [home] = me.acting.households;
  const { scopeId } = home;
  const householdId = home.id;
  const list = async (state: string): Promise<Json[]> =>
    (await resident.get(`/payments?scopeId=${scopeId}&householdId=${householdId}&state=${state}`)).body.items;
  const order = async (amountFen: number): Promise<Json> => {
    const body = { scopeId, householdId, way: 'wechat', targets: [{ kind: 'prepay', amountFen }] };
    const { id } = expected(await resident.post('/payments', body), 201);
    return expected(await resident.post(`/payments/${id}/order?scopeId=${scopeId}`, { channel: 'h5' }), 200);
  };
  const [before] = await list('paid');
  let paid: string | undefined = before?.id;
  if (paid === undefined) {
    const { payment, next } = await order(8_850);
    await fetch(next.url, { method: 'POST', body: 'return=', redirect: 'manual' });
    paid = expected(await resident.post(`/payments/${payment.id}/check?scopeId=${scopeId}`), 200)
      .id as string;
    expected(
      await resident.post(`/payments/invoices?scopeId=${scopeId}`, { paymentId: paid, title: '李明' }),
      201,
    );
    const desk = await as(origin, 'desk');
    const till = expected(
      await desk.post('/payments/tills', { scopeId, till: '1', openingFen: 50_000 }),
      201,
    );
    expected(
      await desk.post('/payments/desk', {
        scopeId,
        householdId,
        way: 'cash',
        sessionId: till.id,
        targets: [{ kind: 'prepay', amountFen: 10_000 }],
      }),
      201,
    );
    expected(
      await desk.post(`/payments/refunds?scopeId=${scopeId}`, {
        paymentId: paid,
        parts: [{ position: 0, amountFen: 850 }],
        reason: 'wrong_amount',
      }),
      201,
    );
  }
  const waiting = (await list('waiting'))[0]?.id ?? (await order(12_300)).payment.id;
  return { scopeId, paid, waiting };
}

const phone = (name: string, which: 'pay' | 'paid' | 'waiting' | 'receipts', open?: Stop['open']): Stop => ({
  name,
  app: 'mobile',
  as: 'resident',
  path: () => '/m/',
  open: async (page, say) => {
    const { origin } = new URL(page.url());
    const made = await somePayments(origin);
    const path =
      which === 'pay' || which === 'receipts' ? `/m/${which}` : `/m/pay/${made.scopeId}/${made[which]}`;
    await page.goto(path);
    const sign = {
      pay: 'pay.balance',
      paid: 'pay.receipt',
      waiting: 'pay.waiting',
      receipts: 'pay.receipts',
    } as const;
    await page.getByText(say(sign[which])).first().waitFor();
    await open?.(page, say);
  },
});

export const paymentPhonePages: readonly Stop[] = [
  phone('what a home pays', 'pay'),
  phone('a payment that is paid', 'paid'),
  phone('a payment that waits', 'waiting'),
  phone('a payment that waits, given up', 'waiting', async (page, say) => {
    await page.getByRole('button', { name: say('pay.cancel') }).click();
    await page.getByRole('alertdialog').waitFor();
  }),
  phone('payments and receipts', 'receipts', async (page) => {
    await page.getByText('¥88.50').first().waitFor();
  }),
];

const desk = (
  name: string,
  view: string,
  who: 'desk' | 'manager' | 'company',
  open?: Stop['open'],
): Stop => ({
  name,
  app: 'console',
  as: who,
  path: () => '/desk/',
  open: async (page, say) => {
    const { origin } = new URL(page.url());
    const { scopeId } = await somePayments(origin);
    await page.goto(`/desk/payments?view=${view}&scope=${scopeId}`);
    await page.getByRole('heading', { name: say('payDesk.title') }).waitFor();
    await open?.(page, say);
  },
});

export const paymentDeskPages: readonly Stop[] = [
  desk('payments', 'payments', 'manager', async (page) => {
    await page.getByText('¥88.50').first().waitFor();
  }),
  desk('payments, one', 'payments', 'manager', async (page, say) => {
    await page
      .getByRole('row', { name: /88\.50/ })
      .getByRole('button', { name: say('payDesk.open') })
      .click();
    await page.getByText(say('payDesk.history')).first().waitFor();
  }),
  desk('payments, a refund is asked for', 'payments', 'manager', async (page, say) => {
    await page
      .getByRole('row', { name: /88\.50/ })
      .getByRole('button', { name: say('payDesk.open') })
      .click();
    await page.getByRole('button', { name: say('payDesk.askRefund') }).click();
    await page.getByText(say('payDesk.refundReason')).first().waitFor();
  }),
  desk('payments, the till', 'till', 'desk', async (page, say) => {
    await page.getByRole('button', { name: say('payDesk.till.count') }).waitFor();
  }),
  desk('payments, taking cash', 'till', 'desk', async (page, say) => {
    await page.getByRole('button', { name: say('payDesk.till.take') }).click();
    await page.getByRole('alertdialog').waitFor();
  }),
  desk('payments, counting the till', 'till', 'desk', async (page, say) => {
    await page.getByRole('button', { name: say('payDesk.till.count') }).click();
    await page.getByRole('alertdialog').waitFor();
  }),
  desk('payments, refunds', 'refunds', 'manager', async (page, say) => {
    await page.getByRole('button', { name: say('payDesk.approve') }).waitFor();
  }),
  desk('payments, invoices', 'invoices', 'desk', async (page, say) => {
    await page
      .getByRole('button', { name: say('payDesk.invoice.issue') })
      .first()
      .waitFor();
  }),
  desk('payments, reconciliation', 'reconcile', 'company', async (page, say) => {
    await page.getByRole('heading', { name: say('payDesk.recon.bank'), exact: true }).waitFor();
  }),
];
