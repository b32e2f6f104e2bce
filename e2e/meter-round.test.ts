import { afterAll, beforeAll, expect, test } from 'vitest';
import { complaintsOf } from './browser.ts';
import { type Product, startProduct } from './product.ts';
import { until } from './until.ts';
import { says } from './words.ts';

/*
 * A reading round: from home to home with a phone that has no network in the cellar. What is doubtful is asked at the meter;
 * what was written down is kept, and counted once, in its order and at the hour at which it was read.
 */
let product: Product;
beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product?.close());

const DAY = 86_400_000;

/** Three water meters of one home's staircase that nobody has read for ten days; each usually needs 0.4 a day. */
async function threeMeters(): Promise<{ scopeId: string; serials: string[] }> {
  const manager = await product.server.as('manager');
  const resident = await product.server.as('resident');
  const [home] = (await resident.get('/me')).body.acting.households;
  const now = Date.now();
  const serials = ['R-1', 'R-2', 'R-3'];
  for (const serial of serials) {
    const hung = await manager.post('/meters', {
      scopeId: home.scopeId,
      kind: 'gas',
      serial,
      householdId: home.id,
      buildingId: null,
      spot: serial,
      digits: 5,
      line: null,
      installedOn: new Date(now - 30 * DAY).toISOString().slice(0, 10),
      firstValue: 100,
    });
    expect(hung.status).toBe(201);
    for (const [ago, value] of [
      [20, 104],
      [10, 108],
    ] as const) {
      const takenAt = new Date(now - ago * DAY).toISOString();
      const path = `/meters/${hung.body.id}/readings?scopeId=${home.scopeId}`;
      expect((await manager.post(path, { value, takenAt })).status).toBe(201);
    }
  }
  return { scopeId: home.scopeId, serials };
}

test('a round is walked without a network, asked about at the meter, and counted once in its order', async () => {
  const { scopeId, serials } = await threeMeters();
  const page = await product.enter('worker', 'phone');
  await page.goto('/m/work');
  await page.getByRole('link', { name: says('mobile.round.title') }).click();
  const compound = page.getByLabel(says('mobile.round.compound'));
  await page.getByLabel(says('mobile.round.kind')).selectOption('gas');
  if ((await compound.count()) > 0) await compound.selectOption(scopeId);
  const figure = page.getByRole('textbox', {
    name: says('mobile.meters.value', { unit: says('metering.unit.gas') }),
  });
  const save = page.getByRole('button', { name: says('mobile.round.save') });
  const shown = (serial: string) => page.getByRole('heading', { name: new RegExp(serial) }).waitFor();
  await shown('R-1');
  const counted = () =>
    product.sql<{ serial: string; value: string; answer: string | null; order: number; late: boolean }>(
      `select m.serial, (r.milli / 1000.0)::float8::text as value, r.answer,
         row_number() over (order by r.recorded_at, r.reading_id)::int as "order", r.taken_at < r.recorded_at as late
       from metering.reading r join metering.meter m using (scope_id, meter_id)
       where r.source = 'manual' and m.serial = any ($1) and r.taken_at > now() - interval '1 day'
       order by r.recorded_at, r.reading_id`,
      [serials],
    );

  // With a network: written down, and the next one is there. The round itself cannot be asked for any more.
  await page.route('**/api/v1/meters/round?*', (route) => route.abort());
  await figure.fill('112');
  await save.click();
  await shown('R-2');
  await page.getByText(says('mobile.round.progress', { done: 1, count: 3 })).waitFor();

  await until('the first has gone out', async () => (await counted()).length === 1);

  // From here on by the keyboard's own key: a banner that comes or goes moves what is pressed by its place.
  await page.context().setOffline(true);
  await figure.fill('10.8');
  await figure.press('Enter');
  const asked = (doubt: 'lower' | 'far_more') =>
    page.getByText(says('mobile.meters.check', { why: says(`metering.doubt.${doubt}`) })).waitFor();
  await asked('lower');
  // A slip of the finger: typed again, and nothing was written down.
  await figure.fill('112.5');
  await figure.press('Enter');
  await shown('R-3');
  await figure.fill('150');
  await figure.press('Enter');
  await asked('far_more');
  await page.getByRole('button', { name: says('metering.answer.sure') }).press('Enter');
  await page.getByText(says('mobile.round.all')).waitFor();
  await expect.poll(() => page.getByText(says('mobile.round.kept'), { exact: true }).count()).toBe(2);
  await page.getByText(says('ui.offlineWaiting', { count: 2 })).waitFor();
  expect((await counted()).map(({ serial }) => serial)).toEqual(['R-1']);

  await page.unroute('**/api/v1/meters/round?*');
  await page.context().setOffline(false);
  await until('all of it has gone out', async () => (await counted()).length >= 3);
  await page.getByText(says('mobile.round.kept'), { exact: true }).first().waitFor({ state: 'detached' });
  expect((await counted()).map(({ serial, value, answer }) => [serial, value, answer])).toEqual([
    ['R-1', '112', null],
    ['R-2', '112.5', null],
    ['R-3', '150', 'sure'],
  ]);
  expect((await counted()).slice(1).every(({ late }) => late)).toBe(true);
  await page.getByText(says('mobile.round.progress', { done: 3, count: 3 })).waitFor();
  // The browser looks for a newer service worker while the network is cut.
  expect(complaintsOf(page, /ERR_INTERNET_DISCONNECTED|ERR_FAILED|fetching the script/)).toEqual([]);
});
