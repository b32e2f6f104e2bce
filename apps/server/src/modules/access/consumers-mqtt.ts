import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import type { House } from '../../platform/house.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { MqttClaim, MqttLine, MqttMessage, MqttRoom, MqttSession } from '../../platform/mqtt/rooms.ts';
import { type GateTopicName, gateTopicsOf, readGateTopic, readGateUser, type SaidAttempt } from './domain.ts';
import type { GateDeviceKey } from './queries-barriers.ts';
import { ChecksBody } from './schemas.ts';
import { Acknowledgement, Heartbeat } from './schemas-barriers.ts';
import { UploadBody } from './schemas-guard.ts';
import { acknowledge, beat, proveDevice } from './service-barriers.ts';
import { takeDeviceChecks } from './service-checks.ts';
import { type Door, openDoor } from './service-door.ts';
import { hashKey } from './service-gates.ts';
import { hubOf, orderView } from './service-hub.ts';
import { type Intake, openIntake } from './service-intake.ts';
import { takeUpload, type Upload } from './service-uploads.ts';
import { resultView } from './view.ts';

/** Gate devices on our own broker: the contract of HTTP, said on topics. docs/gate.md is what a maker reads. */

/** Twenty checks, or thirty decisions with their verdicts. */
export const MOST_GATE_PACKET_BYTES = 65_536;

const compiled = <S extends TSchema>(schema: S) => Compile(schema);
const checksBody = compiled(ChecksBody);
const uploadBody = compiled(UploadBody);
const acknowledgement = compiled(Acknowledgement);
const heartbeat = compiled(Heartbeat);

export function openGateRoom(house: House): MqttRoom {
  const door = openDoor(house);
  const intake = openIntake(house);
  return {
    claim(userName): MqttClaim | null {
      const device = readGateUser(userName);
      if (device === null) return null;
      const { state } = gateTopicsOf(device);
      return {
        name: device.deviceId,
        mostPacketBytes: MOST_GATE_PACKET_BYTES,
        // Much firmware has one. It changes nothing here: silence is noticed by itself.
        isWillSound: ({ topic, payload, isRetained }) =>
          topic === state && !isRetained && payload.toString() === 'gone',
        async enter(secret, line) {
          const key = await proveDevice(
            house,
            door,
            { ...device, secretHash: hashKey(secret) },
            line.address,
          );
          // Connecting is asked of the database too.
          door.admit(`${device.deviceId} connects`, 1);
          return new Session(house, door, intake, key, line);
        },
      };
    },
    stop: () => intake.stop(),
  };
}

class Session implements MqttSession {
  readonly #house: House;
  readonly #door: Door;
  readonly #intake: Intake;
  readonly #device: GateDeviceKey;
  readonly #line: MqttLine;
  readonly #topics: Readonly<Record<GateTopicName, string>>;
  #forget: (() => void) | null = null;

  constructor(house: House, door: Door, intake: Intake, device: GateDeviceKey, line: MqttLine) {
    this.#house = house;
    this.#door = door;
    this.#intake = intake;
    this.#device = device;
    this.#line = line;
    this.#topics = gateTopicsOf(device);
  }

  mayHear(topic: string): boolean {
    return topic === this.#topics.answers || topic === this.#topics.commands;
  }

  ready(): void {
    beat(this.#house, this.#device, undefined).catch(() => {});
  }

  hears(topic: string): void {
    if (topic !== this.#topics.commands || this.#device.kind !== 'barrier') return;
    const { scopeId, deviceId, credentialVersion } = this.#device;
    this.#forget ??= hubOf(this.#house).listen({
      scopeId,
      deviceId,
      credentialVersion,
      tell: (orders) => {
        const now = this.#house.clock.now();
        for (const order of orders)
          this.#line.tell(this.#topics.commands, JSON.stringify(orderView(order, now)));
      },
      putOut: () => this.#line.putOut('another key'),
    });
  }

  closed(): void {
    this.#forget?.();
    this.#forget = null;
  }

  async take({ topic, payload, isRetained, isLast }: MqttMessage): Promise<void> {
    if (isLast) return;
    const name = readGateTopic(this.#device, topic);
    if (name === null || name === 'answers' || name === 'commands') throw new Error('foreign topic');
    // What is retained comes back whenever somebody asks, however old it is.
    const json = isRetained ? undefined : readJson(payload);
    try {
      this.#answer(name, await this.#takeIn(name, json));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const { code, params, fields } = error;
      // Nothing is known of it, or it is nobody any more: the connection ends, and it is sent again.
      if (code === 'access.credentials_wrong' || params['retryAfterSeconds'] !== undefined) throw error;
      // It would be as wrong when sent again: acknowledged, and said.
      this.#answer('refused', { code, params, fields, of: name });
    }
  }

  async #takeIn(name: GateTopicName, json: unknown): Promise<object> {
    const house = this.#house;
    const { scopeId, deviceId, gateId, secretHash } = this.#device;
    switch (name) {
      case 'checks': {
        const { checks } = read(checksBody, json) as { checks: SaidAttempt[] };
        const from = { scopeId, deviceId, secretHash, accountId: null };
        const taken = await takeDeviceChecks(
          house,
          this.#intake,
          this.#door,
          { from, gateId },
          this.#line.address,
          checks,
        );
        return { results: taken.map((one, i) => resultView(checks[i]!.id, one)) };
      }
      case 'decisions': {
        const upload = read(uploadBody, json) as Upload;
        this.#door.admit(deviceId, 1);
        const uploaded = await takeUpload(house, this.#intake, this.#device, upload, null);
        const isNobody = ({ code }: { code: string }) =>
          code === 'credentials_wrong' || code === 'gate_moved';
        if (uploaded.refused.some(isNobody)) throw new Problem('access.credentials_wrong');
        const { taken, refused, flags } = uploaded;
        return { taken, refused, flags };
      }
      case 'acks': {
        const said = read(acknowledgement, json);
        this.#door.admit(deviceId, 1);
        await this.#assertStill();
        return acknowledge(house, this.#device, said);
      }
      default: {
        const { at } = read(heartbeat, json);
        this.#door.admit(deviceId, 1);
        await this.#assertStill();
        const { isClockOff } = await beat(house, this.#device, at);
        return { isClockOff };
      }
    }
  }

  /** A key that was taken away or replaced speaks no more. */
  async #assertStill(): Promise<void> {
    const { scopeId, deviceId, secretHash } = this.#device;
    await proveDevice(this.#house, this.#door, { scopeId, deviceId, secretHash }, this.#line.address);
  }

  #answer(type: string, body: object): void {
    const now = this.#house.clock.now().toISOString();
    this.#line.tell(this.#topics.answers, JSON.stringify({ type, now, ...body }));
  }
}

function readJson(payload: Buffer): unknown {
  try {
    return JSON.parse(payload.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}

function read<S extends TSchema>(
  schema: ReturnType<typeof compiled<S>>,
  json: unknown,
): ReturnType<typeof schema.Parse> {
  if (schema.Check(json)) return json as ReturnType<typeof schema.Parse>;
  const [fault] = schema.Errors(json);
  throw new Problem('validation.failed', {}, [
    { path: fault?.instancePath ?? '', code: fault?.keyword ?? 'malformed', params: {} },
  ]);
}
