import { instantOn, localDate } from '@gongzhi/kernel';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, expect } from 'vitest';
import { VirtualClock } from '../apps/server/src/platform/clock/clock.ts';
import type { Json } from '../test/server.ts';
import { complaintsOf } from './browser.ts';
import { accessibilityFaults, settled } from './checks.ts';
import { type Product, startProduct } from './product.ts';
import { story } from './story.ts';
import { until } from './until.ts';
import { says } from './words.ts';

/*
 * Water on a floor where nobody is: a device that the manager registered says so by MQTT, an order is at the desk before
 * anybody calls, and goes away by itself when the floor is dry and nobody has set out.
 */
const start = instantOn(localDate(Date.now()), 600);
const clock = new VirtualClock(new Date(start));
let product: Product;
let firmware: MqttClient | null = null;
beforeAll(async () => {
  product = await startProduct({
    clock,
    until: new Date(start),
    roles: 'api,worker,devices',
    env: { GONGZHI_MQTT_PORT: '0' },
  });
});
afterAll(async () => {
  await firmware?.endAsync(true);
  await product?.close();
});

const ok = ({ status, body }: { status: number; body: Json }): Json => {
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body;
};

story('a device opens an order by MQTT, and it closes by itself', async (scene) => {
  const { server } = product;
  const managerApi = await server.as('manager');
  const scope: Json = ok(await managerApi.get('/me')).acting.scopes.find(
    ({ kind }: Json) => kind === 'compound',
  );
  const label = `泵房水浸 ${Date.now()}`;
  const manager = await product.enter('manager', 'desktop');
  const secret: Record<string, string> = {};
  await scene('the manager registers a device', async () => {
    await manager.goto(`/desk/devices?scope=${scope.id}`);
    await settled(manager);
    await manager
      .getByRole('button', { name: says('sensing.register'), exact: true })
      .first()
      .click();
    const form = manager.getByRole('alertdialog');
    await form.getByLabel(says('sensing.label'), { exact: false }).first().fill(label);
    await form.getByLabel(says('sensing.spot'), { exact: true }).fill('地下一层泵房');
    await form.getByRole('button', { name: says('sensing.save'), exact: true }).click();
    await form.waitFor({ state: 'detached' });
    await manager.getByRole('heading', { name: label }).waitFor();
  });

  await scene('its secret is shown once', async () => {
    await manager.getByRole('button', { name: new RegExp(`^${says('sensing.secret')} `, 'u') }).click();
    const shown = manager.getByRole('alertdialog');
    await shown.getByText(says('sensing.secretWords')).waitFor();
    for (const part of ['userName', 'password', 'readingsTopic', 'stateTopic'] as const)
      secret[part] =
        (await shown
          .locator('div')
          .filter({ has: manager.getByRole('term').filter({ hasText: says(`sensing.${part}`) }) })
          .last()
          .locator('code')
          .textContent()) ?? '';
    await shown.getByRole('button', { name: says('sensing.kept'), exact: true }).click();
    await shown.waitFor({ state: 'detached' });
    await manager.reload();
    await manager.getByRole('heading', { name: label }).waitFor();
    expect(await manager.content()).not.toContain(secret['password']);
  });

  const desk = await product.enter('desk', 'desktop');
  const [, , id = ''] = /^(.*)\/([^/]+)$/.exec(secret['userName'] ?? '') ?? [];
  const orderOf = async (): Promise<Json> => {
    const [row] = await product.sql<{ id: string }>(
      'select work_order_id as id from sensing.alarm where device_id = $1 and work_order_id is not null',
      [id],
    );
    if (row === undefined) return undefined;
    return ok(await managerApi.get(`/work-orders/${row.id}?scopeId=${scope.id}`));
  };
  const say = async (name: string, value: number): Promise<void> => {
    await firmware!.publishAsync(secret['readingsTopic']!, JSON.stringify({ id: name, value }), { qos: 1 });
  };
  let number = '';
  await scene('its firmware says that there is water, and the order is at the desk by itself', async () => {
    await desk.goto('/desk/?queue=unassigned');
    await settled(desk);
    firmware = await connectAsync(server.mqttUrl!, {
      username: secret['userName']!,
      password: secret['password']!,
      reconnectPeriod: 0,
    });
    await say('dry', 0);
    await say('wet', 1);
    clock.advance(10_000);
    await until('an order is open', async () => (await orderOf()) !== undefined);
    const order = (await orderOf())!;
    number = order.number;
    expect(order.status).toBe('submitted');
    expect(order.description).toContain(label);
    // Nobody reloads: the line above the table says that something has come.
    await desk.getByRole('button', { name: says('console.list.freshShow', { count: 1 }) }).click();
    await desk.locator(`[data-row="${order.id}"]`).click();
    await desk.getByRole('article', { name: says('console.order.label', { number }) }).waitFor();
    // What was measured stands in its words.
    await desk.getByText(label).first().waitFor();
    expect(await accessibilityFaults(desk)).toEqual([]);
  });

  await scene('the page of the device shows the alarm with its order', async () => {
    const alarms = manager.getByRole('region', { name: says('sensing.alarms'), exact: true });
    await alarms.getByRole('link', { name: new RegExp(number, 'u') }).waitFor();
  });

  await scene('the floor dries, nobody has set out: the order is withdrawn', async () => {
    await say('dry-again', 0);
    clock.advance(599_000);
    expect((await orderOf())!.status).toBe('submitted');
    clock.advance(2_000);
    await until('the order has ended', async () => (await orderOf())!.status === 'cancelled');
    await manager.getByText(says('sensing.endedSelf')).waitFor();
  });
  for (const page of [manager, desk]) expect(complaintsOf(page)).toEqual([]);
});
