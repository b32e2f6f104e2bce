import { HOUR, type Instant, parseIso, SECOND } from '@gongzhi/kernel';
import type { CallEvent } from './call.ts';
import { type Direction, DIRECTIONS, type EventKind, EVENT_KINDS, type FaultCode } from './words.ts';

/** An event with what it says of the call. */
export interface HeardEvent extends CallEvent {
  readonly providerId: string;
  readonly direction: Direction;
  /** The other one's number in digits; null where it is withheld. */
  readonly number: string | null;
}

export interface Fault {
  readonly field: string;
  readonly code: FaultCode;
}

export interface IntakeClock {
  readonly now: Instant;
  readonly skewSeconds: number;
  readonly oldestHours: number;
}

export const EVENT_FIELDS = [
  'eventId',
  'callId',
  'type',
  'at',
  'direction',
  'from',
  'to',
  'queue',
  'extension',
  'extensions',
] as const;

const keyPattern = /^[\x21-\x7e]{1,80}$/;
const extensionPattern = /^[0-9]{1,10}$/;
const mostExtensions = 50;
/** How providers write that the caller hides the number. */
const withheld = new Set(['', 'anonymous', 'private', 'restricted', 'unavailable', 'unknown']);

/** Digits as they are dialled within the country; null where it is withheld, undefined where it is no number. */
export function readNumber(text: string): string | null | undefined {
  const plain = text.trim().toLowerCase();
  if (withheld.has(plain)) return null;
  if (!/^\+?[0-9() -]{3,30}$/.test(plain)) return undefined;
  const digits = plain.replace(/^(?:\+86|0086)/, '').replace(/\D/g, '');
  return digits.length >= 3 && digits.length <= 20 ? digits : undefined;
}

export type ReadEvent = { readonly value: HeardEvent } | { readonly faults: readonly Fault[] };

/** One entry of a webhook: an event, or everything that is wrong with it. */
export function readEvent(raw: Readonly<Record<string, unknown>>, clock: IntakeClock): ReadEvent {
  const faults: Fault[] = [];
  const fault = (field: string, code: FaultCode): void => void faults.push({ field, code });
  for (const field of Object.keys(raw))
    if (!EVENT_FIELDS.some((one) => one === field)) fault(field.slice(0, 40), 'unknown');
  const text = (field: string): string | null => {
    const value = raw[field];
    if (value === undefined || value === null) return null;
    if (typeof value === 'string') return value;
    fault(field, 'type');
    return null;
  };
  const key = (field: string): string => {
    const value = text(field);
    if (value === null) fault(field, 'required');
    else if (!keyPattern.test(value)) fault(field, value.length > 80 ? 'too_long' : 'type');
    return value ?? '';
  };
  const eventKey = key('eventId');
  const providerId = key('callId');
  const kind: EventKind | undefined = EVENT_KINDS.find((one) => one === raw['type']);
  if (kind === undefined) fault('type', raw['type'] === undefined ? 'required' : 'unknown');
  const saidDirection = text('direction') ?? 'in';
  const direction = DIRECTIONS.find((one) => one === saidDirection);
  if (direction === undefined) fault('direction', 'unknown');
  const queue = text('queue')?.trim() || null;
  if (queue !== null && queue.length > 40) fault('queue', 'too_long');
  const otherField = direction === 'out' ? 'to' : 'from';
  const number = readNumber(text(otherField) ?? '');
  if (number === undefined) fault(otherField, 'phone_invalid');
  const value: HeardEvent = {
    key: eventKey,
    providerId,
    kind: kind ?? 'queued',
    at: readAt(text('at'), clock, fault),
    direction: direction ?? 'in',
    number: number ?? null,
    queue,
    extension: kind === 'answered' ? readExtension(text('extension'), fault) : null,
    extensions: kind === 'ringing' ? readExtensions(raw['extensions'], fault) : [],
  };
  return faults.length > 0 ? { faults } : { value };
}

type Complain = (field: string, code: FaultCode) => void;

function readAt(
  text: string | null,
  { now, skewSeconds, oldestHours }: IntakeClock,
  fault: Complain,
): Instant {
  // A time without its zone is nobody's instant.
  const at = text !== null && /(?:Z|[+-]\d{2}(?::?\d{2})?)$/.test(text) ? parseIso(text) : null;
  if (text === null) fault('at', 'required');
  else if (at === null) fault('at', 'date_invalid');
  else if (at > now + skewSeconds * SECOND) fault('at', 'in_future');
  else if (at < now - oldestHours * HOUR) fault('at', 'too_old');
  return at ?? now;
}

function readExtension(text: string | null, fault: Complain): string | null {
  if (text === null) fault('extension', 'required');
  else if (!extensionPattern.test(text)) fault('extension', 'type');
  return text;
}

function readExtensions(value: unknown, fault: Complain): string[] {
  if (value === undefined || value === null) {
    fault('extensions', 'required');
    return [];
  }
  const all: unknown[] = Array.isArray(value) ? value : [];
  const good = all.filter((one): one is string => typeof one === 'string' && extensionPattern.test(one));
  if (!Array.isArray(value) || good.length !== all.length) fault('extensions', 'type');
  else if (good.length === 0) fault('extensions', 'required');
  else if (good.length > mostExtensions) fault('extensions', 'too_long');
  return good;
}
