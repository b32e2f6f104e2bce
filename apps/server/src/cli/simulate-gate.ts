import type { webcrypto } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { progress } from '../../../../scripts/lib/progress.ts';
import { StartError, startPostgres } from '../../../../scripts/postgres.ts';
import { migrate } from '../platform/db/migrate.ts';
import { type Command, misuse, type Values } from './command.ts';

/** `npx gongzhi simulate gate` and `simulate device`: what they say of themselves, beside the other simulations. */
export const gateDescription = [
  '`gate` plays a morning: 2,000 people within an hour through four gates, one of them offline for twenty minutes, the service of',
  'health codes silent for five. Clock and people are simulated; the server, its MQTT broker and its database are real. It prints the',
  'figures, counts in the database that no passage was lost or doubled, and fails when one was. See docs/simulated-gate.md.',
  '`device` is a gate’s device beside a running server, by docs/gate.md and nothing else: each line typed is what it scans, /off cuts',
  'its line, /on mends it. Its key is read from GONGZHI_GATE_KEY, so that no list of processes shows it.',
];

export const gateOptions: Command['options'] = {
  people: { type: 'string', value: 'N', help: 'gate: how many come within the hour (2000)' },
  seed: { type: 'string', value: 'N', help: 'gate: which morning (1); city: which city (1)' },
  user: { type: 'string', value: '<name>', help: 'device: its user name, as the desk showed it' },
  mqtt: { type: 'string', value: '<url>', help: 'device: the broker (mqtt://127.0.0.1:1883)' },
  'public-key': {
    type: 'string',
    value: '<json>',
    help: 'device: by which it knows that a list is ours, as the desk showed it',
  },
  'clock-off': { type: 'string', value: '<seconds>', help: 'device: how far its clock is ahead (0)' },
  direction: { type: 'string', value: 'in|out', help: 'device: which way people go (in)' },
};

export const gateExamples: Command['examples'] = [
  ['npx gongzhi simulate gate --out docs/simulated-gate', 'what docs/simulated-gate.md shows'],
  [
    "GONGZHI_GATE_KEY=… npx gongzhi simulate device --user … --public-key '{…}'",
    'a device at a gate of the running server',
  ],
];

export async function playGate(values: Values): Promise<number> {
  const whole = (name: string, otherwise: number, most: number): number => {
    const value = Number(values[name] ?? otherwise);
    if (!Number.isInteger(value) || value < 1 || value > most)
      throw misuse(`--${name} must be a whole number from 1 to ${most}.`, 'simulate');
    return value;
  };
  const people = whole('people', 2_000, 20_000);
  const seed = whole('seed', 1, 1_000_000);
  const { simulateMorning } = await import('../../../../simulator/src/gate/simulate.ts');
  const { isWhole } = await import('../../../../simulator/src/gate/count.ts');
  const report = await import('../../../../simulator/src/gate/report.ts');
  const step = progress(process.stderr).step('morning');
  const dataDir = mkdtempSync(join(tmpdir(), 'gongzhi-morning-'));
  const cluster = await startPostgres({ dataDir, durable: true });
  let morning: Awaited<ReturnType<typeof simulateMorning>>;
  try {
    const adminUrl = cluster.url('admin');
    await migrate(adminUrl, { appPassword: cluster.secrets.app });
    morning = await simulateMorning({
      seed,
      people,
      database: { adminUrl, appUrl: cluster.url('app') },
      onProgress: (done, of, label) => step.bar(done, of, label),
    });
  } finally {
    await cluster.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
  step.done();
  const table = report.tableOf(morning);
  process.stdout.write(table);
  if (typeof values['out'] === 'string') {
    mkdirSync(values['out'], { recursive: true });
    const files = {
      'table.md': table,
      'morning.csv': report.csvOf(morning),
      'morning.svg': report.plotOf(morning),
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(values['out'], name), text);
  }
  return isWhole(morning.counted) ? 0 : 1;
}

export async function playDevice(values: Values): Promise<number> {
  const text = (name: string, otherwise: string): string =>
    typeof values[name] === 'string' ? values[name] : otherwise;
  const userName = text('user', '');
  const password = process.env['GONGZHI_GATE_KEY'] ?? '';
  const direction = text('direction', 'in');
  const ahead = Number(text('clock-off', '0')) * 1_000;
  if (userName === '' || password === '')
    throw misuse('simulate device needs --user and the key in GONGZHI_GATE_KEY.', 'simulate');
  if (direction !== 'in' && direction !== 'out') throw misuse('--direction is in or out.', 'simulate');
  if (!Number.isFinite(ahead)) throw misuse('--clock-off is a number of seconds.', 'simulate');
  let publicKey: webcrypto.JsonWebKey;
  try {
    publicKey = JSON.parse(text('public-key', '')) as webcrypto.JsonWebKey;
  } catch {
    throw misuse('--public-key is the JSON that the desk showed with the key.', 'simulate');
  }
  const { SimulatedDevice } = await import('../../../../simulator/src/gate/device.ts');
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  const device = new SimulatedDevice({
    userName,
    password,
    publicKey,
    url: text('url', 'http://127.0.0.1:3000'),
    mqttUrl: text('mqtt', 'mqtt://127.0.0.1:1883'),
    now: () => Date.now() + ahead,
    patienceMs: 1_500,
    say,
  });
  try {
    await device.plugIn();
  } catch (error) {
    throw new StartError('unreachable', `The device could not be plugged in: ${(error as Error).message}`);
  }
  say(`${device.listed} people may pass here; scan something, /off, /on, or end with Ctrl-D`);
  for await (const line of createInterface({ input: process.stdin })) {
    const typed = line.trim();
    if (typed === '/off') device.unplug();
    else if (typed === '/on') {
      await device.plugIn();
      say(`${device.waiting} decisions still wait`);
    } else if (typed !== '') {
      const { outcome, say: word, by, latencyMs } = await device.check({ text: typed, direction });
      say(`${outcome} (${word}), decided by the ${by} in ${latencyMs.toFixed(0)} ms`);
    }
  }
  device.unplug();
  return 0;
}
