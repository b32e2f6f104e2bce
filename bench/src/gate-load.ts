import { createHmac, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import {
  codeMessage,
  dateOfStep,
  DAY_KEY_BYTES,
  dayKeyText,
  PHONE_CODE,
  stepOf,
  writeCode,
} from '@gongzhi/gate';
import { type Measured, summary } from './measured.ts';

/**
 * Run as a child process: `gate-load.ts <json>`. So many connections, each with one question at a time: the next is asked
 * when the last was answered. Bare sockets, for on two cores a client that works hard measures itself.
 */
export interface GateTask {
  readonly url: string;
  readonly path: string;
  readonly worldFile: string;
  readonly connections: number;
  readonly seconds: number;
  readonly warmSeconds: number;
}
export interface GateWorld {
  readonly devices: readonly {
    readonly scopeId: string;
    readonly userName: string;
    readonly password: string;
  }[];
  readonly people: Readonly<
    Record<string, readonly { readonly ref: string; readonly card: string; readonly secret: string }[]>
  >;
}
export interface GateLoad {
  readonly measured: Measured;
  readonly outcomes: Readonly<Record<string, number>>;
}

const task = JSON.parse(process.argv[2] as string) as GateTask;
const world = JSON.parse(readFileSync(task.worldFile, 'utf8')) as GateWorld;
const target = new URL(task.url);

/** Of a hundred: how somebody makes themselves known, and how warm they are. The same sequence in every run. */
let serial = 0;
const dayKeys = new Map<string, Buffer>();

function checkOf(scopeId: string): string {
  const n = serial++;
  const people = world.people[scopeId]!;
  const one = people[(n * 7919) % people.length]!;
  const id = randomUUID();
  const temperature = n % 50 === 0 ? 37.6 : n % 97 === 0 ? '' : 36.4 + (n % 8) / 10;
  const warm = temperature === '' ? '' : `,"temperature":${temperature}`;
  const direction = n % 5 < 3 ? 'in' : 'out';
  const who = n % 5 === 0 ? `"code":"${codeOf(scopeId, one)}"` : n % 211 === 0 ? '' : `"card":"${one.card}"`;
  return `{"checks":[{"id":"${id}","direction":"${direction}","mask":true${warm}${who === '' ? '' : `,${who}`}}]}`;
}

function codeOf(scopeId: string, { ref, secret }: { ref: string; secret: string }): string {
  const step = stepOf(Date.now());
  const date = dateOfStep(step, 'Asia/Shanghai');
  const name = `${ref} ${date}`;
  let key = dayKeys.get(name);
  if (key === undefined) {
    key = createHmac('sha256', Buffer.from(secret, 'base64'))
      .update(dayKeyText(scopeId, date))
      .digest()
      .subarray(0, DAY_KEY_BYTES);
    dayKeys.set(name, key);
  }
  const message = codeMessage(PHONE_CODE, ref, step);
  return writeCode(message, createHmac('sha256', key).update(message).digest());
}

const times: number[] = [];
const outcomes: Record<string, number> = {};
let errors = 0;
let isCounted = false;
let isOver = false;

const logins = world.devices.map(({ userName, password }) =>
  Buffer.from(`${userName}:${password}`).toString('base64'),
);

/** What a response says behind some words, up to the next of these; null: not said. */
function said(text: string, behind: string, end: string): string | null {
  const at = text.indexOf(behind);
  return at < 0 ? null : text.slice(at + behind.length, text.indexOf(end, at + behind.length));
}

class Line {
  readonly #socket: Socket;
  #held = '';
  #askedAt = 0;
  #n: number;
  onEnd: () => void = () => {};

  constructor(n: number) {
    this.#n = n;
    this.#socket = connect({ host: target.hostname, port: Number(target.port), noDelay: true });
    // A character a byte: what is read is counted and not shown.
    this.#socket.setEncoding('latin1');
    this.#socket.on('data', (part: string) => this.#read(part));
    this.#socket.on('error', () => {
      errors++;
      this.onEnd();
    });
    this.#socket.on('connect', () => this.#ask());
  }

  #ask(): void {
    this.#n = (this.#n + task.connections) % world.devices.length;
    const body = checkOf(world.devices[this.#n]!.scopeId);
    this.#askedAt = performance.now();
    // All of it is ASCII.
    this.#socket.write(
      `POST ${task.path} HTTP/1.1\r\nhost: ${target.host}\r\nauthorization: Basic ${logins[this.#n]}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
      'latin1',
    );
  }

  #read(part: string): void {
    this.#held = this.#held === '' ? part : this.#held + part;
    const text = this.#held;
    const head = text.indexOf('\r\n\r\n');
    if (head < 0) return;
    const length = said(text, 'ontent-length: ', '\r') ?? said(text, 'ontent-Length: ', '\r');
    const isWhole =
      length === null ? text.endsWith('\r\n0\r\n\r\n') : text.length - head - 4 >= Number(length);
    if (!isWhole) return;
    const isGood = text.startsWith('HTTP/1.1 200');
    if (isCounted) {
      if (isGood) times.push(performance.now() - this.#askedAt);
      else errors++;
      const outcome = said(text, '"outcome":"', '"') ?? (isGood ? 'echoed' : text.slice(9, 12));
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    }
    this.#held = '';
    if (isOver) {
      this.#socket.destroy();
      this.onEnd();
    } else this.#ask();
  }
}

const ended = Array.from(
  { length: task.connections },
  (_, n) =>
    new Promise<void>((resolve) => {
      const line = new Line(n);
      line.onEnd = resolve;
    }),
);
await new Promise((resolve) => setTimeout(resolve, task.warmSeconds * 1_000));
isCounted = true;
const started = performance.now();
await new Promise((resolve) => setTimeout(resolve, task.seconds * 1_000));
isCounted = false;
const seconds = (performance.now() - started) / 1_000;
isOver = true;
await Promise.all(ended);
const result: GateLoad = { measured: summary(times, seconds, errors), outcomes };
process.stdout.write(`result ${JSON.stringify(result)}\n`);
