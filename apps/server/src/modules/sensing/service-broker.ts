import { callbackify, promisify } from 'node:util';
import { Aedes, type Client, type ConnectPacket, type PublishPacket } from 'aedes';
import { type EmbeddedMqtt, listenForMqtt } from '../../platform/mqtt/listen.ts';
import { LimitedConnection } from '../../platform/mqtt/wire.ts';
import type { House } from '../../platform/house.ts';
import { Problem } from '../../platform/http/problem.ts';
import {
  type DeviceRights,
  type MessageFault,
  MOST_MESSAGE_BYTES,
  readTopic,
  readUserName,
  topicsOf,
} from './domain.ts';
import { type Admitted, openDoor } from './service-door.ts';
import { type Arrival, type Intake } from './service-intake.ts';
import { answerTo, MOST_PACKET_BYTES, readMessage } from './service-listen.ts';

/**
 * Our own broker. A message is acknowledged when `authorizePublish` calls back, and that is after its commit. It keeps no
 * sessions and no retained messages: what was not acknowledged, the device sends again.
 */

/** Of one process; a town's devices, and a bound for whoever opens connections and says nothing. */
const mostConnections = 20_000;
const connectMilliseconds = 10_000;
/** Whoever wants no keep-alive is asked for a sign of life after this long. */
const longestSilenceSeconds = 3_600;
const badCredentials = 4;
const notAuthorized = 5;
const unavailable = 3;

/** What a connection says of itself, before it is believed. */
interface Claim {
  readonly device: DeviceRights | null;
  readonly isWillSound: boolean;
}

class Refusal extends Error {
  readonly returnCode: number;
  constructor(returnCode: number) {
    super(`refused (${returnCode})`);
    this.returnCode = returnCode;
  }
}

export async function openBroker(
  house: House,
  intake: Intake,
  config: EmbeddedMqtt,
): Promise<{ readonly url: string; stop(): Promise<void> } | null> {
  const door = openDoor(house);
  const claims = new WeakMap<Client, Claim>();
  const admitted = new WeakMap<Client, Admitted>();
  const addresses = new WeakMap<object, string>();
  let isStopping = false;

  const arrive = (sender: Admitted, about: DeviceRights, message: Arrival['message']) =>
    intake.take({
      from: sender,
      credentialVersion: sender.version,
      about,
      message,
      receivedAt: house.clock.now().getTime(),
    });

  /** Noted once a connection, however much more of the same it had sent already. */
  const putOut = new WeakSet<Client>();
  function putOutFor(client: Client, sender: Admitted, fault: MessageFault): Error {
    putOut.add(client);
    arrive(sender, sender, { type: 'fault', fault }).catch(() => {});
    return new Error(fault);
  }

  async function enter(client: Client, password: Readonly<Buffer | undefined>): Promise<void> {
    const { device, isWillSound } = claims.get(client) ?? { device: null, isWillSound: true };
    const claim = device === null ? null : { device, secret: password?.toString('utf8') ?? '' };
    const sender = await door.enter(claim, addresses.get(client.conn) ?? '').catch((error: unknown) => {
      // What the database cannot say now, it says later: that is no wrong password.
      throw new Refusal(error instanceof Problem ? badCredentials : unavailable);
    });
    if (!isWillSound) throw new Refusal(notAuthorized);
    // Connecting is asked of the database too.
    if (!door.admit({ ...sender, deviceId: `${sender.deviceId} connects` }, 1))
      throw new Refusal(unavailable);
    admitted.set(client, sender);
  }

  async function publish(client: Client | null, packet: PublishPacket): Promise<void> {
    const sender = client === null ? undefined : admitted.get(client);
    if (client === null || sender === undefined) throw new Error('not connected');
    // We are the ones who leave: no device is gone because of that.
    if (isStopping) throw new Error('stopping');
    const read = readMessage(packet.topic, packet.payload as string | Buffer, packet.retain);
    // A last will is said by a connection that is closed already.
    if (!client.closed) {
      if (putOut.has(client)) throw new Error('put out');
      if (!door.admit(sender, 1)) throw putOutFor(client, sender, 'too_many');
    }
    if (read === null) throw putOutFor(client, sender, 'topic_foreign');
    const taken = await arrive(sender, read.about, read.message);
    if (!taken.ok && (taken.fault === 'topic_foreign' || taken.fault === 'credentials_wrong'))
      throw new Error(taken.fault);
    // Whatever else is wrong would be as wrong when sent again: it is acknowledged, and said on another topic.
    const answer = answerTo(house, sender, read.message, taken);
    if (answer !== null) tell(answer.topic, answer.payload);
    // Nobody listens to readings here; nothing of it is kept in memory.
    packet.retain = false;
  }

  const entering = callbackify(async (client: Client, password: Readonly<Buffer | undefined>) => {
    await enter(client, password);
    return true;
  });
  const publishing = callbackify(publish);
  const broker = await Aedes.createBroker({
    connectTimeout: connectMilliseconds,
    maxClientsIdLength: 256,
    maxTopicLevels: 8,
    queueLimit: 60,
    preConnect(client, packet, done) {
      claims.set(client, claimOf(packet));
      done(null, true);
    },
    authenticate(client, _name, password, done) {
      entering(client, password, done as (error: Error | null) => void);
    },
    authorizePublish(client, packet, done) {
      publishing(client, packet, done);
    },
    authorizeSubscribe(client, subscription, done) {
      const sender = admitted.get(client);
      const isOwn = sender !== undefined && subscription.topic === topicsOf(sender).commands;
      done(null, isOwn ? subscription : null);
    },
  });
  const tell = (topic: string, payload: string) =>
    broker.publish({ cmd: 'publish', topic, payload, qos: 0, dup: false, retain: false }, () => {});
  broker.on('clientReady', (client) => {
    const sender = admitted.get(client);
    // Lost with a database that is away: the first reading says it too.
    if (sender !== undefined) arrive(sender, sender, { type: 'back' }).catch(() => {});
  });
  broker.on('clientError', (client, error) =>
    house.log.debug({ device: client.id, message: error.message }, 'a device was disconnected'),
  );

  const listening = await listenForMqtt(config, (socket) => {
    const connection = new LimitedConnection(socket, MOST_PACKET_BYTES);
    addresses.set(connection, socket.remoteAddress ?? '');
    broker.handle(connection);
  });
  const close = promisify((done: () => void) => broker.close(done));
  if (listening === null) {
    await close();
    house.log.warn(
      `Port ${config.port} is already in use, so devices cannot report by MQTT: choose another with GONGZHI_MQTT_PORT, or say off.`,
    );
    return null;
  }
  listening.server.maxConnections = mostConnections;
  return {
    url: listening.url,
    async stop() {
      isStopping = true;
      const closed = new Promise((done) => listening.server.close(done));
      await intake.stop();
      // What is on disk by now is acknowledged yet.
      await new Promise((done) => setImmediate(done));
      await close();
      await closed;
    },
  };
}

/**
 * A connection goes by its device, whatever it calls itself: nobody puts another's out by using its name. Sessions are
 * not kept, so none is promised.
 */
function claimOf(packet: ConnectPacket): Claim {
  const device = readUserName(packet.username ?? '');
  if (device !== null) packet.clientId = device.deviceId;
  packet.clean = true;
  if (packet.keepalive === 0 || packet.keepalive === undefined) packet.keepalive = longestSilenceSeconds;
  const { will } = packet;
  if (will === undefined || will === null) return { device, isWillSound: true };
  const topic = readTopic(will.topic);
  const isOwn = device !== null && topic?.name === 'state' && topic.deviceId === device.deviceId;
  const isShort = Buffer.byteLength(will.payload) <= MOST_MESSAGE_BYTES;
  return {
    device,
    isWillSound: isOwn && isShort && will.retain !== true && will.payload.toString() === 'gone',
  };
}
