import { afterAll, beforeAll, expect } from 'vitest';
import { type MeterLine, serveMeters } from '../simulator/src/meters/line.ts';
import { aMeter } from '../simulator/src/meters/meter.ts';
import { Client, type Json } from '../test/server.ts';
import { type Product, startProduct } from './product.ts';
import { story } from './story.ts';
import { until } from './until.ts';
import { says } from './words.ts';

/*
 * Electricity that is paid for ahead: it runs low, the phone says so, it is paid there, and the meter itself says that the
 * money is on it. The meter speaks DL/T 645 over TCP, as one on a wall does.
 */
let product: Product;
let line: MeterLine | undefined;
const wall = aMeter('702107072501', { energy: 10_000, fen: 0 });
beforeAll(async () => {
  product = await startProduct();
  line = await serveMeters([wall]);
});
afterAll(async () => {
  await line?.close();
  await product?.close();
});

const expected = ({ status, body }: { status: number; body: Json }, wanted: number): Json => {
  expect([status, body?.code]).toEqual([wanted, body?.code]);
  return body;
};

story('a meter that is paid for ahead runs low and is topped up by phone', async (step) => {
  const origin = product.server.url;
  const as = async (personaId: string): Promise<Client> => {
    const client = new Client(origin);
    client.keep(await client.post('/auth/sessions', { personaId }));
    return client;
  };
  const [manager, resident] = [await as('manager'), await as('resident')];
  const [home] = (await resident.get('/me')).body.acting.households;
  const { scopeId } = home;
  let meter: Json;
  const ours = async (): Promise<Json> => (await manager.get(`/meters/${meter.id}?scopeId=${scopeId}`)).body;
  const page = await product.enter('resident', 'phone');
  const kind = says('metering.kind.power');

  await step('a manager hangs it, on a line, to be paid for ahead', async () => {
    const { gateway } = expected(
      await manager.post('/meters/gateways', {
        scopeId,
        label: '1号集中器',
        transport: 'dial',
        dial: { host: '127.0.0.1', port: line!.port },
        password: wall.password,
      }),
      201,
    );
    meter = expected(
      await manager.post('/meters', {
        scopeId,
        kind: 'power',
        serial: 'D70210707',
        householdId: home.id,
        buildingId: null,
        spot: '楼道表箱',
        digits: 6,
        line: { gatewayId: gateway.id, address: wall.address },
        installedOn: new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10),
        firstValue: 100,
      }),
      201,
    );
    expected(
      await manager.post(`/meters/${meter.id}/prepaid?scopeId=${scopeId}`, {
        keeps: 'meter',
        price: 5_000,
        alarm1Fen: 2_000,
        alarm2Fen: 500,
        overdraftFen: 1_000,
        hoardingFen: 50_000,
        closePermitFen: 1_000,
        isCloseStrict: false,
      }),
      201,
    );
  });

  const tops = async (amount: string): Promise<void> => {
    await page.goto(`${origin}/m/meters`);
    await page.getByRole('button', { name: `${says('mobile.topUp.go')} ${kind}` }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByLabel(says('mobile.topUp.other')).fill(amount);
    await sheet
      .getByRole('button', { name: says('pay.pay', { amount: `¥${Number(amount).toFixed(2)}` }) })
      .click();
    await page.waitForURL(/\/cashier\//);
    await page.getByRole('button', { name: /支付/ }).click();
    await page.waitForURL(/\/m\/pay\/[^/]+\/[^/]+$/);
    await page.getByText(says('metering.topUp.confirmed')).waitFor();
  };

  await step('the resident buys twenty-five yuan, and the meter says that it has them', async () => {
    await tops('25');
    expect([wall.fen, wall.purchases]).toEqual([2_500, 1]);
  });

  await step('electricity is used, the balance is low, and the phone says so', async () => {
    await page.goto(`${origin}/m/meters`);
    await page.getByText('¥25.00').waitFor();
    // Twelve kilowatt-hours at half a yuan; the meter may be read at any moment.
    wall.energy += 1_200;
    wall.fen = 1_900;
    expected(await manager.post(`/meters/${meter.id}/read-now?scopeId=${scopeId}`), 202);
    // Nobody reloads.
    await page.getByText('¥19.00').waitFor();
    await page.getByText(says('metering.phase.low')).waitFor();
    await until('the inbox has it', async () =>
      (await resident.get('/inbox?limit=50')).body.items.some((one: Json) => one.template === 'meter.low'),
    );
  });

  await step('topped up while the notice is lost, it is on the meter once', async () => {
    product.cashiers.behave({ notices: 'never' });
    await tops('100');
    expect([wall.fen, wall.purchases]).toEqual([11_900, 2]);
    await page.goto(`${origin}/m/meters`);
    await page.getByText('¥119.00').waitFor();
    await page.getByText(says('metering.phase.ok')).waitFor();
    const { prepaid, topUps, findings } = await ours();
    expect([prepaid.balanceFen, topUps.map(({ state }: Json) => state), findings]).toEqual([
      11_900,
      ['confirmed', 'confirmed'],
      [],
    ]);
    const [sum] = await product.sql<{ fen: string }>(
      `select balance_fen::text as fen from ledger.balance where account = 'meter:prepaid' and owner_id = $1`,
      [meter.id],
    );
    expect(sum).toEqual({ fen: '11900' });
  });
});
