import { followBroker } from '../../../apps/server/src/platform/mqtt/client.ts';
import { aBus } from './line.ts';
import type { MeterState } from './meter.ts';

/** A gateway of meters on the broker, as its maker would build it by docs/meters.md: bytes down, bytes up. */
export interface Gateway {
  /** `meters.<compound>.<gateway>`, as the desk showed it. */
  readonly userName: string;
  readonly secret: string;
  readonly mqttUrl: string;
}

export async function connectMeters(
  meters: readonly MeterState[],
  { userName, secret, mqttUrl }: Gateway,
  options: { readonly lateMilliseconds?: number; say?(line: string): void } = {},
): Promise<{ close(): void }> {
  const topic = `gongzhi/meters/v1/${userName.split('.').slice(1).join('/')}`;
  const url = new URL(mqttUrl);
  url.username = encodeURIComponent(userName);
  url.password = encodeURIComponent(secret);
  return new Promise((resolve, reject) => {
    const line = followBroker({
      url: url.href,
      clientId: userName,
      topics: [`${topic}/down`],
      mostPacketBytes: 2_048,
      take: async ({ payload }) => bus.hear(Buffer.from(payload)),
      log: (state, detail) => {
        options.say?.(`mqtt ${state}${detail === '' ? '' : `: ${detail}`}`);
        if (state !== 'refused') return;
        line.stop();
        reject(new Error(`the broker refused: ${detail}`));
      },
      ready: () =>
        resolve({
          close() {
            bus.stop();
            line.stop();
          },
        }),
    });
    const bus = aBus(
      meters,
      (bytes) => line.publish(`${topic}/up`, Buffer.from(bytes)),
      options.lateMilliseconds,
    );
  });
}
