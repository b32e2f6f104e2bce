import { callbackify, promisify } from 'node:util';
import { Aedes, type Client, type ConnectPacket, type PublishPacket } from 'aedes';
import type { House } from '../house.ts';
import { Problem } from '../http/problem.ts';
import { type EmbeddedMqtt, listenForMqtt } from './listen.ts';
import { MOST_PACKET_BYTES } from './packets.ts';
import type { MqttClaim, MqttRoom, MqttSession } from './rooms.ts';
import { LimitedConnection } from './wire.ts';

/**
 * Our own broker. A message is acknowledged when `authorizePublish` calls back, and that is after its commit. It keeps no
 * sessions and no retained messages: what was not acknowledged, the device sends again.
 */

/** Of one process; a town's devices, and a bound for whoever opens connections and says nothing. */
const mostConnections = 20_000;
const connectMilliseconds = 10_000;
/** Whoever wants no keep-alive is asked for a sign of life after this long. */
const longestSilenceSeconds = 3_600;
const unavailable = 3;
const badCredentials = 4;
const notAuthorized = 5;

interface Claimed {
  readonly claim: MqttClaim | null;
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
  rooms: readonly MqttRoom[],
  config: EmbeddedMqtt,
): Promise<{ readonly url: string; stop(): Promise<void> } | null> {
  const claims = new WeakMap<Client, Claimed>();
  const sessions = new WeakMap<Client, MqttSession>();
  const connections = new WeakMap<object, { wire: LimitedConnection; address: string }>();
  let isStopping = false;

  async function enter(client: Client, password: Readonly<Buffer | undefined>): Promise<void> {
    const { claim, isWillSound } = claims.get(client) ?? { claim: null, isWillSound: true };
    if (claim === null) throw new Refusal(badCredentials);
    const connection = connections.get(client.conn);
    const line = {
      address: connection?.address ?? '',
      tell,
      putOut: (reason: string) => void connection?.wire.destroy(new Error(reason)),
    };
    const session = await claim
      .enter(password?.toString('utf8') ?? '', line)
      // What the database cannot say now, it says later: that is no wrong password.
      .catch((error: unknown) => {
        const isTooOften = error instanceof Problem && error.params['retryAfterSeconds'] !== undefined;
        throw new Refusal(error instanceof Problem && !isTooOften ? badCredentials : unavailable);
      });
    if (!isWillSound) throw new Refusal(notAuthorized);
    connection?.wire.allow(claim.mostPacketBytes);
    sessions.set(client, session);
  }

  async function publish(client: Client | null, packet: PublishPacket): Promise<void> {
    const session = client === null ? undefined : sessions.get(client);
    if (client === null || session === undefined) throw new Error('not connected');
    // We are the ones who leave: no device is gone because of that.
    if (isStopping) throw new Error('stopping');
    const { topic, payload, retain } = packet;
    await session.take({
      topic,
      payload: typeof payload === 'string' ? Buffer.from(payload) : payload,
      isRetained: retain,
      isLast: client.closed,
    });
    // Nobody listens to what devices say; nothing of it is kept in memory.
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
      claims.set(client, claimOf(rooms, packet));
      done(null, true);
    },
    authenticate(client, _name, password, done) {
      entering(client, password, done as (error: Error | null) => void);
    },
    authorizePublish(client, packet, done) {
      publishing(client, packet, done);
    },
    authorizeSubscribe(client, subscription, done) {
      done(null, sessions.get(client)?.mayHear(subscription.topic) === true ? subscription : null);
    },
  });
  function tell(topic: string, payload: string | Buffer): void {
    broker.publish({ cmd: 'publish', topic, payload, qos: 0, dup: false, retain: false }, () => {});
  }
  broker.on('clientReady', (client) => sessions.get(client)?.ready());
  broker.on('subscribe', (subscriptions, client) => {
    for (const { topic } of subscriptions) sessions.get(client)?.hears?.(topic);
  });
  broker.on('clientDisconnect', (client) => sessions.get(client)?.closed?.());
  broker.on('clientError', (client, error) =>
    house.log.debug({ device: client.id, message: error.message }, 'a device was disconnected'),
  );

  const listening = await listenForMqtt(config, (socket) => {
    const wire = new LimitedConnection(socket, MOST_PACKET_BYTES);
    connections.set(wire, { wire, address: socket.remoteAddress ?? '' });
    broker.handle(wire);
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
      await Promise.all(rooms.map(async (room) => room.stop()));
      // What is on disk by now is acknowledged yet.
      await new Promise((done) => setImmediate(done));
      await close();
      await closed;
    },
  };
}

/** Sessions are not kept, so none is promised. */
function claimOf(rooms: readonly MqttRoom[], packet: ConnectPacket): Claimed {
  const name = packet.username ?? '';
  let claim: MqttClaim | null = null;
  for (const room of rooms) claim ??= room.claim(name);
  if (claim !== null) packet.clientId = claim.name;
  packet.clean = true;
  if (packet.keepalive === 0 || packet.keepalive === undefined) packet.keepalive = longestSilenceSeconds;
  const { will } = packet;
  if (will === undefined || will === null) return { claim, isWillSound: true };
  const { topic, payload, retain } = will;
  return {
    claim,
    isWillSound:
      claim?.isWillSound({ topic, payload: Buffer.from(payload), isRetained: retain === true }) ?? false,
  };
}
