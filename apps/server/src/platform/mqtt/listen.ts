import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { ConfigError } from '../../config-error.ts';
import type { MqttConfig } from '../../config-mqtt.ts';

export type EmbeddedMqtt = Extract<MqttConfig, { kind: 'embedded' }>;

export interface Listening {
  readonly server: Server;
  readonly url: string;
}

/** Null: the usual port is taken by another program, and nobody asked for it. */
export async function listenForMqtt(
  config: EmbeddedMqtt,
  onConnection: (socket: Socket) => void,
): Promise<Listening | null> {
  const { host, port, tls, isUsualPort } = config;
  const server =
    tls === null
      ? createServer({ noDelay: true, keepAlive: true }, onConnection)
      : createTlsServer({ ...(await secretsOf(tls)), noDelay: true, keepAlive: true }, onConnection);
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EADDRINUSE') throw error;
    if (isUsualPort) return null;
    throw new ConfigError(
      `Port ${port} on ${host} is already in use: choose another with GONGZHI_MQTT_PORT, or off.`,
    );
  }
  const address = server.address() as AddressInfo;
  return { server, url: `${tls === null ? 'mqtt' : 'mqtts'}://${host}:${address.port}` };
}

async function secretsOf(tls: { certificateFile: string; keyFile: string }) {
  try {
    const [cert, key] = await Promise.all([readFile(tls.certificateFile), readFile(tls.keyFile)]);
    return { cert, key };
  } catch (error) {
    throw new ConfigError(
      `GONGZHI_MQTT_CERT or GONGZHI_MQTT_KEY cannot be read (${(error as NodeJS.ErrnoException).code}).`,
    );
  }
}
