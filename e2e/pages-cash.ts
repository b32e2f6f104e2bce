import { addDays, localDate } from '@gongzhi/kernel';
import { type Answer, Client, type Json } from '../test/server.ts';
import { leakPhoto } from './photos.ts';
import type { Say, Stop } from './stops.ts';
import { aBilledMonth } from './pages-billing.ts';

const expected = ({ status, body }: Answer, wanted: number): Json => {
  if (status !== wanted) throw new Error(`the cash answered ${status}: ${JSON.stringify(body)}`);
  return body;
};

async function as(origin: string, personaId: string): Promise<Client> {
  const client = new Client(origin);
  client.keep(await client.post('/auth/sessions', { personaId }));
  return client;
}

/** What the bank wrote on each slip. */
export const slips = {
  unsigned: 'HD20260001',
  short: 'HD20260002',
  proposed: 'HD20260003',
  lost: 'HD20260004',
};

/**
 * A till of its own that was counted and signed for, and its cash brought to the bank: one deposit that nobody has signed, one
 * that the bank lists with another amount, one of which the second of the company has proposed what it is, and one that the
 * first has proposed to give back. Of the billed month a developer owes a home's part.
 */
export async function someCash(origin: string): Promise<string> {
  const { scopeId, householdId } = await aBilledMonth(origin);
  const [desk, manager, company, finance] = [
    await as(origin, 'desk'),
    await as(origin, 'manager'),
    await as(origin, 'company'),
    await as(origin, 'finance'),
  ];
  const at = `scopeId=${scopeId}`;
  const opening = { scopeId, till: '2', openingFen: 0 };
  const { id: sessionId } = expected(await desk.post('/payments/tills', opening), 201);
  const targets = [{ kind: 'prepay', amountFen: 100_000 }];
  const cash = { scopeId, householdId, way: 'cash', sessionId, targets };
  expected(await desk.post('/payments/desk', cash), 201);
  const count = { pieces: [10, 0, 0, 0, 0, 0, 0, 0], expectedVersion: 1 };
  expected(await desk.post(`/payments/tills/${sessionId}/count?${at}`, count), 200);
  expected(await manager.post(`/payments/tills/${sessionId}/sign?${at}`, { expectedVersion: 2 }), 200);
  const broughtOn = localDate(Date.now());
  const { buffer } = await leakPhoto();
  const ids: Record<string, string> = {};
  for (const [name, slipNo] of Object.entries(slips)) {
    const sent = await desk.post(`/files?${at}`, new Uint8Array(buffer), { 'content-type': 'image/jpeg' });
    const fileIds = [expected(sent, 201).id];
    const body = { scopeId, sessionId, account: 'main', slipNo, broughtOn, amountFen: 20_000, fileIds };
    const { id } = expected(await desk.post('/payments/deposits', body), 201);
    ids[name] = id;
    if (name === 'unsigned') continue;
    const signed = { action: 'sign', expectedVersion: 1 };
    expected(await manager.post(`/payments/deposits/${id}/sign?${at}`, signed), 200);
  }
  const companyId = expected(await company.get('/me'), 200).acting.scopeId as string;
  const later = addDays(broughtOn, 1);
  const csv = [
    '交易日期,摘要,收入金额',
    `${broughtOn},现金存入 ${slips.short},199.00`,
    `${broughtOn},现金存入 ${slips.proposed},198.00`,
    `${later},转账 物业费,288.00`,
  ].join('\n');
  const file = `/payments/bank-lines?scopeId=${companyId}&account=main`;
  expected(await company.post(file, new TextEncoder().encode(csv)), 200);
  const { items } = expected(await company.get(`/payments/deposits/underway?scopeId=${companyId}`), 200);
  const line = items.find(({ id }: Json) => id === ids['proposed']).bankLineId;
  const proposes = async (who: Client, id: string | undefined, body: Json) =>
    expected(
      await who.post(`/payments/deposits/${id}/commands?${at}`, { companyId, expectedVersion: 2, ...body }),
      200,
    );
  await proposes(finance, ids['proposed'], { action: 'arrive', bankLineId: line, note: '银行点数少两元' });
  await proposes(company, ids['lost'], { action: 'give_back', note: '没有存进去，钱退回来了' });
  return scopeId;
}

/** Played once for each server: what was brought stays there for every way of looking. */
const played = new Map<string, Promise<string>>();

const desk = (name: string, view: string, who: 'desk' | 'manager' | 'company', open: Stop['open']): Stop => ({
  name,
  app: 'console',
  as: who,
  path: () => '/desk/',
  open: async (page, say) => {
    const { origin } = new URL(page.url());
    let playing = played.get(origin);
    if (playing === undefined) played.set(origin, (playing = someCash(origin)));
    await page.goto(`/desk/payments?view=${view}&scope=${await playing}`);
    await page.getByRole('heading', { name: say('payDesk.title') }).waitFor();
    await open(page, say);
  },
});

const row = (page: Parameters<Stop['open']>[0], slipNo: string) =>
  page.getByRole('row').filter({ hasText: slipNo });
const pressIn = (slipNo: string, key: Parameters<Say>[0]): Stop['open'] => {
  return async (page, say) => {
    await row(page, slipNo)
      .getByRole('button', { name: say(key), exact: true })
      .click();
    await page.getByRole('dialog').or(page.getByRole('alertdialog')).waitFor();
  };
};

/** Cash on its way to the bank and what takes two of it; what organisations owe. */
export const cashDeskPages: readonly Stop[] = [
  desk('payments, cash brought to the bank, to be signed', 'till', 'manager', async (page, say) => {
    await row(page, slips.unsigned)
      .getByRole('button', { name: say('payDesk.deposit.sign') })
      .waitFor();
  }),
  desk('payments, bringing cash to the bank', 'till', 'desk', async (page, say) => {
    await page
      .getByRole('button', { name: say('payDesk.deposit.make') })
      .first()
      .click();
    await page.getByRole('alertdialog').waitFor();
  }),
  desk('payments, cash on its way, proposed by two', 'reconcile', 'company', async (page, say) => {
    await row(page, slips.proposed)
      .getByRole('button', { name: say('payDesk.deposit.confirm'), exact: true })
      .waitFor();
    await row(page, slips.lost).getByText(say('payDesk.deposit.notYours')).waitFor();
  }),
  desk('payments, cash on its way, one', 'reconcile', 'company', async (page, say) => {
    await pressIn(slips.short, 'payDesk.open')(page, say);
    await page.getByRole('combobox', { name: say('payDesk.deposit.line') }).waitFor();
  }),
  desk('payments, a transfer of the bank’s list', 'reconcile', 'company', async (page, say) => {
    await page
      .getByRole('row', { name: /288\.00/ })
      .getByRole('button', { name: say('payDesk.transfer.take') })
      .click();
    await page.getByRole('alertdialog').waitFor();
  }),
  desk('payments, organisations', 'parties', 'desk', async (page, say) => {
    await page.getByRole('button', { name: say('payDesk.till.take') }).waitFor();
  }),
  desk('payments, an organisation pays', 'parties', 'desk', async (page, say) => {
    await page.getByRole('button', { name: say('payDesk.till.take') }).click();
    await page.getByRole('alertdialog').getByRole('checkbox').first().waitFor();
  }),
];
