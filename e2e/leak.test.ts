import sharp from 'sharp';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { complaintsOf } from './browser.ts';
import { settled } from './checks.ts';
import { leakPhoto, mendedPhoto } from './photos.ts';
import { type Product, startProduct } from './product.ts';
import { story } from './story.ts';
import { until } from './until.ts';
import { says } from './words.ts';

/*
 * The first scenario of the product: a leak, from a phone to closed. Three people, three browsers; nobody reloads.
 */
let product: Product;
beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product?.close());

const WORDS = '厨房水池下面的水管漏水，一直在滴，地上都是水';

story('a leak, from a phone to closed', async (step) => {
  const [resident, desk, worker] = [
    await product.enter('resident', 'phone'),
    await product.enter('desk', 'desktop'),
    await product.enter('worker', 'phone'),
  ];
  await desk
    .getByRole('link', { name: says('queues.unassigned') })
    .first()
    .click();
  await desk.getByRole('table').waitFor();
  await Promise.all([resident, desk, worker].map(settled));

  let order: { id: string; scopeId: string; number: string };

  const headline = (key: Parameters<typeof says>[0], params = {}): Promise<void> =>
    resident.getByRole('heading', { name: says(key, params) }).waitFor();
  const next = (action: string): Locator =>
    worker.getByRole('button', { name: says(`actions.${action}` as 'actions.accept'), exact: true });

  await step('the resident reports it on her phone, with a photo', async () => {
    await resident.getByRole('link', { name: says('mobile.home.reportText') }).click();
    await resident.getByRole('textbox', { name: says('mobile.report.what') }).fill(WORDS);
    // The words alone found the category, and that it is at home.
    await resident.getByRole('button', { pressed: true, name: '家中漏水' }).waitFor();
    await expect
      .poll(() => resident.getByRole('radio', { name: says('mobile.report.atHome') }).isChecked())
      .toBe(true);

    await resident.locator('input[type=file]').setInputFiles(await leakPhoto());
    await resident.getByRole('img', { name: says('mobile.photo.name', { number: 1 }) }).waitFor();
    await resident.getByRole('button', { name: says('mobile.report.send') }).click();

    await headline('mobile.headline.received');
    const [, scopeId = '', id = ''] = /\/m\/orders\/([^/]+)\/([^/]+)$/.exec(resident.url()) ?? [];
    const found = await product.sql<{ number: string }>(
      'select number from work_orders.work_order where scope_id = $1 and work_order_id = $2',
      [scopeId, id],
    );
    order = { id, scopeId, number: found[0]?.number ?? '' };
    await resident.getByText(order.number, { exact: true }).waitFor();
  });

  await step('the photo is there, small, and no longer says where it was taken', async () => {
    const photo = resident.getByRole('img', { name: says('mobile.order.photos') }).first();
    await photo.waitFor();
    const source = new URL((await photo.getAttribute('src')) ?? '', product.server.url);
    source.searchParams.set('size', 'full');
    const bytes = await (await resident.request.get(source.href)).body();
    const { width, height, exif } = await sharp(bytes).metadata();
    expect(Math.max(width, height)).toBe(1600);
    expect(exif).toBeUndefined();
  });

  await step('the desk sees it come, and assigns the plumber without a mouse', async () => {
    // On the page since before the report: the count at the top and the line above the table say so by themselves.
    await desk.getByRole('button', { name: says('console.list.freshShow', { count: 1 }) }).waitFor();
    await desk.keyboard.press('r');
    const row = desk.locator(`[data-row="${order.id}"]`);
    await row.waitFor();
    await until('the keyboard is on the new order', async () => {
      await desk.keyboard.press('j');
      return row.evaluate((link) => link === link.ownerDocument.activeElement);
    });
    await desk.keyboard.press('Enter');
    await desk
      .getByRole('article', { name: says('console.order.label', { number: order.number }) })
      .waitFor();
    await desk.getByText(WORDS).last().waitFor();

    await desk.keyboard.press('a');
    await desk.getByRole('listbox', { name: says('console.staff.label') }).waitFor();
    // The form opened with the keyboard in its field: a name narrows the list down, Enter takes who is left.
    await desk.keyboard.type('李海生');
    await desk.getByRole('option').nth(1).waitFor({ state: 'detached' });
    await desk.keyboard.press('Enter');
    await desk.getByRole('option', { name: '李海生', selected: true }).waitFor();
    await desk.keyboard.press('Control+Enter');
    await desk.getByRole('article').getByText(says('console.status.assigned'), { exact: true }).waitFor();
  });

  await step('her page says who will come', async () => {
    await headline('mobile.headline.assigned', { name: says('mobile.order.master', { name: '李海生' }) });
  });

  await step(
    'the worker sees it arrive, accepts, goes, arrives and starts; her page moves along',
    async () => {
      const name = says('mobile.order.master', { name: '李海生' });
      // He has another job in hand; the new one stands behind it by itself.
      await worker.locator(`a[href*="${order.id}"]`).click();
      await worker.getByText(WORDS).waitFor();
      for (const [action, after] of [
        ['accept', 'mobile.headline.accepted'],
        ['depart', 'mobile.headline.departed'],
        ['arrive', 'mobile.headline.arrived'],
        ['start', 'mobile.headline.in_progress'],
      ] as const) {
        await next(action).click();
        await headline(after, { name });
      }
    },
  );

  await step('he finishes with words and a photo', async () => {
    await next('finish').click();
    const sheet = worker.getByRole('dialog');
    await sheet.getByRole('textbox', { name: says('mobile.say.workDone') }).fill('换了软管，试水半小时不漏');
    await sheet.locator('input[type=file]').setInputFiles(await mendedPhoto());
    await sheet.getByRole('img').waitFor();
    await sheet.getByRole('button', { name: says('actions.finish'), exact: true }).click();
    await worker.getByText(says('mobile.work.finished')).first().waitFor();

    await headline('mobile.headline.finished', { name: says('mobile.order.master', { name: '李海生' }) });
    await resident.getByText('换了软管，试水半小时不漏').first().waitFor();
    await resident
      .getByRole('img', { name: says('mobile.order.workPhotos') })
      .first()
      .waitFor();
  });

  await step('she confirms and rates, and it is closed', async () => {
    await resident.getByRole('button', { name: says('mobile.act.confirm') }).click();
    await resident.getByRole('button', { name: says('ratings.satisfied'), exact: true }).click();
    const sheet = resident.getByRole('dialog');
    await sheet.getByRole('textbox').fill('来得快，还擦了地');
    await sheet.getByRole('button', { name: says('mobile.rate.send') }).click();
    await resident.getByText(says('mobile.order.rated', { score: says('ratings.satisfied') })).waitFor();
    await headline('mobile.headline.closed');
  });

  await step('the timeline is whole, newest first, on her page', async () => {
    const entries = await product.sql<{ kind: string }>(
      'select kind from work_orders.event where scope_id = $1 and work_order_id = $2 order by at, event_id',
      [order.scopeId, order.id],
    );
    expect(entries.map(({ kind }) => kind.replace('work_order.', ''))).toEqual([
      'submitted',
      'assigned',
      'accepted',
      'departed',
      'arrived',
      'started',
      'finished',
      'confirmed',
      'rated',
      'closed',
    ]);
    const lines = resident.getByRole('list', { name: says('mobile.timeline.title') }).getByRole('listitem');
    await expect.poll(() => lines.count()).toBeGreaterThanOrEqual(entries.length);
  });

  await step('the desk sees it closed, and no page has complained', async () => {
    await desk
      .getByRole('article')
      .getByText(says('console.status.closed'), { exact: true })
      .first()
      .waitFor();
    for (const page of [resident, desk, worker]) expect(complaintsOf(page)).toEqual([]);
  });
});
