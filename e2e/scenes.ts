import type { Page } from 'playwright-core';
import { importRequestsCommand } from '../apps/server/src/modules/work-orders/import/cli.ts';
import type { Client } from '../test/server.ts';
import type { Look } from './browser.ts';
import { findOrders, type Orders } from './orders.ts';
import { passageDeskPages, passagePhonePages } from './pages-passages.ts';
import { deskPages, phonePages } from './pages.ts';
import { inLanguage } from './stops.ts';
import { leakPhoto, mendedPhoto } from './photos.ts';
import type { Product } from './product.ts';
import { says } from './words.ts';

/** One picture: who looks at what, and what is pressed first. `desk-…` is taken at a desk, `wall-…` on the wall, the rest on a phone. */
export interface Scene extends Look {
  readonly name: string;
  readonly as: string | null;
  readonly isLargeType?: boolean;
  /** All of the page, not only what fits the screen. */
  readonly isWhole?: boolean;
  readonly path: (stage: Stage) => string;
  /** Before the page is opened, as the same person. */
  readonly before?: (client: Client) => Promise<void>;
  readonly open?: (page: Page, stage: Stage) => Promise<void>;
}

interface Order {
  readonly id: string;
  readonly scopeId: string;
}

/** What the pictures show besides the street itself: one leak at three moments of its life, and a whole city. */
export interface Stage extends Orders {
  /** Just reported, with a photo. */
  readonly fresh: Order;
  /** Mended, waiting for the resident's word. */
  readonly mended: Order;
  /** Confirmed, rated, closed. */
  readonly done: Order;
}

export async function setStage(product: Product, pass: (minutes: number) => void): Promise<Stage> {
  const [resident, desk, worker] = [
    await product.server.as('neighbour'),
    await product.server.as('desk'),
    await product.server.as('worker'),
  ];
  const { households } = (await resident.get('/me')).body.acting as {
    households: { id: string; scopeId: string }[];
  };
  const [home] = households;
  if (home === undefined) throw new Error('the resident has no home');
  const upload = async (client: Client, photo: { buffer: Buffer }): Promise<string> =>
    (
      await client.send('POST', `/files?scopeId=${home.scopeId}`, new Uint8Array(photo.buffer), {
        'content-type': 'image/jpeg',
      })
    ).body.id as string;

  const report = async (description: string): Promise<Order> =>
    (
      await resident.post('/work-orders', {
        scopeId: home.scopeId,
        categoryCode: 'water.leak.home',
        description,
        place: { type: 'home', householdId: home.id },
        photoIds: [await upload(resident, await leakPhoto())],
      })
    ).body as Order;
  const act = async (client: Client, order: Order, command: Record<string, unknown>): Promise<void> => {
    const path = `/work-orders/${order.id}`;
    const { version } = (await client.get(`${path}?scopeId=${order.scopeId}`)).body as { version: number };
    const answer = await client.post(`${path}/commands?scopeId=${order.scopeId}`, {
      ...command,
      expectedVersion: version,
    });
    if (answer.status !== 200)
      throw new Error(`${String(command['action'])}: ${JSON.stringify(answer.body)}`);
  };
  const me = (await worker.get('/me')).body as { account: { id: string } };
  const mend = async (order: Order): Promise<Order> => {
    pass(2);
    await act(desk, order, { action: 'assign', assigneeAccountId: me.account.id });
    for (const [action, minutes] of [
      ['accept', 1],
      ['depart', 2],
      ['arrive', 6],
      ['start', 1],
    ] as const) {
      pass(minutes);
      await act(worker, order, { action });
    }
    pass(14);
    await act(worker, order, {
      action: 'finish',
      workDone: '换了存水弯下面的软管，试水半小时不漏',
      photoIds: [await upload(worker, await mendedPhoto())],
    });
    return order;
  };

  // Time passes on the stage: an hour in all.
  const mended = await mend(await report('厨房水池下面的水管漏水，一直在滴，地上都是水'));
  const done = await mend(await report('卫生间洗脸池下面漏水'));
  pass(3);
  await act(resident, done, { action: 'confirm' });
  await act(resident, done, { action: 'rate', score: 'satisfied', words: '来得快，还把地擦了' });
  pass(7);
  const fresh = await report('厨房天花板往下滴水，好像是楼上漏的');

  await importRequestsCommand(['data/boston-311/requests-sample.csv.gz', '--mapping', 'boston-311'], {
    adminUrl: product.server.database.adminUrl,
    databaseUrl: product.server.database.appUrl,
    dataDir: product.server.dataDir,
    out: () => {},
  });
  // The import is of today by the calendar on the wall; the stage's own day may be another.
  await product.sql("update identity.membership set starts_on = '2026-01-01' where starts_on > '2026-01-01'");
  return { ...(await findOrders(product.server)), fresh, mended, done };
}

/** Acts from now on as the membership of this name. */
const asMemberOf =
  (name: string) =>
  async (client: Client): Promise<void> => {
    const { memberships } = (await client.get('/me')).body as {
      memberships: { id: string; scopeName: string }[];
    };
    const found = memberships.find(({ scopeName }) => scopeName === name);
    if (found === undefined) throw new Error(`no membership of ${name}`);
    client.keep(await client.send('PUT', '/me/acting', { membershipId: found.id }));
  };

const order =
  (which: keyof Stage) =>
  (stage: Stage): string =>
    `/m/orders/${stage[which].scopeId}/${stage[which].id}`;
const beside =
  (which: keyof Stage, queue: string) =>
  (stage: Stage): string =>
    `/desk/?queue=${queue}&order=${stage[which].id}&in=${stage[which].scopeId}`;

async function writeReport(page: Page): Promise<void> {
  await page
    .getByRole('textbox', { name: says('mobile.report.what') })
    .fill('厨房水池下面的水管漏水，一直在滴');
  await page.locator('input[type=file]').setInputFiles(await leakPhoto());
  await page.getByRole('img', { name: says('mobile.photo.name', { number: 1 }), exact: true }).waitFor();
  await page.evaluate('document.activeElement.blur()');
}

async function beginAssigning(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: says('actions.assign') })
    .first()
    .click();
  await page.getByRole('option').first().waitFor();
}

/** A page as the tests of every page open it (pages.ts), by the name it has there. */
function asLookedAt(name: string, stopName: string): Scene {
  const stops = /^(?:desk|wall)/.test(name)
    ? [...deskPages, ...passageDeskPages]
    : [...phonePages, ...passagePhonePages];
  const stop = stops.find((one) => one.name === stopName);
  if (stop === undefined) throw new Error(`e2e/pages.ts has no page called "${stopName}"`);
  return { name, as: stop.as, path: stop.path, open: (page) => stop.open(page, inLanguage('zh-CN')) };
}

/** In the order of docs/tour.md. */
export const scenes: readonly Scene[] = [
  { name: 'phone-sign-in', as: null, path: () => '/m/sign-in' },
  { name: 'phone-home', as: 'resident', path: () => '/m/' },
  { name: 'phone-report', as: 'resident', path: () => '/m/report', open: writeReport },
  { name: 'phone-order', as: 'resident', path: order('moving') },
  { name: 'desk-queue', as: 'desk', path: () => '/desk/' },
  { name: 'desk-order', as: 'desk', path: beside('fresh', 'unassigned') },
  { name: 'desk-assign', as: 'desk', path: beside('fresh', 'unassigned'), open: beginAssigning },
  { name: 'phone-work', as: 'worker', path: () => '/m/work' },
  {
    name: 'phone-finish',
    as: 'worker',
    path: ({ inHand }) => `/m/work/${inHand.scopeId}/${inHand.id}`,
    open: async (page) => {
      await page.getByRole('button', { name: says('actions.finish'), exact: true }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'phone-confirm', as: 'neighbour', path: order('mended') },
  { name: 'phone-timeline', as: 'neighbour', path: order('done'), isWhole: true },
  {
    name: 'desk-closed',
    as: 'desk',
    path: ({ done }) => `/desk/orders/${done.scopeId}/${done.id}`,
  },
  { name: 'desk-call', as: 'desk', path: () => '/desk/new' },
  { name: 'desk-report', as: 'street', path: () => '/desk/report' },
  {
    name: 'desk-boston',
    as: 'city',
    before: asMemberOf('Boston'),
    locale: 'en',
    path: () => '/desk/report?by=place',
  },
  { name: 'desk-places', as: 'desk', path: () => '/desk/places' },
  asLookedAt('phone-hours', 'report, hours at home'),
  asLookedAt('phone-charge', 'a job in hand, what it costs'),
  asLookedAt('phone-visit', 'a job in hand, the next visit'),
  asLookedAt('phone-handover', 'hand-over'),
  asLookedAt('phone-family', 'family, letting somebody help'),
  asLookedAt('phone-slip', 'a slip'),
  asLookedAt('phone-my-data', 'my data'),
  asLookedAt('phone-told', 'how I am told'),
  asLookedAt('desk-caller', 'new order, two calls'),
  asLookedAt('desk-marked', 'queue, several marked'),
  asLookedAt('desk-words', 'found by words'),
  asLookedAt('desk-print', 'sheets to print'),
  asLookedAt('desk-callbacks', 'callbacks'),
  asLookedAt('desk-compare', 'comparison'),
  asLookedAt('desk-overview', 'overview of a street'),
  asLookedAt('desk-catalogue', 'rules, the catalogue'),
  asLookedAt('desk-calendar', 'rules, the calendar'),
  asLookedAt('desk-duties', 'rules, whose matter'),
  asLookedAt('desk-prices', 'prices'),
  asLookedAt('desk-form', 'a form, filling it in'),
  asLookedAt('desk-forms-burden', 'forms, the burden'),
  asLookedAt('desk-my-grid', 'my grid'),
  asLookedAt('desk-person', 'a person, asking to see the name'),
  asLookedAt('desk-household', 'household'),
  asLookedAt('desk-erase', 'a person, erasing'),
  asLookedAt('desk-import', 'import'),
  asLookedAt('desk-takeover', 'planning a takeover'),
  asLookedAt('desk-labels', 'facility labels'),
  asLookedAt('desk-deliveries', 'delivery log'),
  asLookedAt('desk-board', 'dispatch board, choosing who goes'),
  asLookedAt('desk-site-plan', 'site plan'),
  asLookedAt('desk-hotline', 'hotline'),
  asLookedAt('desk-hotline-case', 'hotline case, the reply'),
  asLookedAt('desk-hotline-rates', 'hotline rates'),
  asLookedAt('desk-devices', 'devices, one of them'),
  asLookedAt('desk-patrols', 'patrols'),
  asLookedAt('desk-open311', 'Open311, what a service asks'),
  asLookedAt('desk-prevention', 'a cause'),
  asLookedAt('phone-code', 'the gate, its code and what to do without it'),
  asLookedAt('phone-guest', 'visitors, the code to send'),
  asLookedAt('phone-parcels', 'parcels'),
  asLookedAt('phone-guard', 'gate, on watch'),
  asLookedAt('phone-guard-stopped', 'gate, somebody is stopped'),
  asLookedAt('desk-gates', 'gates, who went through'),
  asLookedAt('desk-measures', 'gates, measures'),
  asLookedAt('desk-barriers', 'gates, barriers and who asks'),
  asLookedAt('desk-passes', 'passes'),
  asLookedAt('desk-vehicles', 'vehicles'),
  asLookedAt('phone-bills', 'bills, what is owed'),
  asLookedAt('phone-pay', 'what a home pays'),
  asLookedAt('phone-paid', 'a payment that is paid'),
  asLookedAt('phone-meters', 'meters at home'),
  asLookedAt('phone-accounts', 'common accounts'),
  asLookedAt('desk-billing', 'billing, months'),
  asLookedAt('desk-tariff', 'billing, tariffs with an example'),
  asLookedAt('desk-till', 'payments, the till'),
  asLookedAt('desk-payment', 'payments, one'),
  asLookedAt('desk-meter', 'meters, one of them'),
  asLookedAt('desk-ledger', 'ledger'),
  asLookedAt('desk-accounts', 'common accounts, published'),
  asLookedAt('wall-16-9', 'wall screen'),
  asLookedAt('wall-32-9', 'wall screen'),
  { name: 'phone-home-large', as: 'resident', isLargeType: true, path: () => '/m/' },
  { name: 'phone-order-large', as: 'resident', isLargeType: true, path: order('moving') },
  { name: 'phone-home-dark', as: 'resident', colorScheme: 'dark', path: () => '/m/' },
  { name: 'phone-order-en', as: 'resident', locale: 'en', path: order('moving') },
  { name: 'desk-order-dark', as: 'desk', colorScheme: 'dark', path: beside('disputed', 'disputed') },
  { name: 'desk-queue-en', as: 'desk', locale: 'en', path: () => '/desk/?queue=late' },
  // The last of them: from then on the desk's line shows on every page of theirs.
  asLookedAt('desk-telephone', 'telephone, somebody rings'),
];
