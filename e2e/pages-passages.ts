import { codeMessage, VISITOR_CODE, writeCode } from '@gongzhi/gate';
import { barrierDeskPages, barrierPhonePages } from './pages-barriers.ts';
import { gateDeskPages, gatePhonePages } from './pages-gate.ts';
import { healthPages } from './pages-health.ts';
import { somePasses } from './passages.ts';
import type { Stop } from './stops.ts';
import type { MessageKey } from './words.ts';

/** Set up first, then looked at. */
const there =
  (path: string, open: Stop['open'] = async () => {}): Stop['open'] =>
  async (page, say) => {
    const { origin } = new URL(page.url());
    const scopeId = await somePasses(origin);
    await page.goto(`${origin}${path.replace('@', scopeId)}`);
    await open(page, say);
  };
const phone = (name: string, path: string, open?: Stop['open']): Stop => ({
  name,
  app: 'mobile',
  as: 'resident',
  path: () => `/m${path}`,
  open: there(`/m${path}`, open),
});
const desk = (name: string, as: string, path: string, open?: Stop['open']): Stop => ({
  name,
  app: 'console',
  as,
  path: () => '/desk/passes',
  open: there(`/desk${path}${path.includes('?') ? '&' : '?'}scope=@`, open),
});

const shows =
  (key: MessageKey): Stop['open'] =>
  async (page, say) =>
    await page.getByText(say(key), { exact: true }).first().waitFor();
const pressed =
  (key: MessageKey): Stop['open'] =>
  async (page, say) => {
    await page
      .getByRole('button', { name: say(key), exact: true })
      .first()
      .click();
    await page.getByRole('dialog').or(page.getByRole('alertdialog')).waitFor();
  };

/** The link a guest was sent, made of what a phone would make it of. */
const link = (until: string): string =>
  new URLSearchParams({
    c: writeCode(codeMessage(VISITOR_CODE, '00112233aabbccdd', 20_780), new Uint8Array(10)),
    d: '004217',
    p: '静安里小区',
    f: '2026-01-05T02:00:00.000Z',
    u: until,
  }).toString();

export const passagePhonePages: readonly Stop[] = [
  ...gatePhonePages,
  ...barrierPhonePages,
  ...healthPages,
  phone('the gate, before there is a code', '/open', async (page, say) => {
    await page
      .getByRole('button', { name: say('pass.gate.begin'), exact: true })
      .or(page.getByRole('button', { name: say('pass.gate.move'), exact: true }))
      .waitFor();
  }),
  phone('the gate, its code and what to do without it', '/open', async (page, say) => {
    const begin = page
      .getByRole('button', { name: say('pass.gate.begin'), exact: true })
      .or(page.getByRole('button', { name: say('pass.gate.move'), exact: true }));
    const code = page.locator('[data-code]');
    await begin.or(code).first().waitFor();
    if (await begin.isVisible()) await begin.click();
    await code.waitFor();
    await page.getByText(say('pass.gate.help'), { exact: true }).click();
  }),
  phone('a child’s pass', '/open', async (page, say) => {
    await page.getByText(say('pass.child.title'), { exact: true }).first().waitFor();
    await pressed('pass.child.add')(page, say);
  }),
  phone('visitors', '/visitors', shows('pass.visitors.coming')),
  phone('visitors, inviting one', '/visitors', pressed('pass.visitors.invite')),
  phone('visitors, somebody who helps', '/visitors', async (page, say) => {
    await pressed('pass.visitors.invite')(page, say);
    await page.getByRole('dialog').getByText(say('pass.kind.helper'), { exact: true }).click();
    await page.getByText(say('pass.invite.weekdays')).waitFor();
  }),
  phone('visitors, the code to send', '/visitors', pressed('pass.visitors.open')),
  phone('parcels', '/parcels', shows('pass.parcels.code')),
  phone('goods out', '/goods', shows('pass.goods.show')),
  phone('goods out, a slip', '/goods', pressed('pass.goods.ask')),
  phone('goods out, nothing leaves', '/goods', pressed('pass.goods.cancel')),
  {
    name: 'a guest’s own page',
    app: 'mobile',
    as: null,
    path: () => `/m/visit#${link('2099-01-05T06:00:00.000Z')}`,
    open: async (page, say) => {
      await shows('pass.visit.text')(page, say);
      if ((await page.getByText(say('pass.visit.over')).count()) > 0) throw new Error('it is not over');
    },
  },
  {
    name: 'a guest’s own page, too late',
    app: 'mobile',
    as: null,
    // Another address than the one before it: only what stands behind the # differs otherwise, and nothing is loaded.
    path: () => `/m/visit?late#${link('2026-01-05T06:00:00.000Z')}`,
    open: shows('pass.visit.over'),
  },
  {
    name: 'a guest’s page without a code',
    app: 'mobile',
    as: null,
    path: () => '/m/visit?again',
    open: shows('pass.visit.none'),
  },
];

export const passageDeskPages: readonly Stop[] = [
  ...gateDeskPages,
  ...barrierDeskPages,
  desk('passes', 'desk', '/passes', async (page) => await page.getByRole('table').waitFor()),
  desk('passes, none of the kind', 'desk', '/passes?kind=courier', shows('passDesk.empty')),
  desk(
    'passes, people without a phone',
    'desk',
    '/passes?printed=true',
    shows('passDesk.withoutPhone.words'),
  ),
  desk('passes, issuing one', 'desk', '/passes', pressed('passDesk.issue')),
  desk('passes, putting one on hold', 'manager', '/passes', pressed('passDesk.suspend')),
  desk('vehicles', 'desk', '/passes?view=vehicles', shows('counts.title')),
  desk('vehicles, counting them', 'manager', '/passes?view=vehicles', async (page, say) => {
    await page
      .getByRole('row', { name: say('counts.vehicles') })
      .getByRole('button')
      .click();
    await page.getByRole('dialog').or(page.getByRole('alertdialog')).waitFor();
  }),
  desk('vehicles, the car park', 'manager', '/passes?view=vehicles', pressed('passDesk.park.edit')),
  desk('lists', 'desk', '/passes?view=lists', async (page) => await page.getByRole('table').waitFor()),
  desk('lists, adding an entry', 'manager', '/passes?view=lists', pressed('passDesk.list.add')),
  desk('lists, lifting one', 'manager', '/passes?view=lists', pressed('passDesk.list.lift')),
  desk(
    'parcels at the desk',
    'desk',
    '/passes?view=parcels',
    async (page) => await page.getByRole('table').waitFor(),
  ),
  desk('parcels, taking one in', 'desk', '/passes?view=parcels', pressed('passDesk.parcel.take')),
  desk('parcels, handing one out', 'desk', '/passes?view=parcels', pressed('passDesk.parcel.hand')),
  desk(
    'goods out at the desk',
    'desk',
    '/passes?view=goods',
    async (page) => await page.getByRole('table').waitFor(),
  ),
  desk('goods out, held back', 'desk', '/passes?view=goods', pressed('passDesk.goods.hold')),
];
