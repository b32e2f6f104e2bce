import type { House } from '../../platform/house.ts';
import { type DeviceRights, type MessageFault, MOST_MESSAGE_BYTES, readTopic, topicsOf } from './domain.ts';
import { type Arrival, type Taken } from './service-intake.ts';

/** What both kinds of broker have in common: what a message means, and what a device is told of it. */

export type MqttMessage =
  | { readonly about: DeviceRights; readonly message: Arrival['message'] }
  /** A topic of nobody's. */
  | null;

export function readMessage(topic: string, payload: string | Buffer, isRetained: boolean): MqttMessage {
  const found = readTopic(topic);
  if (found === null || found.name === 'commands') return null;
  const about: DeviceRights = { scopeId: found.scopeId, deviceId: found.deviceId };
  const fault = (word: MessageFault): MqttMessage => ({ about, message: { type: 'fault', fault: word } });
  // What is retained comes back whenever somebody asks, however old it is.
  if (isRetained) return fault('retained');
  const bytes = typeof payload === 'string' ? Buffer.from(payload) : payload;
  if (bytes.length > MOST_MESSAGE_BYTES) return fault('too_large');
  const text = bytes.toString('utf8');
  if (found.name === 'state')
    return text === 'gone' || text === 'back' ? { about, message: { type: text } } : fault('malformed');
  try {
    return { about, message: { type: 'reading', json: JSON.parse(text) as unknown } };
  } catch {
    return fault('malformed');
  }
}

/** What a device is told on its commands topic; MQTT 3.1.1 has no answer to a message but "received". */
export function answerTo(
  house: House,
  sender: DeviceRights,
  message: Arrival['message'],
  taken: Taken,
): { readonly topic: string; readonly payload: string } | null {
  const { commands: topic } = topicsOf(sender);
  const now = house.clock.now().toISOString();
  if (!taken.ok) return { topic, payload: JSON.stringify({ type: 'refused', fault: taken.fault, now }) };
  if (message.type === 'reading' && taken.isClockOff)
    return { topic, payload: JSON.stringify({ type: 'clock_off', now }) };
  return null;
}
