import { createHmac, randomUUID } from 'node:crypto';
import type { Answer, Json } from '../../../../../test/server.ts';
import type { World } from '../../../../../test/world.ts';
import { expectStatus, type Somebody } from '../work-orders/fixtures.ts';

/** A provider as any other system would be one: with nothing of this house but docs/telephony.md. */
export interface Sending {
  readonly line?: string;
  readonly secret?: string;
  readonly timestamp?: string;
  readonly signature?: string;
}

export interface Provider {
  sends(body: string, sending?: Sending): Promise<Answer>;
  /** Events of one call, each a second after the other unless it says when. */
  tells(callId: string, from: string, ...events: readonly Record<string, unknown>[]): Promise<Json[]>;
}

let nextNumber = 13_100_000_000;
export const aCaller = (): string => String(nextNumber++);
export const aCallId = (): string => `call-${randomUUID()}`;

export async function aProvider(
  world: World,
  manager: Somebody,
): Promise<Provider & { line: string; secret: string }> {
  const made = expectStatus(await manager.client.post('/telephony/lines', { name: '前台总机' }), 201);
  const provider: Provider = {
    async sends(body, sending = {}) {
      const timestamp = sending.timestamp ?? world.clock.now().toISOString();
      const digest = createHmac('sha256', sending.secret ?? made.secret)
        .update(`${timestamp}.${body}`)
        .digest('hex');
      const response = await fetch(`${world.url}/api/v1/telephony/events`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-gongzhi-line': sending.line ?? made.line,
          'x-gongzhi-timestamp': timestamp,
          'x-gongzhi-signature': sending.signature ?? `sha256=${digest}`,
        },
        body,
      });
      return { status: response.status, body: (await response.json()) as Json, headers: response.headers };
    },
    async tells(callId, from, ...events) {
      const all = events.map((event) => {
        world.clock.advance(1_000);
        return { eventId: randomUUID(), callId, from, at: world.clock.now().toISOString(), ...event };
      });
      return expectStatus(await provider.sends(JSON.stringify({ events: all })), 200).results;
    },
  };
  return { ...provider, line: made.line, secret: made.secret };
}

export const ringing = (...extensions: string[]) => ({ type: 'ringing', extensions });
export const answered = (extension: string) => ({ type: 'answered', extension });
export const hungUp = { type: 'hung_up' };
export const missedCall = { type: 'missed' };
