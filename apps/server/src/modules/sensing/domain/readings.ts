import { err, type Instant, ok, parseIso, type Result, SECOND } from '@gongzhi/kernel';
import { type DeviceKind, measures } from './devices.ts';

/** One reading as a device sent it, checked. */
export interface Reading {
  /** The device's own number of the message: the same one again is the same reading. */
  readonly messageId: string;
  readonly value: number;
  /** By the device's clock; null when it has none. */
  readonly deviceAt: Instant | null;
}

/** Why a message is not a reading; kept beside the device for whoever looks after it. */
export const MESSAGE_FAULTS = [
  'malformed',
  'too_large',
  'field_unknown',
  'id_invalid',
  'value_invalid',
  'value_out_of_range',
  'time_invalid',
  'nothing_measured',
  'topic_foreign',
  'retained',
  'too_many',
] as const;
export type MessageFault = (typeof MESSAGE_FAULTS)[number];

/** A reading is some sixty bytes; whatever is longer is something else. */
export const MOST_MESSAGE_BYTES = 1_024;

const idPattern = /^[\x21-\x7e]{1,64}$/;
const fields = new Set(['id', 'value', 'at']);

export function readReading(json: unknown, kind: DeviceKind): Result<Reading, MessageFault> {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return err('malformed');
  if (Object.keys(json).some((name) => !fields.has(name))) return err('field_unknown');
  const { id, value, at } = json as Record<string, unknown>;
  if (typeof id !== 'string' || !idPattern.test(id)) return err('id_invalid');
  const measure = measures[kind];
  if (measure.type === 'none') return err('nothing_measured');
  const number = typeof value === 'boolean' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) return err('value_invalid');
  if (measure.type === 'state' && number !== 0 && number !== 1) return err('value_invalid');
  if (measure.type === 'number' && typeof value === 'boolean') return err('value_invalid');
  if (number < measure.least || number > measure.most) return err('value_out_of_range');
  if (at === undefined || at === null) return ok({ messageId: id, value: number, deviceAt: null });
  // Without an offset nobody knows which hour is meant.
  if (typeof at !== 'string' || at.length > 40 || !/(?:z|[+-]\d{2}:?\d{2})$/i.test(at))
    return err('time_invalid');
  const deviceAt = parseIso(at);
  return deviceAt === null ? err('time_invalid') : ok({ messageId: id, value: number, deviceAt });
}

/**
 * When it was measured. A device's clock is believed as long as it is not further from ours than `skewSeconds`; beyond
 * that our own counts, and it is said. Nothing was measured after it came.
 */
export function measuredAt(
  deviceAt: Instant | null,
  receivedAt: Instant,
  skewSeconds: number,
): { readonly at: Instant; readonly isClockOff: boolean } {
  if (deviceAt === null) return { at: receivedAt, isClockOff: false };
  const isClockOff = Math.abs(deviceAt - receivedAt) > skewSeconds * SECOND;
  return { at: isClockOff ? receivedAt : Math.min(deviceAt, receivedAt), isClockOff };
}

/** A bucket that fills with time: what a device may send. `level` is what is left at `at`. */
export interface Bucket {
  readonly level: number;
  readonly at: Instant;
}

/** A burst after a break is a device's right; a stream is not. */
export interface Allowance {
  readonly burst: number;
  readonly perSecond: number;
}
export const ofDevice: Allowance = { burst: 60, perSecond: 2 };
/**
 * On somebody else's broker, while what waited there for us comes in: it was the server that stood, and no device is to
 * lose a word by that. A day's readings at one in ten seconds; queues of brokers hold less by far.
 */
export const ofWaiting: Allowance = { burst: 10_000, perSecond: 2 };
/** It speaks for a house full of them. */
export const ofGateway: Allowance = { burst: 1_200, perSecond: 100 };

/** The bucket after taking `count`, or null when there is not enough in it. */
export function take(
  bucket: Bucket | undefined,
  now: Instant,
  count = 1,
  { burst, perSecond }: Allowance = ofDevice,
): Bucket | null {
  // A clock that was set back makes nobody wait for longer than an empty one takes to fill.
  const filled =
    bucket === undefined || (bucket.at - now) * perSecond > burst * SECOND
      ? burst
      : Math.min(burst, bucket.level + (Math.max(0, now - bucket.at) / SECOND) * perSecond);
  return filled < count ? null : { level: filled - count, at: now };
}
