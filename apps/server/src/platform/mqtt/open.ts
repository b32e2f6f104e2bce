import type { WorkerDatabase } from '../db/database.ts';
import type { House } from '../house.ts';
import type { MqttDevices } from './rooms.ts';

/** Where machines speak MQTT: a broker of our own, somebody's, or nowhere; `url` is null where it is not ours. */
export async function openDevices(
  house: House,
  worker: WorkerDatabase,
  kinds: readonly MqttDevices[],
): Promise<{ readonly url: string | null; stop(): Promise<void> }> {
  const { mqtt } = house.config;
  if (mqtt === null || kinds.length === 0) return { url: null, stop: async () => {} };
  if (mqtt.kind === 'external') {
    const { url } = mqtt;
    const followed = await Promise.all(
      kinds.flatMap((kind) => (kind.follow === undefined ? [] : [kind.follow(house, url)])),
    );
    return { url: null, stop: async () => void (await Promise.all(followed.map(async (one) => one.stop()))) };
  }
  // Only who listens to machines carries the protocol's code about.
  const { openBroker } = await import('./broker.ts');
  const rooms = kinds.map((kind) => kind.room(house, worker));
  const broker = await openBroker(house, rooms, mqtt);
  return (
    broker ?? {
      url: null,
      stop: async () => void (await Promise.all(rooms.map(async (room) => room.stop()))),
    }
  );
}
