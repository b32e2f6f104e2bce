import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { generate, parser } from 'mqtt-packet';
import { type Measured, summary } from './measured.ts';

/**
 * Run as a child process: `sensing-load.ts <json>`. Every device has a connection of its own. First each sends one reading
 * every `everySeconds`, spread over that time; then each sends the next as soon as the last was acknowledged.
 */
export interface LoadTask {
  readonly url: string;
  /** A file of them, two thousand being too much for an argument. */
  readonly devicesFile: string;
  readonly everySeconds: number;
  readonly seconds: number;
  /** How long, at the end, as fast as acknowledgements come; 0: not at all. */
  readonly fastSeconds: number;
}
export interface LoadResult {
  readonly steady: Measured;
  readonly longestMs: number;
  /** Sent and not acknowledged yet: the most of any second of the first half, and of the second. */
  readonly waitingFirst: number;
  readonly waitingLast: number;
  readonly connectSeconds: number;
  readonly fast: Measured | null;
}

interface Login {
  readonly userName: string;
  readonly password: string;
}

class Device {
  readonly #socket: Socket;
  readonly #topic: string;
  readonly #sent = new Map<number, number>();
  readonly #prefix: string;
  #count = 0;
  readonly times: number[] = [];
  onAck: () => void = () => {};
  isClosed = false;

  private constructor(socket: Socket, userName: string) {
    this.#socket = socket;
    this.#topic = `gongzhi/v1/${userName}/readings`;
    this.#prefix = userName.slice(-6);
  }

  static async enter(url: URL, { userName, password }: Login): Promise<Device> {
    const socket = connect({ host: url.hostname, port: Number(url.port), noDelay: true });
    const device = new Device(socket, userName);
    const reading = parser();
    await new Promise<void>((done, failed) => {
      reading.on('packet', (packet) => {
        if (packet.cmd === 'puback') device.#acknowledged(packet.messageId as number);
        else if (packet.cmd === 'connack' && packet.returnCode === 0) done();
        else if (packet.cmd === 'connack') failed(new Error(`refused: ${packet.returnCode}`));
      });
      socket.on('error', failed);
      socket.on('close', () => (device.isClosed = true));
      socket.on('data', (chunk) => void reading.parse(chunk as Buffer));
      socket.write(
        generate({
          cmd: 'connect',
          protocolId: 'MQTT',
          protocolVersion: 4,
          clean: true,
          clientId: userName.slice(-20),
          keepalive: 120,
          username: userName,
          password: Buffer.from(password),
        }),
      );
    });
    return device;
  }

  say(value: number): void {
    this.#count += 1;
    const messageId = (this.#count % 65_000) + 1;
    this.#sent.set(messageId, performance.now());
    const id = `${this.#prefix}-${this.#count}`;
    const payload = JSON.stringify({ id, value, at: new Date().toISOString() });
    this.#socket.write(
      generate({ cmd: 'publish', topic: this.#topic, payload, qos: 1, messageId, dup: false, retain: false }),
    );
  }

  get waiting(): number {
    return this.#sent.size;
  }

  #acknowledged(messageId: number): void {
    const at = this.#sent.get(messageId);
    if (at === undefined) return;
    this.#sent.delete(messageId);
    this.times.push(performance.now() - at);
    this.onAck();
  }

  leave(): void {
    this.#socket.destroy();
  }
}

const task = JSON.parse(process.argv[2] as string) as LoadTask;
const url = new URL(task.url);
const logins = JSON.parse(readFileSync(task.devicesFile, 'utf8')) as readonly Login[];
const began = performance.now();
const devices: Device[] = [];
for (let at = 0; at < logins.length; at += 100)
  devices.push(...(await Promise.all(logins.slice(at, at + 100).map((device) => Device.enter(url, device)))));
const connectSeconds = (performance.now() - began) / 1_000;

const takeTimes = (): number[] => devices.flatMap((device) => device.times.splice(0));
const errors = (): number => devices.filter(({ isClosed }) => isClosed).length;
const value = (i: number, turn: number): number => 0.3 + 0.01 * Math.sin(i + turn);

// Spread over the whole time: two thousand clocks never strike together.
const steps = 100;
let [waitingFirst, waitingLast, sent] = [0, 0, 0];
const start = performance.now();
const end = start + task.seconds * 1_000;
for (let step = 0; ; step++) {
  const due = start + (step * task.everySeconds * 1_000) / steps;
  if (due >= end) break;
  const pause = due - performance.now();
  if (pause > 0) await sleep(pause);
  for (let i = step % steps; i < devices.length; i += steps) {
    devices[i]?.say(value(i, step));
    sent += 1;
  }
  const waiting = devices.reduce((sum, device) => sum + device.waiting, 0);
  if (due < (start + end) / 2) waitingFirst = Math.max(waitingFirst, waiting);
  else waitingLast = Math.max(waitingLast, waiting);
}
for (let turn = 0; turn < 100 && devices.some(({ waiting }) => waiting > 0); turn++) await sleep(100);
const times = takeTimes();
const longestMs = Math.round(times.reduce((most, time) => Math.max(most, time), 0));
const steady = summary(times, task.seconds, sent - times.length + errors());

let fast: Measured | null = null;
if (task.fastSeconds > 0) {
  // A pause, so that every device may send a burst again.
  await sleep(30_000);
  let isOver = false;
  for (const [i, device] of devices.entries()) {
    let left = 55;
    device.onAck = () => {
      if (!isOver && left-- > 0) device.say(value(i, left));
    };
    device.say(value(i, 0));
  }
  await sleep(task.fastSeconds * 1_000);
  isOver = true;
  fast = summary(takeTimes(), task.fastSeconds, errors());
}
for (const device of devices) device.leave();
const result: LoadResult = { steady, longestMs, waitingFirst, waitingLast, connectSeconds, fast };
process.stdout.write(`result ${JSON.stringify(result)}\n`);
process.exit(0);
