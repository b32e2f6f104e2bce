import { localDate } from '@gongzhi/kernel';
import { Client } from '../test/server.ts';
import type { Stop } from './stops.ts';
import { until } from './until.ts';

interface Billed {
  readonly scopeId: string;
  readonly householdId: string;
}

/**
 * A month of the resident's compound, billed once: a tariff by the manager, a run by the desk, approved by the manager. For one
 * home the developer pays.
 */
export async function aBilledMonth(origin: string): Promise<Billed> {
  const as = async (personaId: string): Promise<Client> => {
    const client = new Client(origin);
    client.keep(await client.post('/auth/sessions', { personaId }));
    return client;
  };
  const [resident, desk, manager] = [await as('resident'), await as('desk'), await as('manager')];
  const [home] = (await resident.get('/me')).body.acting.households;
  const { scopeId } = home;
  const billed = { scopeId, householdId: home.id as string };
  const path = `/billing/runs?scopeId=${scopeId}`;
  if ((await desk.get(path)).body.items.length > 0) return billed;
  const tariff = {
    scopeId,
    item: 'property_fee',
    name: '物业服务费（高层）',
    rule: { kind: 'area', rateE4: 23_000 },
    terms: { dueDays: 15, early: { withinDays: 5, shareBp: 200 } },
    validFrom: '2026-01-01',
    source: '前期物业服务合同第八条',
    replaces: null,
  };
  const made = await manager.post('/billing/tariffs', tariff);
  if (made.status !== 201) throw new Error(`the tariff answered ${made.status}`);
  await developerPays(origin, billed, manager);
  const period = `${localDate(Date.now()).slice(0, 7)}-01`;
  const { id } = (await desk.post('/billing/runs', { scopeId, period })).body;
  const run = async () => (await desk.get(`/billing/runs/${id}?scopeId=${scopeId}`)).body.run;
  await until('the month is calculated', async () => (await run()).state === 'ready');
  const { version } = await run();
  const approved = { action: 'approve', expectedVersion: version };
  await manager.post(`/billing/runs/${id}/commands?scopeId=${scopeId}`, approved);
  await until('the month is billed', async () => (await run()).state === 'posted');
  await aCorrection(scopeId, desk, manager);
  return billed;
}

/** Asked for by the desk, of a home that no other stop looks at. */
async function aCorrection(scopeId: string, desk: Client, manager: Client): Promise<void> {
  const homes = (await manager.get(`/places/scopes/${scopeId}/households?limit=20`)).body.items;
  const home = homes.at(-1).id as string;
  const [line] = (await desk.get(`/bills/lines?scopeId=${scopeId}&householdId=${home}`)).body.items;
  const asked = await desk.post(`/bills/lines/${line.lineId}/corrections?scopeId=${scopeId}`, {
    reason: '面积登记错了',
    expectedSettledFen: 0,
    amountFen: line.amountFen - 1_000,
  });
  if (asked.status !== 201) throw new Error(`the correction answered ${asked.status}`);
}

/** Another home than the resident's. */
async function developerPays(
  origin: string,
  { scopeId, householdId }: Billed,
  manager: Client,
): Promise<void> {
  const street = new Client(origin);
  street.keep(await street.post('/auth/sessions', { personaId: 'street' }));
  const entered = await street.post('/places/organisations', { kind: 'developer', name: '明天地产公司' });
  if (entered.status !== 201) throw new Error(`the developer answered ${entered.status}`);
  const homes = (await manager.get(`/places/scopes/${scopeId}/households?limit=5`)).body.items;
  const added = await manager.post('/billing/payers', {
    scopeId,
    householdId: homes.find(({ id }: { id: string }) => id !== householdId).id,
    payer: 'developer',
    partyId: entered.body.id,
    shareBp: 10_000,
    startsOn: '2026-01-01',
    deliveredOn: '2029-12-31',
    source: '交付协议',
  });
  if (added.status !== 201) throw new Error(`the payer answered ${added.status}`);
}

const stop = (
  name: string,
  as: string,
  app: Stop['app'],
  path: (billed: Billed) => string,
  open: Stop['open'],
): Stop => ({
  name,
  app,
  as,
  path: () => (app === 'mobile' ? '/m/bills' : '/desk/billing'),
  open: async (page, say) => {
    const { origin } = new URL(page.url());
    await page.goto(origin + path(await aBilledMonth(origin)));
    await open(page, say);
  },
});
const table: Stop['open'] = async (page) => {
  await page.getByRole('table').first().waitFor();
};
const desk = (view: string) => (billed: Billed) => `/desk/billing?view=${view}&scope=${billed.scopeId}`;

const account = ({ scopeId, householdId }: Billed) => `/desk/billing/${scopeId}/${householdId}`;

/** What a home owes and why, and the workbench where it is billed. */
export const billingPages: readonly Stop[] = [
  stop(
    'bills, what is owed',
    'resident',
    'mobile',
    () => '/m/bills',
    async (page, say) => {
      await page.getByText(say('bills.why')).first().click();
      await page.getByText('2.30').first().waitFor();
    },
  ),
  stop(
    'bills, the statement',
    'resident',
    'mobile',
    () => '/m/bills',
    async (page, say) => {
      await page.getByText(say('bills.view.statement'), { exact: true }).click();
      await page.getByText(say('bills.statement.closing')).waitFor();
    },
  ),
  stop('billing, months', 'manager', 'console', desk('runs'), table),
  stop('billing, tariffs with an example', 'manager', 'console', desk('tariffs'), async (page, say) => {
    await page.getByRole('button', { name: '物业服务费（高层）' }).click();
    await page.getByRole('button', { name: say('billing.tariff.example'), exact: true }).click();
    await page.getByRole('region', { name: say('billing.tariff.example') }).waitFor();
  }),
  stop('billing, agreements and a form', 'manager', 'console', desk('agreements'), async (page, say) => {
    await page.getByRole('button', { name: say('billing.agreement.add') }).click();
    await page.getByRole('button', { name: say('billing.agreement.save'), exact: true }).click();
    await page.getByText(say('billing.need.home')).waitFor();
  }),
  stop('billing, payers and a form', 'manager', 'console', desk('payers'), async (page, say) => {
    await page.getByRole('button', { name: say('billing.payers.add') }).click();
    await page.getByRole('button', { name: say('billing.payers.save'), exact: true }).click();
    await page.getByText(say('billing.need.home')).waitFor();
  }),
  stop('billing, shared costs', 'manager', 'console', desk('costs'), async (page, say) => {
    await page.getByRole('button', { name: say('billing.costs.add') }).click();
    await page.getByRole('alertdialog').waitFor();
  }),
  stop('billing, letters', 'desk', 'console', desk('letters'), async (page, say) => {
    await page.getByText(say('billing.letters.text')).waitFor();
  }),
  stop('billing, one line', 'manager', 'console', account, async (page, say) => {
    await page.getByRole('table').getByRole('link').first().click();
    await page.getByRole('heading', { name: say('billing.line.paid') }).waitFor();
  }),
  stop('billing, arrears', 'manager', 'console', desk('arrears'), async (page, say) => {
    await page.getByText(say('billing.arrears.none')).waitFor();
  }),
  stop('billing, an account', 'manager', 'console', account, table),
  stop('billing, a correction is asked for', 'manager', 'console', account, async (page, say) => {
    await page
      .getByRole('button', { name: say('billing.line.correct') })
      .first()
      .click();
    await page.getByRole('button', { name: say('billing.take.save') }).click();
    await page.getByText(say('billing.need.words')).waitFor();
  }),
  stop('billing, corrections', 'manager', 'console', desk('corrections'), async (page, say) => {
    await page.getByRole('button', { name: say('billing.correction.approve') }).waitFor();
  }),
];
