import { addDays, instantOn, localDate } from '@gongzhi/kernel';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { VirtualClock } from '../apps/server/src/platform/clock/clock.ts';
import type { Client, Json } from '../test/server.ts';
import { complaintsOf } from './browser.ts';
import { accessibilityFaults, settled } from './checks.ts';
import { codeIsKept } from './kept-code.ts';
import { leakPhoto } from './photos.ts';
import { type Product, startProduct } from './product.ts';
import { story } from './story.ts';
import { until } from './until.ts';
import { says } from './words.ts';

/*
 * A round from the manager's desk to the phone and back: what is found is an order with its picture; where a sensor watches,
 * fewer rounds are asked for by one and allowed by another, and the hours that frees are shown.
 */
const MINUTE_MS = 60_000;
const today = localDate(Date.now());
/** Ten in the morning, whenever this runs: no day ends while it does. */
const start = instantOn(today, 600);
let product: Product;
const clock = new VirtualClock(new Date(start));
beforeAll(async () => {
  product = await startProduct({ clock, until: new Date(start) });
});
afterAll(() => product?.close());

const ok = ({ status, body }: { status: number; body: Json }): Json => {
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body;
};
const clockOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

story('a round is laid out, walked, and spared where a sensor watches', async (scene) => {
  const { server } = product;
  const managerApi = await server.as('manager');
  const deskApi = await server.as('desk');
  // The server's clock stands still but for what is told to it here; tried again, it begins where it is.
  const begun = Math.ceil((clock.now().getTime() - instantOn(today, 0)) / MINUTE_MS);
  const [first, second] = [begun + 20, begun + 140];
  const passesTo = (minutes: number): void => {
    clock.set(new Date(instantOn(today, minutes)));
  };
  const scope: Json = ok(await managerApi.get('/me')).acting.scopes.find(
    ({ kind }: Json) => kind === 'compound',
  );
  const route = `泵房巡查 ${Date.now()}`;
  const said = await aSensor(managerApi, server.url, scope.id);
  await said('1');

  const manager = await product.enter('manager', 'desktop');
  const region = manager.getByRole('region', { name: route });
  await scene('the manager lays a route out, for today', async () => {
    await manager.goto(`/desk/patrols?scope=${scope.id}`);
    await settled(manager);
    await manager.getByRole('button', { name: says('patrol.new'), exact: true }).click();
    const form = manager.getByRole('alertdialog');
    await form.getByRole('button', { name: says('patrol.new.save'), exact: true }).click();
    // What is missing is said beside the fields.
    await expect.poll(() => form.getByText(says('patrol.lower.need')).count()).toBeGreaterThan(2);
    const field = (label: string) => form.getByLabel(label, { exact: true });
    await field(says('patrol.new.label')).fill(route);
    await field(says('patrol.new.times')).fill(clockOf(first));
    await field(says('patrol.new.reason')).fill('物业服务合同');
    await field(says('patrol.new.pointLabel')).fill('消防泵房');
    await field(says('patrol.new.spot')).fill('地下一层');
    await field(says('patrol.new.minutes')).fill('30');
    await form.getByRole('button', { name: says('patrol.new.save'), exact: true }).click();
    await form.waitFor({ state: 'detached' });
    await region.getByText('消防泵房').waitFor();
  });

  await scene('and changes it: twice a day, and a sensor watches', async () => {
    await region.getByRole('button', { name: `${says('patrol.change.retime')} ${route}` }).click();
    const form = manager.getByRole('alertdialog');
    await form
      .getByLabel(says('patrol.new.times'), { exact: true })
      .fill(`${clockOf(first)} ${clockOf(second)}`);
    await form.getByLabel(says('patrol.new.reason'), { exact: true }).fill('冬季加一次');
    await form.getByRole('button', { name: says('patrol.change.retimeSave'), exact: true }).click();
    await form.waitFor({ state: 'detached' });
    await region.getByText(clockOf(second)).waitFor();
    await region.getByRole('button', { name: `${says('patrol.change.watch')} 消防泵房` }).click();
    await form.getByLabel(says('patrol.new.device'), { exact: true }).selectOption({ label: '泵房水浸' });
    await form.getByRole('button', { name: says('patrol.change.watchSave'), exact: true }).click();
    await form.waitFor({ state: 'detached' });
    await region.getByText(says('patrol.watching'), { exact: true }).waitFor();
  });

  const worker = await product.enter('worker', 'phone');
  await scene('the worker sees it when it opens, finds something, and sends a picture', async () => {
    await worker.goto('/m/work/patrols');
    await worker.getByText(says('mobile.patrol.none')).waitFor();
    passesTo(first);
    await appears(worker, route);
    await worker.getByRole('button', { name: `${says('mobile.patrol.trouble')} 消防泵房` }).click();
    const sheet = worker.getByRole('dialog');
    await sheet.getByRole('textbox', { name: says('mobile.patrol.note') }).fill('二号泵底座漏水');
    await sheet.locator('input[type=file]').setInputFiles(await leakPhoto());
    await sheet.getByRole('img', { name: says('mobile.photo.name', { number: 1 }) }).waitFor();
    await sheet.getByRole('button', { name: says('mobile.patrol.send'), exact: true }).click();
    await sheet.waitFor({ state: 'detached' });
    // The round is walked whole.
    await worker.getByText(says('mobile.patrol.none')).waitFor();
  });

  await scene('it is an order at the desk, with the words and the picture', async () => {
    const [round] = ok(await managerApi.get(`/patrol/rounds?scopeId=${scope.id}`)).items.filter(
      ({ routeLabel }: Json) => routeLabel === route,
    );
    expect(round.state).toBe('done');
    const { id, number } = round.checks[0].order;
    const order = ok(await deskApi.get(`/work-orders/${id}?scopeId=${scope.id}`));
    expect(order.description).toContain('二号泵底座漏水');
    expect(order.photos).toHaveLength(1);
    await manager.goto(`/desk/patrols?scope=${scope.id}&tab=rounds`);
    await manager.getByRole('link', { name: new RegExp(number, 'u') }).click();
    await manager.getByText('二号泵底座漏水').first().waitFor();
  });

  await scene('the manager asks for every second round, and may not allow it', async () => {
    await manager.goto(`/desk/patrols?scope=${scope.id}`);
    await region.getByRole('button', { name: says('patrol.lower'), exact: true }).click();
    const form = manager.getByRole('alertdialog');
    await form.getByLabel(says('patrol.lower.every'), { exact: true }).fill('2');
    await form.getByLabel(says('patrol.lower.until'), { exact: true }).fill(addDays(today, 60));
    await form.getByLabel(says('patrol.lower.reason'), { exact: true }).fill('水浸传感器三个月没有漏报');
    await form.getByRole('button', { name: says('patrol.lower.send'), exact: true }).click();
    await form.waitFor({ state: 'detached' });
    await manager.goto(`/desk/patrols?scope=${scope.id}&tab=lowerings`);
    await manager.getByText('水浸传感器三个月没有漏报').waitFor();
    await expect
      .poll(() => manager.getByRole('button', { name: says('patrol.approve'), exact: true }).count())
      .toBe(0);
  });

  await scene('the company allows it', async () => {
    const company = await product.enter('company', 'desktop');
    await company.goto(`/desk/patrols?scope=${scope.id}&tab=lowerings`);
    await company
      .getByRole('row', { name: new RegExp(route, 'u') })
      .getByRole('button', { name: says('patrol.approve'), exact: true })
      .click();
    await manager.getByText(says('patrol.lowering.states.approved')).first().waitFor();
  });

  await scene('the next round need not be walked, and the hours are shown', async () => {
    passesTo(second - 5);
    await said('2');
    passesTo(second);
    await until('the round has opened', async () => {
      const { items } = ok(await managerApi.get(`/patrol/rounds?scopeId=${scope.id}&state=spared`));
      return items.some(({ routeLabel }: Json) => routeLabel === route);
    });
    await worker.reload();
    await worker.getByText(says('mobile.patrol.none')).waitFor();
    await manager.goto(`/desk/patrols?scope=${scope.id}&tab=freed`);
    await settled(manager);
    const { sparedHours, plannedHours } = ok(await managerApi.get(`/patrol/freed?scopeId=${scope.id}`));
    expect(sparedHours).toBeGreaterThanOrEqual(0.5);
    const sum = says('patrol.freed.sum', { weeks: 8, hours: sparedHours, checks: 1, planned: plannedHours });
    await manager.getByText(sum).waitFor();
    expect(await accessibilityFaults(manager)).toEqual([]);
  });
  for (const page of [manager, worker]) expect(complaintsOf(page)).toEqual([]);
});

story(
  'what was found well in a cellar without a network is recorded, once, when there is one again',
  async (scene) => {
    const { server } = product;
    const managerApi = await server.as('manager');
    const begun = Math.ceil((clock.now().getTime() - instantOn(today, 0)) / MINUTE_MS);
    const scope: Json = ok(await managerApi.get('/me')).acting.scopes.find(
      ({ kind }: Json) => kind === 'compound',
    );
    const route = `地下室巡查 ${Date.now()}`;
    const point = (label: string): Json => ({
      label,
      buildingId: null,
      facilityId: null,
      spot: '地下二层',
      categoryCode: 'water.pump-room',
      minutes: 5,
      deviceId: null,
    });
    const roundOf = async (): Promise<Json> =>
      ok(await managerApi.get(`/patrol/rounds?scopeId=${scope.id}`)).items.find(
        ({ routeLabel }: Json) => routeLabel === route,
      );
    const worker = await product.enter('worker', 'phone');
    const well = (label: string) =>
      worker.getByRole('button', { name: `${says('mobile.patrol.well')} ${label}` });

    await scene('the round is on the phone', async () => {
      const timetable = { validFrom: today, everyDays: 1, times: [begun + 10], withinMinutes: 60 };
      ok(
        await managerApi.post('/patrol/routes', {
          scopeId: scope.id,
          label: route,
          reason: '物业服务合同',
          timetable,
          checkpoints: [point('集水坑'), point('风机房')],
        }),
      );
      clock.set(new Date(instantOn(today, begun + 10)));
      await worker.goto('/m/work/patrols');
      await appears(worker, route);
      await codeIsKept(worker);
    });

    await scene('in the cellar both are seen, and kept', async () => {
      await worker.context().setOffline(true);
      for (const [at, label] of ['集水坑', '风机房'].entries()) {
        await well(label).click();
        await until('it is kept', async () => {
          return (await worker.getByText(says('mobile.patrol.kept')).count()) === at + 1;
        });
      }
      expect((await roundOf()).checks.map(({ state }: Json) => state)).toEqual(['open', 'open']);
    });

    await scene('upstairs they go out by themselves, from whichever page is open', async () => {
      await worker.getByRole('link', { name: says('mobile.tab.work') }).click();
      await worker.getByText(says('mobile.patrol.waiting', { count: 2 })).waitFor();
      await worker.context().setOffline(false);
      await until('the round is walked', async () => (await roundOf()).state === 'done');
      expect((await roundOf()).checks.map(({ result }: Json) => result)).toEqual(['well', 'well']);
      await until(
        'nothing waits any more',
        async () => (await worker.getByText(says('mobile.patrol.waiting', { count: 2 })).count()) === 0,
      );
    });
    expect(complaintsOf(worker, /ERR_INTERNET_DISCONNECTED/)).toEqual([]);
  },
);

/** A water sensor in the pump room; what it gives back says that all is dry. */
async function aSensor(manager: Client, url: string, scopeId: string) {
  const place = { buildingId: null, facilityId: null, spot: '消防泵房', gatewayId: null };
  const { id } = ok(
    await manager.post('/sensing/devices', { scopeId, kind: 'water', label: '泵房水浸', ...place }),
  );
  const { userName, password } = ok(
    await manager.post(`/sensing/devices/${id}/credentials?scopeId=${scopeId}`),
  );
  return async (name: string): Promise<void> => {
    const answer = await fetch(`${url}/api/v1/sensing/readings`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${userName}:${password}`).toString('base64')}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ readings: [{ id: name, value: 0 }] }),
    });
    expect(answer.status).toBe(200);
  };
}

/** The sweep comes by every few seconds; the page is told of it, or looks again. */
async function appears(page: Page, name: string): Promise<void> {
  const heading = page.getByRole('heading', { name });
  await until('the round is on the phone', () => heading.isVisible());
}
