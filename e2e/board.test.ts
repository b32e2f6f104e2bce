import { afterAll, beforeAll, expect } from 'vitest';
import { complaintsOf } from './browser.ts';
import { settled } from './checks.ts';
import { type Product, startProduct } from './product.ts';
import { story } from './story.ts';
import { until } from './until.ts';
import { says } from './words.ts';

/* A dispatcher's minute: an order comes in, is given away without a mouse, dragged, and stands in somebody's lane. */
let product: Product;
beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product?.close());

story('from the tray into a lane, by the keyboard and by dragging', async (step) => {
  const { server } = product;
  const resident = await server.as('resident');
  const home = (await resident.get('/me')).body.acting.households[0];
  const desk = await product.enter('desk', 'desktop');
  await desk.goto('/desk/board');
  await settled(desk);
  const tray = desk.getByRole('region', { name: /./ }).filter({ has: desk.locator('[aria-pressed]') });
  const statusOf = async (id: string): Promise<{ status: string; name: string | null }> => {
    const [row] = await product.sql<{ status: string; name: string | null }>(
      'select status, assignee_name as name from work_orders.work_order where work_order_id = $1',
      [id],
    );
    return row!;
  };
  const report = async (
    categoryCode: string,
    description: string,
  ): Promise<{ id: string; number: string }> => {
    const place = { type: 'home', householdId: home.id };
    const { body, status } = await resident.post('/work-orders', {
      scopeId: home.scopeId,
      categoryCode,
      description,
      place,
    });
    expect(status).toBe(201);
    return body;
  };

  await step(
    'what is reported comes into the tray by itself, and goes to who suits best with two keys',
    async () => {
      const burst = await report('water.burst', '水管爆了，满地是水');
      // Emergencies stand first.
      await tray.getByRole('button', { pressed: false }).first().getByText(says('board.emergency')).waitFor();
      await desk.keyboard.press('j');
      const best = tray.getByRole('button', { name: /^派给/ });
      await best.waitFor();
      const name = /^派给\s*(\S+?)\s*（/.exec((await best.innerText()).trim())?.[1];
      await desk.keyboard.press('a');
      await until('it is given', async () => (await statusOf(burst.id)).status === 'assigned');
      expect((await statusOf(burst.id)).name).toBe(name);
      const lane = desk.getByRole('listitem').filter({ has: desk.getByText(name ?? '', { exact: true }) });
      await lane.locator(`a[href*="${burst.id}"]`).first().waitFor();
    },
  );

  await step('another is dragged onto somebody’s lane', async () => {
    const drip = await report('water.tap', '厨房水龙头关不紧');
    await until('it is in the tray', async () => {
      const body = (await (await server.as('desk')).get('/dispatch/board')).body;
      return body.waiting.some((one: { id: string }) => one.id === drip.id);
    });
    // With none chosen the lanes stand still.
    await desk.keyboard.press('Escape');
    await tray.locator('[aria-pressed="true"]').waitFor({ state: 'detached' });
    const card = tray.locator(`[data-order="${drip.id}"]`);
    await card.waitFor();
    const target = desk.getByRole('listitem').filter({ has: desk.getByText('李海生', { exact: true }) });
    await settled(desk);
    await card.dragTo(target.first());
    await until('it is his', async () => (await statusOf(drip.id)).name === '李海生');
    await target.locator(`a[href*="${drip.id}"]`).first().waitFor();
  });

  expect(complaintsOf(desk)).toEqual([]);
});
