import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { generate, type IConnackPacket, type IPublishPacket, parser } from 'mqtt-packet';
import { LimitedConnection } from './wire.ts';

/**
 * Follows topics of somebody's broker. What came with QoS 1 is acknowledged when `take` resolves and never before; what
 * was not is sent to us again after the next connection, for our session there outlives connections. The usual client
 * libraries take one message after the other, so that each would wait for a commit of its own.
 */
export interface FollowOptions {
  readonly url: string;
  readonly clientId: string;
  readonly topics: readonly string[];
  readonly mostPacketBytes: number;
  take(message: IPublishPacket): Promise<void>;
  /** Its topics are followed from now on: after every connection. */
  ready?(): void;
  /** Told of every change, for whoever looks after the installation. */
  log(state: 'connected' | 'lost' | 'refused', detail: string): void;
}

export interface Followed {
  isConnected(): boolean;
  publish(topic: string, payload: string | Buffer): void;
  /** Resolves when the broker has it; rejects when the connection ends before: then it is to be said again. */
  say(topic: string, payload: string): Promise<void>;
  stop(): void;
}

const keepaliveSeconds = 30;
const longestPause = 30_000;

export function followBroker(options: FollowOptions): Followed {
  const url = new URL(options.url);
  let connection: LimitedConnection | null = null;
  let isStopped = false;
  let isConnected = false;
  let pause = 500;
  let again: NodeJS.Timeout | undefined;
  /** Said and not acknowledged yet, by the number of the message; number 1 is the subscription's. */
  const said = new Map<number, { resolve: () => void; reject: (error: Error) => void }>();
  let lastNumber = 1;
  const numberOf = (): number => {
    do lastNumber = lastNumber >= 65_535 ? 2 : lastNumber + 1;
    while (said.has(lastNumber));
    return lastNumber;
  };

  const open = () => {
    const port = Number(url.port === '' ? (url.protocol === 'mqtts:' ? 8883 : 1883) : url.port);
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const socket: Socket =
      url.protocol === 'mqtts:' ? connectTls({ host, port, servername: host }) : connect({ host, port });
    socket.setNoDelay(true);
    const own = new LimitedConnection(socket, options.mostPacketBytes);
    connection = own;
    let reason = '';
    let heardAt = performance.now();
    const send = (packet: Parameters<typeof generate>[0]) => {
      if (!own.destroyed) own.write(generate(packet));
    };
    const beat = setInterval(() => {
      if (performance.now() - heardAt > keepaliveSeconds * 1_500) own.destroy(new Error('no answer'));
      else if (isConnected) send({ cmd: 'pingreq' });
    }, keepaliveSeconds * 1_000);

    const reading = parser();
    reading.on('packet', (packet) => {
      if (packet.cmd === 'connack') welcome(packet);
      else if (packet.cmd === 'publish') takeIn(packet);
      else if (packet.cmd === 'puback') {
        said.get(packet.messageId ?? 0)?.resolve();
        said.delete(packet.messageId ?? 0);
      } else if (packet.cmd === 'suback' && packet.granted.some((granted) => granted === 128)) {
        reason = 'it does not let us read the topics of devices';
        options.log('refused', reason);
      } else if (packet.cmd === 'suback') options.ready?.();
    });
    reading.on('error', (error) => own.destroy(error));
    const welcome = ({ returnCode }: IConnackPacket) => {
      if (returnCode !== 0) {
        reason = `code ${returnCode}`;
        options.log('refused', reason);
        own.destroy();
        return;
      }
      isConnected = true;
      pause = 500;
      const subscriptions = options.topics.map((topic) => ({ topic, qos: 1 as const }));
      send({ cmd: 'subscribe', messageId: 1, subscriptions });
      options.log('connected', url.host);
    };
    const takeIn = (packet: IPublishPacket) => {
      options.take(packet).then(
        () => {
          if (packet.qos === 1) send({ cmd: 'puback', messageId: packet.messageId as number });
        },
        // Not kept, not acknowledged: a new connection has it sent again.
        (error: unknown) => own.destroy(error as Error),
      );
    };

    own.on('data', (chunk: Buffer) => {
      heardAt = performance.now();
      reading.parse(chunk);
    });
    own.on('error', (error) => (reason ||= error.message));
    own.on('close', () => {
      clearInterval(beat);
      isConnected = false;
      for (const { reject } of said.values()) reject(new Error('the line was cut'));
      said.clear();
      if (isStopped) return;
      options.log('lost', reason);
      again = setTimeout(open, pause);
      pause = Math.min(longestPause, pause * 2);
    });
    send({
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: 4,
      clean: false,
      clientId: options.clientId,
      keepalive: keepaliveSeconds,
      ...(url.username === '' ? {} : { username: decodeURIComponent(url.username) }),
      ...(url.password === '' ? {} : { password: Buffer.from(decodeURIComponent(url.password)) }),
    });
  };
  open();
  return {
    isConnected: () => isConnected,
    publish(topic, payload) {
      if (isConnected && connection !== null && !connection.destroyed)
        connection.write(generate({ cmd: 'publish', topic, payload, qos: 0, dup: false, retain: false }));
    },
    say: (topic, payload) =>
      new Promise((resolve, reject) => {
        // More than that nobody can have on the way: 16 bits.
        if (!isConnected || connection === null || connection.destroyed || said.size >= 60_000) {
          reject(new Error('not connected'));
          return;
        }
        const messageId = numberOf();
        said.set(messageId, { resolve, reject });
        connection.write(
          generate({ cmd: 'publish', topic, payload, qos: 1, dup: false, retain: false, messageId }),
        );
      }),
    stop() {
      isStopped = true;
      clearTimeout(again);
      const last = connection;
      if (last === null || last.destroyed) return;
      if (isConnected) last.end(generate({ cmd: 'disconnect' }), () => last.destroy());
      else last.destroy();
    },
  };
}
