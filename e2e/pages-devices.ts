import { Client } from '../test/server.ts';
import type { Stop } from './stops.ts';
import type { MessageKey } from './words.ts';

const desk = (name: string, as: string, path: string, open: Stop['open']): Stop => ({
  name,
  app: 'console',
  as,
  path: () => `/desk${path}`,
  open,
});
const press =
  (key: MessageKey): Stop['open'] =>
  async (page, say) => {
    await page
      .getByRole('button', { name: say(key), exact: true })
      .first()
      .click();
    await page.getByRole('alertdialog').waitFor();
  };
const rest = async (): Promise<void> => {};

/** A gate that stands open, a pump and a gateway; put up once, as its manager and its maker would. */
async function someDevices(origin: string, now: number): Promise<{ scopeId: string; gate: string }> {
  const as = async (personaId: string): Promise<Client> => {
    const client = new Client(origin);
    client.keep(await client.post('/auth/sessions', { personaId }));
    return client;
  };
  const [manager, company] = [await as('manager'), await as('company')];
  const [{ scopeId }] = (await manager.get('/work-orders?limit=1&queue=open')).body.items;
  const there = (await manager.get(`/sensing/devices?scopeId=${scopeId}&kind=gate`)).body.items;
  if (there.length > 0) return { scopeId, gate: there[0].id };
  const rules = (await company.get(`/sensing/rules?scopeId=${scopeId}`)).body;
  const { condition, clearForSeconds, restSeconds, quiet, categoryCode } = rules.items.find(
    ({ code }: { code: string }) => code === 'gate.open',
  );
  const put = await company.send('PUT', '/sensing/rules/gate.open', {
    scopeId,
    expectedVersion: 0,
    validFrom: rules.earliest,
    source: '东门正对马路',
    condition,
    forSeconds: 0,
    clearForSeconds,
    restSeconds,
    quiet,
    categoryCode,
    isActive: true,
  });
  if (put.status !== 200) throw new Error(`the rule answered ${put.status}`);
  const added = async (kind: string, label: string, values: readonly number[]): Promise<string> => {
    const place = { scopeId, kind, label, buildingId: null, facilityId: null, spot: label, gatewayId: null };
    const { id } = (await manager.post('/sensing/devices', place)).body;
    const { userName, password } = (
      await manager.post(`/sensing/devices/${id}/credentials?scopeId=${scopeId}`)
    ).body;
    if (values.length === 0) return id;
    const readings = values.map((value, i) => ({
      id: String(i),
      value,
      at: new Date(now - (values.length - i) * 5_000).toISOString(),
    }));
    const sent = await fetch(`${origin}/api/v1/sensing/readings`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${userName}:${password}`).toString('base64')}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ readings }),
    });
    if (sent.status !== 200) throw new Error(`the readings of ${label} answered ${sent.status}`);
    return id;
  };
  await added('gateway', '1号机房网关', []);
  await added('pump', '生活水泵', [0.31, 0.32, 0.3, 0.29, 0.33]);
  return { scopeId, gate: await added('gate', '东门', [0, 0, 1]) };
}

/** Set up first, then looked at. */
const withDevices =
  (search: (found: { scopeId: string; gate: string }) => string, open: Stop['open'] = rest): Stop['open'] =>
  async (page, say) => {
    const { origin } = new URL(page.url());
    // By the page's clock: pictures are taken of another day.
    const now = await page.evaluate<number>('Date.now()');
    await page.goto(`${origin}/desk/devices${search(await someDevices(origin, now))}`);
    await page.getByRole('table').first().waitFor();
    await open(page, say);
  };
const theGate = ({ scopeId, gate }: { scopeId: string; gate: string }): string =>
  `?device=${gate}&in=${scopeId}`;

/** Devices that watch the place. */
export const devicePages: readonly Stop[] = [
  desk(
    'devices',
    'desk',
    '/devices',
    withDevices(() => ''),
  ),
  desk(
    'devices, one of them',
    'manager',
    '/devices',
    withDevices(theGate, async (page, say) => {
      await page
        .getByRole('region', { name: say('sensing.plot') })
        .getByRole('img')
        .waitFor();
    }),
  ),
  desk(
    'devices, none of that kind',
    'desk',
    '/devices?kind=meter',
    async (page, say) => await page.getByText(say('sensing.emptyFilter')).waitFor(),
  ),
  desk(
    'devices, registering one',
    'manager',
    '/devices',
    withDevices(() => '', press('sensing.register')),
  ),
  desk('devices, changing one', 'manager', '/devices', withDevices(theGate, press('sensing.change'))),
  desk(
    'devices, a secret shown once',
    'manager',
    '/devices',
    withDevices(theGate, async (page, say) => {
      await page.getByRole('button', { name: new RegExp(`^${say('sensing.secretAgain')} `, 'u') }).click();
      const dialog = page.getByRole('alertdialog');
      await dialog.getByRole('button', { name: say('sensing.secretAgain'), exact: true }).click();
      await page.getByText(say('sensing.secretWords')).waitFor();
    }),
  ),
  desk(
    'devices, alarms',
    'street',
    '/devices',
    withDevices(() => '?tab=alarms'),
  ),
  desk(
    'devices, their rules',
    'desk',
    '/devices',
    withDevices(({ scopeId }) => `?tab=rules&scope=${scopeId}`),
  ),
  desk(
    'devices, changing a rule',
    'company',
    '/devices',
    withDevices(
      ({ scopeId }) => `?tab=rules&scope=${scopeId}`,
      async (page) => {
        await page
          .getByRole('row')
          .filter({ has: page.getByRole('button') })
          .first()
          .getByRole('button')
          .click();
        await page.getByRole('alertdialog').waitFor();
      },
    ),
  ),
];
