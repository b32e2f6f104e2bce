import { Client } from '../test/server.ts';
import type { Stop } from './stops.ts';
import type { MessageKey } from './words.ts';

const DAY = 86_400_000;

/** A power and a water meter of the resident's home with a month of readings; hung once, as the manager would. */
async function someMeters(origin: string, now: number): Promise<{ scopeId: string; power: string }> {
  const as = async (personaId: string): Promise<Client> => {
    const client = new Client(origin);
    client.keep(await client.post('/auth/sessions', { personaId }));
    return client;
  };
  const [manager, resident] = [await as('manager'), await as('resident')];
  const [home] = (await resident.get('/me')).body.acting.households;
  const own = (await resident.get(`/meters/own?householdId=${home.id}`)).body.items;
  const there = own.find(({ meter }: { meter: { kind: string } }) => meter.kind === 'power');
  if (there !== undefined) return { scopeId: home.scopeId, power: there.meter.id };
  const hung = async (kind: string, serial: string, perDay: number): Promise<string> => {
    const body = {
      scopeId: home.scopeId,
      kind,
      serial,
      householdId: home.id,
      buildingId: null,
      spot: '',
      digits: 6,
      line: null,
      installedOn: new Date(now - 40 * DAY).toISOString().slice(0, 10),
      firstValue: 100,
    };
    const added = await manager.post('/meters', body);
    if (added.status !== 201) throw new Error(`the meter answered ${added.status}`);
    for (const ago of [30, 20, 12, 6, 5, 4, 3, 2, 1]) {
      const read = await manager.post(`/meters/${added.body.id}/readings?scopeId=${home.scopeId}`, {
        value: Math.round((100 + perDay * (40 - ago)) * 100) / 100,
        takenAt: new Date(now - ago * DAY).toISOString(),
        answer: 'sure',
      });
      if (read.status !== 201) throw new Error(`the reading answered ${read.status}`);
    }
    return added.body.id;
  };
  await hung('water', 'S20210720', 0.3);
  return { scopeId: home.scopeId, power: await hung('power', 'D20210720', 6.4) };
}

/** Gas that is paid for ahead; nobody answers at the end of its line, and no page has to wait for it. */
async function aPrepaid(origin: string, now: number): Promise<string> {
  const { scopeId } = await someMeters(origin, now);
  const [manager, resident] = [new Client(origin), new Client(origin)];
  manager.keep(await manager.post('/auth/sessions', { personaId: 'manager' }));
  resident.keep(await resident.post('/auth/sessions', { personaId: 'resident' }));
  const own = (await resident.get('/meters/own')).body.items;
  const there = own.find(({ prepaid }: { prepaid: unknown }) => prepaid !== null);
  if (there !== undefined) return there.meter.id;
  const [home] = (await resident.get('/me')).body.acting.households;
  const asks = async (path: string, body: object) => {
    const answer = await manager.post(path, body);
    if (answer.status !== 201) throw new Error(`${path} answered ${answer.status}`);
    return answer.body;
  };
  const { gateway } = await asks('/meters/gateways', {
    scopeId,
    label: '1号集中器',
    transport: 'dial',
    dial: { host: '127.0.0.1', port: 9 },
  });
  const meter = await asks('/meters', {
    scopeId,
    kind: 'gas',
    serial: 'Q20210720',
    householdId: home.id,
    buildingId: null,
    spot: '',
    digits: 6,
    line: { gatewayId: gateway.id, address: '202107200001' },
    installedOn: new Date(now - 40 * DAY).toISOString().slice(0, 10),
    firstValue: 100,
  });
  await asks(`/meters/${meter.id}/prepaid?scopeId=${scopeId}`, {
    keeps: 'us',
    price: 27_200,
    alarm1Fen: 2_000,
    alarm2Fen: 500,
    overdraftFen: 1_000,
    hoardingFen: 100_000,
    closePermitFen: 1_000,
    isCloseStrict: false,
  });
  return meter.id;
}

/** One that is spoken to, behind a concentrator that has never called: there is nothing on its line to hear. */
async function meterOnLine(origin: string, now: number): Promise<{ scopeId: string; id: string }> {
  const { scopeId } = await someMeters(origin, now);
  const manager = new Client(origin);
  manager.keep(await manager.post('/auth/sessions', { personaId: 'manager' }));
  const serial = 'D20210799';
  const [there] = (await manager.get(`/meters?scopeId=${scopeId}&q=${serial}`)).body.items;
  if (there !== undefined) return { scopeId, id: there.id };
  const label = '地下室集中器';
  const gateway = await manager.post('/meters/gateways', { scopeId, label, transport: 'listen' });
  if (gateway.status !== 201) throw new Error(`the concentrator answered ${gateway.status}`);
  const added = await manager.post('/meters', {
    scopeId,
    kind: 'power',
    serial,
    householdId: null,
    buildingId: null,
    spot: '地下室配电间',
    digits: 6,
    line: { gatewayId: gateway.body.gateway.id, address: '000020210799' },
    installedOn: new Date(now - 40 * DAY).toISOString().slice(0, 10),
    firstValue: 1200,
  });
  if (added.status !== 201) throw new Error(`the meter answered ${added.status}`);
  return { scopeId, id: added.body.id };
}

const withMeters =
  (
    path: (found: { scopeId: string; power: string }) => string,
    open: Stop['open'] = async () => {},
  ): Stop['open'] =>
  async (page, say) => {
    const { origin } = new URL(page.url());
    // By the page's clock: pictures are taken of another day.
    const now = await page.evaluate<number>('Date.now()');
    await page.goto(`${origin}${path(await someMeters(origin, now))}`);
    await open(page, say);
  };
const desk = (
  name: string,
  as: string,
  search: (found: { scopeId: string; power: string }) => string,
  open: Stop['open'],
): Stop => ({
  name,
  app: 'console',
  as,
  path: () => '/desk/meters',
  open: withMeters((found) => `/desk/meters${search(found)}`, open),
});
const table: Stop['open'] = async (page) => {
  await page.getByRole('table').first().waitFor();
};

/** A form of the desk's page, opened by its button. */
function form(name: string, as: string, search: string, button: MessageKey): Stop {
  const at = ({ scopeId }: { scopeId: string }) => `${search}${search === '' ? '?' : '&'}scope=${scopeId}`;
  return desk(name, as, at, async (page, say) => {
    await page.getByRole('button', { name: say(button), exact: true }).click();
    await page.getByRole('alertdialog').waitFor();
  });
}

/** A form about one meter, beside the list; of one that has a line. */
function formOf(name: string, button: MessageKey): Stop {
  return {
    name,
    app: 'console',
    as: 'manager',
    path: () => '/desk/meters',
    open: async (page, say) => {
      const { origin } = new URL(page.url());
      const { scopeId, id } = await meterOnLine(origin, await page.evaluate<number>('Date.now()'));
      await page.goto(`${origin}/desk/meters?meter=${id}&in=${scopeId}&scope=${scopeId}`);
      await page.getByRole('button', { name: say(button), exact: true }).click();
      await page.getByRole('alertdialog').waitFor();
    },
  };
}

/** A form about the one that is paid for ahead. */
function formOfPrepaid(name: string, button: MessageKey): Stop {
  return {
    name,
    app: 'console',
    as: 'manager',
    path: () => '/desk/meters',
    open: async (page, say) => {
      const { origin } = new URL(page.url());
      const now = await page.evaluate<number>('Date.now()');
      const { scopeId } = await someMeters(origin, now);
      const id = await aPrepaid(origin, now);
      await page.goto(`${origin}/desk/meters?meter=${id}&in=${scopeId}&scope=${scopeId}`);
      await page.getByRole('button', { name: say(button), exact: true }).click();
      await page.getByRole('alertdialog').waitFor();
    },
  };
}

/** Meters at the desk. */
export const meterPages: readonly Stop[] = [
  desk('meters', 'desk', () => '', table),
  desk(
    'meters, one of them',
    'manager',
    ({ scopeId, power }) => `?meter=${power}&in=${scopeId}`,
    async (page, say) => {
      await page.getByRole('heading', { name: say('metering.page.readings') }).waitFor();
      await page.getByRole('complementary').getByRole('table').waitFor();
    },
  ),
  {
    name: 'meters, one that is paid for ahead',
    app: 'console',
    as: 'desk',
    path: () => '/desk/meters',
    open: async (page, say) => {
      const { origin } = new URL(page.url());
      const now = await page.evaluate<number>('Date.now()');
      const { scopeId } = await someMeters(origin, now);
      await page.goto(`${origin}/desk/meters?meter=${await aPrepaid(origin, now)}&in=${scopeId}`);
      await page.getByRole('heading', { name: say('metering.page.readings') }).waitFor();
    },
  },
  desk('meters, the reading round', 'steward', ({ scopeId }) => `?view=round&scope=${scopeId}`, table),
  desk(
    'meters, what stands out',
    'desk',
    () => '?view=exceptions',
    async (page, say) => {
      await page
        .getByText(say('metering.empty.exceptions'))
        .or(page.getByRole('listitem').first())
        .first()
        .waitFor();
    },
  ),
  desk(
    'meters, concentrators',
    'company',
    () => '?view=lines',
    async (page, say) => {
      await page
        .getByText(say('metering.empty.lines'))
        .or(page.getByRole('listitem').first())
        .first()
        .waitFor();
    },
  ),
];

/** What is written down about meters at the desk: each form as it opens. */
export const meterFormPages: readonly Stop[] = [
  form('meters, a new one', 'manager', '', 'metering.act.hang'),
  formOf('meters, another place or line', 'metering.act.change'),
  formOf('meters, replacing one', 'metering.page.replaced'),
  formOf('meters, paid for ahead', 'metering.act.prepaid'),
  formOfPrepaid('meters, ending prepayment', 'metering.act.end'),
  formOfPrepaid('meters, replacing one that is paid for ahead', 'metering.page.replaced'),
  formOfPrepaid('meters, another price', 'metering.act.limits'),
  formOf('meters, a command', 'metering.act.command'),
  form('meters, a new concentrator', 'manager', '?view=lines', 'metering.gateway.add'),
  form('meters, a weather warning', 'manager', '?view=weather', 'metering.weather.add'),
  form('meters, a file of readings', 'steward', '?view=round', 'metering.round.file'),
];

/** Meters at home. */
export const meterPhonePages: readonly Stop[] = [
  {
    name: 'meters, the round of who reads them',
    app: 'mobile',
    as: 'worker',
    path: () => '/m/work/meters',
    open: async (page, say) => {
      const { origin } = new URL(page.url());
      const { scopeId } = await someMeters(origin, await page.evaluate<number>('Date.now()'));
      await page.getByLabel(say('mobile.round.compound')).selectOption(scopeId);
      const list = page.getByRole('region', { name: say('mobile.round.list') });
      await list.getByRole('button').first().click();
      await page.getByRole('button', { name: say('mobile.round.save') }).waitFor();
    },
  },
  {
    name: 'meters at home',
    app: 'mobile',
    as: 'resident',
    path: () => '/m/meters',
    open: withMeters(
      () => '/m/meters',
      async (page, say) => {
        await page
          .getByRole('button', { name: new RegExp(say('mobile.meters.report')) })
          .first()
          .waitFor();
      },
    ),
  },
  {
    name: 'meters at home, topping one up',
    app: 'mobile',
    as: 'resident',
    path: () => '/m/meters',
    open: async (page, say) => {
      const { origin } = new URL(page.url());
      await aPrepaid(origin, await page.evaluate<number>('Date.now()'));
      await page.goto(`${origin}/m/meters`);
      await page.getByRole('button', { name: new RegExp(`^${say('mobile.topUp.go')}`) }).click();
      await page.getByRole('dialog').getByText(say('mobile.topUp.amount')).waitFor();
    },
  },
  {
    name: 'meters at home, sending a reading',
    app: 'mobile',
    as: 'resident',
    path: () => '/m/meters',
    open: withMeters(
      () => '/m/meters',
      async (page, say) => {
        await page
          .getByRole('button', { name: new RegExp(say('mobile.meters.report')) })
          .first()
          .click();
        await page.getByRole('dialog').waitFor();
      },
    ),
  },
];
