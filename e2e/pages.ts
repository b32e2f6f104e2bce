import { Client } from '../test/server.ts';
import { aCause } from './causes.ts';
import { settled, sidewaysScroll } from './checks.ts';
import { devicePages } from './pages-devices.ts';
import { dispatchPages } from './pages-dispatch.ts';
import { gatePages } from './pages-gates.ts';
import { hotlinePages } from './pages-hotline.ts';
import { moneyPages, moneyPhonePages } from './pages-money.ts';
import { open311Pages } from './pages-open311.ts';
import { patrolPages, patrolPhonePages } from './pages-patrols.ts';
import { peoplePages } from './pages-people.ts';
import { placesPages } from './pages-places.ts';
import { reportPages } from './pages-reports.ts';
import { searchPages } from './pages-search.ts';
import { telephonePages } from './pages-telephone.ts';
import { wechatPages } from './pages-wechat.ts';
import { workPhonePages } from './pages-work.ts';
import { beside, desk, order, phone, press, type Stop } from './stops.ts';
import { pressUntil } from './until.ts';

/** What the desk prints for somebody without a phone; the code opens without a session. */
export async function printedSlip(origin: string): Promise<string> {
  const desk = new Client(origin);
  desk.keep(await desk.post('/auth/sessions', { personaId: 'desk' }));
  const [order] = (await desk.get('/work-orders?limit=1&queue=open')).body.items;
  return (await desk.post(`/work-orders/${order.id}/slips?scopeId=${order.scopeId}`)).body.token;
}

/**
 * A steward has the list on a phone and a tablet too: the figures on top, the queues and the field lie side by side and not
 * over each other, and the menu under the name is within reach.
 */
const nothingOverlaps: Stop['open'] = async (page) => {
  const before = page.viewportSize()!;
  const over: string[] = [];
  for (const width of [1100, 768, 360]) {
    await page.setViewportSize({ width, height: 740 });
    await settled(page);
    over.push(
      ...(await sidewaysScroll(page)),
      ...(await page.evaluate<string[]>(`(() => {
        const found = [];
        for (const each of document.querySelectorAll('header, main nav:first-of-type a, main label')) {
          const { right } = each.getBoundingClientRect();
          for (const inner of each.querySelectorAll('*'))
            if (inner.getBoundingClientRect().right > right + 1)
              found.push(innerWidth + ': ' + (inner.textContent || inner.tagName));
        }
        return found;
      })()`)),
    );
  }
  await page.setViewportSize(before);
  if (over.length > 0) throw new Error(`on narrow screens: ${over.join(' · ')}`);
};

/** There the open order lies over the list, and is as high as both. */
const orderCoversList: Stop['open'] = async (page, say) => {
  const { width, height } = page.viewportSize()!;
  await page.setViewportSize({ width: 360, height: 740 });
  const beside = page.getByRole('complementary', { name: say('console.order.beside'), exact: true });
  const order = await beside.boundingBox();
  // What else is said above them (who rings, what was lost) may be a region as well.
  const list = await beside.locator('xpath=preceding-sibling::section').boundingBox();
  await page.setViewportSize({ width, height });
  if (order === null || list === null || order.y > list.y || order.height < list.height)
    throw new Error(
      `on a phone the order lies at ${JSON.stringify(order)}, the list at ${JSON.stringify(list)}`,
    );
};

/** What is not for a resident says so and leads home; it is looked at as it stands before that. */
const ofStaff =
  (key: 'mobile.page.of.workers' | 'mobile.page.of.guards'): Stop['open'] =>
  async (page, say) => {
    const staffPage = page.url();
    const heading = page.getByRole('heading', { name: say(key), exact: true });
    await heading.waitFor();
    await page.getByRole('button', { name: say('mobile.page.goHome'), exact: true }).click();
    await page.getByRole('heading', { name: say('mobile.home.living'), exact: true }).waitFor();
    await page.goto(staffPage);
    await heading.waitFor();
  };

/** Every page of the phone, and every sheet that opens over one. A page that is added to the app is added here. */
export const phonePages: readonly Stop[] = [
  ...patrolPhonePages,
  ...moneyPhonePages,
  phone('sign-in', null, '/sign-in'),
  phone('no such page', null, '/nowhere'),
  phone('home', 'resident', '/'),
  phone('a worker’s page, to a resident', 'resident', '/work', ofStaff('mobile.page.of.workers')),
  phone('a guard’s page, to a resident', 'resident', '/gate', ofStaff('mobile.page.of.guards')),
  phone('home, for her mother', 'daughter', '/'),
  phone('family, acting for somebody', 'daughter', '/family'),
  phone('report', 'resident', '/report'),
  phone('report, filled in', 'resident', '/report', async (page, say) => {
    await page.getByRole('textbox', { name: say('mobile.report.what') }).fill('电梯里的灯坏了，一闪一闪');
    await page.getByText(say('mobile.report.inPublic'), { exact: true }).click();
    await page.getByRole('textbox', { name: say('mobile.report.spot') }).fill('1号楼电梯');
  }),
  ...wechatPages,
  phone('report, hours at home', 'resident', '/report', async (page, say) => {
    await page.getByRole('textbox', { name: say('mobile.report.what') }).fill('水龙头关不紧');
    await page.getByText(say('mobile.report.atHome'), { exact: true }).click();
    await page.getByText(say('mobile.visit.tomorrow'), { exact: true }).waitFor();
  }),
  phone('orders followed', 'resident', '/orders?list=followed'),
  phone('report, all categories', 'resident', '/report', async (page, say) => {
    await page
      .getByRole('button', { name: say('mobile.report.chooseCategory') })
      .or(page.getByRole('button', { name: say('mobile.report.otherCategory') }))
      .click();
    await page.getByRole('dialog').waitFor();
  }),
  phone('orders', 'resident', '/orders'),
  phone('orders, finished', 'resident', '/orders?list=finished'),
  phone('order on its way', 'resident', order('moving')),
  phone('order, a word', 'resident', order('moving'), press('actions.comment')),
  // As it is some minutes later: the longest sentence that a status says.
  phone('order longer than usual', 'resident', order('moving'), async (page, say) => {
    await page.route('**/arrival?*', async (route) => {
      const response = await route.fetch();
      const told = (await response.json()) as object;
      await route.fulfill({ response, json: { ...told, expected: null, isLongerThanUsual: true } });
    });
    await page.reload();
    await page.getByText(say('mobile.arrival.longer')).waitFor();
    await page.unroute('**/arrival?*');
  }),
  phone('order to confirm', 'resident', order('finished')),
  phone('order to confirm, not done', 'resident', order('finished'), press('actions.dispute')),
  phone('order closed', 'resident', order('closed')),
  phone('messages', 'resident', '/messages'),
  phone('me', 'resident', '/me'),
  phone('how I am told', 'resident', '/me/messages'),
  phone('my data', 'resident', '/me/data'),
  phone('family', 'resident', '/family'),
  phone('family, letting somebody help', 'resident', '/family', press('family.give')),
  phone('a slip', null, '/sign-in', async (page, say) => {
    await page.goto(`/m/slip/${await printedSlip(new URL(page.url()).origin)}`);
    await page.getByText(say('family.slip.private')).waitFor();
  }),
  ...workPhonePages,
];

/** Every page of the desk. */
export const deskPages: readonly Stop[] = [
  desk('sign-in', null, '/sign-in'),
  desk('queue', 'desk', '/'),
  desk('queue, on narrow screens', 'steward', '/?queue=open', nothingOverlaps),
  desk('order from the queue, on a phone', 'steward', beside('unassigned', 'unassigned'), orderCoversList),
  desk('empty search', 'desk', '/?queue=all&q=nothing'),
  desk('order beside', 'desk', beside('unassigned', 'unassigned')),
  desk('assigning', 'desk', beside('unassigned', 'unassigned'), async (page, say) => {
    await page.getByRole('button', { name: say('actions.assign') }).click();
    await page.getByRole('listbox', { name: say('console.staff.label') }).waitFor();
  }),
  desk('order disputed', 'desk', order('disputed')),
  desk('order closed', 'desk', order('closed')),
  desk('keys', 'desk', '/', async (page) => {
    await pressUntil(page, '?', page.getByRole('dialog'));
  }),
  desk('menu', 'desk', '/', async (page, say) => {
    await page.getByRole('button', { name: say('console.user.menu') }).click();
    await page.getByRole('menu').waitFor();
  }),
  desk('prices', 'manager', '/rules?tab=prices'),
  desk('callback rules', 'desk', '/rules?tab=callbacks'),
  desk('callback rules, changing one', 'company', '/rules?tab=callbacks', press('desk.duties.change')),
  desk('a job in hand, every form open', 'desk', order('inHand'), async (page, say) => {
    for (const key of [
      'workingActions.add_line',
      'workingActions.add_helper',
      'workingActions.order_part',
      'workingActions.plan_visit',
    ] as const)
      await page.getByRole('button', { name: say(key), exact: true }).click();
    await page.getByRole('form', { name: say('workingActions.plan_visit') }).waitFor();
  }),
  desk('new order', 'desk', '/new'),
  desk('new order, two calls', 'desk', '/new', async (page, say) => {
    await page.getByRole('button', { name: say('family.caller.another') }).click();
    await page.getByRole('textbox', { name: say('family.caller.title') }).fill('13000000000');
    await page.getByText(say('family.caller.unknown')).waitFor();
  }),
  desk('callbacks', 'desk', '/callbacks'),
  desk('comparison', 'desk', '/compare?by=worker'),
  desk('facility labels', 'desk', (orders) => `/places/labels?scope=${orders.moving.scopeId}`),
  desk('report by category', 'desk', '/report'),
  desk('report by month', 'manager', '/report?by=month'),
  desk('report by place', 'street', '/report?by=place'),
  desk('my grid', 'steward', '/my-grid'),
  desk('dispatch board', 'desk', '/board'),
  desk('dispatch board, choosing who goes', 'manager', '/board', async (page) => {
    await pressUntil(page, 'j', page.locator('[aria-pressed="true"]'));
  }),
  desk('dispatch board of a company', 'company', '/board'),
  desk('site plan', 'steward', '/board?view=plan'),
  desk('site plan of a street', 'street', '/board'),
  desk('how long it takes', 'manager', '/board?view=times'),
  ...dispatchPages,
  desk('roster of a company', 'company', '/roster'),
  desk('roster', 'manager', '/roster'),
  desk('roster, changing a shift', 'manager', '/roster', press('roster.change')),
  desk('roster, a new pattern', 'manager', '/roster', press('roster.addPattern')),
  ...reportPages,
  desk('before complaints', 'street', '/prevention'),
  desk(
    'before complaints, likely next',
    'street',
    ({ moving }) => `/prevention?view=risks&scope=${moving.scopeId}`,
  ),
  desk('a cause', 'street', '/prevention', aCause),
  desk('a cause, declining it', 'street', '/prevention', async (page, say) => {
    await aCause(page, say);
    await press('prevention.actions.decline')(page, say);
  }),
  ...placesPages,
  desk('moving to another company', 'desk', order('unassigned'), async (page, say) => {
    await page.getByRole('button', { name: say('actions.move') }).click();
    const form = page.getByRole('form', { name: say('move.title') });
    await form.getByText(say('move.unit'), { exact: true }).click();
    await form.getByLabel(say('move.whichUnit')).waitFor();
    await form.getByRole('button', { name: say('move.do'), exact: true }).click();
    await form.getByRole('alert').first().waitFor();
  }),
  desk('second factor', 'desk', '/', async (page, say) => {
    await page.getByRole('button', { name: say('console.user.menu') }).click();
    await page.getByRole('menuitem', { name: say('factor.title') }).click();
    await page.getByRole('button', { name: say('factor.begin') }).waitFor();
  }),
  desk('second factor, the code to scan', 'desk', '/', async (page, say) => {
    await page.getByRole('button', { name: say('console.user.menu') }).click();
    await page.getByRole('menuitem', { name: say('factor.title') }).click();
    await page.getByRole('button', { name: say('factor.begin') }).click();
    await page.getByRole('img', { name: say('factor.qr') }).waitFor();
  }),
  ...peoplePages,
  ...devicePages,
  ...moneyPages,
  ...patrolPages,
  ...gatePages,
  ...hotlinePages,
  desk('import', 'manager', '/imports'),
  desk('import, saying which column is which', 'manager', '/imports', async (page, say) => {
    const named = say('imports.kind.people');
    await page
      .getByRole('combobox', { name: say('imports.kind'), exact: true })
      .selectOption({ label: named });
    await page.locator('input[type=file]').setInputFiles({
      name: '住户.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(
        '幢别,梯位,户室,产权人姓名(与证一致),联络,与房何干,何时起\n1号楼,1单元,101,甲乙,,业主,2020-01-01\n1号楼,1单元,102,丙丁,,租户,2021-01-01\n',
      ),
    });
    await page.getByRole('heading', { name: say('imports.columns.title') }).waitFor();
  }),
  desk('inbox', 'desk', '/inbox'),
  desk('queue, several marked', 'desk', '/', async (page) => {
    await page.locator('[data-row]').first().waitFor();
    await pressUntil(page, 'x', page.getByRole('checkbox', { checked: true }).first());
    await page.keyboard.press('Shift+J');
    await page.getByRole('checkbox', { checked: true }).nth(1).waitFor();
  }),
  desk('columns', 'desk', '/', press('desk.columns')),
  desk('filter', 'desk', '/', press('console.filter')),
  desk('saving a queue', 'desk', '/?queue=late', press('desk.saved.add')),
  desk('found by words', 'desk', '/?queue=all&words=%E6%BC%8F%E6%B0%B4'),
  desk(
    'sheets to print',
    'desk',
    (orders) =>
      `/print?ids=${orders.unassigned.scopeId}:${orders.unassigned.id},${orders.disputed.scopeId}:${orders.disputed.id}`,
  ),
  desk('rules, the catalogue', 'company', '/rules'),
  desk('rules, only read', 'desk', '/rules'),
  desk('rules, the calendar', 'company', '/rules?tab=calendar'),
  desk('rules, whose matter', 'company', '/rules?tab=duties'),
  desk('rules, changing whose matter', 'company', '/rules?tab=duties', press('desk.duties.change')),
  desk('rules, a prepared answer', 'manager', '/rules?tab=templates', press('desk.templates.add')),
  desk('how I am told', 'desk', '/me/messages'),
  desk('delivery log', 'desk', '/deliveries'),
  desk('order in public, its words', 'desk', order('published'), async (page, say) => {
    await page.getByRole('button', { name: say('open311.panel.text.edit') }).click();
    await page.getByRole('textbox', { name: say('open311.panel.text') }).waitFor();
  }),
  ...open311Pages,
  desk('of a company', 'company', '/'),
  desk('of a street', 'street', '/?queue=late'),
  desk('not for a worker', 'worker', '/'),
  desk('no such page', 'desk', '/nowhere'),
  ...searchPages,
  ...telephonePages,
];
