import type { House } from '../../platform/house.ts';
import { Problem } from '../../platform/http/problem.ts';
import { MOST_PACKET_BYTES } from '../../platform/mqtt/packets.ts';
import type { MqttClaim, MqttLine, MqttMessage, MqttRoom, MqttSession } from '../../platform/mqtt/rooms.ts';
import {
  type DeviceRights,
  type MessageFault,
  MOST_MESSAGE_BYTES,
  readTopic,
  readUserName,
  topicsOf,
} from './domain.ts';
import { type Admitted, type Door, openDoor } from './service-door.ts';
import { type Arrival, type Intake, openIntake } from './service-intake.ts';
import { answerTo, readMessage } from './service-listen.ts';

/** Sensors on our own broker. */
export function openRoom(house: House): MqttRoom {
  const door = openDoor(house);
  const intake = openIntake(house);
  return {
    claim(userName) {
      const device = readUserName(userName);
      return device === null ? null : claimOf(house, door, intake, device);
    },
    stop: () => intake.stop(),
  };
}

function claimOf(house: House, door: Door, intake: Intake, device: DeviceRights): MqttClaim {
  return {
    name: device.deviceId,
    mostPacketBytes: MOST_PACKET_BYTES,
    isWillSound({ topic: address, payload, isRetained }) {
      const topic = readTopic(address);
      const isOwn = topic?.name === 'state' && topic.deviceId === device.deviceId;
      const isShort = payload.length <= MOST_MESSAGE_BYTES;
      return isOwn && isShort && !isRetained && payload.toString() === 'gone';
    },
    async enter(secret, line) {
      const sender = await door.enter({ device, secret }, line.address);
      // Connecting is asked of the database too.
      if (!door.admit({ ...sender, deviceId: `${sender.deviceId} connects` }, 1))
        throw new Problem('sensing.too_many', { retryAfterSeconds: 1 });
      return new Session(house, door, intake, sender, line);
    },
  };
}

class Session implements MqttSession {
  readonly #house: House;
  readonly #door: Door;
  readonly #intake: Intake;
  readonly #sender: Admitted;
  readonly #line: MqttLine;
  /** Noted once a connection, however much more of the same it had sent already. */
  #isPutOut = false;

  constructor(house: House, door: Door, intake: Intake, sender: Admitted, line: MqttLine) {
    this.#house = house;
    this.#door = door;
    this.#intake = intake;
    this.#sender = sender;
    this.#line = line;
  }

  mayHear(topic: string): boolean {
    return topic === topicsOf(this.#sender).commands;
  }

  ready(): void {
    // Lost with a database that is away: the first reading says it too.
    this.#arrive(this.#sender, { type: 'back' }).catch(() => {});
  }

  async take({ topic, payload, isRetained, isLast }: MqttMessage): Promise<void> {
    const read = readMessage(topic, payload, isRetained);
    if (!isLast) {
      if (this.#isPutOut) throw new Error('put out');
      if (!this.#door.admit(this.#sender, 1)) throw this.#putOutFor('too_many');
    }
    if (read === null) throw this.#putOutFor('topic_foreign');
    const taken = await this.#arrive(read.about, read.message);
    if (!taken.ok && (taken.fault === 'topic_foreign' || taken.fault === 'credentials_wrong'))
      throw new Error(taken.fault);
    // Whatever else is wrong would be as wrong when sent again: it is acknowledged, and said on another topic.
    const answer = answerTo(this.#house, this.#sender, read.message, taken);
    if (answer !== null) this.#line.tell(answer.topic, answer.payload);
  }

  #arrive(about: DeviceRights, message: Arrival['message']) {
    const { version: credentialVersion } = this.#sender;
    const receivedAt = this.#house.clock.now().getTime();
    return this.#intake.take({ from: this.#sender, credentialVersion, about, message, receivedAt });
  }

  #putOutFor(fault: MessageFault): Error {
    this.#isPutOut = true;
    this.#arrive(this.#sender, { type: 'fault', fault }).catch(() => {});
    return new Error(fault);
  }
}
