import { createHash } from 'node:crypto';
import { MINUTE } from '@gongzhi/kernel';
import type { House } from '../../platform/house.ts';
import { followBroker } from '../../platform/mqtt/client.ts';
import { MOST_PACKET_BYTES } from '../../platform/mqtt/packets.ts';
import { allReadings, allStates, ofDevice, ofWaiting, topicsOf } from './domain.ts';
import { openDoor } from './service-door.ts';
import type { Intake } from './service-intake.ts';
import { answerTo, readMessage } from './service-listen.ts';

/**
 * Somebody else's broker. It says who may connect and who may speak on which topic; we believe that a message on a
 * device's topic is the device's. What the database cannot take is not acknowledged and comes again.
 */
/** For so long after a connection what comes may have waited there. */
const catchingUp = 30 * MINUTE;

export function openBridge(house: House, intake: Intake, url: string): { stop(): Promise<void> } {
  const door = openDoor(house);
  let connectedAt = 0;
  const followed = followBroker({
    url,
    // The same after a restart, so that what came meanwhile is handed over; another for another installation.
    clientId: `gongzhi-${createHash('sha256').update(house.config.databaseUrl).digest('hex').slice(0, 14)}`,
    topics: [allReadings, allStates],
    mostPacketBytes: MOST_PACKET_BYTES,
    async take({ topic, payload, retain }) {
      const read = readMessage(topic, payload, retain);
      if (read === null) return;
      const { about } = read;
      const receivedAt = house.clock.now().getTime();
      const allowance = receivedAt - connectedAt < catchingUp ? ofWaiting : ofDevice;
      const isTooMany = !door.admit({ deviceId: about.deviceId, allowance }, 1);
      const message = isTooMany ? ({ type: 'fault', fault: 'too_many' } as const) : read.message;
      const taken = await intake.take({
        from: about,
        credentialVersion: null,
        about,
        message,
        receivedAt,
      });
      const answer = isTooMany ? null : answerTo(house, about, message, taken);
      if (answer !== null) followed.publish(topicsOf(about).commands, answer.payload);
    },
    log: (state, detail) => {
      if (state === 'connected') {
        connectedAt = house.clock.now().getTime();
        // What was counted before says nothing about what waited.
        door.forget();
        house.log.info({ broker: detail }, 'following the broker of devices');
      } else house.log.warn({ state, detail }, 'the broker of devices is not followed now');
    },
  });
  return {
    async stop() {
      await intake.stop();
      followed.stop();
    },
  };
}
