import { randomUUID } from 'node:crypto';
import { Client } from '../test/server.ts';
import type { Stop } from './pages.ts';

/** A gate with a reader, a measure at it, and a morning's passages: put up once, as the manager and the street would. */
async function someGates(origin: string): Promise<string> {
  const as = async (personaId: string): Promise<Client> => {
    const client = new Client(origin);
    client.keep(await client.post('/auth/sessions', { personaId }));
    return client;
  };
  const [manager, street] = [await as('manager'), await as('street')];
  const [{ scopeId }] = (await manager.get('/work-orders?limit=1&queue=open')).body.items;
  const own = (await manager.get(`/access/gates?scopeId=${scopeId}`)).body.items;
  if (own.some(({ code }: { code: string }) => code === 'E-1')) return scopeId;
  const made = await manager.post('/access/gates', {
    scopeId,
    code: 'E-1',
    name: '东门',
    kind: 'both',
    direction: 'both',
    buildingId: null,
    hours: [{ days: [1, 2, 3, 4, 5, 6, 7], fromMinute: 300, toMinute: 1_440 }],
  });
  if (made.status !== 201) throw new Error(`the gate answered ${made.status}`);
  const hung = await manager.post(`/access/gates/${made.body.id}/devices?scopeId=${scopeId}`, {
    kind: 'reader',
    label: '东门读卡器',
  });
  const device = hung.body.devices[0].id as string;
  const { userName, password } = (
    await manager.post(`/access/devices/${device}/credentials?scopeId=${scopeId}`)
  ).body;
  const now = Date.now();
  const ordered = await street.post('/access/measures', {
    scopeId,
    buildingId: null,
    name: '进门测温',
    authority: '区疾病预防控制机构',
    documentNo: '区疾控〔2026〕7号',
    startsAt: new Date(now).toISOString(),
    endsAt: new Date(now + 7 * 86_400_000).toISOString(),
    checks: { temperature: { limitTenths: 373, counts: 'at_limit', otherwise: 'refer', when: 'in' } },
    onNoAnswer: { kind: 'refer' },
    answerWithinMilliseconds: 800,
    answerHoldsMinutes: 30,
    retentionDays: 14,
  });
  if (ordered.status !== 201) throw new Error(`the measure answered ${ordered.status}`);
  const checks = [
    { direction: 'out' },
    { direction: 'out' },
    { direction: 'in', temperature: 38.2 },
    { direction: 'in', urgent: 'dialysis' },
  ].map((check) => ({ id: randomUUID(), ...check }));
  const sent = await fetch(`${origin}/api/v1/access/checks`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${userName}:${password}`).toString('base64')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ checks }),
  });
  if (sent.status !== 200) throw new Error(`the checks answered ${sent.status}`);
  return scopeId;
}

const stop = (name: string, as: string, tab: string | null, open: Stop['open']): Stop => ({
  name,
  app: 'console',
  as,
  path: () => '/desk/gates',
  open: async (page, say) => {
    const { origin } = new URL(page.url());
    const scopeId = await someGates(origin);
    const query = new URLSearchParams({ scope: scopeId, ...(tab === null ? {} : { tab }) });
    await page.goto(`${origin}/desk/gates?${query}`);
    await open(page, say);
  },
});
const table: Stop['open'] = async (page) => {
  await page.getByRole('table').first().waitFor();
};
const dialog: Stop['open'] = async (page) => {
  await page.getByRole('alertdialog').waitFor();
};

/** Gates, who went through, and the measures at them. */
export const gatePages: readonly Stop[] = [
  stop('gates', 'manager', null, table),
  stop('gates, a new one', 'manager', null, async (page, say) => {
    await page.getByRole('button', { name: say('gates.new'), exact: true }).click();
    await dialog(page, say);
  }),
  stop('gates, a key shown once', 'manager', null, async (page, say) => {
    await table(page, say);
    await page
      .getByRole('button', { name: new RegExp(`^${say('gates.keyAgain')} `, 'u') })
      .first()
      .click();
    await page
      .getByRole('button', { name: say('gates.keyAgain'), exact: true })
      .last()
      .click();
    await page.getByText(say('gates.keyWords')).waitFor();
  }),
  stop('gates, who went through', 'manager', 'passages', table),
  stop('gates, letting somebody through', 'manager', 'passages', async (page, say) => {
    await table(page, say);
    await page
      .getByRole('button', { name: say('gates.passage.override'), exact: true })
      .first()
      .click();
    await dialog(page, say);
  }),
  stop('gates, measures', 'street', 'measures', async (page, say) => {
    await page
      .getByRole('button', { name: new RegExp(`^${say('gates.measures.end')} `, 'u') })
      .first()
      .waitFor();
  }),
  stop('gates, carrying out a decision', 'street', 'measures', async (page, say) => {
    await page.getByRole('button', { name: say('gates.measures.new'), exact: true }).click();
    await dialog(page, say);
  }),
  stop('gates, nothing destroyed yet', 'street', 'destroyed', async (page, say) => {
    await page.getByText(say('gates.destroyed.none')).waitFor();
  }),
];
