import { Client } from '../test/server.ts';
import type { Stop } from './stops.ts';

/** A street's patrols: laid out once, as the manager would, with a device that watches one checkpoint. */
async function somePatrols(origin: string, now: number): Promise<void> {
  const as = async (personaId: string): Promise<Client> => {
    const client = new Client(origin);
    client.keep(await client.post('/auth/sessions', { personaId }));
    return client;
  };
  const manager = await as('manager');
  if ((await manager.get('/patrol/routes')).body.items.length > 0) return;
  const [{ scopeId }] = (await manager.get('/work-orders?limit=1&queue=open')).body.items;
  const place = { buildingId: null, facilityId: null };
  const { id } = (
    await manager.post('/sensing/devices', {
      scopeId,
      kind: 'water',
      label: '泵房水浸二号',
      spot: '消防泵房',
      gatewayId: null,
      ...place,
    })
  ).body;
  const secret = (await manager.post(`/sensing/devices/${id}/credentials?scopeId=${scopeId}`)).body;
  const sent = await fetch(`${origin}/api/v1/sensing/readings`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${secret.userName}:${secret.password}`).toString('base64')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ readings: [{ id: '1', value: 0 }] }),
  });
  if (sent.status !== 200) throw new Error(`the reading answered ${sent.status}`);
  const point = (label: string, minutes: number, deviceId: string | null) => ({
    label,
    minutes,
    deviceId,
    spot: '地下一层',
    categoryCode: 'patrol.equipment',
    ...place,
  });
  const today = new Date(now + 8 * 3_600_000).toISOString().slice(0, 10);
  const made = await manager.post('/patrol/routes', {
    scopeId,
    label: '设备房巡查',
    reason: '物业服务合同',
    timetable: { validFrom: today, everyDays: 1, times: [480, 1_200], withinMinutes: 60 },
    checkpoints: [point('消防泵房', 10, id), point('配电间', 5, null)],
  });
  if (made.status !== 201) throw new Error(`the route answered ${made.status}`);
  const route = (await manager.get('/patrol/routes')).body.items[0];
  const asked = await manager.post('/patrol/lowerings', {
    scopeId,
    checkpointId: route.checkpoints[0].id,
    everyRounds: 4,
    untilOn: today,
    reason: '水浸传感器运行三个月,无漏报',
  });
  if (asked.status !== 201) throw new Error(`the asking answered ${asked.status}`);
}

const stop = (name: string, as: string, search: string, open: Stop['open']): Stop => ({
  name,
  app: 'console',
  as,
  path: () => '/desk/patrols',
  open: async (page, say) => {
    const { origin } = new URL(page.url());
    // By the page's clock: pictures are taken of another day.
    await somePatrols(origin, await page.evaluate<number>('Date.now()'));
    await page.goto(`${origin}/desk/patrols${search}`);
    await open(page, say);
  },
});
const table: Stop['open'] = async (page) => {
  await page.getByRole('table').first().waitFor();
};

/** Rounds that are walked, and where a sensor spares some. */
export const patrolPages: readonly Stop[] = [
  stop('patrols', 'manager', '', table),
  stop('patrols, a new route', 'manager', '', async (page, say) => {
    await page.getByRole('button', { name: say('patrol.new'), exact: true }).click();
    await page.getByRole('alertdialog').waitFor();
  }),
  stop('patrols, changing the times', 'manager', '', async (page, say) => {
    await page
      .getByRole('button', { name: new RegExp(`^${say('patrol.change.retime')} `, 'u') })
      .first()
      .click();
    await page.getByRole('alertdialog').waitFor();
  }),
  stop('patrols, giving a checkpoint up', 'company', '', async (page, say) => {
    await page
      .getByRole('button', { name: new RegExp(`^${say('patrol.change.giveUp')} `, 'u') })
      .nth(1)
      .click();
    await page.getByRole('alertdialog').waitFor();
  }),
  stop('patrols, who allows fewer', 'company', '?tab=lowerings', async (page, say) => {
    await page.getByRole('button', { name: say('patrol.approve'), exact: true }).waitFor();
  }),
  stop('patrols, rounds', 'street', '?tab=rounds', async (page, say) => {
    await page.getByRole('heading', { name: say('patrol.title') }).waitFor();
  }),
  stop('patrols, hours freed', 'street', '?tab=freed', async (page, say) => {
    await page.getByRole('heading', { name: say('patrol.title') }).waitFor();
  }),
];

/** Of whoever walks them. */
export const patrolPhonePages: readonly Stop[] = [
  {
    name: 'patrols of a worker',
    app: 'mobile',
    as: 'worker',
    path: () => '/m/work/patrols',
    open: async (page, say) => {
      await page.getByRole('heading', { name: say('mobile.patrol.title') }).waitFor();
    },
  },
];
