import type { Actor } from '../../platform/db/actor.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import type { House } from '../../platform/house.ts';
import { measuredAt, type MessageFault, type Reading, readReading } from './domain.ts';
import {
  type DeviceKey,
  type FaultNote,
  insertReadings,
  lockDevices,
  type NewReading,
  storeFaults,
  storeSeen,
} from './queries.ts';
import { type Heard, type HeardInput, judge } from './service.ts';
import type { DeviceRow } from './tables.ts';

/**
 * The one way in, whether by MQTT or by HTTP. While one batch is being committed the next one gathers: the busier the
 * hour, the more readings share a commit. Whoever waits is answered after the commit is on disk and never before.
 */
export interface Arrival {
  /** Who sent it, as they proved, and with which of their secrets; null: to a broker that we believe. */
  readonly from: DeviceKey;
  readonly credentialVersion: number | null;
  /** About whom: the sender, or a device behind it. */
  readonly about: DeviceKey;
  readonly message:
    | { readonly type: 'reading'; readonly json: unknown }
    | { readonly type: 'gone' }
    | { readonly type: 'back' }
    | { readonly type: 'fault'; readonly fault: MessageFault };
  readonly receivedAt: number;
}

export type Refusal = MessageFault | 'credentials_wrong';
export type Taken =
  | { readonly ok: true; readonly isNew: boolean; readonly isClockOff: boolean }
  | { readonly ok: false; readonly fault: Refusal };

/** A queue this long is half a minute of two thousand devices: the database stands still, and memory is not its stead. */
const mostWaiting = 10_000;
const mostTogether = 500;

interface Waiting {
  readonly arrival: Arrival;
  readonly resolve: (taken: Taken) => void;
  readonly reject: (error: unknown) => void;
}

export interface Intake {
  /** Resolves after the commit. Rejects when nothing is known of it: the sender is to send it again. */
  take(arrival: Arrival): Promise<Taken>;
  /** How many wait. */
  waiting(): number;
  /** Nothing more is taken; what waits is finished. */
  stop(): Promise<void>;
}

export class Overwhelmed extends Error {}

export function openIntake(house: House): Intake {
  const queue: Waiting[] = [];
  let running: Promise<void> | null = null;
  let isStopping = false;

  const work = async () => {
    while (queue.length > 0) {
      const batch = queue.splice(0, mostTogether);
      try {
        const taken = await takeBatch(
          house,
          batch.map(({ arrival }) => arrival),
        );
        batch.forEach(({ resolve }, i) => resolve(taken[i] as Taken));
      } catch (error) {
        // One that cannot be taken must not take its neighbours along: each once more by itself.
        if (batch.length === 1) batch[0]!.reject(error);
        else
          for (const one of batch) {
            try {
              one.resolve((await takeBatch(house, [one.arrival]))[0] as Taken);
            } catch (alone) {
              one.reject(alone);
            }
          }
      }
    }
    running = null;
  };

  return {
    take: (arrival) =>
      new Promise<Taken>((resolve, reject) => {
        if (isStopping || queue.length >= mostWaiting) {
          reject(new Overwhelmed('too many readings wait'));
          return;
        }
        queue.push({ arrival, resolve, reject });
        // The turn's other arrivals come along.
        running ??= new Promise<void>((next) => setImmediate(next)).then(work);
      }),
    waiting: () => queue.length,
    stop: async () => {
      isStopping = true;
      await running;
    },
  };
}

/** Devices act within the compounds they hang in, whoever serves them. */
export function actorOfDevices(scopeIds: readonly string[]): Actor {
  return { kind: 'scope', accountId: null, membershipId: null, scopeIds, regionId: null, households: [] };
}

function takeBatch(house: House, arrivals: readonly Arrival[]): Promise<Taken[]> {
  const scopeIds = [...new Set(arrivals.map(({ about }) => about.scopeId))];
  const db: Database = house.db;
  return db.act(actorOfDevices(scopeIds), (tx) => takeIn(house, tx, arrivals));
}

interface Gathered {
  readonly device: DeviceRow;
  readonly inputs: HeardInput[];
  lastSeenAt: Date | null;
  lastAt: Date | null;
  lastValue: number | null;
  clockOffAt: Date | null;
}

async function takeIn(house: House, tx: Tx, arrivals: readonly Arrival[]): Promise<Taken[]> {
  const now = house.clock.now();
  const rows = await lockDevices(
    tx,
    arrivals.flatMap(({ from, about }) => [from, about]),
  );
  const devices = new Map(rows.map((row) => [row.id, row]));
  const taken: Taken[] = [];
  const faults: FaultNote[] = [];
  const readings: NewReading[] = [];
  const readingOf = new Map<number, NewReading>();
  const skews = new Map<string, number>();

  for (const [i, arrival] of arrivals.entries()) {
    const { about, message, receivedAt } = arrival;
    const checked = check(arrival, devices);
    const device = devices.get(about.deviceId);
    if (!checked.ok || device === undefined) {
      taken[i] = { ok: false, fault: checked.ok ? 'credentials_wrong' : checked.fault };
      // Whose fault it was: the sender's, for a stranger's claim is no blemish of the device it names.
      if (!checked.ok && checked.fault !== 'credentials_wrong')
        faults.push({ ...arrival.from, fault: checked.fault, at: new Date(receivedAt) });
      continue;
    }
    taken[i] = { ok: true, isNew: true, isClockOff: false };
    if (message.type !== 'reading' || checked.reading === null) continue;
    const skew =
      skews.get(device.scopeId) ??
      (await house.settings.get(tx, skewChain(device), 'sensing.clock_skew_seconds', now));
    skews.set(device.scopeId, skew);
    const { at, isClockOff } = measuredAt(checked.reading.deviceAt, receivedAt, skew);
    const { messageId, value, deviceAt } = checked.reading;
    const reading: NewReading = { device, messageId, value, at, receivedAt, deviceAt, isClockOff };
    readings.push(reading);
    readingOf.set(i, reading);
    taken[i] = { ok: true, isNew: true, isClockOff };
  }

  const fresh = await insertReadings(tx, readings);
  const gathered = new Map<string, Gathered>();
  const gather = (device: DeviceRow): Gathered => {
    let found = gathered.get(device.id);
    if (found === undefined) {
      const { lastSeenAt, lastAt, lastValue, clockOffAt } = device;
      gathered.set(device.id, (found = { device, inputs: [], lastSeenAt, lastAt, lastValue, clockOffAt }));
    }
    return found;
  };
  for (const [i, { from, about, message, receivedAt }] of arrivals.entries()) {
    const one = taken[i] as Taken;
    if (!one.ok) continue;
    const own = gather(devices.get(about.deviceId) as DeviceRow);
    const reading = readingOf.get(i);
    if (reading === undefined) {
      if (message.type === 'gone' || message.type === 'back')
        own.inputs.push({ input: { type: message.type, at: receivedAt }, receivedAt });
      continue;
    }
    // Two of one number in one batch: the first is the reading, the second its echo.
    const isNew = fresh.delete(`${about.deviceId} ${reading.messageId}`);
    taken[i] = { ...one, isNew };
    const isAfter = own.lastSeenAt !== null && receivedAt > own.lastSeenAt.getTime();
    own.lastSeenAt = later(own.lastSeenAt, receivedAt);
    if (from.deviceId !== about.deviceId)
      hearGateway(gather(devices.get(from.deviceId) as DeviceRow), receivedAt);
    if (!isNew) continue;
    const { at, value } = reading;
    const isBackwards = isAfter && own.lastAt !== null && at < own.lastAt.getTime();
    own.inputs.push({
      input: { type: 'reading', at: isBackwards ? receivedAt : at, value, isBackwards },
      receivedAt,
    });
    if (own.lastAt === null || reading.at >= own.lastAt.getTime()) {
      own.lastAt = new Date(reading.at);
      own.lastValue = reading.value;
    }
    if (reading.isClockOff) own.clockOffAt = new Date(receivedAt);
  }

  const heard: Heard[] = [...gathered.values()].map(({ device, inputs }) => ({ device, inputs }));
  const judged = await judge(house, tx, heard, now);
  const verdicts = new Map(judged.map((one) => [one.device.id, one]));
  storeSeen(
    tx,
    [...gathered.values()].map(({ inputs: _, ...seen }) => {
      const { state = seen.device.state, believed = null } = verdicts.get(seen.device.id) ?? {};
      return { ...seen, lastValue: believed ?? seen.lastValue, state };
    }),
  );
  storeFaults(tx, faults);
  return taken;
}

const later = (date: Date | null, instant: number) =>
  date === null || date.getTime() < instant ? new Date(instant) : date;

/** Whoever carries others' words speaks. */
function hearGateway(gateway: Gathered, receivedAt: number): void {
  gateway.lastSeenAt = later(gateway.lastSeenAt, receivedAt);
  gateway.inputs.push({ input: { type: 'reading', at: receivedAt, value: 0 }, receivedAt });
}

function skewChain({ scopeId, companyId, streetId, cityId }: DeviceRow): string[] {
  return [scopeId, companyId, streetId, cityId].filter((id) => id !== null);
}

type Checked =
  | { readonly ok: true; readonly reading: Reading | null }
  | { readonly ok: false; readonly fault: Refusal };

/** Whether the sender is still who it was, and may speak for whom it speaks. */
function check(
  { from, credentialVersion, about, message }: Arrival,
  devices: ReadonlyMap<string, DeviceRow>,
): Checked {
  const sender = devices.get(from.deviceId);
  if (sender?.scopeId !== from.scopeId || sender.retiredAt !== null)
    return { ok: false, fault: 'credentials_wrong' };
  if (credentialVersion !== null && sender.credentialVersion !== credentialVersion)
    return { ok: false, fault: 'credentials_wrong' };
  const device = devices.get(about.deviceId);
  const isOwn = about.deviceId === from.deviceId && about.scopeId === from.scopeId;
  const isBehind =
    device?.scopeId === from.scopeId && device.gatewayId === from.deviceId && device.retiredAt === null;
  if (device === undefined || about.scopeId !== from.scopeId || !(isOwn || isBehind))
    return { ok: false, fault: 'topic_foreign' };
  if (message.type === 'fault') return { ok: false, fault: message.fault };
  if (message.type !== 'reading') return { ok: true, reading: null };
  const read = readReading(message.json, device.kind);
  return read.ok ? { ok: true, reading: read.value } : { ok: false, fault: read.error };
}
