import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ConfigError } from '../../config-error.ts';
import { listenForMqtt } from './listen.ts';

const other = createServer();
let port = 0;
beforeAll(async () => {
  other.listen(0, '127.0.0.1');
  await once(other, 'listening');
  ({ port } = other.address() as AddressInfo);
});
afterAll(() => other.close());

const config = { kind: 'embedded', host: '127.0.0.1', port: 0, isUsualPort: false, tls: null } as const;

test('a port that is taken is said when it was asked for, and done without when it was not', async () => {
  await expect(listenForMqtt({ ...config, port }, () => {})).rejects.toThrow(
    new ConfigError(
      `Port ${port} on 127.0.0.1 is already in use: choose another with GONGZHI_MQTT_PORT, or off.`,
    ),
  );
  expect(await listenForMqtt({ ...config, port, isUsualPort: true }, () => {})).toBeNull();
});

test('a certificate that is not there is said', async () => {
  const tls = { certificateFile: '/nowhere/cert.pem', keyFile: '/nowhere/key.pem' };
  await expect(listenForMqtt({ ...config, tls }, () => {})).rejects.toThrow(/GONGZHI_MQTT_CERT.*ENOENT/);
});
