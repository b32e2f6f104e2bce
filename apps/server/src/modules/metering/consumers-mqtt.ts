import { SECOND } from '@gongzhi/kernel';
import type { WorkerDatabase } from '../../platform/db/database.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import type { MqttClaim, MqttLine, MqttMessage, MqttRoom, MqttSession } from '../../platform/mqtt/rooms.ts';
import { type GatewayName, gatewayTopic, readGatewayTopic, readGatewayUser } from './domain.ts';
import { gatewayById } from './queries-lines.ts';
import { type Collector, collectorOf, openCollector } from './service-collector.ts';
import { Conversation } from './service-conversation.ts';
import { isSecret } from './service-gateways.ts';

/**
 * Gateways of meters on our own broker: the bytes of the bus they stand on, up and down, and nothing else. What is said
 * over them is what is said over TCP. docs/meters.md is what a maker reads.
 */

/** A frame is 200 and some bytes; a gateway that gathers a few sends them together. */
export const MOST_METER_PACKET_BYTES = 2_048;
const mostASecond = 200;

export function openMeterRoom(house: House, worker: WorkerDatabase): MqttRoom {
  // Where the work is done in another process, this one speaks with the gateways that it holds.
  let own: Collector | null = null;
  const collector = (): Collector =>
    collectorOf(house) ?? (own ??= openCollector(house, worker, { everyMilliseconds: SECOND, dials: false }));
  return {
    claim(userName): MqttClaim | null {
      const gateway = readGatewayUser(userName);
      if (gateway === null) return null;
      return {
        name: gateway.gatewayId,
        mostPacketBytes: MOST_METER_PACKET_BYTES,
        // Much firmware has one. It changes nothing here: silence is noticed by itself.
        isWillSound: ({ topic, payload, isRetained }) =>
          topic === gatewayTopic(gateway, 'state') && !isRetained && payload.toString() === 'gone',
        async enter(secret, line) {
          const found = await worker.work((tx) => gatewayById(tx, gateway.gatewayId));
          const isIts =
            found?.transport === 'mqtt' &&
            found.scopeId === gateway.scopeId &&
            isSecret(found.secretHash, secret);
          if (!isIts) throw new Problem('metering.gateway_unknown');
          return new Session(house, collector(), gateway, line);
        },
      };
    },
    async stop() {
      await own?.stop();
    },
  };
}

class Session implements MqttSession {
  readonly #house: House;
  readonly #collector: Collector;
  readonly #gateway: GatewayName;
  readonly #line: MqttLine;
  readonly #conversation: Conversation;
  #letGo: (() => void) | null = null;
  #isOpen = true;
  #second = 0;
  #heard = 0;

  constructor(house: House, collector: Collector, gateway: GatewayName, line: MqttLine) {
    this.#house = house;
    this.#collector = collector;
    this.#gateway = gateway;
    this.#line = line;
    const down = gatewayTopic(gateway, 'down');
    this.#conversation = new Conversation(
      {
        isOpen: () => this.#isOpen,
        send: (bytes) => {
          line.tell(down, Buffer.from(bytes));
          return true;
        },
      },
      collector.patience,
    );
  }

  mayHear(topic: string): boolean {
    return topic === gatewayTopic(this.#gateway, 'down');
  }

  ready(): void {}

  /** What is said before it hears is lost: only now has it a line. */
  hears(topic: string): void {
    if (this.mayHear(topic))
      this.#letGo ??= this.#collector.hold(this.#gateway.gatewayId, this.#conversation, () =>
        this.#line.putOut('connected anew'),
      );
  }

  closed(): void {
    this.#isOpen = false;
    this.#conversation.close();
    this.#letGo?.();
    this.#letGo = null;
  }

  take({ topic, payload, isRetained, isLast }: MqttMessage): Promise<void> {
    if (isLast) return Promise.resolve();
    const name = readGatewayTopic(this.#gateway, topic);
    if (name === null || name === 'down') return Promise.reject(new Error('foreign topic'));
    const second = Math.floor(this.#house.clock.now().getTime() / SECOND);
    this.#heard = second === this.#second ? this.#heard + 1 : 1;
    this.#second = second;
    if (this.#heard > mostASecond) return Promise.reject(new Error('a flood'));
    // Kept by the broker it would answer questions of tomorrow.
    if (name === 'up' && !isRetained) this.#conversation.hear(payload);
    return Promise.resolve();
  }
}
