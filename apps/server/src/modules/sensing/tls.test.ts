import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { aWorld, type World } from '../../../../../test/world.ts';
import { topicsOf } from './domain.ts';
import { aDevice, type TestDevice } from './fixtures.ts';

/*
 * Our broker where others reach it: by TLS, with a certificate of the test's own (test/tls, for localhost, of nobody's
 * trust, good until 2126).
 */
const tls = join(import.meta.dirname, '../../../../../test/tls');
const certificateFile = join(tls, 'localhost.crt');
const ca = readFileSync(certificateFile);

let world: World;
const clients: MqttClient[] = [];
beforeAll(async () => {
  world = await aWorld({
    roles: 'api,devices',
    env: {
      GONGZHI_MQTT_PORT: '0',
      GONGZHI_MQTT_CERT: certificateFile,
      GONGZHI_MQTT_KEY: join(tls, 'localhost.key'),
    },
  });
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.endAsync(true)));
});
afterAll(() => world?.close());

async function connected(device: TestDevice, more: IClientOptions = {}, url = world.server.mqttUrl!) {
  const { userName: username, password } = device;
  const options = { username, password, reconnectPeriod: 0, connectTimeout: 5_000, ...more };
  const client = await connectAsync(url, options, false);
  client.on('error', () => {});
  clients.push(client);
  return client;
}

test('a reading comes by TLS from a device that knows our certificate, and from no other way in', async () => {
  expect(world.server.mqttUrl).toMatch(/^mqtts:/u);
  const water = await aDevice(world, 'water', { spot: '泵房' });
  const topics = topicsOf({ scopeId: water.scopeId, deviceId: water.id });
  // By a name that the certificate bears.
  const url = world.server.mqttUrl!.replace('127.0.0.1', 'localhost');
  const client = await connected(water, { ca }, url);
  await client.publishAsync(topics.readings, JSON.stringify({ id: 'by-tls', value: 0 }), { qos: 1 });
  expect(
    await world.ask('select message_id as id, value from sensing.reading where device_id = $1', [water.id]),
  ).toEqual([{ id: 'by-tls', value: 0 }]);
  // Whoever does not know the certificate does not give its secret away to it.
  await expect(connected(water, {}, url)).rejects.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
  // In the clear nothing is said, and nothing is let in.
  await expect(connected(water, {}, url.replace('mqtts:', 'mqtt:'))).rejects.toThrow();
  // The secret is asked for all the same.
  await expect(connected(water, { ca, password: 'wrong' }, url)).rejects.toMatchObject({ code: 4 });
});
